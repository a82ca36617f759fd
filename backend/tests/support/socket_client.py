"""A person's browser tab, as far as the socket sees it."""

import queue
from types import TracebackType
from typing import Any, Self

import socketio
from flask import Flask

from app.models.user import User
from tests.support.signing_in import bearer, browser_secret

WAIT_SECONDS = 60  # patience for a busy machine


def hang_up(client: socketio.Client) -> None:
    """Disconnect, and close what the library leaves open when the server died."""
    client.disconnect()
    if client.eio.ws is not None:
        client.eio.ws.shutdown()


class Tab:
    """Connects as a person; collects every event, to be asked for in order."""

    def __init__(self, url: str, app: Flask, user: User | None, *, by_cookie: bool = False) -> None:
        self.client = socketio.Client(reconnection=False)
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.client.on("*", lambda event, data: self.heard.put((event, data)))
        auth, headers = {}, {}
        if user is not None and by_cookie:
            headers = {"Cookie": f"collabcanvas_session={browser_secret(app, user)}"}
        elif user is not None:
            auth = {"token": bearer(app, user)["Authorization"].removeprefix("Bearer ")}
        self.client.connect(url, headers=headers, auth=auth, transports=["websocket"])

    def ask(self, event: str, **data: Any) -> Any:
        return self.client.call(event, data, timeout=WAIT_SECONDS)

    def join(self, canvas_id: str, client_id: str = "tab", **more: Any) -> Any:
        return self.ask("join_canvas", canvas_id=canvas_id, client_id=client_id, **more)

    def push(self, canvas_id: str, n: int, *changes: dict[str, Any], client_id: str = "tab") -> Any:
        return self.ask(
            "scene_update", canvas_id=canvas_id, client_id=client_id, n=n, changes=list(changes)
        )

    def next(self, event: str, seconds: float = WAIT_SECONDS) -> Any:
        """The next event of this name; others before it are passed over."""
        while True:
            name, data = self.heard.get(timeout=seconds)
            if name == event:
                return data

    def hears_nothing(self, event: str, seconds: float = 0.3) -> bool:
        try:
            self.next(event, seconds)
        except queue.Empty:
            return True
        return False

    def close(self) -> None:
        hang_up(self.client)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
