"""A running server and tabs of the people on it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.factory import asgi_of
from app.models.user import User
from tests.support.live_server import LiveServer
from tests.support.socket_client import Tab

OpenTab = Callable[..., Tab]


@pytest.fixture
def server(any_app: Flask) -> Iterator[LiveServer]:
    live = LiveServer(any_app, asgi_of(any_app)).start()
    yield live
    live.stop()


@pytest.fixture
def open_tab(server: LiveServer) -> Iterator[OpenTab]:
    tabs: list[Tab] = []

    def open_(user: User | None, **how: bool) -> Tab:
        tabs.append(Tab(server.url, server.app, user, **how))
        return tabs[-1]

    yield open_
    for tab in tabs:
        tab.close()
