"""Undo by inverse: nothing of others is lost, and nothing refers to what is gone."""

from collections.abc import Iterable
from typing import Any

import pytest

from app.domain.sync.history import changes_to
from app.domain.sync.ledger import JobSet, Ledger, Mark, UndoStates
from app.domain.sync.merge import StoredObject, merge
from app.domain.sync.messages import Change
from app.domain.sync.references import bound_to, repair_references
from app.domain.sync.undo import UndoPlan, plan_redo, plan_undo
from tests.support.elements import arrow, label, rectangle

Scene = dict[str, StoredObject]


class Canvas:
    """Applies changes one by one, and repairs references after them, as the server does."""

    def __init__(self) -> None:
        self.scene: Scene = {}
        self.seq = 0
        self.jobs: list[JobSet] = []
        self.marks: list[Mark] = []
        self.inverses: list[list[dict[str, Any]]] = []
        self.ends: list[int] = []
        self.index: dict[str, int] = {}

    def apply(self, *changes: Change) -> None:
        """A person's edit, or what an undo does."""
        self.inverses.append([self._merge(change) for change in changes])
        touched = {change.id for change in changes}
        after = {key: stored.element for key, stored in self.scene.items()}
        for key, props in repair_references(after, touched).items():
            fix = Change(key, props, origins=self.scene[key].group_seq)
            self.inverses[-1].append(self._merge(fix))
        self.ends.append(self.seq)

    def _merge(self, change: Change) -> dict[str, Any]:
        self.seq += 1
        merged = merge(self.scene.get(change.id), change, seq=self.seq, updated_ms=0)
        self.scene[change.id] = merged.stored
        return merged.inverse

    def job(self, *changes: Change) -> JobSet:
        first = self.seq + 1
        self.apply(*changes)
        done = JobSet(f"job-{len(self.jobs)}", first, self.seq)
        self.index[done.id] = len(self.inverses) - 1
        self.jobs.append(done)
        return done

    def ledger(self) -> Ledger:
        def after(seq: int) -> list[list[dict[str, Any]]]:
            return self.inverses[self.ends.index(seq) + 1 :]

        return Ledger(self.jobs, self.marks, lambda key: self.inverses[self.index[key]], after)

    def undo(self, done: JobSet) -> UndoPlan:
        plan = plan_undo(done, self.inverses[self.index[done.id]], self.scene, self.ledger())
        self.mark(plan, undoes=done.id)
        return plan

    def redo(self, done: JobSet) -> UndoPlan:
        plan = plan_redo(done, self.inverses[self.index[done.id]], self.scene, self.ledger())
        self.mark(plan, redoes=done.id)
        return plan

    def mark(self, plan: UndoPlan, **does: str) -> None:
        self.apply(*plan.changes)
        mark = Mark(f"mark-{len(self.inverses)}", self.seq, **does)
        self.index[mark.id] = len(self.inverses) - 1
        self.marks.append(mark)

    def live(self) -> dict[str, dict[str, Any]]:
        return {k: s.element for k, s in self.scene.items() if not s.element["isDeleted"]}


def new(element: dict[str, Any]) -> Change:
    return Change(element["id"], element, create=True)


def two_boxes() -> Iterable[Change]:
    """What a job draws: a labelled box, an arrow with a label, and another box."""
    named = [{"id": "text", "type": "text"}, {"id": "arrow", "type": "arrow"}]
    yield new(rectangle("box", boundElements=named))
    yield new(label("text", "box"))
    yield new(rectangle("other", boundElements=[{"id": "arrow", "type": "arrow"}]))
    yield new(arrow("arrow", "box", "other", boundElements=[{"id": "name", "type": "text"}]))
    yield new(label("name", "arrow"))


def dangling(live: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    wrong = [(k, t) for k, e in live.items() for t, _ in bound_to(e) if t not in live]
    for key, element in live.items():
        named = {entry["id"] for entry in element.get("boundElements") or ()}
        meant = {k for k, e in live.items() if key in {t for t, _ in bound_to(e)}}
        wrong += [(key, other) for other in named ^ meant]
    return wrong


MOVE = {"x": 500, "y": 500}


@pytest.mark.rule("S8")
@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ([], set()),
        # Moving a box moves its label and its arrow along; the arrow's other end goes.
        ([("box", MOVE), ("text", MOVE), ("arrow", MOVE)], {"box", "text"}),
        ([("text", {"text": "Mine", "originalText": "Mine"})], {"box", "text"}),
        ([("box", MOVE), ("other", MOVE)], {"box", "text", "arrow", "name", "other"}),
        ([("name", {"text": "Mine", "originalText": "Mine"})], {"arrow", "name"}),
        ([("arrow", {"strokeColor": "#ff0000"})], {"arrow", "name"}),
        ([("box", {"isDeleted": True})], set()),
        ([("box", {"boundElements": []})], set()),
    ],
)
def test_what_was_edited_stays_with_what_belongs_to_it(
    edits: list[tuple[str, dict[str, Any]]], left: set[str]
) -> None:
    canvas = Canvas()
    done = canvas.job(*two_boxes())
    canvas.apply(*(Change(key, props) for key, props in edits))
    plan = canvas.undo(done)
    assert set(canvas.live()) == left
    assert set(plan.kept) == left
    assert dangling(canvas.live()) == []


