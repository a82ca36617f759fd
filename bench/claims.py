"""The fair claim in a long queue: 100,000 waiting jobs of 1,000 people, both databases."""

import time
from pathlib import Path

from flask import Flask
from sqlalchemy import insert

from app import create_app
from app.domain.jobs.lifecycle import JobStatus
from app.extensions import db
from app.models import job_claims
from app.models.ai_job import AIJob
from app.models.canvas import Canvas
from app.models.sql_time import utc_after
from app.models.user import User
from app.services.unit_of_work import unit_of_work
from bench.support.options import Options
from bench.support.report import Table, middle, number, percentile
from tests.support.databases import migrate, settings_for
from tests.support.jobs import terms

PEOPLE = 1_000
JOBS = 100_000
ROWS_AT_ONCE = 5_000
CLAIMS = 200
TERMS = terms(worker_id="bench", lease=3600, attempt_timeout=3600, per_user=2)


def claims_table(folder: Path, options: Options, postgres_url: str) -> Table:
    jobs = JOBS // 20 if options.quick else JOBS
    table = Table(
        f"Claiming the next of {jobs:,} jobs queued by {PEOPLE:,} people",
        ["", "p50 ms", "aim", "p95 ms", f"people served by {CLAIMS} claims", "most by one"],
        notes=["A claim is a whole transaction. As in the engine, it does not wait for the disk."],
    )
    for name, url in (("SQLite", ""), ("PostgreSQL", postgres_url)):
        app = create_app(settings_for(folder / f"claims-{name}", database_url=url))
        migrate(app)
        _fill(app, jobs)
        times, served = _claim(app)
        most = max(served.count(user) for user in set(served))
        table.rows.append(
            [
                *(name, number(middle(times)), "< 5", number(percentile(times, 95))),
                *(str(len(set(served))), str(most)),
            ]
        )
        with app.app_context():
            db.engine.dispose()
    return table


def _fill(app: Flask, jobs: int) -> None:
    """Everybody queues the same number; every second job is to draw on its author's own canvas."""
    with app.app_context(), unit_of_work():
        people = [
            {"id": f"u{i}", "email": f"u{i}@example.org", "name": f"U{i}", "password_hash": "!"}
            for i in range(PEOPLE)
        ]
        db.session.execute(insert(User), people)
        canvases = [{"id": f"c{i}", "title": "Plan", "owner_id": f"u{i}"} for i in range(PEOPLE)]
        db.session.execute(insert(Canvas), canvases)
        start = time.time() - jobs
        for first in range(0, jobs, ROWS_AT_ONCE):
            rows = [_job(k, start) for k in range(first, min(first + ROWS_AT_ONCE, jobs))]
            db.session.execute(insert(AIJob).values(available_at=utc_after(-3600)), rows)


def _job(k: int, start: float) -> dict[str, object]:
    person = k * 7919 % PEOPLE
    return {
        "id": f"j{k}",
        "user_id": f"u{person}",
        "canvas_id": f"c{person}" if k % 2 else None,
        "job_type": "modify_canvas" if k % 2 else "create_canvas",
        "status": JobStatus.QUEUED,
        "request_data": {"instructions": "Draw"},
        "sort_key": start + k,
        "seq": k,
    }


def _claim(app: Flask) -> tuple[list[float], list[str]]:
    times, served = [], []
    with app.app_context():
        for _ in range(CLAIMS):
            started = time.perf_counter()
            with unit_of_work(durable=False):
                job = job_claims.claim_next(TERMS)
            times.append((time.perf_counter() - started) * 1000)
            if job is None:
                raise RuntimeError("nothing was claimed from a full queue")
            served.append(job.user_id)
    return times, served
