"""Versions: who changed what, what it looked like, going back; and nothing grows without bound."""

import random
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.domain.errors import Conflict, NotFound
from app.domain.sync.history import PAUSE
from app.domain.sync.messages import Change, parse_changes
from app.extensions import db
from app.models import Canvas, CanvasObject, ChangeSet, SyncClient
from app.models.sql_time import utc_after
from app.services import history_service, history_upkeep
from app.services.access_service import Actor
from app.services.scene_reading import load_scene, read_scene
from app.services.scene_service import Applied, Push, apply_changes, commit_pushes
from app.services.undo_service import undo_change_set
from app.services.unit_of_work import unit_of_work
from tests.support.elements import creation, rectangle
from tests.support.jobs import heard_events
from tests.support.people import People
from tests.support.signing_in import bearer

SERVER_OWNED = {"version", "versionNonce", "updated"}


def plain(elements: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        e["id"]: {key: value for key, value in e.items() if key not in SERVER_OWNED}
        for e in elements
    }


def edit(canvas: Canvas, user: Any, *changes: Any) -> int:
    plain_changes = tuple(c if isinstance(c, Change) else parse_changes([c])[0] for c in changes)
    [answer] = commit_pushes(canvas.id, [Push(user.id, plain_changes)])
    assert isinstance(answer, Applied)
    return answer.last_seq


def draw(canvas: Canvas, user: Any, *changes: Any) -> str:
    with unit_of_work() as work:
        applied = apply_changes(
            work, canvas_id=canvas.id, user_id=user.id, changes=changes, job_id="job-1"
        )
    return str(applied.change_set_id)


def age(canvas: Canvas, by: timedelta) -> None:
    """As if everything so far had happened that much earlier."""
    with unit_of_work():
        for row in db.session.execute(select(ChangeSet)).scalars():
            row.created_at -= by
            row.ended_at = row.ended_at and row.ended_at - by


def actor(user: Any) -> Actor:
    return Actor(user.id, user.name, user.email, "session")


def versions(canvas: Canvas, **more: Any) -> list[dict[str, Any]]:
    return list(history_service.list_versions(canvas.id, more.get("limit", 50), None)["versions"])


def scribble(canvas: Canvas, people: People, rng: random.Random, steps: int) -> dict[int, Any]:
    """Random work of two people and a job; what the canvas looked like after each step."""
    seen: dict[int, Any] = {}
    jobs: list[str] = []
    for step in range(steps):
        live = sorted(e["id"] for e in load_scene(canvas.id))
        known = sorted(db.session.execute(select(CanvasObject.id)).scalars())
        db.session.rollback()
        kind, user = rng.random(), rng.choice([people.ana, people.ben])
        if not live or kind < 0.3:
            edit(canvas, user, creation(f"e{step}"), creation(f"f{step}"))
        elif kind < 0.6:
            edit(canvas, user, Change(rng.choice(known), {"x": step, "y": step}))
        elif kind < 0.75:
            edit(canvas, user, Change(rng.choice(live), {"isDeleted": True}))
        elif kind < 0.8:
            edit(canvas, user, Change(rng.choice(known), {"isDeleted": False, "type": "ellipse"}))
        elif kind < 0.95 or not jobs:
            paint = {"id": rng.choice(live), "set": {"strokeColor": f"#{step:06x}"}}
            jobs.append(draw(canvas, user, creation(f"j{step}"), paint))
        else:
            with unit_of_work() as work:
                undo_change_set(work, change_set_id=jobs.pop(), user_id=user.id)
        seen[read_scene(canvas.id).seq] = plain(load_scene(canvas.id))
    return seen


