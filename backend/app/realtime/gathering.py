"""Gathering: questions that arrive while one is being asked are asked together, next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from app.domain.errors import DomainError
from app.services.unit_of_work import as_unavailable

LANES = 2  # a large answer holds up half of the others, not all
AT_ONCE = 100

Q = TypeVar("Q")
A = TypeVar("A")
Ask = Callable[[list[Q]], Awaitable[Sequence[A | Exception]]]


class Gatherer(Generic[Q, A]):
    """Thousands who ask at once cost dozens of statements and hand-overs to threads."""

    def __init__(self, ask: Ask[Q, A]) -> None:
        self._ask = ask
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._lanes: set[asyncio.Task[None]] = set()

    async def get(self, question: Q) -> A:
        """Raises what the question was answered with, if that is an exception."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        # Not in a callback: a question of the same moment would rely on lanes that have ended.
        self._lanes = {lane for lane in self._lanes if not lane.done()}
        if len(self._lanes) < LANES:
            self._lanes.add(asyncio.create_task(self._work()))
        return await future

    async def _work(self) -> None:
        await asyncio.sleep(0)  # what arrived in the same moment belongs together
        while self._waiting:
            some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            answers = await answers_of(self._ask, [question for question, _ in some])
            resolve([future for _, future in some], answers)


async def answers_of(ask: Ask[Q, A], questions: list[Q]) -> list[A | Exception]:
    """Everybody who waits gets an answer; a question that fails unforeseen fails alone."""
    try:
        return list(await ask(questions))
    except Exception as error:  # noqa: BLE001
        is_foreseen = isinstance(error, DomainError) or as_unavailable(error) is not None
        if len(questions) == 1 or is_foreseen:
            return [error] * len(questions)
    return [(await answers_of(ask, [question]))[0] for question in questions]


def resolve(futures: Sequence["asyncio.Future[Any]"], answers: Sequence[Any]) -> None:
    for future, answer in zip(futures, answers, strict=True):
        if future.done():
            continue
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