def test_others_arrows_and_texts_lose_no_end_unnoticed() -> None:
    canvas = Canvas()
    done = canvas.job(*two_boxes())
    canvas.apply(
        new(rectangle("mine")),
        new(arrow("bens", "mine", "other")),
        Change("other", {"boundElements": [{"id": "arrow", "type": "arrow"},
                                           {"id": "bens", "type": "arrow"}]}),
        Change("mine", {"boundElements": [{"id": "bens", "type": "arrow"}]}),
    )  # fmt: skip
    canvas.undo(done)
    assert set(canvas.live()) == {"mine", "bens"}
    assert canvas.live()["bens"]["endBinding"] is None
    assert dangling(canvas.live()) == []


def test_a_box_that_somebody_wrote_into_stays() -> None:
    canvas = Canvas()
    done = canvas.job(new(rectangle("box")))
    canvas.apply(
        new(label("bens", "box")),
        Change("box", {"boundElements": [{"id": "bens", "type": "text"}]}),
    )
    assert canvas.undo(done).kept == ("box",)
    assert set(canvas.live()) == {"box", "bens"}


def test_an_object_changed_twice_is_as_before_both() -> None:
    canvas = Canvas()
    canvas.apply(new(rectangle("box")))
    done = canvas.job(
        Change("box", {"strokeColor": "#ff0000"}), Change("box", {"strokeColor": "#00ff00"})
    )
    canvas.undo(done)
    assert canvas.live()["box"]["strokeColor"] == "#1e1e1e"


def test_an_object_created_and_changed_keeps_both_when_it_stays() -> None:
    canvas = Canvas()
    done = canvas.job(new(rectangle("box")), Change("box", {"strokeColor": "#ff0000"}))
    canvas.apply(Change("box", MOVE))
    canvas.undo(done)
    assert canvas.live()["box"]["strokeColor"] == "#ff0000"


def test_a_group_that_somebody_wrote_since_stays_and_is_reported() -> None:
    canvas = Canvas()
    canvas.apply(new(rectangle("box")))
    done = canvas.job(Change("box", {"strokeColor": "#ff0000", "x": 1, "y": 1}))
    canvas.apply(Change("box", MOVE))
    plan = canvas.undo(done)
    assert (plan.kept, plan.taken_back) == (("box",), ("box",))
    box = canvas.live()["box"]
    assert (box["strokeColor"], box["x"]) == ("#1e1e1e", 500)


def test_what_a_job_deleted_comes_back_with_what_hung_on_it() -> None:
    canvas = Canvas()
    canvas.apply(*two_boxes())
    only_text = [{"id": "text", "type": "text"}]
    done = canvas.job(
        Change("other", {"isDeleted": True}),
        Change("arrow", {"isDeleted": True}),
        Change("name", {"isDeleted": True}),
        Change("box", {"boundElements": only_text}),
    )
    canvas.apply(new(rectangle("new")), new(arrow("bens", "box", "new")))
    both = [*only_text, {"id": "bens", "type": "arrow"}]
    canvas.apply(Change("box", {"boundElements": both}))
    canvas.apply(Change("new", {"boundElements": [{"id": "bens", "type": "arrow"}]}))
    canvas.undo(done)
    assert set(canvas.live()) == {"box", "text", "other", "arrow", "name", "new", "bens"}
    assert dangling(canvas.live()) == []


@pytest.mark.rule("S6")
def test_an_object_that_comes_back_is_published_whole() -> None:
    """Clients that joined after the deletion have never seen it."""
    canvas = Canvas()
    canvas.apply(new(rectangle("box")), Change("box", {"isDeleted": True}))
    change = merge(
        canvas.scene["box"], Change("box", {"isDeleted": False}), seq=9, updated_ms=0
    ).set
    assert change == {
        **rectangle("box"),
        **{k: change[k] for k in ("version", "versionNonce")},
        "updated": 0,
    }


def test_a_tombstone_that_was_pruned_cannot_come_back_and_is_reported() -> None:
    canvas = Canvas()
    canvas.apply(new(rectangle("box")))
    done = canvas.job(Change("box", {"isDeleted": True}))
    del canvas.scene["box"]
    plan = canvas.undo(done)
    assert (plan.changes, plan.kept, plan.gone) == ((), (), ("box",))  # nobody edited it


RED, BLUE, WHITE = {"strokeColor": "#ff0000"}, {"strokeColor": "#0000ff"}, "#1e1e1e"


def color(canvas: Canvas) -> str:
    return str(canvas.live()["box"]["strokeColor"])


@pytest.mark.rule("U1")
def test_newest_first_gives_back_what_was_there_however_many() -> None:
    canvas = Canvas()
    drawn = canvas.job(*two_boxes())
    red = canvas.job(Change("box", RED))
    blue = canvas.job(Change("box", BLUE), Change("text", {"isDeleted": True}))
    canvas.undo(blue)
    assert (color(canvas), "text" in canvas.live()) == ("#ff0000", True)
    canvas.undo(red)
    assert color(canvas) == WHITE
    canvas.undo(drawn)
    assert canvas.live() == {}


