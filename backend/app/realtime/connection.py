"""Connecting: by the browser's cookie or a program's token, checked before anything is heard."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

from socketio.exceptions import ConnectionRefusedError as Refused

from app.realtime.errors import refusal
from app.realtime.gathering import Gatherer
from app.realtime.presence import Presence
from app.realtime.server import SocketServer
from app.services import auth_service
from app.services.access_service import Actor
from app.services.scene_events import user_room
from app.utils.browser import cookie_name, cookie_of

MAX_SOCKETS_PER_USER = 20
MAX_TOKEN = 200


class Connections:
    def __init__(
        self, server: SocketServer, presence: Presence, forget: Callable[[str], None]
    ) -> None:
        self._server = server
        self._presence = presence
        self._forget = forget
        self._per_user: Counter[str] = Counter()
        self._open: dict[str, Actor] = {}
        self._holders: Gatherer[tuple[str, auth_service.SessionKinds], Actor | None] = (
            server.gathered(auth_service.authenticate_all)
        )
        server.sio.on("connect", self.connect)
        server.sio.on("disconnect", self.disconnect)

    async def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            actor = await self._identify(environ, auth)
        except Exception as error:  # unanswered, the client would wait for ever
            answer = refusal(error, "connect")
            raise _refused(answer["code"], answer["error"]) from error
        if actor is None:
            raise _refused("not_authenticated", "Sign in first.")
        if self._per_user[actor.id] >= MAX_SOCKETS_PER_USER:
            raise _refused("too_many", "Too many open tabs.")
        self._per_user[actor.id] += 1
        self._open[sid] = actor
        await self._server.sio.save_session(sid, {"actor": actor})
        await self._server.sio.enter_room(sid, user_room(actor.id))
        _forget_request(environ)

    async def disconnect(self, sid: str, _reason: Any = None) -> None:
        actor = self._open.pop(sid, None)
        if actor is not None:
            self._per_user[actor.id] -= 1
            if not self._per_user[actor.id]:
                del self._per_user[actor.id]
        self._forget(sid)
        for canvas_id in self._server.rooms.canvases_of(sid):
            self._server.rooms.leave(canvas_id, sid)
            self._presence.changed(canvas_id)

    async def drop_ended_sessions(self) -> None:
        """Disconnect people who signed out or were disabled since connecting."""
        sessions = {actor.session_id for actor in self._open.values()}
        valid = await self._server.in_app(auth_service.valid_sessions, sessions)
        ended = [sid for sid, actor in self._open.items() if actor.session_id not in valid]
        await asyncio.gather(*(self._server.sio.disconnect(sid) for sid in ended))

    async def _identify(self, environ: dict[str, Any], auth: Any) -> Actor | None:
        token = auth.get("token") if isinstance(auth, dict) else None
        if isinstance(token, str) and token:
            return await self._holders.get((token[:MAX_TOKEN], ("login", "token")))
        name = cookie_name(secure=self._server.settings.secure_cookies)
        cookie = cookie_of(environ.get("HTTP_COOKIE"), name)
        # A cookie counts only from our own page; a request without Origin is not from a browser.
        if not cookie or not environ.get("HTTP_ORIGIN"):
            return None
        return await self._holders.get((cookie, ("browser",)))


def _forget_request(environ: dict[str, Any]) -> None:
    """All but how to speak with the socket: it would be kept, cookie and all, as long as that."""
    kept = {name: value for name, value in environ.items() if name.startswith("asgi.")}
    environ.clear()
    environ.update(kept)


def _refused(code: str, sentence: str) -> Refused:
    return Refused(sentence, {"code": code, "error": sentence})
