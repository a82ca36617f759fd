"""One room on our own server, on either database, and what a member of it sends."""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from flask import Flask

from app import create_app
from app.extensions import db
from app.models import accounts
from app.models.canvas import Canvas
from app.models.canvas_permission import CanvasPermission
from app.models.user import User
from app.services import auth_service
from bench.support.crowd import MARK
from bench.support.frames import Tab, frame
from bench.support.servers import Installation
from tests.support.databases import SECRET, migrate, settings_for
from tests.support.elements import rectangle
from tests.support.people import NO_PASSWORD

SOCKET_PATH = "/socket.io/?EIO=4&transport=websocket"


@dataclass(frozen=True)
class Place:
    """Canvases that were made for a measurement, and the tokens of the people who share them."""

    canvases: list[str]
    tokens: list[str]


def make_place(app: Flask, people: int, canvases: int = 1) -> Place:
    """Everybody may edit everything. Written to the database: hashing passwords takes long."""
    with app.app_context():
        users = [
            User(email=f"p{i}@example.org", name=f"P{i}", password_hash=NO_PASSWORD)
            for i in range(people)
        ]
        db.session.add_all(users)
        db.session.flush()
        rows = [Canvas(title="Plans", owner_id=users[0].id) for _ in range(canvases)]
        db.session.add_all(rows)
        db.session.flush()
        db.session.add_all(
            CanvasPermission(canvas_id=c.id, user_id=u.id, role="editor")
            for c in rows
            for u in users
        )
        db.session.commit()
        ids = [canvas.id for canvas in rows]
        people_there = [found for user in users if (found := accounts.by_id(user.id))]
        tokens = [auth_service.start_session(found, "login").secret for found in people_there]
        db.engine.dispose()
    return Place(ids, tokens)


@dataclass(frozen=True)
class OurServer:
    """A running server with people and canvases."""

    installation: Installation
    place: Place

    @property
    def port(self) -> int:
        return self.installation.port


def our_server(
    stack: ExitStack,
    folder: Path,
    people: int,
    canvases: int = 1,
    database: str = "",
    redis: str = "",
) -> OurServer:
    """On SQLite, or on these services."""
    app = create_app(settings_for(folder, database_url=database))
    migrate(app)
    place = make_place(app, people, canvases)
    settings = {"DATABASE_URL": database, "REDIS_URL": redis, "SECRET_KEY": SECRET}
    installation = Installation(folder, **settings)
    stack.callback(installation.stop)
    return OurServer(installation.serve(), place)


class OurRoom:
    """Validated, merged, committed, then published to everybody, the author too."""

    echoes = True
    stores = "every change"

    def __init__(self, name: str, server: OurServer) -> None:
        self.name = name
        self.place = server.place
        self.port = server.port
        self.process = psutil.Process(server.installation.processes[0].pid)
        self._batches: dict[int, int] = {}
        self._run = 0  # tabs of another run are other tabs: each counts its batches from one

    def join(self, people: int, authors: int) -> list[Tab]:
        self._run += 1
        tabs = [self._join(number) for number in range(people)]
        self._batches = dict.fromkeys(range(authors), 0)
        for author in range(authors):
            new = {"id": _shape(author), "create": True, "set": rectangle(_shape(author))}
            tabs[author].send(self._push(author, new))
        return tabs

    def updates(self, moves: list[tuple[int, int]]) -> list[bytes]:
        """What a browser sends for each drag `(author, at)`: the whole geometry, nothing else."""
        return [frame(self._push(author, _move(author, at))) for author, at in moves]

    def _join(self, number: int) -> Tab:
        tab = Tab(self.port, SOCKET_PATH)
        tab.receive_until(b"0")
        tab.send(b"40" + _json({"token": self.place.tokens[number]}))
        tab.receive_until(b"40")
        body = {"canvas_id": self.place.canvases[0], "client_id": self._client(number)}
        tab.send(b"420" + _json(["join_canvas", body]))
        answer = tab.receive_until(b"430")
        if b'"ok":true' not in answer:
            raise RuntimeError(f"joining was refused: {answer!r}")
        return tab

    def _push(self, author: int, change: dict[str, Any]) -> bytes:
        self._batches[author] += 1
        n = self._batches[author]
        canvas = self.place.canvases[0]
        body = {"canvas_id": canvas, "client_id": self._client(author), "n": n, "changes": [change]}
        return (
            f"42{n}".encode() + json.dumps(["scene_update", body], separators=(",", ":")).encode()
        )

    def _client(self, number: int) -> str:
        return f"run{self._run}-tab{number}"


def _move(author: int, at: int) -> dict[str, Any]:
    geometry = {"x": MARK + at, "y": 20, "width": 120, "height": 60, "angle": 0}
    return {"id": _shape(author), "set": geometry}


def _shape(author: int) -> str:
    return f"shape{author}"


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
