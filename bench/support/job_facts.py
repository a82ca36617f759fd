"""What the database says about jobs that were run."""

from collections.abc import Sequence

from sqlalchemy import create_engine, select

from app.models.ai_job import AIJob


def claimed_to_completed(database: str, job_ids: Sequence[str]) -> list[float]:
    """Milliseconds from the claim to the completing transaction, by the database's clock."""
    query = select(AIJob.started_at, AIJob.completed_at).where(AIJob.id.in_(job_ids))
    engine = create_engine(database)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    engine.dispose()
    return [
        (completed - started).total_seconds() * 1000
        for started, completed in rows
        if started and completed
    ]
