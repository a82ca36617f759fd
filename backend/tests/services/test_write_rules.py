"""The write path where it is easy to get wrong: refusals, races, bounds, and one moment's reads."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.domain.access.policy import Role
from app.domain.errors import ElementRejected, Invalid, NotFound, OutOfOrder
from app.domain.sync.messages import Change
from app.extensions import db
from app.models import Canvas, CanvasPermission
from app.services import member_service, scene_batch
from app.services.access_service import Actor
from app.services.job_changes import SeenScene, apply_job_changes
from app.services.scene_reading import Arrival, Welcome, load_scene, read_scene, welcome
from app.services.scene_service import Applied, Push, apply_changes, commit_pushes
from app.services.undo_service import undo_change_set
from app.services.unit_of_work import unit_of_work
from app.utils import fast_json
from tests.support.elements import arrow, rectangle
from tests.support.jobs import heard_events
from tests.support.people import People
from tests.support.scenes import newest_batch
from tests.support.statements import before_each_statement

WAIT_SECONDS = 20


def create(element_id: str, **changes: Any) -> Change:
    return Change(element_id, rectangle(element_id, **changes), create=True)


def push(user: Any, *changes: Change, n: int = 1, client: str = "tab-1") -> Push:
    return Push(user.id, changes, client, n)


def commit(canvas: Canvas, *pushes: Push) -> list[Any]:
    return commit_pushes(canvas.id, pushes)


def draw(canvas: Canvas, user: Any, *changes: Change) -> str:
    with unit_of_work() as work:
        applied = apply_changes(
            work, canvas_id=canvas.id, user_id=user.id, changes=changes, job_id="job-1"
        )
    assert applied.change_set_id is not None
    return applied.change_set_id


def objects(canvas: Canvas) -> dict[str, dict[str, Any]]:
    return {element["id"]: element for element in load_scene(canvas.id)}


@pytest.mark.rule("S2")
def test_a_refused_batch_is_not_acknowledged_by_anything(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    """An acknowledgement by frame or by `last_n` would make its client forget the good half."""
    bad = push(people.ana, create("good"), create("bad", width=float("inf")))
    with any_app.app_context(), heard_events() as heard:
        [refused, _] = commit(canvas, bad, push(people.ben, create("b"), client="tab-2"))
        assert isinstance(refused, ElementRejected)
        assert heard[0][1]["acks"] == {"tab-2": 1}
        assert newest_batch(canvas.id, "tab-1") == 0
        [again] = commit(canvas, bad)
        assert isinstance(again, ElementRejected)  # told once more why, not "done"
        [gap] = commit(canvas, push(people.ana, create("good"), n=2))
        assert isinstance(gap, OutOfOrder)
        [half] = commit(canvas, replace(push(people.ana, create("good"), n=2), after=0))
        assert isinstance(half, Applied)
        [late] = commit(canvas, push(people.ana, create("late"), n=1))
        assert (late.count, set(objects(canvas))) == (0, {"b", "good"})


@pytest.mark.rule("S2")
def test_the_same_batch_twice_in_one_transaction_is_applied_once(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        answers = commit(canvas, push(people.ana, create("a")), push(people.ana, create("a")))
        assert [answer.count for answer in answers] == [1, 0]
        assert read_scene(canvas.id).seq == 1


def test_one_object_changed_twice_in_a_push_ends_as_the_second_says(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context(), heard_events() as heard:
        red, moved = {"strokeColor": "#ff0000"}, {"strokeColor": "#0000ff", "x": 5}
        commit(canvas, push(people.ana, create("a"), Change("a", red), Change("a", moved)))
        assert (objects(canvas)["a"]["strokeColor"], objects(canvas)["a"]["x"]) == ("#0000ff", 5)
        assert [change["seq"] for change in heard[0][1]["changes"]] == [1, 2, 3]


def test_a_missing_object_is_told_and_the_rest_of_the_push_holds(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        [answer] = commit(canvas, push(people.ana, Change("ghost", {"x": 1}), create("a")))
        assert (answer.refused, answer.count, answer.last_seq) == (("ghost",), 1, 1)
        assert newest_batch(canvas.id, "tab-1") == 1


def test_objects_that_come_back_count_too(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scene_batch, "MAX_OBJECTS", 2)
    with any_app.app_context():
        commit(canvas, push(people.ana, create("a"), create("b")))
        [refused] = commit(canvas, push(people.ana, create("c"), n=2))
        assert isinstance(refused, Invalid)
        swap = (Change("a", {"isDeleted": True}), create("c"))
        [answer] = commit(canvas, push(people.ana, *swap, n=2))
        assert isinstance(answer, Applied)
        [refused] = commit(canvas, push(people.ana, Change("a", {"isDeleted": False}), n=3))
        assert isinstance(refused, Invalid)
        assert set(objects(canvas)) == {"b", "c"}


@pytest.mark.rule("S8")
def test_a_job_that_looked_earlier_keeps_what_was_bound_since(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    """Ben binds an arrow to `old` while the job, which did not see it, binds its own."""
    with any_app.app_context():
        commit(canvas, push(people.ana, create("old"), create("gone")))
        bens = [{"id": "bens", "type": "arrow"}]
        commit(
            canvas,
            push(
                people.ben,
                Change("bens", arrow("bens", "old", "old"), create=True),
                Change("old", {"boundElements": bens}),
                Change("gone", {"isDeleted": True}),
                client="tab-2",
            ),
        )
        draw(
            canvas,
            people.ana,
            Change("drawn", arrow("drawn", "old", "gone"), create=True),
            Change("old", {"boundElements": [{"id": "drawn", "type": "arrow"}]}),
        )
        scene = objects(canvas)
        assert {entry["id"] for entry in scene["old"]["boundElements"]} == {"bens", "drawn"}
        assert scene["drawn"]["endBinding"] is None


@pytest.mark.rule("S8", "U7")
def test_a_job_leaves_alone_what_was_edited_since_it_looked(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        commit(canvas, push(people.ana, create("moved"), create("kept"), create("unseen")))
        seen = read_scene(canvas.id)
        edits = (Change("moved", {"x": 77, "y": 7}), Change("kept", {"strokeColor": "#ff0000"}))
        commit(canvas, push(people.ben, *edits, client="tab-2"))
        tidied = {"x": 0, "y": 0, "backgroundColor": "#a5d8ff"}
        changes = [Change(key, dict(tidied)) for key in ("moved", "unseen")]
        with unit_of_work() as work:
            drawn = apply_job_changes(
                work,
                canvas_id=canvas.id,
                user_id=people.ana.id,
                job_id="job-1",
                changes=[*changes, Change("kept", {"isDeleted": True})],
                seen=SeenScene(seen.objects, seen.seq, seen.seq),
            )
        assert drawn.remarks == ("Left 2 boxes as somebody edited them since you asked.",)
        scene = objects(canvas)
        assert (scene["moved"]["x"], scene["moved"]["backgroundColor"]) == (77, "#a5d8ff")
        assert scene["unseen"]["x"] == 0
        assert scene["kept"]["strokeColor"] == "#ff0000"


def test_an_undo_waits_for_the_edit_that_came_first(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    """Had it looked before it held the canvas, it would take Ben's move back unseen."""
    with any_app.app_context():
        change_set = draw(canvas, people.ana, create("a"), create("b"))
        holding, skipped = threading.Event(), []

        def undo() -> None:
            with any_app.app_context():
                assert holding.wait(WAIT_SECONDS)
                with unit_of_work() as work:
                    undone = undo_change_set(work, change_set_id=change_set, user_id=people.ana.id)
                skipped.extend(undone.kept)
                db.session.remove()

        thread = threading.Thread(target=undo)
        thread.start()
        with unit_of_work() as work:
            apply_changes(
                work, canvas_id=canvas.id, user_id=people.ben.id, changes=[Change("a", {"x": 99})]
            )
            holding.set()
            thread.join(0.3)
        thread.join(WAIT_SECONDS)
        assert skipped == ["a"]
        db.session.rollback()
        assert objects(canvas)["a"]["x"] == 99


