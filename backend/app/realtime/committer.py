"""Gathering: the pushes of a canvas within one tick become one transaction and one frame."""

import asyncio
from dataclasses import dataclass, field
from functools import partial

from app.domain.errors import Unavailable
from app.realtime.gathering import answers_of, resolve
from app.realtime.server import SocketServer
from app.services.scene_service import Applied, Push, commit_pushes

TICK_SECONDS = 0.033
CROWDED_TICK_SECONDS = 0.05
CROWD = 50
MAX_WAITING = 500


@dataclass
class _Queue:
    waiting: list[tuple[Push, asyncio.Future[Applied]]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None
    last_flush: float = 0.0


class Committer:
    """The first push after a pause is committed at once; those that follow wait for the tick."""

    def __init__(self, server: SocketServer) -> None:
        self._server = server
        self._queues: dict[str, _Queue] = {}

    async def commit(self, canvas_id: str, push: Push) -> Applied:
        """Answers once the push is durable.

        Raises:
            DomainError: the push was refused, or too many are waiting.
        """
        queue = self._queues.setdefault(canvas_id, _Queue())
        if len(queue.waiting) >= MAX_WAITING:
            raise Unavailable("Too many changes at once. Try again shortly.")
        future: asyncio.Future[Applied] = asyncio.get_running_loop().create_future()
        queue.waiting.append((push, future))
        if queue.task is None:
            queue.task = asyncio.create_task(self._drain(canvas_id, queue))
        return await future

    async def _drain(self, canvas_id: str, queue: _Queue) -> None:
        loop = asyncio.get_running_loop()
        while queue.waiting:
            pause = queue.last_flush + self._tick(canvas_id) - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            batch, queue.waiting = queue.waiting, []
            queue.last_flush = loop.time()
            await self._flush(canvas_id, batch)
        queue.task = None
        del self._queues[canvas_id]

    async def _flush(
        self, canvas_id: str, batch: list[tuple[Push, "asyncio.Future[Applied]"]]
    ) -> None:
        commit = partial(self._server.in_app, commit_pushes, canvas_id)
        answers = await answers_of(commit, [push for push, _ in batch])
        resolve([future for _, future in batch], answers)

    def _tick(self, canvas_id: str) -> float:
        room = self._server.rooms.get(canvas_id)
        crowded = room is not None and len(room.tabs) > CROWD
        return CROWDED_TICK_SECONDS if crowded else TICK_SECONDS
