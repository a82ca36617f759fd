"""Does a server keep to the scene protocol (docs/protocol.md)? python conformance.py URL [RULE ...]

Signs up with accounts of its own, makes canvases, and tries the rules by their ids: all, or those
that are named (`S2 S11`). Ends with PASS, or with FAIL and the rules that do not hold; the exit
status is 0 or 1. Needs Python 3.11 and `pip install "python-socketio[asyncio_client]"`, nothing of
this project.
"""

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.request import Request, urlopen

import socketio

ANSWER_SECONDS = 20
BUSY = {"rate_limited", "unavailable", "internal"}
Json = dict[str, Any]


class Program:
    """A client of the protocol with one account; each `tab` numbers its own batches."""

    def __init__(self, url: str, token: str = "") -> None:
        self.url, self.token = url, token
        self.io = socketio.AsyncClient()
        self.frames: list[Json] = []
        self.io.on("scene_update", self.frames.append)

    def http(self, method: str, path: str, body: Json | None = None) -> Json:
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, headers, method=method)  # noqa: S310
        with urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
            return json.load(answer)

    def sign_up(self) -> str:
        account = {
            "name": "Conformance",
            "email": f"{uuid.uuid4().hex}@example.org",
            "password": uuid.uuid4().hex,
        }
        return str(self.http("POST", "/api/auth/register", account)["token"])

    async def connect(self) -> None:
        await self.io.connect(self.url, auth={"token": self.token}, transports=["websocket"])

    async def canvas(self) -> str:
        made = self.http("POST", "/api/canvases", {"title": "Conformance"})
        return str((made.get("canvas") or made)["id"])

    async def join(self, canvas: str, tab: str = "tab-1", **since: Any) -> Json:
        return await self.call("join_canvas", canvas_id=canvas, client_id=tab, **since)

    async def push(
        self, canvas: str, n: int, *changes: Json, tab: str = "tab-1", **more: Any
    ) -> Json:
        body = {"canvas_id": canvas, "client_id": tab, "n": n, "changes": list(changes), **more}
        return await self.call("scene_update", **body)

    async def call(self, event: str, **data: Any) -> Json:
        return await self.io.call(event, data, timeout=ANSWER_SECONDS)

    async def hear(self, canvas: str, seq: int) -> list[Json]:
        """The canvas's frames, once the one with this change is there."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            mine = [frame for frame in self.frames if frame["canvas_id"] == canvas]
            if mine and mine[-1]["to"] >= seq:
                return mine
            assert time.monotonic() < deadline, f"no frame with change {seq}: {mine}"
            await asyncio.sleep(0.02)

    def objects(self, canvas: str) -> dict[str, Json]:
        found = self.http("GET", f"/api/canvases/{canvas}/objects")["objects"]
        return {element["id"]: element for element in found}


def box(key: str, **props: Any) -> Json:
    shape = {"type": "rectangle", "x": 0, "y": 0, "width": 100, "height": 50, "index": "a1"}
    return {"id": key, "create": True, "set": {**shape, **props}}


def arrow(key: str, start: str | None, end: str | None = None) -> Json:
    def tied(target: str | None) -> Json | None:
        return target and {"elementId": target, "focus": 0, "gap": 4}

    line = {"type": "arrow", "points": [[0, 0], [100, 0]]}
    return box(key, **line, startBinding=tied(start), endBinding=tied(end))


def label(key: str, container: str, words: str) -> Json:
    font = {"fontSize": 20, "fontFamily": 5, "containerId": container}
    return box(key, type="text", text=words, **font)


def change(key: str, **props: Any) -> Json:
    return {"id": key, "set": props}


async def s1_numbers_have_no_gaps(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    seqs = []
    for n in range(1, 6):
        answer = await program.push(canvas, n, box(f"a{n}"), box(f"b{n}"))
        seqs.append(answer["seq"])
    assert seqs == [2, 4, 6, 8, 10], seqs


async def s2_a_repeated_batch_changes_nothing(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    first = await program.push(canvas, 1, box("a", x=1))
    await program.push(canvas, 2, change("a", x=2, y=0, width=100, height=50, angle=0))
    again = await program.push(canvas, 1, box("a", x=1))
    assert first["ok"] and again["ok"], (first, again)
    assert program.objects(canvas)["a"]["x"] == 2


async def s2_a_number_is_never_passed_over(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    early = await program.push(canvas, 2, box("b"))
    assert (early["ok"], early.get("code"), early.get("last_n")) == (False, "out_of_order", 0), (
        early
    )
    assert (await program.push(canvas, 1, box("a")))["ok"]
    assert (await program.push(canvas, 2, box("b")))["ok"]
    refused = await program.push(canvas, 3, box("c", width="wide"))
    assert refused.get("code") == "invalid_element", refused
    behind = await program.push(canvas, 4, box("d"))
    assert behind.get("code") == "out_of_order", behind
    assert (await program.push(canvas, 4, box("d"), after=2))["ok"]
    assert (await program.join(canvas))["last_n"] == 4
    assert set(program.objects(canvas)) == {"a", "b", "d"}


async def s2_each_tab_has_numbers_of_its_own(program: Program) -> None:
    canvas = await program.canvas()
    for tab in ("tab-1", "tab-2"):
        await program.join(canvas, tab)
    assert (await program.push(canvas, 1, box("a")))["ok"]
    assert (await program.push(canvas, 1, box("b"), tab="tab-2"))["ok"]
    early = await program.push(canvas, 3, box("c"), tab="tab-2", after=2)
    assert (early.get("code"), early.get("last_n")) == ("out_of_order", 1), early
    assert (await program.push(canvas, 2, box("d")))["ok"]
    late = await program.push(canvas, 1, box("e"), after=0)  # long applied: that is no gap
    assert late["ok"], late
    assert set(program.objects(canvas)) == {"a", "b", "d"}


async def s2_whatever_is_sent_without_waiting(program: Program) -> None:
    """More at once than a socket may send; each is sent again until it is acknowledged."""
    canvas = await program.canvas()
    await program.join(canvas)

    async def send(n: int) -> int:
        while True:
            answer = await program.push(canvas, n, box(f"o{n}"))
            if answer["ok"]:
                return n
            assert answer["code"] in BUSY | {"out_of_order"}, answer
            await asyncio.sleep(1.1)

    acknowledged = await asyncio.gather(*(send(n) for n in range(1, 301)))
    lost = {f"o{n}" for n in acknowledged} - program.objects(canvas).keys()
    assert not lost, f"acknowledged, but not stored: {sorted(lost)}"


async def s3_what_is_acknowledged_is_stored(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    for n in range(1, 11):
        await program.push(canvas, n, box(f"o{n}"))
        assert f"o{n}" in program.objects(canvas)


async def s4_a_delta_brings_what_was_missed(program: Program) -> None:
    canvas = await program.canvas()
    joined = await program.join(canvas)
    await program.push(canvas, 1, box("a"), box("b"))
    await program.push(canvas, 2, change("a", isDeleted=True))
    since = await program.join(canvas, epoch=joined["epoch"], since=1)
    assert since["mode"] == "delta", since["mode"]
    assert {e["id"]: e["isDeleted"] for e in since["objects"]} == {"a": True, "b": False}
    other = await program.join(canvas, epoch="another", since=1)
    assert other["mode"] == "snapshot", other["mode"]


async def s4_frames_continue_each_other(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    for n in range(1, 6):
        await program.push(canvas, n, box(f"o{n}"))
    following = 1
    mine = await program.hear(canvas, 5)
    for frame in mine:
        assert frame["from"] == following, frame
        assert [change["seq"] for change in frame["changes"]] == [
            *range(frame["from"], frame["to"] + 1)
        ], frame
        following = frame["to"] + 1
    assert following == 6 and mine[-1]["acks"]["tab-1"] == 5, mine[-1]


async def s5_both_edits_of_one_object_survive(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    await program.join(canvas, "tab-2")
    await program.push(canvas, 1, box("a"))
    await program.push(canvas, 2, change("a", strokeColor="#ff0000"))
    moved = {"x": 70, "y": 7, "width": 100, "height": 50, "angle": 0}
    await program.push(canvas, 1, change("a", **moved), tab="tab-2")
    found = program.objects(canvas)["a"]
    assert (found["x"], found["strokeColor"]) == (70, "#ff0000")


async def s6_what_does_not_exist_is_gone(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    answer = await program.push(canvas, 1, change("nobody", x=1), box("a"))
    assert answer.get("gone") == ["nobody"], answer
    assert set(program.objects(canvas)) == {"a"}


async def s6_what_comes_back_is_sent_whole(program: Program) -> None:
    """Who joined after the deletion does not have it."""
    canvas = await program.canvas()
    await program.join(canvas)
    await program.push(canvas, 1, box("a", strokeColor="#ff0000"))
    await program.push(canvas, 2, change("a", isDeleted=True))
    await program.push(canvas, 3, change("a", isDeleted=False))
    back = (await program.hear(canvas, 3))[-1]["changes"][-1]
    assert (back["set"]["type"], back["set"]["strokeColor"]) == ("rectangle", "#ff0000"), back


async def s7_the_server_writes_versions(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    await program.push(canvas, 1, box("a", version=50))
    before = program.objects(canvas)["a"]["version"]
    await program.push(canvas, 2, change("a", strokeColor="#00ff00", version=1))
    assert program.objects(canvas)["a"]["version"] > before > 50


async def s9_a_stranger_neither_sees_nor_changes_it(program: Program) -> None:
    canvas = await program.canvas()
    stranger = Program(program.url, program.sign_up())
    await stranger.connect()
    try:
        joined = await stranger.join(canvas)
        pushed = await stranger.push(canvas, 1, box("a"), tab="tab-3")
    finally:
        await stranger.io.disconnect()
    assert joined.get("code") == "not_found", joined
    assert pushed.get("code") in {"not_found", "not_joined", "not_allowed"}, pushed
    assert program.objects(canvas) == {}


async def s11_both_arrows_stay_tied(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    await program.join(canvas, "tab-2")
    await program.push(canvas, 1, box("a"))
    for tab, key, n in (("tab-1", "x", 2), ("tab-2", "y", 1)):
        names_it = change("a", boundElements=[{"id": key, "type": "arrow"}])
        await program.push(canvas, n, arrow(key, "a"), names_it, tab=tab)
    found = program.objects(canvas)
    assert {entry["id"] for entry in found["a"]["boundElements"]} == {"x", "y"}
    await program.push(canvas, 3, change("a", isDeleted=True))
    assert all(e["startBinding"] is None for e in program.objects(canvas).values())


async def s11_a_shape_has_one_label(program: Program) -> None:
    canvas = await program.canvas()
    await program.join(canvas)
    await program.join(canvas, "tab-2")
    await program.push(canvas, 1, box("a"))
    for tab, key, n in (("tab-1", "hers", 2), ("tab-2", "his", 1)):
        names_it = change("a", boundElements=[{"id": key, "type": "text"}])
        await program.push(canvas, n, label(key, "a", f"{key} words"), names_it, tab=tab)
    found = program.objects(canvas)
    assert [entry["id"] for entry in found["a"]["boundElements"]] == ["hers"]
    assert (found["hers"]["containerId"], found["his"]["containerId"]) == ("a", None)
    assert found["his"]["text"] == "his words"


async def s11_arrows_follow_what_they_are_tied_to(program: Program) -> None:
    """Also where the mover did not know of them."""
    canvas = await program.canvas()
    await program.join(canvas)
    await program.push(canvas, 1, box("a"), box("b", x=400), arrow("x", "a", "b"))
    await program.push(canvas, 2, change("b", x=400, y=900, width=100, height=50, angle=0))
    tied = program.objects(canvas)["x"]
    end_y = tied["y"] + tied["points"][-1][1]
    assert 880 <= end_y <= 970, tied


Rule = Callable[[Program], Awaitable[None]]
RULES: list[Rule] = [
    rule for name, rule in list(globals().items()) if name[0] == "s" and name[1].isdigit()
]


def id_of(rule: Rule) -> str:
    return rule.__name__.partition("_")[0].upper()


async def holds(rule: Rule, program: Program) -> str:
    """Empty, or why not. Whatever goes wrong, the server did not do what it should."""
    try:
        await program.connect()
        await rule(program)
    except Exception as error:  # noqa: BLE001
        return repr(error)
    finally:
        await program.io.disconnect()
    return ""


async def main(url: str, wanted: set[str]) -> int:
    tried = [rule for rule in RULES if not wanted or id_of(rule) in wanted]
    unknown = wanted - {id_of(rule) for rule in tried}
    if unknown:
        print("There is nothing to try for", *sorted(unknown))
        return 2
    failed = False
    token = Program(url).sign_up()
    for rule in tried:
        why_not = await holds(rule, Program(url, token))
        name = rule.__name__.replace("_", " ")
        print(f"DOES NOT HOLD: {name} - {why_not}" if why_not else f"holds: {name}", flush=True)
        failed = failed or bool(why_not)
    print("FAIL" if failed else "PASS")
    return int(failed)


if __name__ == "__main__":
    if not __debug__:  # without assertions every server would pass
        sys.exit("Run it without -O and PYTHONOPTIMIZE.")
    if len(sys.argv) < 2:
        sys.exit("Say where the server is: python conformance.py URL [RULE ...]")
    sys.exit(asyncio.run(main(sys.argv[1].rstrip("/"), set(sys.argv[2:]))))
