"""The whole server on a free loopback port, in a thread of the test's process."""

import socket
import threading
import time
from typing import Any

import uvicorn
from flask import Flask

from app.config.serving import uvicorn_options

START_SECONDS = 60


class LiveServer:
    def __init__(self, app: Flask, asgi: Any) -> None:
        self.app = app
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(asgi, **uvicorn_options(grace_seconds=2))
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    def start(self) -> "LiveServer":
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=START_SECONDS)
        self._socket.close()
