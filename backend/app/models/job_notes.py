"""What changes about a job beside its status: each change numbers the event that says so."""

from sqlalchemy import Executable, update

from app.domain.jobs.lifecycle import JobStatus
from app.models.job_moves import FACTS, JobFacts, T, facts_from
from app.models.sql import Result, first, statement


def _noted(result: Result) -> JobFacts | None:
    row = first(result)
    return facts_from(row) if row else None


@statement(_noted)
def next_event_seq(job_id: str) -> Executable:
    """Number the next event. Locks the row until the transaction ends."""
    numbered = update(T).where(T.c.id == job_id).values(event_seq=T.c.event_seq + 1)
    return numbered.returning(*FACTS)


@statement(_noted)
def note_taken_back(job_id: str, taken_back: bool) -> Executable:
    """A person took away, or brought back, by hand what a job drew."""
    drawn = (T.c.status == JobStatus.COMPLETED) & T.c.change_set_id.is_not(None)
    noted = update(T).where(T.c.id == job_id, drawn)
    values = {"taken_back": taken_back, "event_seq": T.c.event_seq + 1}
    return noted.values(values).returning(*FACTS)