@pytest.mark.parametrize("seed", range(4))
def test_every_version_is_as_it_was_before_and_after_gathering(
    seed: int, any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        seen = scribble(canvas, people, random.Random(seed), 25)  # noqa: S311
        for version, scene in seen.items():
            assert plain(history_service.scene_at(canvas.id, version)) == scene
        before = versions(canvas)
        age(canvas, 2 * PAUSE)
        assert history_upkeep.tidy() == 1
        assert history_upkeep.tidy() == 0
        after = versions(canvas)
        assert [v["version"] for v in after] == [v["version"] for v in before]
        assert [v["authors"] for v in after] == [v["authors"] for v in before]
        for version in after:
            number = version["version"]
            assert plain(history_service.scene_at(canvas.id, number)) == seen[number]
        rows = db.session.execute(select(func.count()).select_from(ChangeSet)).scalar_one()
        assert rows == len(after)


def test_going_back_is_a_change_that_can_be_gone_back_on(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        seen = scribble(canvas, people, random.Random(9), 20)  # noqa: S311
        first, last = min(seen), max(seen)
        with heard_events() as heard:
            made = history_service.restore(actor(people.ben), canvas.id, first)
        assert plain(load_scene(canvas.id)) == seen[first]
        assert heard[0][1]["to"] == made["version"] == last + made["changes"]
        [newest, *_] = versions(canvas)
        assert (newest["kind"], newest["restores"]) == ("restore", first)
        assert [author["name"] for author in newest["authors"]] == ["Ben"]
        with pytest.raises(Conflict):
            history_service.restore(actor(people.ben), canvas.id, first)
        history_service.restore(actor(people.ana), canvas.id, last)
        assert plain(load_scene(canvas.id)) == seen[last]
        history_service.restore(actor(people.ana), canvas.id, 0)
        assert load_scene(canvas.id) == []


def test_versions_say_who_and_are_parted_by_jobs_and_pauses(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"))
        age(canvas, 2 * PAUSE)
        edit(canvas, people.ana, creation("b"), creation("c"))
        edit(canvas, people.ben, Change("b", {"x": 5}))
        draw(canvas, people.ana, creation("d"))
        edit(canvas, people.ben, Change("b", {"x": 6}))
        listed = [
            (v["version"], v["kind"], v["changes"], {a["name"] for a in v["authors"]})
            for v in versions(canvas)
        ]
        assert listed == [
            (6, "edit", 1, {"Ben"}), (5, "job", 1, {"Ana"}),
            (4, "edit", 3, {"Ana", "Ben"}), (1, "edit", 1, {"Ana"}),
        ]  # fmt: skip
        page = history_service.list_versions(canvas.id, 2, None)
        rest = history_service.list_versions(canvas.id, 2, page["next_before"])
        assert [v["version"] for v in page["versions"] + rest["versions"]] == [6, 5, 4, 1]
        assert rest["next_before"] is None


def test_what_never_was_a_version_is_not_found(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"), creation("b"))
        for number in (1, 3, 99):
            with pytest.raises(NotFound):
                history_service.scene_at(canvas.id, number)


def test_old_versions_and_tombstones_go_together(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"), creation("b"))
        deleted = edit(canvas, people.ana, Change("a", {"isDeleted": True}))
        age(canvas, timedelta(seconds=history_upkeep.KEEP_SECONDS))
        edit(canvas, people.ana, creation("c"), Change("b", {"isDeleted": True}))
        history_upkeep.tidy()
        assert set(db.session.execute(select(CanvasObject.id)).scalars()) == {"b", "c"}
        scene = read_scene(canvas.id, since=2)
        assert (scene.mode, scene.min_seq) == ("snapshot", deleted)
        assert read_scene(canvas.id, since=deleted).mode == "delta"
        assert set(plain(history_service.scene_at(canvas.id, deleted))) == {"b"}
        with pytest.raises(NotFound):
            history_service.scene_at(canvas.id, 0)
        [answer] = commit_pushes(canvas.id, [Push(people.ana.id, (Change("a", {"x": 1}),))])
        assert isinstance(answer, Applied)
        assert answer.refused == ("a",)


@pytest.mark.parametrize("bound", ["KEEP_CHANGE_SETS", "KEEP_TOMBSTONES"])
def test_busy_canvases_keep_a_bounded_past(
    bound: str, any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_upkeep, bound, 3)
    with any_app.app_context():
        for number in range(8):
            draw(canvas, people.ana, creation(f"e{number}"))
            draw(canvas, people.ana, {"id": f"e{number}", "set": {"isDeleted": True}})
        edit(canvas, people.ana, Change("e7", {"isDeleted": False}))
        before = plain(load_scene(canvas.id))
        age(canvas, 2 * PAUSE)
        history_upkeep.tidy()
        counted = ChangeSet if bound == "KEEP_CHANGE_SETS" else CanvasObject
        query = select(func.count()).select_from(counted)
        assert db.session.execute(query).scalar_one() <= 4
        assert plain(load_scene(canvas.id)) == before
        for version in versions(canvas):
            history_service.scene_at(canvas.id, version["version"])


def test_outboxes_are_remembered_for_long_but_not_for_ever(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        change = Change("a", rectangle("a"), create=True)
        commit_pushes(canvas.id, [Push(people.ana.id, (change,), "tab-1", 1)])
        history_upkeep.tidy()
        assert db.session.execute(select(SyncClient.last_n)).scalars().all() == [1]
        ago = utc_after(-history_upkeep.FORGET_CLIENTS_SECONDS - 60)
        with unit_of_work():
            db.session.execute(update(SyncClient).values(seen_at=ago))
        history_upkeep.tidy()
        assert db.session.execute(select(SyncClient.last_n)).scalars().all() == []


def test_history_over_http(app: Flask, people: People, canvas: Canvas, client: FlaskClient) -> None:
    with app.app_context():
        edit(canvas, people.ana, creation("a"))
        draw(canvas, people.ana, creation("b"))
    address = f"/api/canvases/{canvas.id}/versions"
    vic, ben = bearer(app, people.vic), bearer(app, people.ben)
    assert [v["version"] for v in client.get(address, headers=vic).json["versions"]] == [2, 1]
    scene = client.get(f"{address}/1", headers=vic).json
    assert [element["id"] for element in scene["objects"]] == ["a"]
    assert client.post(f"{address}/1/restore", headers=vic).status_code == 403
    assert client.post(f"{address}/1/restore", headers=ben).json["version"] == 3
    assert client.get(f"{address}/99", headers=ben).status_code == 404
    assert client.get(address, headers=bearer(app, people.olu)).status_code == 404
    assert client.get(f"{address}?limit=101", headers=ben).status_code == 422
