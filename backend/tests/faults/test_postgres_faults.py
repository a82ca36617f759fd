"""Faults of PostgreSQL: nothing is acknowledged that is not stored, and nobody waits for ever."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.realtime.http_threads import HTTP_THREADS
from tests.support.breadth import promptly
from tests.support.faults import TIMEOUT, Family, Fault, try_out
from tests.support.model_server import Reply
from tests.support.processes import stays, wait_until
from tests.support.slowness import slowly
from tests.support.stack import Stack
from tests.support.trial import PATIENCE, Answer, Trial

pytestmark = [pytest.mark.services, pytest.mark.timeout(TIMEOUT)]

FAULTS = Family()
LONGEST_ANSWER = promptly(8.0)  # while the database is silent
OUTAGE = 3.0
CROWD = HTTP_THREADS + 20
PATHS = ("/api/canvases", "/api/ai-agent/jobs", "/api/ai-agent/jobs/stats", "/api/auth/me")


def clean_refusals(answers: list[Answer]) -> None:
    """Each says 503 and when to come again, soon, and nothing about the inside."""
    assert {answer.status for answer in answers} == {503}, answers
    assert {answer.body["code"] for answer in answers} == {"unavailable"}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert max(answer.seconds for answer in answers) < LONGEST_ANSWER


def running_job(trial: Trial, seconds: float = 1.0) -> str:
    about = trial.about("Draw slowly")
    trial.stack.model.says(about, Reply(silence=seconds))
    job_id = trial.submit(about, here=True).job_id
    trial.wait_until_model_is_asked(about)
    return job_id


@FAULTS.fault(18, "PostgreSQL crashes and starts again", sample=True)
def crashed(trial: Trial) -> None:
    """Acknowledged edits are there, accepted jobs end; requests fail cleanly if at all."""
    stack = trial.stack
    job_id = running_job(trial)
    with trial.drawing():
        stack.postgres.stop()
        stack.postgres.start()
        trial.fault_is_over()
        answers = [trial.ask("GET", PATHS[0]) for _ in range(5)]
        assert {answer.status for answer in answers} <= {200, 503}
    trial.wait_for(job_id, "completed")


@FAULTS.fault(19, "PostgreSQL down")
def down(trial: Trial) -> None:
    """Nothing is acknowledged meanwhile; everything refused says when to come again."""
    stack = trial.stack
    job_id = running_job(trial)
    key = uuid.uuid4().hex
    with trial.drawing() as authors:
        stack.postgres.stop()
        slowly(0.2)  # answers on their way arrive
        before = [author.acknowledged for author in authors]
        answers = [trial.submit(trial.about("Draw later"), key=key)]
        answers += [trial.ask("GET", path) for path in PATHS]
        clean_refusals(answers)
        assert trial.ask("GET", "/ready").status == 503
        assert trial.ask("GET", "/health").status == 200

        def are_told_nothing() -> bool:
            return [author.acknowledged for author in authors] == before

        stays(are_told_nothing, OUTAGE)
        stack.postgres.start()
        trial.fault_is_over()
        trial.insist(trial.about("Draw later"), key=key)
    trial.wait_for(job_id, "completed")


@FAULTS.fault(20, "the answer to the commit of a job's acceptance is lost")
def commit_of_job_lost(trial: Trial) -> None:
    """Nobody knows whether it was stored; asking again with the same key gives the one job."""
    link = trial.stack.web_postgres
    key, about = uuid.uuid4().hex, trial.about("Draw in doubt")
    link.swallow_reply(having=about.encode())
    clean_refusals([trial.submit(about, key=key)])
    assert link.swallowed == 1
    trial.fault_is_over()
    job_id = trial.insist(about, key=key)
    trial.wait_for(job_id, "completed")


@FAULTS.fault(20, "the answer to the commit of an edit is lost")
def commit_of_edit_lost(trial: Trial) -> None:
    """It is not acknowledged; sent again, it has one effect."""
    link = trial.stack.web_postgres
    with trial.drawing(people=1) as (author,):
        link.swallow_reply(having=f"{author.name}-".encode())
        wait_until(lambda: link.swallowed, PATIENCE, "a commit is in doubt")
        trial.fault_is_over()


@FAULTS.fault(20, "the answer to the commit of a drawing is lost")
def commit_of_drawing_lost(trial: Trial) -> None:
    """It is there once; the worker finds that it had succeeded."""
    link = trial.stack.worker_postgres
    link.swallow_reply(having=b'"bounds"')
    job_id = trial.submit(trial.about("Draw in doubt")).job_id
    wait_until(lambda: link.swallowed, PATIENCE, "a commit is in doubt")
    trial.fault_is_over()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 1


@FAULTS.fault(21, "PostgreSQL terminates all connections, again and again")
def terminated(trial: Trial) -> None:
    """What was under way is rolled back and tried again; no part of it stays."""
    jobs: list[str] = []

    def terminate() -> bool:
        trial.stack.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        jobs.append(trial.insist(trial.about("Draw"), key=uuid.uuid4().hex))
        return len(jobs) == 6

    with trial.drawing():
        wait_until(terminate, PATIENCE, "six jobs are accepted")
        trial.fault_is_over()
    for job_id in jobs:
        trial.wait_for(job_id, "completed")


def crowd(trial: Trial, people: int = CROWD) -> list[Answer]:
    with ThreadPoolExecutor(people) as pool:
        paths = (PATHS[number % len(PATHS)] for number in range(people))
        return list(pool.map(lambda path: trial.ask("GET", path), paths))


@FAULTS.fault(22, "PostgreSQL cut off without a word")
def cut_off(trial: Trial) -> None:
    """More requests than there are threads are all refused within seconds; life signs go on."""
    stack = trial.stack
    job_id = running_job(trial, seconds=3)
    links = (stack.web_postgres, stack.worker_postgres)
    with trial.drawing(people=1), ThreadPoolExecutor(1) as pool:
        for link in links:
            link.black_hole()
        asked = pool.submit(crowd, trial)
        signs = [trial.ask("GET", "/health") for _ in range(5)]
        answers = asked.result()
        for link in links:
            link.heal()
        trial.fault_is_over()
    clean_refusals(answers)
    assert {sign.status for sign in signs} == {200}
    assert max(sign.seconds for sign in signs) < promptly(1)
    trial.wait_for(job_id, "completed")
    wait_until(stack.is_ready, PATIENCE, "the server finds the database again")
    assert {answer.status for answer in crowd(trial, 20)} == {200}


@FAULTS.fault(23, "all database connections of the server busy with slow queries")
def pool_exhausted(trial: Trial) -> None:
    """A request that finds none free is refused for a moment; heartbeats go on; all ends well."""
    holder = trial.stack.hold_transaction()
    holder.execute("LOCK TABLE auth_session IN ACCESS EXCLUSIVE MODE")
    try:
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(crowd, trial, HTTP_THREADS)
            slowly(0.5)
            sign = trial.ask("GET", "/health")
            answers = asked.result()
    finally:
        holder.rollback()
        holder.close()
    trial.fault_is_over()
    clean_refusals(answers)
    assert sign.status == 200
    assert sign.seconds < promptly(1)
    assert {answer.status for answer in crowd(trial, 20)} == {200}


@FAULTS.fault(24, "an edit and somebody else's transaction block each other")
def deadlock_of_edit(trial: Trial) -> None:
    """PostgreSQL ends one of the two; the edit is sent again and has one effect."""
    with trial.drawing(people=1) as (author,):
        holder = trial.stack.hold_transaction()
        try:
            holder.execute(
                "SELECT 1 FROM sync_client WHERE client_id = %s FOR UPDATE", [author.name]
            )
            _close_the_circle(trial, holder, trial.canvas_id)
        finally:
            holder.rollback()
            holder.close()
        trial.fault_is_over()


@FAULTS.fault(24, "a drawing and somebody else's transaction block each other")
def deadlock_of_drawing(trial: Trial) -> None:
    """The worker tries again in the same attempt."""
    holder = trial.stack.hold_transaction()
    about = trial.about("Draw in a knot")
    trial.stack.model.says(about, Reply(silence=1.0))
    job_id = trial.submit(about, here=True).job_id
    trial.wait_until_model_is_asked(about)
    try:
        holder.execute("SELECT 1 FROM canvas WHERE id = %s FOR UPDATE", [trial.canvas_id])
        _wait_until_blocked(trial)
        other = threading.Thread(
            target=holder.execute, args=("SELECT 1 FROM ai_jobs WHERE id = %s FOR UPDATE", [job_id])
        )
        other.start()
        other.join(20)
    finally:
        holder.rollback()
        holder.close()
    trial.fault_is_over()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 1


def _close_the_circle(trial: Trial, holder: Any, canvas_id: str) -> None:
    """Wait for the canvas's row, whose holder waits for us: PostgreSQL ends who waited first."""
    _wait_until_blocked(trial)
    holder.execute("SELECT 1 FROM canvas WHERE id = %s FOR UPDATE", [canvas_id])


def _wait_until_blocked(trial: Trial) -> None:
    waiting = (
        "SELECT 1 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    wait_until(lambda: trial.stack.sql(waiting), PATIENCE, "somebody waits for the lock")


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_was_acknowledged_is_stored_and_nobody_waits_for_ever(
    fault: Fault, stack: Stack, record_property: Callable[[str, Any], None]
) -> None:
    try_out(fault, stack, record_property)
