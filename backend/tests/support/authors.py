"""Programs that draw without pause, each as a tab that keeps its outbox through every failure."""

import socket
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import requests
import socketio
from socketio.exceptions import SocketIOError

from tests.support.elements import creation, rectangle
from tests.support.socket_client import hang_up

ANSWER_SECONDS = 2
AGAIN_SECONDS = 0.05
PASSWORD = "correct horse battery"


def sign_up(url: str, name: str) -> dict[str, str]:
    """A new account's Authorization header."""
    body = {"name": name, "email": f"{name.lower()}@example.org", "password": PASSWORD}
    answer = requests.post(f"{url}/api/auth/register", json=body, timeout=20)
    return {"Authorization": f"Bearer {answer.json()['token']}"}


class Author(threading.Thread):
    """Draws one new object and moves its first one, batch after batch. `CHANGES` are in each."""

    CHANGES = 2

    def __init__(self, url: str, bearer: dict[str, str], canvas_id: str, name: str) -> None:
        super().__init__(daemon=True)
        self.url, self.canvas_id, self.name = url, canvas_id, name
        self.token = bearer["Authorization"].removeprefix("Bearer ")
        self.acknowledged = 0
        self._known: dict[str, Any] = {}  # where it is in the canvas's history
        self.lost: list[str] = []
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            client = socketio.Client(reconnection=False)
            try:
                self._knock()
                client.connect(self.url, auth={"token": self.token}, transports=["websocket"])
                self._work(client)
            except (SocketIOError, OSError, ValueError):  # the last: killed before its first word
                time.sleep(AGAIN_SECONDS)
            finally:
                hang_up(client)

    def _knock(self) -> None:
        """Raises OSError while nobody listens: the library would leave its socket open then."""
        address = urlsplit(self.url)
        socket.create_connection((address.hostname, address.port), ANSWER_SECONDS).close()

    def _work(self, client: socketio.Client) -> None:
        body = {"canvas_id": self.canvas_id, "client_id": self.name}
        joined = client.call("join_canvas", body | self._known, timeout=ANSWER_SECONDS)
        if not joined["ok"]:
            raise TimeoutError
        self._known = {"epoch": joined["epoch"], "since": joined["seq"]}
        if joined["last_n"] < self.acknowledged:
            self.lost.append(f"{self.name}: {joined['last_n']} < {self.acknowledged}")
        self.acknowledged = max(self.acknowledged, joined["last_n"])
        while not self.done.is_set():
            n = self.acknowledged + 1
            answer = client.call(
                "scene_update", body | {"n": n, "changes": self._changes(n)}, timeout=ANSWER_SECONDS
            )
            if not answer["ok"]:
                raise TimeoutError
            self.acknowledged = n

    def _changes(self, n: int) -> list[dict[str, Any]]:
        move = {"id": self._object(1), "set": {"x": n, "y": 0}}
        if n == 1:
            move = {"id": f"{self.name}-0", "create": True, "set": rectangle(f"{self.name}-0")}
        return [creation(self._object(n), x=n), move]

    def _object(self, n: int) -> str:
        return f"{self.name}-{n}"

    def objects(self) -> set[str]:
        """What has to be on the canvas now."""
        return {self._object(n) for n in range(self.acknowledged + 1)}
