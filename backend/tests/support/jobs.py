"""Looking at jobs and what they drew, and the one checker of what must hold for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.domain.jobs.lifecycle import TERMINAL
from app.extensions import db, socketio
from app.models import AIJob, CanvasObject, ChangeSet
from app.models.claim_terms import ClaimableKind, Terms
from app.services.ai_job_service import AIJobService
from app.services.jobs.kinds import JOB_KINDS
from tests.support.processes import wait_until


def submit(app: Flask, user_id: str, instructions: str = "Draw boxes", **more: Any) -> str:
    with app.app_context():
        return AIJobService().create_canvas_job(user_id, {"instructions": instructions}, **more)


def terms(
    worker_id: str = "w", lease: float = 30, attempt_timeout: float = 60, per_user: int = 5
) -> Terms:
    """On which a test claims, whatever the settings say."""
    return Terms(
        worker_id,
        lease,
        tuple(
            ClaimableKind(
                kind.id,
                kind.phases[0],
                kind.starting,
                attempt_timeout,
                kind.concurrency.name,
                per_user,
            )
            for kind in JOB_KINDS.values()
        ),
    )


def job_row(app: Flask, job_id: str) -> AIJob:
    with app.app_context():
        job = AIJobService().get_job(job_id)
        assert job is not None
        db.session.expunge(job)
        return job


def status_of(app: Flask, job_id: str) -> str:
    return job_row(app, job_id).status


def cancel(app: Flask, job_id: str, user_id: str) -> bool:
    with app.app_context():
        return AIJobService().cancel_job(job_id, user_id)


def wait_for(app: Flask, job_id: str, *statuses: str, seconds: float = 20) -> AIJob:
    wait_until(
        lambda: status_of(app, job_id) in (statuses or TERMINAL),
        seconds,
        f"job {job_id} becomes {statuses or 'terminal'}",
    )
    return job_row(app, job_id)


def drawn_labels(app: Flask, canvas_id: str | None) -> list[str]:
    """The texts on the canvas, in alphabetical order."""
    with app.app_context():
        rows = db.session.execute(
            select(CanvasObject.data).where(
                CanvasObject.canvas_id == canvas_id, CanvasObject.deleted.is_(False)
            )
        ).scalars()
        return sorted(row["text"] for row in rows if row["type"] == "text")


def check_jobs(app: Flask) -> int:
    """Every accepted job ended in one state, and drew once if it completed, else not at all.

    Returns how many jobs there are.
    """
    with app.app_context():
        jobs = list(db.session.execute(select(AIJob)).scalars())
        sets = db.session.execute(
            select(ChangeSet.job_id, func.count()).group_by(ChangeSet.job_id)
        ).all()
        drawn = {job_id: count for job_id, count in sets if job_id}
        for job in jobs:
            assert job.status in TERMINAL, f"{job.id} is still {job.status}"
            expected = 1 if job.status == "completed" else 0
            assert drawn.pop(job.id, 0) == expected, f"{job.id} ({job.status}) drew wrongly"
        assert not drawn, f"drawings of unknown jobs: {drawn}"
        return len(jobs)


@contextmanager
def heard_events() -> Iterator[list[tuple[str, Any, str]]]:
    """What is said while the block runs: (event, data, room), once for each room."""
    heard: list[tuple[str, Any, str]] = []

    def hear(event: str, data: Any, to: str | list[str]) -> None:
        heard.extend((event, data, room) for room in ([to] if isinstance(to, str) else to))

    socketio.bind(hear)
    try:
        yield heard
    finally:
        socketio.bind(None)
