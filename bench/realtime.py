"""Real time: two hundred people in a room, twenty of them dragging, ours beside relays.

Ours validates, merges and commits every change before anybody hears of it; the peers store nothing.
All get the same load by the same generator, which has a core of its own where there are two.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import psutil

from bench.many_sockets import (
    RETURNING_CANVASES,
    RETURNING_PEOPLE,
    idle_table,
    return_row,
    return_table,
)
from bench.peers.rooms import ExcalidrawRoom, HocuspocusRoom, SocketIoRoom
from bench.rooms import OurRoom, our_server
from bench.support.crowd import Crowd, Due, Flow
from bench.support.frames import Tab
from bench.support.options import Options
from bench.support.report import Table, middle, number, percentile
from bench.support.services import services
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

ON_SQLITE, ON_POSTGRES = "SQLite", "PostgreSQL and Redis"
PEOPLE, AUTHORS = 200, 20
UPDATES_PER_SECOND = 20
SETTLE_SECONDS = 2.0  # servers notice that everybody left
WARM_UP_MS, WINDOW_MS = 2_000, 6_000
MIB = 1024 * 1024


class Room(Protocol):
    name: str
    stores: str
    process: psutil.Process

    @property
    def echoes(self) -> bool:
        """Whether authors hear their own updates, as everybody else does."""

    def join(self, people: int, authors: int) -> list[Tab]:
        """Sockets of so many people in the room, the authors first."""

    def updates(self, moves: list[tuple[int, int]]) -> list[bytes]:
        """A frame for each `(author, millisecond when it is due)`."""


@dataclass
class Run:
    delivered: float
    p50: float
    p95: float
    p99: float
    cpu: float  # seconds of the server process for 10,000 deliveries
    database_cpu: float
    memory: float
    generator: float  # share of a core
    lateness: float


@dataclass
class Cpu:
    """Processor time of the server and of its database, at each look."""

    server: psutil.Process
    databases: Sequence[psutil.Process]
    looks: list[tuple[float, float]] = field(default_factory=list)

    def look(self) -> None:
        behind = [one for parent in self.databases for one in (parent, *parent.children())]
        self.looks.append((_cpu([self.server]), _cpu(behind)))


def _cpu(processes: Sequence[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def run(options: Options) -> list[Table]:
    with tempfile.TemporaryDirectory() as folder, services() as (postgres, redis):
        place = Path(folder)
        return [
            _compare(place, options, postgres, redis),
            _idle(place, options),
            _coming_back(place, options, postgres, redis),
        ]


def _compare(folder: Path, options: Options, postgres: PostgresServer, redis: RedisServer) -> Table:
    with ExitStack() as stack:
        rooms, databases = _rooms(stack, folder, postgres, redis)
        runs: dict[str, list[Run]] = {room.name: [] for room in rooms}
        with _cores([room.process for room in rooms]):
            for _ in range(options.repetitions):
                for room in rooms:
                    runs[room.name].append(_measure(room, databases.get(room.name, ()), options))
        return _table(rooms, runs)


def _idle(folder: Path, options: Options) -> Table:
    with ExitStack() as stack:
        return idle_table(stack, folder / "idle", options)


def _coming_back(
    folder: Path, options: Options, postgres: PostgresServer, redis: RedisServer
) -> Table:
    table = return_table()
    for people in RETURNING_PEOPLE:
        database = postgres.new_database(f"returning_{people}")
        for name, addresses in ((ON_SQLITE, ("", "")), (ON_POSTGRES, (database, redis.url))):
            with ExitStack() as stack:
                place = folder / f"returning-{len(table.rows)}"
                server = our_server(stack, place, people, RETURNING_CANVASES, *addresses)
                title = f"{people:,} people, {name}"
                table.rows.append(return_row(stack, title, server, options))
    return table


def _rooms(
    stack: ExitStack, folder: Path, postgres: PostgresServer, redis: RedisServer
) -> tuple[list[Room], dict[str, tuple[psutil.Process, ...]]]:
    database = postgres.new_database("room")
    small = our_server(stack, folder / "room-1", PEOPLE)
    large = our_server(stack, folder / "room-2", PEOPLE, 1, database, redis.url)
    on_postgres = OurRoom(f"ours, {ON_POSTGRES}", large)
    rooms: list[Room] = [
        OurRoom(f"ours, {ON_SQLITE}", small),
        on_postgres,
        SocketIoRoom(stack, "socket.io on Node"),
        ExcalidrawRoom(stack, "excalidraw-room, rebuilt"),
        HocuspocusRoom(stack, "Hocuspocus"),
    ]
    behind = [psutil.Process(server.process.pid) for server in (postgres, redis) if server.process]
    return rooms, {on_postgres.name: tuple(behind)}


@contextmanager
def _cores(servers: Sequence[psutil.Process]) -> Iterator[None]:
    """The generator gets the last core, where there are several; the servers run on the others."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(cores) < 2:
        yield
        return
    for server in servers:
        for thread in server.threads():
            os.sched_setaffinity(thread.id, cores[:-1])
    os.sched_setaffinity(0, cores[-1:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _measure(room: Room, databases: Sequence[psutil.Process], options: Options) -> Run:
    window = WINDOW_MS // 3 if options.quick else WINDOW_MS
    crowd = Crowd(room.join(PEOPLE, AUTHORS))
    moves = _moves(WARM_UP_MS + window)
    frames = room.updates(moves)
    plan = [Due(at, author, one) for (author, at), one in zip(moves, frames, strict=True)]
    flow = Flow(WARM_UP_MS, WARM_UP_MS + window)
    cpu = Cpu(room.process, databases)
    try:
        crowd.run(plan, flow, cpu.look)
    finally:
        crowd.close()
        time.sleep(SETTLE_SECONDS)
    (first, first_behind), (last, last_behind) = cpu.looks
    per_delivery = 10_000 / max(1, flow.received)
    delays = flow.delays or [float("nan")]
    return Run(
        delivered=flow.received / flow.seconds,
        p50=percentile(delays, 50),
        p95=percentile(delays, 95),
        p99=percentile(delays, 99),
        cpu=(last - first) * per_delivery,
        database_cpu=(last_behind - first_behind) * per_delivery,
        memory=room.process.memory_info().rss / MIB,
        generator=flow.own_cpu / flow.seconds,
        lateness=percentile(flow.lateness, 99),
    )


def _moves(until: int) -> list[tuple[int, int]]:
    """`(author, due)`: everybody at the same pace, spread over the pause between two updates."""
    pause = 1000 // UPDATES_PER_SECOND
    return [
        (author, beat + author * pause // AUTHORS)
        for beat in range(0, until, pause)
        for author in range(AUTHORS)
    ]


def _table(rooms: Sequence[Room], runs: dict[str, list[Run]]) -> Table:
    columns = ["", "stores", "offered/s", "delivered/s", "p50 ms", "p95 ms", "p99 ms"]
    columns += ["CPU s per 10,000", "of its database", "memory MiB", "generator CPU", "late p99 ms"]
    table = Table(
        f"{PEOPLE} people in a room, {AUTHORS} of them send {UPDATES_PER_SECOND} updates a second",
        columns,
        notes=NOTES,
    )
    for room in rooms:
        done = runs[room.name]
        offered = AUTHORS * UPDATES_PER_SECOND * (PEOPLE - (not room.echoes))
        names = ("delivered", "p50", "p95", "p99", "cpu", "database_cpu", "memory")
        values = {name: middle([getattr(one, name) for one in done]) for name in names}
        busy = middle([one.generator for one in done])
        table.rows.append(
            [
                *(room.name, room.stores, number(offered)),
                *(number(values[name]) for name in ("delivered", "p50", "p95", "p99")),
                f"{values['cpu']:.3f}",
                f"{values['database_cpu']:.3f}" if values["database_cpu"] else "-",
                number(values["memory"]),
                f"{busy:.0%}",
                number(middle([one.lateness for one in done])),
            ]
        )
    return table


NOTES = [
    "Delays count from the moment when an update was due, until it was read.",
    "Ours moves a shape by its geometry, as our client does; the others relay the whole element.",
    "excalidraw-room is not on npm: its relay is rebuilt from its published behaviour.",
]
