"""The write path: ordered, durable, exactly once, reversible."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import Conflict, ElementRejected, Invalid, NotAllowed, NotFound
from app.domain.sync.messages import Change
from app.extensions import db, socketio
from app.models import Canvas, CanvasObject, ChangeSet
from app.services.scene_reading import load_scene, read_scene
from app.services.scene_service import Applied, Push, apply_changes, commit_pushes
from app.services.undo_service import undo_change_set
from app.services.unit_of_work import unit_of_work
from tests.support.elements import creation, rectangle
from tests.support.people import People
from tests.support.scenes import newest_batch


@pytest.fixture
def published() -> Iterator[list[tuple[str, Any, str]]]:
    heard: list[tuple[str, Any, str]] = []
    socketio.bind(lambda event, data, to: heard.append((event, data, to)))
    yield heard
    socketio.bind(None)


def create(element_id: str, **changes: Any) -> Change:
    return Change(element_id, rectangle(element_id, **changes), create=True)


def push(user: Any, *changes: Change, n: int = 1, client: str = "tab-1") -> Push:
    return Push(user.id, changes, client, n)


def test_a_push_is_stored_numbered_and_published_once(
    any_app: Flask, people: People, canvas: Canvas, published: list[Any]
) -> None:
    with any_app.app_context():
        answers = commit_pushes(
            canvas.id,
            [push(people.ana, create("a")), push(people.ben, create("b"), client="tab-2")],
        )
        assert [answer.last_seq for answer in answers if isinstance(answer, Applied)] == [1, 2]
        assert {element["id"] for element in load_scene(canvas.id)} == {"a", "b"}
    [(event, frame, room)] = published
    assert (event, room) == ("scene_update", f"canvas:{canvas.id}")
    assert (frame["from"], frame["to"], frame["acks"]) == (1, 2, {"tab-1": 1, "tab-2": 1})
    assert [change["by"] for change in frame["changes"]] == [people.ana.id, people.ben.id]


@pytest.mark.rule("S3", "T2")
def test_a_published_change_is_stored(any_app: Flask, people: People, canvas: Canvas) -> None:
    found: list[int] = []

    def look(_event: str, frame: Any, _to: Any) -> None:
        with db.engine.connect() as elsewhere:
            found.append(elsewhere.scalar(select(Canvas.head_seq).where(Canvas.id == canvas.id)))
        assert frame["to"] == found[-1]

    with any_app.app_context():
        socketio.bind(look)
        commit_pushes(canvas.id, [push(people.ana, create("a"))])
        socketio.bind(None)
    assert found == [1]


@pytest.mark.rule("S3", "T2")
def test_nothing_is_published_that_could_not_be_committed(
    any_app: Flask,
    people: People,
    canvas: Canvas,
    published: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_session: Session) -> None:
        raise OSError("no space left on device")

    with any_app.app_context():
        monkeypatch.setattr(Session, "commit", fail)
        with pytest.raises(OSError, match="no space"):
            commit_pushes(canvas.id, [push(people.ana, create("a"))])
        assert load_scene(canvas.id) == []
    assert published == []


@pytest.mark.rule("S2")
def test_a_repeated_batch_is_applied_once(
    any_app: Flask, people: People, canvas: Canvas, published: list[Any]
) -> None:
    with any_app.app_context():
        commit_pushes(canvas.id, [push(people.ana, create("a"))])
        again = commit_pushes(canvas.id, [push(people.ana, create("a"))])
        assert isinstance(again[0], Applied)
        assert again[0].count == 0
        assert read_scene(canvas.id).seq == 1
        assert newest_batch(canvas.id, "tab-1") == 1
    assert len(published) == 1


@pytest.mark.rule("S5")
def test_edits_of_different_property_groups_both_survive(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        commit_pushes(canvas.id, [push(people.ana, create("a"))])
        commit_pushes(
            canvas.id,
            [
                push(people.ana, Change("a", {"x": 300, "y": 20}), n=2),
                push(people.ben, Change("a", {"strokeColor": "#ff0000"}), client="tab-2"),
            ],
        )
        [element] = load_scene(canvas.id)
        assert (element["x"], element["strokeColor"]) == (300, "#ff0000")
        assert element["version"] == 4


def test_a_bad_push_leaves_no_trace_and_spares_the_others(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    bad = push(people.ana, create("ok"), create("bad", x=float("nan")))
    with any_app.app_context():
        answers = commit_pushes(canvas.id, [bad, push(people.ben, create("b"), client="tab-2")])
        assert isinstance(answers[0], ElementRejected)
        assert isinstance(answers[1], Applied)
        assert [element["id"] for element in load_scene(canvas.id)] == ["b"]


def test_viewers_and_strangers_change_nothing(
    any_app: Flask, people: People, canvas: Canvas, published: list[Any]
) -> None:
    with any_app.app_context():
        answers = commit_pushes(
            canvas.id,
            [push(people.vic, create("v")), push(people.olu, create("o"), client="tab-2")],
        )
        assert [type(answer) for answer in answers] == [NotAllowed, NotFound]
        assert load_scene(canvas.id) == []
    assert published == []


@pytest.mark.rule("S6")
def test_a_change_of_a_missing_object_is_refused_not_invented(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        [answer] = commit_pushes(canvas.id, [push(people.ana, Change("ghost", {"x": 1}))])
        assert isinstance(answer, Applied)
        assert answer.refused == ("ghost",)
        assert load_scene(canvas.id) == []


@pytest.mark.rule("S4", "S6")
def test_a_delta_has_what_came_later_with_tombstones(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        commit_pushes(canvas.id, [push(people.ana, create("a"), create("b"), create("c"))])
        commit_pushes(canvas.id, [push(people.ana, Change("b", {"isDeleted": True}), n=2)])
        delta = read_scene(canvas.id, since=3)
        assert (delta.mode, delta.seq) == ("delta", 4)
        assert [(e["id"], e["isDeleted"]) for e in delta.objects] == [("b", True)]
        assert read_scene(canvas.id, since=99).mode == "snapshot"
        assert read_scene(canvas.id, since=3, epoch="another").mode == "snapshot"
        assert {e["id"] for e in read_scene(canvas.id).objects} == {"a", "c"}


@pytest.mark.rule("S1")
def test_many_threads_get_gap_free_numbers(
    any_app: Flask, people: People, canvas: Canvas, published: list[Any]
) -> None:
    def draw(author: int) -> None:
        with any_app.app_context():
            for n in range(1, 11):
                item = create(f"e{author}-{n}")
                commit_pushes(canvas.id, [push(people.ana, item, n=n, client=f"tab-{author}")])
            db.session.remove()

    threads = [threading.Thread(target=draw, args=(author,)) for author in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_app.app_context():
        seqs = db.session.execute(select(CanvasObject.seq).order_by(CanvasObject.seq)).scalars()
        assert list(seqs) == list(range(1, 41))
        assert read_scene(canvas.id).seq == 40
    assert sorted(frame["from"] for _, frame, _ in published) == list(range(1, 41))


def test_a_tab_speaks_only_for_itself(any_app: Flask, people: People, canvas: Canvas) -> None:
    with any_app.app_context():
        commit_pushes(canvas.id, [push(people.ana, create("a"))])
        [answer] = commit_pushes(canvas.id, [push(people.ben, create("b"), n=9)])
        assert isinstance(answer, Invalid)
        assert [element["id"] for element in load_scene(canvas.id)] == ["a"]
        assert newest_batch(canvas.id, "tab-1") == 1


def draw_as_job(canvas: Canvas, user: Any, *changes: dict[str, Any]) -> str:
    with unit_of_work() as work:
        applied = apply_changes(
            work, canvas_id=canvas.id, user_id=user.id, changes=changes, job_id="job-1"
        )
    assert applied.change_set_id is not None
    return applied.change_set_id


def test_undo_removes_what_a_job_drew_and_restores_what_it_changed(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        commit_pushes(canvas.id, [push(people.ana, create("old"))])
        recolour = {"id": "old", "set": {"strokeColor": "#00ff00"}}
        change_set = draw_as_job(canvas, people.ana, creation("new"), recolour)
        with unit_of_work() as work:
            undone = undo_change_set(work, change_set_id=change_set, user_id=people.ben.id)
        assert (len(undone.changed), undone.kept) == (2, ())
        [element] = load_scene(canvas.id)
        assert (element["id"], element["strokeColor"]) == ("old", "#1e1e1e")
        with pytest.raises(Conflict), unit_of_work() as work:
            undo_change_set(work, change_set_id=change_set, user_id=people.ben.id)


def test_undo_leaves_what_somebody_edited_since(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        change_set = draw_as_job(canvas, people.ana, creation("one"), creation("two"))
        commit_pushes(canvas.id, [push(people.ben, Change("one", {"x": 500, "y": 1}))])
        with unit_of_work() as work:
            undone = undo_change_set(work, change_set_id=change_set, user_id=people.ana.id)
        assert undone.kept == ("one",)
        assert [element["id"] for element in load_scene(canvas.id)] == ["one"]


def test_a_viewer_cannot_undo(any_app: Flask, people: People, canvas: Canvas) -> None:
    with any_app.app_context():
        change_set = draw_as_job(canvas, people.ana, creation("one"))
        with pytest.raises(NotAllowed), unit_of_work() as work:
            undo_change_set(work, change_set_id=change_set, user_id=people.vic.id)
        assert len(load_scene(canvas.id)) == 1
        assert db.session.execute(select(ChangeSet.undoes)).scalars().all() == [None]
