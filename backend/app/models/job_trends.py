"""Jobs over time, counted by the database in buckets of equal length; times in seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Float, case, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.domain.jobs.lifecycle import JobStatus
from app.models.job_moves import T
from app.models.sql import run
from app.models.sql_time import epoch_of, utc_after, utc_now


class whole_part(FunctionElement[int]):  # noqa: N801  named like the SQL function it is
    """`whole_part(number)` of a positive number; a plain cast rounds on PostgreSQL."""

    type = BigInteger()
    inherit_cache = True


@compiles(whole_part)
def _whole(element: Any, compiler: Any, **kw: Any) -> str:
    return f"floor({compiler.process(element.clauses, **kw)})::bigint"


@compiles(whole_part, "sqlite")
def _whole_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS INTEGER)"


@dataclass(frozen=True)
class Ended:
    """How many jobs ended in a bucket in this way, and the tokens that they took."""

    bucket: int
    status: str
    error_code: str | None
    count: int
    again: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True)
class Percentiles:
    """Nearest rank: the smallest value that so many percent do not exceed."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Window:
    """The last `seconds`, in buckets of `step` seconds. A bucket is named by its number since
    1970, so that it stays the same however late one looks."""

    seconds: int
    step: int

    def bucket_of(self, time: ColumnElement[Any]) -> Any:
        return whole_part(epoch_of(time) / literal(float(self.step), Float))

    def holds(self, time: ColumnElement[Any]) -> ColumnElement[bool]:
        return time >= utc_after(-self.seconds)


def newest_bucket(window: Window) -> int:
    """The bucket that it is now."""
    return int(run(select(window.bucket_of(utc_now()))).scalar_one())


def submitted(window: Window) -> dict[int, int]:
    bucket = window.bucket_of(T.c.created_at).label("bucket")
    query = select(bucket, func.count()).where(window.holds(T.c.created_at)).group_by(bucket)
    return dict(_rows(query))


def ended(window: Window) -> list[Ended]:
    bucket = window.bucket_of(T.c.completed_at).label("bucket")
    query = (
        select(
            bucket,
            T.c.status,
            case((T.c.status == JobStatus.FAILED, T.c.error_code)).label("code"),
            func.count(),
            func.count().filter(T.c.attempt > 1),
            _tokens("input_tokens"),
            _tokens("output_tokens"),
        )
        .where(window.holds(T.c.completed_at))
        .group_by(bucket, T.c.status, "code")
    )
    return [Ended(*row) for row in _rows(query)]


def _tokens(kind: str) -> Any:
    return func.coalesce(func.sum(T.c.usage[kind].as_integer()), 0)


def waits(window: Window) -> dict[int, Percentiles]:
    """From submission to the first start, by the bucket of the submission."""
    return _percentiles(
        epoch_of(T.c.started_at) - epoch_of(T.c.created_at),
        window.bucket_of(T.c.created_at),
        *_waited(window),
    )


def wait_of_all(window: Window) -> Percentiles | None:
    wait = epoch_of(T.c.started_at) - epoch_of(T.c.created_at)
    return _percentiles(wait, literal(0), *_waited(window)).get(0)


def duration_of_all(window: Window) -> Percentiles | None:
    """From the first start to the end, of jobs that completed."""
    took = epoch_of(T.c.completed_at) - epoch_of(T.c.started_at)
    completed = (T.c.status == JobStatus.COMPLETED, T.c.started_at.is_not(None))
    return _percentiles(took, literal(0), *completed, window.holds(T.c.completed_at)).get(0)


def _waited(window: Window) -> tuple[ColumnElement[bool], ...]:
    """A retry by hand starts long after the submission: that is no wait."""
    return (T.c.started_at.is_not(None), T.c.retry_count == 0, window.holds(T.c.created_at))


def _percentiles(
    value: ColumnElement[Any], bucket: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> dict[int, Percentiles]:
    """By window functions, which both databases have."""
    of = select(bucket.label("bucket"), value.label("value")).where(*conditions).subquery("of")
    ranked = select(
        of.c.bucket,
        of.c.value,
        func.row_number().over(partition_by=of.c.bucket, order_by=of.c.value).label("place"),
        func.count().over(partition_by=of.c.bucket).label("count"),
    ).subquery("ranked")

    def at(percent: int) -> Any:
        reached = ranked.c.place * 100 >= ranked.c["count"] * percent
        return func.min(case((reached, ranked.c.value)))

    query = select(ranked.c.bucket, at(50), at(95)).group_by(ranked.c.bucket)
    return {bucket: Percentiles(max(0.0, p50), max(0.0, p95)) for bucket, p50, p95 in _rows(query)}


def _rows(query: Any) -> Iterable[Any]:
    return run(query).all()
