"""Jobs over time, counted by the database in buckets of equal length; times in seconds."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.domain.jobs.lifecycle import JobStatus
from app.models.job_moves import T
from app.models.sql import Result, each, pairs, statement, value
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


class Window(NamedTuple):
    """The last `seconds`, in buckets of `step` seconds: what the statements here take.

    A bucket is named by its number since 1970, so that it stays the same however late one looks.
    """

    seconds: int
    step: int


def _bucket_of(time: ColumnElement[Any], step: Any) -> Any:
    return whole_part(epoch_of(time) / step)


def _since(time: ColumnElement[Any], seconds: Any) -> ColumnElement[bool]:
    return time >= utc_after(-seconds)


@statement(value)
def newest_bucket(step: float) -> Executable:
    """The bucket that it is now."""
    return select(_bucket_of(utc_now(), step))


@statement(pairs)
def submitted(seconds: float, step: float) -> Executable:
    """How many jobs were submitted, by bucket."""
    bucket = _bucket_of(T.c.created_at, step).label("bucket")
    return select(bucket, func.count()).where(_since(T.c.created_at, seconds)).group_by(bucket)


@statement(each(Ended))
def ended(seconds: float, step: float) -> Executable:
    bucket = _bucket_of(T.c.completed_at, step).label("bucket")
    return (
        select(
            bucket,
            T.c.status,
            case((T.c.status == JobStatus.FAILED, T.c.error_code)).label("code"),
            func.count(),
            func.count().filter(T.c.attempt > 1),
            _tokens("input_tokens"),
            _tokens("output_tokens"),
        )
        .where(_since(T.c.completed_at, seconds))
        .group_by(bucket, T.c.status, "code")
    )


def _tokens(kind: str) -> Any:
    return func.coalesce(func.sum(T.c.usage[kind].as_integer()), 0)


def _percentiles(result: Result) -> dict[int, Percentiles]:
    ranked: Any = result.fetchall()
    return {bucket: Percentiles(max(0.0, p50), max(0.0, p95)) for bucket, p50, p95 in ranked}


def _percentiles_of_all(result: Result) -> Percentiles | None:
    return _percentiles(result).get(0)


@statement(_percentiles)
def waits(seconds: float, step: float) -> Executable:
    """From submission to the first start, by the bucket of the submission."""
    return _ranked(_wait(), _bucket_of(T.c.created_at, step), *_waited(seconds))


@statement(_percentiles_of_all)
def wait_of_all(seconds: float) -> Executable:
    return _ranked(_wait(), literal(0), *_waited(seconds))


@statement(_percentiles_of_all)
def duration_of_all(seconds: float) -> Executable:
    """From the first start to the end, of jobs that completed."""
    took = epoch_of(T.c.completed_at) - epoch_of(T.c.started_at)
    completed = (T.c.status == JobStatus.COMPLETED, T.c.started_at.is_not(None))
    return _ranked(took, literal(0), *completed, _since(T.c.completed_at, seconds))


def _wait() -> ColumnElement[Any]:
    return epoch_of(T.c.started_at) - epoch_of(T.c.created_at)


def _waited(seconds: Any) -> tuple[ColumnElement[bool], ...]:
    """A retry by hand starts long after the submission: that is no wait."""
    return (T.c.started_at.is_not(None), T.c.retry_count == 0, _since(T.c.created_at, seconds))


def _ranked(
    measure: ColumnElement[Any], bucket: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> Executable:
    """(bucket, p50, p95), by window functions, which both databases have."""
    of = select(bucket.label("bucket"), measure.label("measure")).where(*conditions).subquery("of")
    ranked = select(
        of.c.bucket,
        of.c.measure,
        func.row_number().over(partition_by=of.c.bucket, order_by=of.c.measure).label("place"),
        func.count().over(partition_by=of.c.bucket).label("count"),
    ).subquery("ranked")

    def at(percent: int) -> Any:
        reached = ranked.c.place * 100 >= ranked.c["count"] * percent
        return func.min(case((reached, ranked.c.measure)))

    return select(ranked.c.bucket, at(50), at(95)).group_by(ranked.c.bucket)
