"""A list takes as many statements with many rows as with one."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.extensions import Model, db
from app.models import (
    AIJob,
    AuthSession,
    Canvas,
    CanvasObject,
    CanvasPermission,
    ChangeSet,
    NamedVersion,
    User,
)
from app.models.ids import new_id
from app.models.sql_time import utc_after, utc_now
from tests.support.elements import rectangle
from tests.support.features import added
from tests.support.people import People
from tests.support.signing_in import bearer
from tests.support.statements import statements

MANY = 30
Rows = Callable[[str, str], list[Model]]  # of one more entry: the person's, on the canvas


def _person() -> User:
    return User(id=new_id(), email=f"{new_id()}@example.org", name="Zoe", password_hash="!")


def _job(user_id: str, canvas_id: str | None, **more: Any) -> AIJob:
    asked = {"instructions": "Draw a box"}
    place = {"user_id": user_id, "canvas_id": canvas_id}
    return AIJob(**place, job_type="modify_canvas", request_data=asked, **more)


def _own_jobs(user_id: str, canvas_id: str) -> list[Model]:
    drawn = {"status": "completed", "result_data": {}, "completed_at": utc_now()}
    change = ChangeSet(
        id=new_id(), canvas_id=canvas_id, user_id=user_id, first_seq=1, last_seq=1, inverse=[]
    )
    drew = _job(user_id, canvas_id, change_set_id=change.id, **drawn)
    return [_job(user_id, canvas_id), change, drew]


def _jobs_of_others(_user_id: str, canvas_id: str) -> list[Model]:
    other = _person()
    return [other, *_own_jobs(other.id, canvas_id)]


def _session(kind: str) -> Rows:
    def rows(user_id: str, _canvas_id: str) -> list[Model]:
        secret = {"secret_hash": new_id(), "expires_at": utc_after(60)}
        return [AuthSession(user_id=user_id, kind=kind, **secret)]

    return rows


def _canvas(user_id: str, _canvas_id: str) -> list[Model]:
    owner, canvas = _person(), Canvas(id=new_id(), title="Theirs")
    canvas.owner_id = owner.id
    return [owner, canvas, CanvasPermission(canvas_id=canvas.id, user_id=user_id, role="viewer")]


def _object(_user_id: str, canvas_id: str) -> list[Model]:
    key = new_id()
    return [CanvasObject(canvas_id=canvas_id, id=key, data=rectangle(key), group_seq={}, seq=1)]


def _version(_user_id: str, canvas_id: str) -> list[Model]:
    """Of another author, by a job, with a name."""
    other, job_id = _person(), new_id()
    with db.session.no_autoflush:
        number = db.session.query(ChangeSet).count() + 1
    by = {"canvas_id": canvas_id, "user_id": other.id}
    return [
        other,
        _job(other.id, canvas_id, id=job_id),
        ChangeSet(**by, job_id=job_id, first_seq=number, last_seq=number, inverse=[]),
        NamedVersion(**by, seq=number, name="Then", scene=b"", file_ids=[]),
    ]


def _worker(user_id: str, _canvas_id: str) -> list[Model]:
    lease = {"lease_token": new_id(), "lease_until": utc_after(60), "worker_id": new_id()}
    return [_job(user_id, None, status="processing", **lease)]


CANVAS = "/api/canvases/{canvas_id}"
LISTS: dict[str, Rows] = {
    "/api/ai-agent/jobs": _own_jobs,
    "/api/auth/sessions": _session("browser"),
    "/api/auth/tokens": _session("token"),
    "/api/canvases": _canvas,
    f"{CANVAS}/jobs": _jobs_of_others,
    f"{CANVAS}/objects": _object,
    f"{CANVAS}/versions": _version,
    f"{CANVAS}/versions/{{version}}": _object,
    "/api/operator/jobs": _jobs_of_others,
    "/api/operator/workers": _worker,
} | {path: rows for lists in added("LISTS_OF") for path, rows in lists.items()}
OF_FIXED_LENGTH = {"/api/config", "/api/operator/queue"}


def test_every_list_is_looked_at(app: Flask) -> None:
    found = {path for path, ways in app.spec["paths"].items() if _has_a_list(app, ways)}  # type: ignore[attr-defined]
    assert found == LISTS.keys() | OF_FIXED_LENGTH


def _has_a_list(app: Flask, ways: dict[str, Any]) -> bool:
    answer = ways.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    schema = answer.get("application/json", {}).get("schema", {})
    named = app.spec["components"]["schemas"]  # type: ignore[attr-defined]
    found = named[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
    return any(held.get("type") == "array" for held in found.get("properties", {}).values())


@pytest.mark.parametrize("path", LISTS)
def test_a_list_takes_as_many_statements_with_many_rows_as_with_one(
    path: str, any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        db.session.execute(update(User).where(User.id == people.ana.id).values(is_operator=True))
        db.session.execute(update(Canvas).values(head_seq=MANY + 1))
        db.session.commit()
    client, headers = any_app.test_client(), bearer(any_app, people.ana)
    address = path.format(canvas_id=canvas.id, version=MANY + 1)

    def asked() -> tuple[int, int]:
        with statements(any_app) as sent:
            answer = client.get(address, headers=headers)
        assert answer.status_code == 200, answer.json
        [entries] = [value for value in answer.json.values() if isinstance(value, list)]
        return len(entries), len(sent)

    add(any_app, LISTS[path], people.ana.id, canvas.id, 1)
    asked()  # what is read once in the life of a process
    few, statements_for_few = asked()
    add(any_app, LISTS[path], people.ana.id, canvas.id, MANY)
    many, statements_for_many = asked()
    assert few < many
    assert statements_for_many == statements_for_few


def add(app: Flask, rows: Rows, user_id: str, canvas_id: str, times: int) -> None:
    with app.app_context():
        for _ in range(times):
            for row in rows(user_id, canvas_id):
                db.session.add(row)
                db.session.flush()
        db.session.commit()
