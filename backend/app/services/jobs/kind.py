"""What a kind of job says of itself: the record from which all the rest follows."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field, ValidationError

from app.config.settings import Settings
from app.domain.access.policy import GRANTS, Rule
from app.domain.errors import Invalid
from app.domain.jobs.lifecycle import JobStatus
from app.domain.jobs.queueing import MAX_QUEUED_PER_USER
from app.services.jobs.execution import Execution
from app.services.unit_of_work import UnitOfWork
from app.utils.fields import Body, Id, Whole

NAME = re.compile(r"[a-z][a-z_]{0,19}")  # as long as the columns are, and safe inside a statement


class JobInput(Body):
    """What every kind may be asked with. `instructions` is the name of what a person wrote: it
    titles the job wherever people see it."""

    canvas_id: Id | None = None
    priority: Whole = Field(default=0, ge=-10, le=10)

    def kept(self) -> dict[str, Any]:
        """What the row keeps of it: all that is set, be it by default."""
        return self.model_dump(exclude_none=True, exclude={"priority"})


R = TypeVar("R", bound=JobInput)
O = TypeVar("O")  # noqa: E741  what `run` hands to `apply`


@dataclass(frozen=True)
class ConcurrencyClass:
    """Kinds of jobs that share places: how many a person may have running, and waiting."""

    name: str
    running_per_user: Callable[[Settings], int]
    max_queued_per_user: int


AI = ConcurrencyClass("ai", lambda settings: settings.ai_user_concurrency, MAX_QUEUED_PER_USER)


@dataclass(frozen=True)
class Door:
    """The route by which people ask for a kind of job: `POST /api/ai-agent` and `path`."""

    path: str
    operation: str  # its name in the API's document
    summary: str
    description: str
    example: Mapping[str, Any]
    limit: str  # requests of one account
    accepted: str  # the sentence that answers


@dataclass(frozen=True)
class Completion:
    """What a job that completed leaves behind. `drawn` are the shapes that it counted."""

    result: BaseModel
    message: str
    canvas_id: str | None
    drawn: int = 0
    change_set_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class JobKind(Generic[R, O]):
    """One kind of job. The engine knows nothing else of it.

    `run` works without a transaction, for as long as `deadline` allows, and may be stopped at any
    time; `apply` writes what came out, inside the transaction that completes the job.
    """

    id: str  # the row's `job_type`
    request: type[R]
    result: type[BaseModel]
    run: Callable[[Execution, R], O]
    apply: Callable[[UnitOfWork, Execution, R, O], Completion]
    permission: Rule  # on its canvas, when asked for, when claimed and when applied
    draws: bool  # one such job at a time on a canvas
    phases: tuple[str, ...]  # between `queued` and the end
    starting: str  # what is shown when it is claimed
    concurrency: ConcurrencyClass
    deadline: Callable[[Settings], float]  # seconds for one attempt
    max_attempts: Callable[[Settings], int]
    max_retries: int = 3  # by hand
    listed: bool = True  # among people's jobs and in their statistics
    canvas_title: Callable[[R], str] | None = None  # of the canvas made where none is named
    check: Callable[[R], None] | None = None  # what its request's types cannot say; raises Invalid
    warm_up: Callable[[Settings], object] | None = None  # when a worker starts
    door: Door | None = None

    @property
    def needs_canvas(self) -> bool:
        required = self.request.model_fields["canvas_id"].is_required()
        return required or self.canvas_title is not None

    def read(self, given: Mapping[str, Any], canvas_id: str | None) -> R:
        """The request that a row keeps, or that a program gives: what is missing has its default,
        what is unknown is left alone.

        Raises:
            Invalid: a field that is needed is missing, or one is not what it should be.
        """
        named = {"canvas_id": canvas_id} if canvas_id else {}
        fields = {name: value for name, value in {**given, **named}.items() if value is not None}
        try:
            return self.request.model_validate(fields, extra="ignore")
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False, include_input=False)
            raise Invalid(
                fields={".".join(map(str, each["loc"])): each["msg"] for each in problems}
            ) from error

    def faults(self) -> Iterable[str]:
        """What would go wrong later if the program started with this record."""
        if not all(NAME.fullmatch(name) for name in (self.id, self.concurrency.name, *self.phases)):
            yield "its names are not lower-case words of at most 20 letters"
        if not self.phases or set(self.phases) & set(JobStatus):
            yield "it needs phases of its own"
        if self.permission not in GRANTS:
            yield f"{self.permission} is no permission on a canvas"
        if self.draws and self.permission is not Rule.CANVAS_EDIT:
            yield "what draws needs the permission to edit"


def registry(*kinds: JobKind[Any, Any]) -> dict[str, JobKind[Any, Any]]:
    """The kinds by their ids.

    Raises:
        TypeError: a record is not complete, or two of them claim the same.
    """
    for kind in kinds:
        for fault in kind.faults():
            raise TypeError(f"job kind {kind.id}: {fault}")
    found = {kind.id: kind for kind in kinds}
    doors = {kind.door.path for kind in kinds if kind.door}
    classes = {kind.concurrency.name: kind.concurrency for kind in kinds}
    if len(found) < len(kinds) or len(doors) < sum(kind.door is not None for kind in kinds):
        raise TypeError("two job kinds have the same id or the same door")
    if any(kind.concurrency != classes[kind.concurrency.name] for kind in kinds):
        raise TypeError("two concurrency classes have the same name")
    return found
