"""A kind of job that only tests have: it counts the words on a canvas and draws nothing."""

import asyncio
import threading
from dataclasses import dataclass, field

from pydantic import BaseModel

from app.domain.access.policy import Rule
from app.domain.jobs.progress import Report
from app.services.jobs.execution import Execution
from app.services.jobs.kind import Completion, ConcurrencyClass, Door, JobInput, JobKind
from app.services.scene_reading import load_scene
from app.services.unit_of_work import UnitOfWork
from app.utils.fields import Id


class CountWordsIn(JobInput):
    canvas_id: Id
    longest: bool = False


class WordCount(BaseModel):
    words: int
    text: str


@dataclass
class Script:
    """What happens before it counts: the errors to raise, one a run; then whether it waits."""

    errors: list[Exception] = field(default_factory=list)
    silent: bool = False
    asked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    cut_off: threading.Event = field(default_factory=threading.Event)

    async def wait(self) -> None:
        self.asked.release()
        try:
            while self.silent:
                await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            self.cut_off.set()
            raise


script = Script()


def run(execution: Execution, request: CountWordsIn) -> list[str]:
    execution.report(Report("counting", 50, "Counting words"))
    elements = load_scene(str(request.canvas_id))
    execution.wait_for(script.wait)
    if script.errors:
        raise script.errors.pop(0)
    return [word for element in elements for word in str(element.get("text", "")).split()]


def apply(
    _work: UnitOfWork, execution: Execution, request: CountWordsIn, words: list[str]
) -> Completion:
    text = max(words, key=len, default="") if request.longest else f"{len(words)} words"
    return Completion(WordCount(words=len(words), text=text), text, execution.job.canvas_id)


COUNT_WORDS = JobKind(
    id="count_words",
    request=CountWordsIn,
    result=WordCount,
    run=run,
    apply=apply,
    permission=Rule.CANVAS_VIEW,
    draws=False,
    phases=("counting",),
    starting="Counting words",
    concurrency=ConcurrencyClass("reading", lambda _settings: 1, max_queued_per_user=2),
    deadline=lambda _settings: 20.0,
    max_attempts=lambda _settings: 2,
    max_retries=1,
    door=Door(
        path="/count-words",
        operation="count_words",
        summary="Count the words on a canvas",
        description="Draws nothing.",
        example={"canvas_id": "0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11"},
        limit="60/hour",
        accepted="Counting started",
    ),
)
