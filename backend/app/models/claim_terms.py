"""On what terms a worker claims: which kinds of jobs it knows, and what each kind says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, literal, literal_column

from app.models.job_moves import T
from app.models.sql import Fixed


@dataclass(frozen=True)
class ClaimableKind:
    """What a claim has to know of a kind of job. Whose jobs are too many is counted by class."""

    job_type: str
    phase: str
    message: str
    deadline: float  # seconds
    concurrency_class: str
    running_per_user: int


ClaimableKinds = Fixed[tuple[ClaimableKind, ...]]


@dataclass(frozen=True)
class Terms:
    """On what terms a worker claims. Times in seconds."""

    worker_id: str
    lease: float
    kinds: tuple[ClaimableKind, ...]


def is_known(job: Any, kinds: ClaimableKinds) -> ColumnElement[bool]:
    return class_of(job, kinds).is_not(None)


def class_of(job: Any, kinds: ClaimableKinds) -> ColumnElement[Any]:
    """NULL for a type that nobody here knows. No condition on the column itself: both databases
    would think of its index, and read all of a common type."""
    return by_class(job, kinds, lambda kind: literal_column(f"'{kind.concurrency_class}'"))


def by_class(
    job: Any, kinds: ClaimableKinds, value_of: Callable[[ClaimableKind], ColumnElement[Any]]
) -> ColumnElement[Any]:
    types: dict[str, list[Any]] = {}
    for kind in kinds:
        types.setdefault(kind.concurrency_class, []).append(literal_column(f"'{kind.job_type}'"))
    classes = {kind.concurrency_class: value_of(kind) for kind in kinds}
    return case(*((job.c.job_type.in_(types[name]), value) for name, value in classes.items()))


def of_kind(kinds: ClaimableKinds, value_of: Callable[[ClaimableKind], Any], type_: Any) -> Any:
    """What its kind says of the claimed job."""
    values = {kind.job_type: literal(value_of(kind), type_) for kind in kinds}
    same = len({value_of(kind) for kind in kinds}) == 1
    return values[kinds[0].job_type] if same else case(values, value=T.c.job_type)
