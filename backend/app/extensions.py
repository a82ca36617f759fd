"""The shared objects that adapters, models and services build on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": True})

# A type checker cannot see the attributes of `db.Model`; at run time it is the real base class.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


Send = Callable[[str, Any, str | list[str]], None]


class RoomEmitter:
    """Says events to rooms, from any thread or process.

    What carries them is bound at start: the Socket.IO server of a web process, or a write-only
    Redis publisher in a worker. An event without a room would reach everybody, so it is refused.
    """

    def __init__(self) -> None:
        self._send: Send | None = None

    def bind(self, send: Send | None) -> None:
        self._send = send

    def emit(self, event: str, data: Any, to: str | list[str] | None = None) -> None:
        """Send `data` to a room, or once to everybody who is in any of several rooms.

        Never blocks for long and never raises for a lost carrier.

        Raises:
            ValueError: no room was named.
        """
        if not to:
            raise ValueError(f"event {event!r} names no room")
        if self._send is not None:
            self._send(event, data, to)


socketio = RoomEmitter()