@pytest.mark.rule("U2")
def test_in_another_order_the_lower_one_is_taken_out_from_below() -> None:
    canvas = Canvas()
    canvas.apply(new(rectangle("box")), new(rectangle("other")))
    red = canvas.job(Change("box", RED), Change("other", RED))
    blue = canvas.job(Change("box", BLUE))
    plan = canvas.undo(red)
    assert (color(canvas), plan.covered, plan.kept) == ("#0000ff", ("box",), ())
    canvas.undo(blue)
    assert color(canvas) == WHITE


@pytest.mark.rule("U2")
def test_a_drawing_is_taken_back_whatever_later_jobs_did_to_it() -> None:
    canvas = Canvas()
    drawn = canvas.job(*two_boxes())
    removed = canvas.job(Change("other", {"isDeleted": True}), Change("arrow", {"isDeleted": True}))
    canvas.undo(drawn)
    assert canvas.live() == {}
    canvas.undo(removed)
    assert canvas.live() == {}


@pytest.mark.rule("U1")
def test_what_had_stayed_of_an_undone_job_comes_back_whole() -> None:
    canvas = Canvas()
    drawn = canvas.job(*two_boxes())
    canvas.apply(Change("box", RED))
    canvas.undo(drawn)
    before = set(canvas.live())
    assert before == {"box", "text"}  # the label stayed because its box did
    removed = canvas.job(*(Change(key, {"isDeleted": True}) for key in sorted(before)))
    canvas.undo(removed)
    assert set(canvas.live()) == before


@pytest.mark.rule("U5")
def test_redo_puts_back_below_what_came_after() -> None:
    canvas = Canvas()
    drawn = canvas.job(*two_boxes())
    red = canvas.job(Change("box", RED), Change("other", RED))
    canvas.undo(red)
    canvas.apply(Change("other", BLUE))
    plan = canvas.redo(red)
    assert (color(canvas), plan.kept) == ("#ff0000", ("other",))
    assert canvas.live()["other"]["strokeColor"] == "#0000ff"
    before = canvas.live()
    canvas.undo(red)
    canvas.redo(red)
    assert {k: e["strokeColor"] for k, e in canvas.live().items()} == {
        k: e["strokeColor"] for k, e in before.items()
    }
    canvas.undo(drawn)
    assert set(canvas.live()) == {"other"}  # Ben's


@pytest.mark.rule("U6")
def test_what_is_undone_follows_the_marks() -> None:
    sets = [("a", 3), ("b", 5), ("c", 20)]
    undo_a, redo_a = Mark("u", 6, undoes="a"), Mark("r", 8, redoes="a")

    def undone(*marks: Mark) -> set[str]:
        return set(UndoStates(sets, marks).now.undone)

    assert undone(undo_a) == {"a"}
    assert undone(undo_a, redo_a) == set()
    assert undone(undo_a, Mark("v", 9, restores=3)) == {"b"}
    assert undone(undo_a, redo_a, Mark("v", 9, restores=7)) == {"a"}
    assert undone(Mark("v", 30, restores=0), Mark("w", 40, restores=20)) == set()


@pytest.mark.rule("U2")
def test_what_was_redone_below_is_found_when_what_covers_it_goes() -> None:
    canvas = Canvas()
    canvas.apply(new(rectangle("box")), new(rectangle("other")))
    red = canvas.job(Change("box", RED), Change("other", RED))
    canvas.undo(red)
    blue = canvas.job(Change("box", BLUE))
    canvas.redo(red)
    assert color(canvas) == "#0000ff"
    canvas.undo(blue)
    assert color(canvas) == "#ff0000"


SEGMENT = {"index": 1, "start": [0, 0], "end": [1, 1]}
ADDED: list[dict[str, Any]] = [
    {"fixedSegments": [SEGMENT], "startIsSpecial": True, "points": [[0, 0], [5, 5]]},
    {"customData": {"role": "note"}},
]


@pytest.mark.rule("U1", "U6")
@pytest.mark.parametrize("props", ADDED, ids=lambda props: next(iter(props)))
def test_a_property_that_was_not_there_says_nothing_afterwards(props: dict[str, Any]) -> None:
    """What it was before was never written down: it is as if it were null."""
    canvas = Canvas()
    canvas.apply(new(rectangle("box")), new(arrow("line", "box", "box")))
    earlier = dict(canvas.scene)
    before = canvas.live()["line"]
    done = canvas.job(Change("line", props))
    canvas.undo(done)
    now = canvas.live()["line"]
    assert {k: now.get(k) for k in props} == {k: before.get(k) for k in props}
    canvas.redo(done)
    assert canvas.live()["line"].items() >= props.items()
    for _ in range(2):  # a restore, also of a version of which only the scene is known
        back = changes_to(earlier, canvas.scene)
        canvas.apply(*back)
    assert back == []
    now = canvas.live()["line"]
    assert {k: now.get(k) for k in props} == {k: before.get(k) for k in props}
