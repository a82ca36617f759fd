"""One room on each of the Node peers, which relay whole elements, as Excalidraw sends them."""

import base64
import json
import subprocess
from contextlib import ExitStack
from typing import Any

import psutil

from bench.support.crowd import MARK
from bench.support.frames import BINARY, Tab, frame
from bench.support.servers import ROOT, program
from tests.support.elements import rectangle
from tests.support.processes import free_port, wait_until

FOLDER = ROOT / "bench" / "peers"
ROOM = "room"
NONCE = bytes(12)
ELEMENT_BYTES = 504
START_SECONDS = 20
Moves = list[tuple[int, int]]  # (author, when it is due)


def element(author: int, at: int) -> dict[str, Any]:
    """A rectangle as large as Excalidraw's are, with the mark that the generator looks for."""
    whole = rectangle(f"shape{author}", x=MARK + at)
    missing = ELEMENT_BYTES - len(_json(whole | {"customData": ""}))
    return whole | {"customData": "x" * missing}


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


class NodeRoom:
    """A server of `servers.mjs`. Authors do not hear their own updates."""

    echoes = False
    stores = "nothing"
    program_name = ""
    path = "/socket.io/?EIO=4&transport=websocket"

    def __init__(self, stack: ExitStack, name: str) -> None:
        self.name = name
        self.port = free_port()
        command = ["node", "servers.mjs", self.program_name, str(self.port)]
        self.process = psutil.Process(program(stack, command, cwd=FOLDER).pid)
        wait_until(self._answers, START_SECONDS, f"{name} answers")

    def _answers(self) -> bool:
        try:
            Tab(self.port, self.path).socket.close()
        except ConnectionError:
            return False
        return True

    def join(self, people: int, authors: int) -> list[Tab]:  # noqa: ARG002  the others' signature
        return [self._join() for _ in range(people)]

    def updates(self, moves: Moves) -> list[bytes]:
        return [self._update(element(author, at)) for author, at in moves]

    def _join(self) -> Tab:
        raise NotImplementedError

    def _update(self, changed: dict[str, Any]) -> bytes:
        raise NotImplementedError


class SocketIoRoom(NodeRoom):
    program_name = "socketio"

    def _join(self) -> Tab:
        tab = _connected(Tab(self.port, self.path))
        tab.send(b"420" + _json(["join", ROOM]))
        tab.receive_until(b"430")
        return tab

    def _update(self, changed: dict[str, Any]) -> bytes:
        return frame(b"42" + _json(["update", ROOM, changed]))


class ExcalidrawRoom(NodeRoom):
    program_name = "excalidraw-room"

    def _join(self) -> Tab:
        tab = _connected(Tab(self.port, self.path))
        tab.send(b"42" + _json(["join-room", ROOM]))
        tab.receive_until(b'42["room-user-change"')
        return tab

    def _update(self, changed: dict[str, Any]) -> bytes:
        """One event and its two attachments. The scene is not encrypted: to a relay it is bytes."""
        places = [{"_placeholder": True, "num": number} for number in (0, 1)]
        event = b"452-" + _json(["server-broadcast", ROOM, *places])
        return frame(event) + frame(_json([changed]), BINARY) + frame(NONCE, BINARY)


class HocuspocusRoom(NodeRoom):
    """Authors do hear that their update arrived, but not the update."""

    program_name = "hocuspocus"
    path = "/"

    def join(self, people: int, authors: int) -> list[Tab]:
        self._frames = _yjs([[] for _ in range(authors)])
        return super().join(people, authors)

    def updates(self, moves: Moves) -> list[bytes]:
        authors = max(author for author, _ in moves) + 1
        elements = [[element(a, at) for a, at in moves if a == author] for author in range(authors)]
        updates = [iter(frames) for frames in _yjs(elements)["updates"]]
        return [frame(base64.b64decode(next(updates[author])), BINARY) for author, _ in moves]

    def _join(self) -> Tab:
        tab = Tab(self.port, self.path)
        for message in self._frames["join"]:
            tab.send(base64.b64decode(message), BINARY)
            tab.receive()
        return tab


def _connected(tab: Tab) -> Tab:
    tab.receive_until(b"0")
    tab.send(b"40")
    tab.receive_until(b"40")
    return tab


def _yjs(authors: list[list[dict[str, Any]]]) -> dict[str, Any]:
    made = subprocess.run(
        ["node", "yjs_updates.mjs"],  # noqa: S607
        input=json.dumps({"room": ROOM, "authors": authors}).encode(),
        cwd=FOLDER,
        capture_output=True,
        check=True,
    )
    return dict(json.loads(made.stdout))