@pytest.mark.rule("S9")
def test_a_removed_member_changes_nothing_once_the_removal_is_answered(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    """The removal waits for an edit that is being committed; the next edit is refused."""
    order: list[str] = []
    with any_app.app_context():
        editing = threading.Event()

        def remove() -> None:
            with any_app.app_context():
                assert editing.wait(WAIT_SECONDS)
                member_service.remove_member(canvas.id, people.ben.id)
                order.append("removed")
                db.session.remove()

        thread = threading.Thread(target=remove)
        thread.start()
        with unit_of_work() as work:
            apply_changes(work, canvas_id=canvas.id, user_id=people.ben.id, changes=[create("a")])
            editing.set()
            thread.join(0.3)
            order.append("edited")
        thread.join(WAIT_SECONDS)
        [answer] = commit(canvas, push(people.ben, create("b")))
        assert isinstance(answer, NotFound)
        assert order == ["edited", "removed"]


def test_a_scene_is_read_as_of_one_moment(any_app: Flask, people: People, canvas: Canvas) -> None:
    """Edits that are committed between its statements are in none of them."""
    with any_app.app_context():
        commit(canvas, push(people.ana, create("a"), create("b")))

    def edit_meanwhile(statement: str, _connection: object) -> None:
        if "FROM canvas_object" in statement and not done:
            done.append(statement)
            thread = threading.Thread(target=edit)
            thread.start()
            thread.join(WAIT_SECONDS)

    def edit() -> None:
        with any_app.app_context():
            deleted = Change("a", {"isDeleted": True})
            done.extend(commit(canvas, push(people.ana, deleted, create("c"), n=2)))
            db.session.remove()

    done: list[Any] = []
    with any_app.app_context():
        with before_each_statement(edit_meanwhile):
            (answer,) = welcome([Arrival(canvas.id, people.ana.id, "tab-1")])
        assert isinstance(done[1], Applied)
        assert isinstance(answer, Welcome)
        objects = fast_json.loads(fast_json.dumps(answer.objects))
        assert (answer.seq, {e["id"] for e in objects}, answer.last_n) == (2, {"a", "b"}, 1)
        assert read_scene(canvas.id, since=2).seq == 4


def test_inviting_the_owner_by_mistake_takes_nothing_away(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        ben = Actor(people.ben.id, "Ben", people.ben.email, "session")
        with pytest.raises(Exception, match="owner"):
            member_service.share(ben, canvas.id, people.ana.email, "viewer")
        row = db.session.get(CanvasPermission, (canvas.id, people.ana.id))
        assert row is not None
        assert row.role == Role.OWNER
