"""One person during one fault: what she asks for, and what she was promised."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from app.domain.jobs.lifecycle import TERMINAL
from app.domain.sync.messages import Change
from app.extensions import db
from app.models.user import User
from app.services import auth_service
from app.services.canvas_service import create_canvas
from app.services.scene_service import Push, commit_pushes
from app.services.unit_of_work import unit_of_work
from tests.support.authors import Author
from tests.support.breadth import promptly
from tests.support.elements import rectangle
from tests.support.processes import wait_until
from tests.support.stack import Stack

ANSWER_SECONDS = promptly(15)
PATIENCE = 90.0
"""Seconds until something is given up that a busy machine may take long for."""
NOTES = ("note-1", "note-2")
BROKEN = 0
"""The status of an answer that never came."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]
    seconds: float

    @property
    def job_id(self) -> str:
        assert self.status == 202, self
        return str(self.body["job_id"])


class Trial:
    """Ana, her canvas with two notes, and the ledger of what she was told."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.name = f"ana-{uuid.uuid4().hex[:8]}"
        self.accepted: set[str] = set()
        self.keys: dict[str, set[str]] = {}
        """What each Idempotency-Key was answered with."""
        self.cancelled: set[str] = set()
        self.retried: set[str] = set()
        self.undone: set[str] = set()
        self.authors: list[Author] = []
        self.over = 0.0
        """When the fault was over and recovery could begin."""
        with stack.app.app_context():
            self.user_id, self.token, self.canvas_id = _move_in(self.name)
        self.bearer = {"Authorization": f"Bearer {self.token}"}

    def ask(
        self, method: str, path: str, *, seconds: float = ANSWER_SECONDS, **options: Any
    ) -> Answer:
        """One request. A connection that breaks is an answer with the status BROKEN."""
        began = time.monotonic()
        headers = self.bearer | options.pop("headers", {})
        try:
            answer = requests.request(
                method, self.stack.url + path, headers=headers, timeout=seconds, **options
            )
            body = answer.json() if answer.content else {}
        except (requests.RequestException, ValueError):
            return Answer(BROKEN, {}, {}, time.monotonic() - began)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, body, headers, time.monotonic() - began)

    def submit(
        self, instructions: str = "Draw an order", *, key: str | None = None, here: bool = False
    ) -> Answer:
        """Ask for a drawing: on a canvas of its own, or `here`, on the one with the notes."""
        body = {"instructions": instructions} | ({"canvas_id": self.canvas_id} if here else {})
        key = key or uuid.uuid4().hex
        told = self.keys.setdefault(key, set())
        answer = self.ask(
            "POST", "/api/ai-agent/create-canvas", json=body, headers={"Idempotency-Key": key}
        )
        if answer.status == 202:
            self.accepted.add(answer.job_id)
            told.add(answer.job_id)
        return answer

    def insist(self, instructions: str = "Draw an order", *, key: str, here: bool = False) -> str:
        """Ask until it is accepted, as the page does; the job's id."""
        answers: list[Answer] = []

        def accepted() -> bool:
            answers.append(self.submit(instructions, key=key, here=here))
            return answers[-1].status == 202

        wait_until(accepted, PATIENCE, "the job is accepted")
        return answers[-1].job_id

    def about(self, what: str) -> str:
        """An instruction that nobody else gives."""
        return f"{what} for {self.name}"

    def status(self, job_id: str) -> str:
        return str(self.stack.sql("SELECT status FROM ai_jobs WHERE id = %s", job_id)[0][0])

    def error_code(self, job_id: str) -> str | None:
        found: str | None
        ((found,),) = self.stack.sql("SELECT error_code FROM ai_jobs WHERE id = %s", job_id)
        return found

    def attempts(self, job_id: str) -> int:
        return int(self.stack.sql("SELECT attempt FROM ai_jobs WHERE id = %s", job_id)[0][0])

    def wait_for(self, job_id: str, *statuses: str, seconds: float = PATIENCE) -> None:
        wait_until(
            lambda: self.status(job_id) in (statuses or TERMINAL),
            seconds,
            f"job {job_id} becomes {statuses or 'terminal'}",
        )

    def wait_for_failure(self, job_id: str) -> str | None:
        """Let the pauses between its attempts pass until it has failed; the error's code."""

        def failed() -> bool:
            self.stack.let_waits_pass()
            return self.status(job_id) in TERMINAL

        wait_until(failed, PATIENCE, f"job {job_id} fails")
        assert self.status(job_id) == "failed", self.status(job_id)
        return self.error_code(job_id)

    def wait_until_model_is_asked(self, about: str, times: int = 1) -> None:
        asked = self.stack.model.asked_about
        wait_until(lambda: asked(about) >= times, PATIENCE, f"the model is asked about {about}")

    def cancel(self, job_id: str) -> bool:
        """Whether she was told that it is cancelled."""
        told = self.ask("POST", f"/api/ai-agent/job/{job_id}/cancel").status == 200
        self.cancelled |= {job_id} if told else set()
        return told

    def cancel_all(self) -> None:
        for job_id in self.accepted:
            self.cancel(job_id)

    def retry(self, job_id: str) -> bool:
        told = self.ask("POST", f"/api/ai-agent/job/{job_id}/retry").status == 200
        self.retried |= {job_id} if told else set()
        return told

    def undo(self, job_id: str) -> bool:
        told = self.ask("POST", f"/api/ai-agent/job/{job_id}/undo").status == 200
        self.undone |= {job_id} if told else set()
        return told

    @contextmanager
    def drawing(self, people: int = 2) -> Iterator[list[Author]]:
        """Tabs draw on the canvas with the notes without pause while the block runs."""
        authors = [
            Author(self.stack.url, self.bearer, self.canvas_id, f"{self.name}-tab{n}")
            for n in range(people)
        ]
        self.authors += authors
        for author in authors:
            author.start()
        wait_until(lambda: all(a.acknowledged > 1 for a in authors), PATIENCE, "everybody draws")
        try:
            yield authors
            self.wait_until_they_went_on(authors)
        finally:
            for author in authors:
                author.done.set()
            for author in authors:
                author.join(30)

    def wait_until_they_went_on(self, authors: list[Author], seconds: float = PATIENCE) -> None:
        before = [author.acknowledged for author in authors]
        wait_until(
            lambda: all(a.acknowledged > b + 2 for a, b in zip(authors, before, strict=True)),
            seconds,
            "everybody draws again",
        )

    def fault_is_over(self) -> None:
        """From here on the time until everything is well again is counted."""
        self.over = time.monotonic()

    def recover(self) -> float:
        """Seconds until the service is ready, all jobs have ended and a new one is drawn."""
        if not self.over:
            self.fault_is_over()
        self.stack.heal()
        probe = self.insist("Draw a last order", key=uuid.uuid4().hex)
        self.wait_for(probe, "completed")
        unfinished = "SELECT count(*) FROM ai_jobs WHERE user_id = %s AND NOT status = ANY(%s)"
        states = sorted(TERMINAL)
        wait_until(
            lambda: not self.stack.sql(unfinished, self.user_id, states)[0][0],
            PATIENCE,
            "all jobs ended",
        )
        return time.monotonic() - self.over


def _move_in(name: str) -> tuple[str, str, str]:
    with unit_of_work():
        user = User(email=f"{name}@example.org", name="Ana", password_hash="!")
        db.session.add(user)
        db.session.flush()
        user_id = user.id
        made = create_canvas(user_id, "Plans")
        canvas_id = made if isinstance(made, str) else made.id
    db.session.rollback()
    found = db.session.get(User, user_id)
    assert found
    secret = auth_service.start_session(found, "login").secret
    notes = tuple(Change(note, rectangle(note), True) for note in NOTES)
    commit_pushes(canvas_id, [Push(user_id, notes)])
    db.session.remove()
    return user_id, secret, canvas_id
