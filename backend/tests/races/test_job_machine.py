"""Whatever happens in whatever order, the rows agree with a model of a page."""

from dataclasses import dataclass, field
from itertools import count

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select, update

from app.extensions import db
from app.models import AIJob, job_claims, job_leases, job_moves
from app.models.canvas import Canvas
from app.models.sql_time import utc_after, utc_now
from app.services.ai_job_service import AIJobService
from app.services.jobs.claims import claim
from app.services.unit_of_work import unit_of_work
from tests.support.breadth import examples
from tests.support.jobs import terms
from tests.support.people import People

PER_USER = 2
TERMS = terms("somebody:0:x", lease=600, attempt_timeout=600, per_user=PER_USER)
MAX_ATTEMPTS = 3


@dataclass
class Model:
    """One job as it should be. `token` is the lease that stands, `order` its place by age."""

    user: str
    canvas: str | None
    priority: int
    order: int
    status: str = "queued"
    attempt: int = 0
    retries: int = 0
    due: bool = True
    token: str | None = None
    old_tokens: list[str] = field(default_factory=list)

    def release(self, status: str) -> None:
        if self.token:
            self.old_tokens.append(self.token)
        self.status, self.token = status, None


class JobMachine(RuleBasedStateMachine):
    """Does anything to jobs; `app`, `people` and `shared` (Ana's canvas) are the test's."""

    app: Flask
    people: People
    shared: Canvas
    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[str, Model] = {}
        self.orders = count()
        self.context = self.app.app_context()
        self.context.push()
        self.service = AIJobService()

    def teardown(self) -> None:
        db.session.rollback()
        db.session.execute(delete(AIJob))
        db.session.commit()
        self.context.pop()

    @initialize(target=ids)
    def a_busy_morning(self) -> object:
        """Enough that limits, fairness and the shared canvas matter from the first claim."""
        turns = [("ana", False)] * 3 + [("ana", True), ("ben", True), ("ben", False)]
        return multiple(*(self.submit(who, on_shared, 0) for who, on_shared in turns))

    @rule(
        target=ids,
        who=st.sampled_from(["ana", "ben"]),
        on_shared=st.booleans(),
        priority=st.integers(0, 3),
    )
    def submit(self, who: str, on_shared: bool, priority: int) -> str:
        user = getattr(self.people, who).id
        canvas = self.shared.id if on_shared else None
        key = f"key-{next(self.orders)}"
        body = {"instructions": key}
        job_id, again = (
            self.service.create_canvas_job(
                user, body, priority, canvas_id=canvas, idempotency_key=key
            )
            for _ in range(2)
        )
        assert again == job_id
        self.jobs[job_id] = Model(user, canvas, priority, next(self.orders))
        return job_id

    def best(self) -> str | None:
        """The job whose turn it is: rule J3 written as plainly as possible."""
        running = [job for job in self.jobs.values() if job.status == "processing"]

        def of(user: str) -> int:
            return sum(job.user == user for job in running)

        busy = {job.canvas for job in running if job.canvas}
        may_run = {
            job_id: (of(job.user) - job.priority, job.order)
            for job_id, job in self.jobs.items()
            if job.status == "queued"
            and job.due
            and job.canvas not in busy
            and of(job.user) < PER_USER
        }
        return min(may_run, key=may_run.__getitem__) if may_run else None

    @rule()
    def claim_the_best(self) -> None:
        expected = self.best()
        claimed = claim(TERMS)
        assert (claimed and claimed.id) == expected
        if claimed:
            model = self.jobs[claimed.id]
            model.status, model.token = "processing", claimed.lease_token
            model.attempt += 1

    @rule(job_id=ids)
    def complete(self, job_id: str) -> None:
        model = self.jobs[job_id]
        done = self.finish(job_id, model.token or "none")
        assert done == (model.status == "processing")
        if done:
            model.release("completed")

    @precondition(lambda self: any(job.old_tokens for job in self.jobs.values()))
    @rule(data=st.data())
    def a_late_worker_writes(self, data: st.DataObject) -> None:
        late = [job_id for job_id, job in self.jobs.items() if job.old_tokens]
        job_id = data.draw(st.sampled_from(late))
        token = data.draw(st.sampled_from(self.jobs[job_id].old_tokens))
        assert not self.finish(job_id, token)
        with unit_of_work():
            assert job_moves.fail(job_id, token, code="internal", message="No.") is None
            assert job_moves.hand_back([token]) == []
            assert job_leases.renew([token], 600) == set()

    def finish(self, job_id: str, token: str) -> bool:
        with unit_of_work():
            canvas_id = db.session.execute(
                select(AIJob.canvas_id).where(AIJob.id == job_id)
            ).scalar_one()
            done = job_moves.complete(
                job_id,
                token,
                canvas_id=canvas_id,
                result={},
                drawn=0,
                change_set_id=None,
                message="",
            )
        return done is not None

    @rule()
    def every_worker_sends_a_heartbeat(self) -> None:
        tokens = {job.token for job in self.jobs.values() if job.token}
        with unit_of_work():
            assert job_leases.renew(tokens, 600) == tokens
        assert job_leases.still_held(tokens) == tokens

    @rule(job_id=ids)
    def a_worker_dies(self, job_id: str) -> None:
        with unit_of_work():
            db.session.execute(
                update(AIJob)
                .where(AIJob.id == job_id, AIJob.status == "processing")
                .values(lease_until=utc_after(-1))
            )
            reclaimed = [job.id for job in job_moves.reclaim_expired()]
        model = self.jobs[job_id]
        assert reclaimed == ([job_id] if model.status == "processing" else [])
        if reclaimed:
            model.release("queued" if model.attempt < MAX_ATTEMPTS else "failed")
            self.claim_the_best()
            assert not self.finish(job_id, model.old_tokens[-1])  # it was only asleep

    @rule(job_id=ids)
    def the_model_is_away_for_a_while(self, job_id: str) -> None:
        model = self.jobs[job_id]
        with unit_of_work():
            moved = job_moves.postpone(
                job_id, model.token or "none", seconds=600, code="x", message="Away."
            )
        assert (moved is not None) == (model.status == "processing")
        if moved and model.attempt < MAX_ATTEMPTS:
            model.due = False
            model.release("queued")
        elif moved:  # the runner would have given up; so does the model of it
            with unit_of_work():
                job_moves.cancel(job_id)
            model.release("cancelled")

    @rule(job_id=ids)
    def the_back_off_is_over(self, job_id: str) -> None:
        with unit_of_work():
            db.session.execute(
                update(AIJob).where(AIJob.id == job_id).values(available_at=utc_now())
            )
        self.jobs[job_id].due = True

    @rule(job_id=ids)
    def a_worker_hands_back(self, job_id: str) -> None:
        model = self.jobs[job_id]
        with unit_of_work():
            back = job_moves.hand_back([model.token or "none"])
        assert len(back) == (model.status == "processing")
        if back:
            model.attempt -= 1
            model.due = True
            model.release("queued")

    @rule(job_id=ids, who=st.sampled_from(["ana", "ben", "vic", "olu"]))
    def cancel(self, job_id: str, who: str) -> None:
        model, user = self.jobs[job_id], getattr(self.people, who).id
        may = user == model.user or (model.canvas is not None and who in {"ana", "ben"})
        expected = may and model.status in {"queued", "processing"}
        assert self.service.cancel_job(job_id, user) == expected
        if expected:
            model.release("cancelled")

    @rule(job_id=ids, who=st.sampled_from(["ana", "ben"]))
    def retry(self, job_id: str, who: str) -> None:
        model, user = self.jobs[job_id], getattr(self.people, who).id
        expected = user == model.user and model.status == "failed" and model.retries < 3
        assert self.service.retry_failed_job(job_id, user) == expected
        if expected:
            model.status, model.due, model.attempt = "queued", True, 0
            model.retries += 1
            model.order = next(self.orders)

    @invariant()
    def rows_agree_with_the_model(self) -> None:
        db.session.rollback()
        query = select(AIJob.id, AIJob.status, AIJob.attempt, AIJob.lease_token)
        rows = {row[0]: tuple(row[1:]) for row in db.session.execute(query)}
        assert rows == {
            job_id: (job.status, job.attempt, job.token) for job_id, job in self.jobs.items()
        }
        limit = job_claims.count_runnable(TERMS.kinds, 100)
        assert (limit > 0) == (self.best() is not None)


@pytest.mark.rule("J1", "J3", "J5")
def test_any_history_agrees_with_the_model(any_app: Flask, people: People, canvas: Canvas) -> None:
    world = {"app": any_app, "people": people, "shared": canvas}
    run_state_machine_as_test(
        type("Jobs", (JobMachine,), world),
        settings=settings(max_examples=examples(10, 60), stateful_step_count=30),
    )
