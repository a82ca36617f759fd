"""The asyncio loop on which planners wait for models. Only a task can be stopped while a model is
silent: closing a blocking connection from another thread takes effect when the model speaks."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, wait
from typing import Any, TypeVar

from app.domain.errors import JobTimeout
from app.services.jobs.attempt import Attempt

T = TypeVar("T")
TICK_SECONDS = 0.5
SLACK_SECONDS = 5.0  # for a task that is slow to give up


class ModelLoop:
    """One thread for any number of waiting models. Starts at first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(
        self,
        work: Callable[[], Coroutine[Any, Any, T]],
        attempt: Attempt,
        *,
        seconds: float,
        tick: Callable[[], None],
    ) -> T:
        """Run the coroutine to its end while the calling thread waits and calls `tick`.

        Raises:
            Stopped: the attempt was stopped. JobTimeout: it took longer than `seconds` in all.
        """
        future = asyncio.run_coroutine_threadsafe(_within(seconds, work), self._running_loop())
        attempt.on_stop(future.cancel)
        ticks = int((seconds + SLACK_SECONDS) / TICK_SECONDS) + 1
        for _ in range(ticks):
            wait([future], TICK_SECONDS)
            if future.done():
                break
            tick()
        try:
            return future.result(0)
        except CancelledError as error:
            attempt.check()
            raise RuntimeError("a planner gave up without saying why") from error
        except TimeoutError as error:
            future.cancel()
            raise JobTimeout from error

    def close(self) -> None:
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None and self._thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            self._thread.join(SLACK_SECONDS)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_run, args=(self._loop,), name="model-loop", daemon=True
                )
                self._thread.start()
            return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
        loop.run_until_complete(_cancel_the_rest())
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _cancel_the_rest() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


async def _within(seconds: float, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    async with asyncio.timeout(seconds):
        return await work()
