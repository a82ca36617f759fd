"""Versions: who changed what, what it looked like, going back; and nothing grows without bound."""

import random
from contextlib import suppress
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
from app.models import AIJob, Canvas, CanvasObject, ChangeSet, SyncClient
from app.models.sql_time import utc_after
from app.services import history_service, history_upkeep, version_list, version_names
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
    return list(version_list.list_versions(canvas.id, more.get("limit", 50), None)["versions"])


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
            with suppress(Conflict), unit_of_work() as work:
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
        page = version_list.list_versions(canvas.id, 2, None)
        rest = version_list.list_versions(canvas.id, 2, page["next_before"])
        assert [v["version"] for v in page["versions"] + rest["versions"]] == [6, 5, 4, 1]
        assert rest["next_before"] is None
        newer = version_list.list_versions(canvas.id, 2, 2**53)  # more than 32 bits hold
        assert newer == page


def test_what_never_was_a_version_is_not_found(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"), creation("b"))
        for number in (1, 3, 99):
            with pytest.raises(NotFound):
                history_service.scene_at(canvas.id, number)


@pytest.mark.rule("S6")
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


def test_versions_count_what_came_changed_and_went(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"), creation("b"), creation("c"))
        age(canvas, 2 * PAUSE)
        history_upkeep.tidy()
        edit(canvas, people.ana, creation("d"), creation("e"), Change("a", {"x": 5}))
        edit(canvas, people.ben, Change("e", {"isDeleted": True}), Change("c", {"y": 1}))
        edit(canvas, people.ben, Change("b", {"isDeleted": True}), Change("c", {"x": 2}))
        edit(canvas, people.ana, Change("a", {"isDeleted": True}))
        edit(canvas, people.ana, Change("a", {"isDeleted": False}))
        first = {"added": 3, "changed": 0, "removed": 0, "changes": 3}
        second = {"added": 1, "changed": 2, "removed": 1, "changes": 9}
        for _ in range(2):  # also when they have been gathered
            counts = [{key: v[key] for key in first} for v in versions(canvas)]
            assert counts == [second, first]
            age(canvas, 2 * PAUSE)
            history_upkeep.tidy()


def test_a_named_version_is_kept_whole_when_all_others_are_forgotten(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"), creation("b"))
        before = plain(load_scene(canvas.id))
        named = version_names.name_version(actor(people.ben), canvas.id, "First", None)
        assert (named["version"], named["name"], named["named_by"]["name"]) == (2, "First", "Ben")
        edit(canvas, people.ana, Change("a", {"isDeleted": True}), Change("b", {"x": 99}))
        assert [v["name"] for v in versions(canvas)] == [None, "First"]  # no pause, and yet two
        age(canvas, timedelta(seconds=history_upkeep.KEEP_SECONDS))
        edit(canvas, people.ana, creation("c"))
        history_upkeep.tidy()
        assert set(db.session.execute(select(CanvasObject.id)).scalars()) == {"b", "c"}
        listed = [(v["version"], v["kind"], v["name"]) for v in versions(canvas)]
        assert listed == [(5, "edit", None), (2, "named", "First")]
        assert plain(history_service.scene_at(canvas.id, 2)) == before
        history_service.restore(actor(people.ana), canvas.id, 2)
        after = plain(load_scene(canvas.id))
        assert after == before


def test_a_name_keeps_its_version_apart_when_edits_are_gathered(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        edit(canvas, people.ana, creation("a"))
        edit(canvas, people.ana, creation("b"))
        version_names.name_version(actor(people.ana), canvas.id, "Two", None)
        edit(canvas, people.ana, creation("c"))
        edit(canvas, people.ana, creation("d"))
        age(canvas, 2 * PAUSE)
        history_upkeep.tidy()
        assert [(v["version"], v["changes"]) for v in versions(canvas)] == [(4, 2), (2, 2)]
        version_names.forget_name(canvas.id, 2)
        assert [(v["version"], v["changes"]) for v in versions(canvas)] == [(4, 4)]


def test_names_are_bounded_and_only_for_versions_that_there_are(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(version_names, "MAX_NAMED", 2)
    ana = actor(people.ana)
    with any_app.app_context():
        version_names.name_version(ana, canvas.id, "Empty", None)
        edit(canvas, people.ana, creation("a"), creation("b"))
        for missing in (1, 99):  # in the middle of a change set, and never
            with pytest.raises(NotFound):
                version_names.name_version(ana, canvas.id, "?", missing)
        with pytest.raises(Conflict, match="has a name already"):
            version_names.name_version(ana, canvas.id, "?", 0)
        version_names.name_version(ana, canvas.id, "Two", 2)
        edit(canvas, people.ana, creation("c"))
        with pytest.raises(Conflict, match="at most 2"):
            version_names.name_version(ana, canvas.id, "?", None)
        with pytest.raises(NotFound):
            version_names.forget_name(canvas.id, 3)
        assert [v["name"] for v in version_list.list_named(canvas.id)] == ["Two", "Empty"]


def test_names_are_on_the_page_where_they_belong(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        version_names.name_version(actor(people.ana), canvas.id, "Empty", None)
        for number in range(5):
            draw(canvas, people.ana, creation(f"e{number}"))
        seen: list[int] = []
        before = None
        while True:
            page = version_list.list_versions(canvas.id, 2, before)
            seen += [v["version"] for v in page["versions"]]
            before = page["next_before"]
            if before is None:
                break
        assert seen == [5, 4, 3, 2, 1, 0]


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


def test_names_over_http(app: Flask, people: People, canvas: Canvas, client: FlaskClient) -> None:
    with app.app_context():
        edit(canvas, people.ana, creation("a"))
    address = f"/api/canvases/{canvas.id}/versions"
    vic, ben = bearer(app, people.vic), bearer(app, people.ben)
    made = client.post(address, json={"name": "Draft"}, headers=ben)
    assert (made.status_code, made.json["version"]["name"]) == (201, "Draft")
    assert client.post(address, json={"name": "Draft"}, headers=vic).status_code == 403
    for bad in ({"name": ""}, {"name": "a\nb"}, {"name": "x" * 121}, {"name": "x", "version": -1}):
        assert client.post(address, json=bad, headers=ben).status_code == 422
    renamed = client.patch(f"{address}/1", json={"name": "Final"}, headers=ben)
    assert renamed.json["version"]["name"] == "Final"
    assert client.get(f"{address}/1", headers=vic).json["name"] == "Final"
    [named] = client.get(f"{address}?named=true", headers=vic).json["versions"]
    assert (named["version"], named["kind"]) == (1, "named")
    assert client.delete(f"{address}/1", headers=ben).status_code == 200
    assert client.delete(f"{address}/1", headers=ben).status_code == 404
    assert client.patch(f"{address}/1", json={"name": "x"}, headers=ben).status_code == 404


def test_a_version_has_a_small_picture_that_never_changes(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    with app.app_context():
        edit(canvas, people.ana, creation("a", width=333))
        draw(canvas, people.ana, Change("a", {"width": 444}))
    vic = bearer(app, people.vic)
    listed = client.get(f"/api/canvases/{canvas.id}/versions", headers=vic).json["versions"]
    new, old = (client.get(version["thumbnail"], headers=vic) for version in listed)
    assert "444" in new.text
    assert "333" in old.text
    assert "immutable" in old.headers["Cache-Control"]
    assert old.mimetype == "image/svg+xml"
    plain_address = f"/api/canvases/{canvas.id}/versions/9/thumbnail"
    assert client.get(plain_address, headers=vic).status_code == 404


def test_only_who_may_edit_reads_what_a_job_was_asked_for(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    with app.app_context():
        with unit_of_work():
            asked = {"instructions": "a secret plan"}
            db.session.add(AIJob(
                id="job-1", user_id=people.ana.id, canvas_id=canvas.id, job_type="create_canvas",
                request_data=asked,
            ))  # fmt: skip
        draw(canvas, people.ana, creation("a"))
    address = f"/api/canvases/{canvas.id}/versions"
    seen = {
        person.name: client.get(address, headers=bearer(app, person)).json["versions"][0]
        for person in (people.ben, people.vic)
    }
    assert seen["Ben"]["instructions"] == "a secret plan"
    assert seen["Vic"]["instructions"] is None
    assert seen["Vic"]["job_id"] == "job-1"
