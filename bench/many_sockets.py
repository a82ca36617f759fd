"""Many sockets on one process: two thousand that idle, a thousand that come back at once."""

import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.rooms import OurServer, our_server
from bench.support.background_loop import BackgroundLoop
from bench.support.light import LightTab
from bench.support.options import Options
from bench.support.report import Table, number, percentile
from tests.support.elements import creation

IDLE_SOCKETS, IDLE_PEOPLE, IDLE_CANVASES = 2_000, 125, 50
IDLE_SECONDS = 12  # longer than the pause between two pings
RETURNING, RETURNING_CANVASES = 1_000, 10
RETURNING_PEOPLE = (100, 1_000)  # with ten tabs each, and with one
OBJECTS, CHANGED = 200, 20
AT_ONCE = 50
MIB = 1024 * 1024


def idle_table(stack: ExitStack, folder: Path, options: Options) -> Table:
    sockets = IDLE_SOCKETS // 10 if options.quick else IDLE_SOCKETS
    server = our_server(stack, folder, IDLE_PEOPLE, IDLE_CANVASES)
    process = psutil.Process(server.installation.processes[0].pid)
    empty = process.memory_info().rss / MIB
    loop = stack.enter_context(BackgroundLoop())
    tabs = loop.run(_join_all(server, sockets))
    before = process.cpu_times()
    time.sleep(IDLE_SECONDS)
    after = process.cpu_times()
    full = process.memory_info().rss / MIB
    busy = (sum(after[:2]) - sum(before[:2])) / IDLE_SECONDS
    alive = sum(tab.is_open for tab in tabs)
    loop.run(_drop_all(tabs))
    table = Table(
        f"{sockets:,} idle sockets on {IDLE_CANVASES} canvases, one process",
        ["memory without MiB", "with MiB", "aim", "KiB a socket", "CPU while idle", "still open"],
    )
    each = (full - empty) * 1024 / sockets
    row = [number(empty), number(full), "< 250", number(each), f"{busy:.1%}", f"{alive:,}"]
    table.rows.append(row)
    return table


@dataclass
class Return:
    seconds: list[float]
    deltas: int


def return_row(stack: ExitStack, name: str, server: OurServer, options: Options) -> list[str]:
    sockets = RETURNING // 10 if options.quick else RETURNING
    loop = stack.enter_context(BackgroundLoop())
    back = loop.run(_return(server, sockets))
    return [
        *(name, number(percentile(back.seconds, 50)), number(percentile(back.seconds, 95))),
        *(number(max(back.seconds)), "< 10", f"{back.deltas:,} of {sockets:,}"),
    ]


def return_table() -> Table:
    counted = (
        f"Each canvas has {OBJECTS} objects, of which {CHANGED} changed while they were away. "
        "Counted from the moment when all connect, until the answer to joining has brought what "
        "changed."
    )
    return Table(
        f"{RETURNING:,} sockets come back at once on {RETURNING_CANVASES} canvases",
        ["", "p50 s", "p95 s", "last s", "aim", "resynchronised"],
        notes=[counted],
    )


async def _return(server: OurServer, sockets: int) -> Return:
    canvases = server.place.canvases[:RETURNING_CANVASES]
    authors = [await LightTab.connect(server.port, server.place.tokens[0]) for _ in canvases]
    for canvas_id, author in zip(canvases, authors, strict=True):
        await author.join(canvas_id, "author")
        new = [creation(f"o{i}") for i in range(OBJECTS)]
        await author.push(canvas_id, "author", 1, new)
    tabs = await _join_all(server, sockets)
    known = [{"epoch": tab.joined["epoch"], "since": tab.joined["seq"]} for tab in tabs]
    await _drop_all(tabs)
    for canvas_id, author in zip(canvases, authors, strict=True):
        moved = [{"id": f"o{i}", "set": {"x": i, "y": 5}} for i in range(CHANGED)]
        await author.push(canvas_id, "author", 2, moved)
    started = time.perf_counter()
    again = asyncio.gather(*(_join(server, i, **known[i]) for i in range(sockets)))
    back = await again
    result = Return([tab.at - started for tab in back], sum(map(_caught_up, back)))
    await _drop_all([*back, *authors])
    return result


class JoinedTab(LightTab):
    """A tab that remembers what it was answered, and when."""

    joined: dict[str, Any]
    at: float


def _caught_up(tab: JoinedTab) -> bool:
    return tab.joined["mode"] == "delta" and len(tab.joined["objects"]) == CHANGED


async def _join(server: OurServer, number_: int, **since: Any) -> JoinedTab:
    place = server.place
    tab = await JoinedTab.connect(server.port, place.tokens[number_ % len(place.tokens)])
    canvas = place.canvases[number_ % len(place.canvases)]
    tab.joined = await tab.join(canvas, f"tab{number_}", **since)
    tab.at = time.perf_counter()
    return tab


async def _join_all(server: OurServer, sockets: int) -> list[JoinedTab]:
    """Not too many at a time: this is only the preparation."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def join(number_: int) -> JoinedTab:
        async with turn:
            return await _join(server, number_)

    return await asyncio.gather(*(join(i) for i in range(sockets)))


async def _drop_all(tabs: list[Any]) -> None:
    for tab in tabs:
        tab.drop()
    await asyncio.sleep(1)
