"""WebKit, driven by the classic WebDriver protocol of Debian's webkit2gtk-driver."""

import json
import os
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.e2e.browsers.driver import KEYS, BrowserError, Driver, Step
from tests.support.processes import free_port, start, stop, wait_until

START_SECONDS = 30


class WebKit(Driver):
    """One window of one fresh profile; each has a browser of its own."""

    name = "webkit"

    def __init__(self, display: str) -> None:
        port = free_port()
        self._address = f"http://127.0.0.1:{port}"
        self._home = tempfile.mkdtemp(prefix="webkit-")
        environment = os.environ | {
            "DISPLAY": display,
            "HOME": self._home,
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        command = ["WebKitWebDriver", f"--port={port}"]
        self._process: subprocess.Popen[bytes] = start(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, START_SECONDS, "WebKitWebDriver")
        args = {"args": ["--automation"], "binary": str(mini_browser())}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": args}}
        self._session = self._ask("POST", "/session", {"capabilities": capabilities})["sessionId"]

    def _answers(self) -> bool:
        try:
            self._ask("GET", "/status")
        except (OSError, BrowserError):
            return False
        return True

    def goto(self, url: str) -> None:
        self._say("POST", "/url", {"url": url})

    def evaluate(self, expression: str) -> Any:
        body = {"script": f"return ({expression})", "args": []}
        return self._say("POST", "/execute/sync", body)

    def resize(self, width: int, height: int) -> None:
        self._say("POST", "/window/rect", {"width": width, "height": height})

    def press(self, keys: list[str]) -> None:
        down = [{"type": "keyDown", "value": KEYS.get(key, key)} for key in keys]
        up = [{"type": "keyUp", "value": KEYS.get(key, key)} for key in reversed(keys)]
        self._act({"type": "key", "id": "keyboard", "actions": down + up})

    def point(self, steps: list[Step]) -> None:
        actions = self.pointer_actions(steps)
        mouse = {"pointerType": "mouse"}
        self._act({"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions})

    def close(self) -> None:
        self._say("DELETE", "")
        stop(self._process)
        shutil.rmtree(self._home, ignore_errors=True)

    def _act(self, device: dict[str, Any]) -> None:
        self._say("POST", "/actions", {"actions": [device]})

    def _say(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return self._ask(method, f"/session/{self._session}{path}", body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the driver's own address
            self._address + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as response:  # noqa: S310
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise BrowserError(error.read().decode()) from error


def mini_browser() -> Path:
    """The small browser that comes with the engine."""
    (found, *_) = Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser")
    return found
