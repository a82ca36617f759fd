"""Firefox, driven by WebDriver BiDi, which it speaks by itself."""

import json
import subprocess
import tempfile
from itertools import count
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.e2e.browsers.driver import KEYS, BrowserError, Driver, Step
from tests.support.processes import free_port, start, stop, wait_until

START_SECONDS = 60
REPLY_SECONDS = 120


class Firefox(Driver):
    """One window of one fresh profile; each is a browser of its own."""

    name = "firefox"

    def __init__(self, display: str) -> None:
        del display  # headless
        port = free_port()
        self._profile = tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", self._profile.name]
        self._process: subprocess.Popen[bytes] = start(
            [*command, f"--remote-debugging-port={port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"HOME": self._profile.name, "PATH": "/usr/bin:/bin", "MOZ_HEADLESS": "1"},
        )
        self._numbers = count(1)
        self._socket: ClientConnection | None = None
        wait_until(lambda: self._connect(port), START_SECONDS, "Firefox")
        self._ask("session.new", {"capabilities": {}})
        tree = self._ask("browsingContext.getTree", {})
        self._context = tree["contexts"][0]["context"]

    def _connect(self, port: int) -> bool:
        try:
            address = f"ws://127.0.0.1:{port}/session"
            self._socket = connect(address, open_timeout=5, max_size=2**27, legacy=True)
        except (OSError, WebSocketException):
            return False
        return True

    def goto(self, url: str) -> None:
        self._say("browsingContext.navigate", url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        answer = self._ask(
            "script.evaluate",
            {
                "expression": f"JSON.stringify([({expression}) ?? null])",
                "target": {"context": self._context},
                "awaitPromise": False,
            },
        )
        if answer["type"] != "success":
            raise BrowserError(json.dumps(answer["exceptionDetails"])[:1_000])
        (value,) = json.loads(answer["result"]["value"])
        return value

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self._say("browsingContext.setViewport", viewport=viewport)

    def press(self, keys: list[str]) -> None:
        down = [{"type": "keyDown", "value": KEYS.get(key, key)} for key in keys]
        up = [{"type": "keyUp", "value": KEYS.get(key, key)} for key in reversed(keys)]
        self._act({"type": "key", "id": "keyboard", "actions": down + up})

    def point(self, steps: list[Step]) -> None:
        mouse = {"pointerType": "mouse"}
        actions = self.pointer_actions(steps)
        self._act({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions})

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        stop(self._process)
        self._profile.cleanup()

    def _act(self, device: dict[str, Any]) -> None:
        self._say("input.performActions", actions=[device])

    def _say(self, method: str, **params: Any) -> Any:
        return self._ask(method, {"context": self._context, **params})

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        assert self._socket is not None
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=REPLY_SECONDS))
            if answer.get("id") != number:
                continue  # an event
            if answer["type"] == "error":
                raise BrowserError(f"{method}: {answer['message']}")
            return answer["result"]
