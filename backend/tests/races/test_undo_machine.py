"""Undo in any order: jobs, people's edits, undos, redos and restores against a model of piles."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.errors import Conflict
from app.domain.sync.messages import Change
from app.extensions import db
from app.services import history_service
from app.services.access_service import Actor
from app.services.canvas_service import create_canvas
from app.services.job_changes import SeenScene, apply_job_changes
from app.services.scene_reading import load_scene, read_scene
from app.services.scene_service import Applied, Push, commit_pushes
from app.services.undo_ledger import undone_among
from app.services.undo_service import Undone, redo_change_set, undo_change_set
from app.services.unit_of_work import unit_of_work
from tests.domain.sync.test_references import wrong_in
from tests.support.breadth import ALL, examples
from tests.support.elements import arrow, label, rectangle
from tests.support.people import People

COLORS = ("#ff0000", "#00ff00", "#0000ff")
SERVER_OWNED = {"version", "versionNonce", "updated"}
GROUPS = {"style": "strokeColor", "geometry": "x"}


@dataclass
class Layer:
    """A value that somebody put on a pile. `job` is None for a person's."""

    value: Any
    job: str | None
    active: bool = True


@dataclass
class Model:
    """Of every box, for each property, who put what there; only the top that is active is seen."""

    piles: dict[tuple[str, str], list[Layer]] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)

    def put(self, box: str, group: str, value: Any, job: str | None) -> None:
        self.piles.setdefault((box, group), []).append(Layer(value, job))

    def seen(self) -> dict[str, dict[str, Any]]:
        boxes = {box for box, _ in self.piles}
        return {box: self._shown(box) for box in boxes if not self._is_deleted(box)}

    def _shown(self, box: str) -> dict[str, Any]:
        return {prop: self._top(box, group) for group, prop in GROUPS.items()}

    def _top(self, box: str, group: str) -> Any:
        pile = self.piles[box, group]
        return next((layer.value for layer in reversed(pile) if layer.active), pile[0].value)

    def _is_deleted(self, box: str) -> bool:
        for layer in reversed(self.piles[box, "deleted"]):
            if layer.active:
                return bool(layer.value)
        return not self._is_persons(box)

    def _is_persons(self, box: str) -> bool:
        """A person's work on what a job drew keeps it."""
        piles = (self.piles[box, group] for group in GROUPS)
        return any(layer.active and layer.job is None for pile in piles for layer in pile)

    def switch(self, job: str, *, active: bool) -> None:
        for pile in self.piles.values():
            for layer in pile:
                if layer.job == job:
                    layer.active = active
        (self.undone.discard if active else self.undone.add)(job)

    def state(self) -> tuple[dict[int, bool], frozenset[str]]:
        layers = (layer for pile in self.piles.values() for layer in pile)
        return {id(layer): layer.active for layer in layers}, frozenset(self.undone)

    def go_back(self, state: tuple[dict[int, bool], frozenset[str]], later: list[str]) -> None:
        """`later` are jobs that were not there then."""
        active, undone = state
        for pile in self.piles.values():
            for layer in pile:
                layer.active = active.get(id(layer), False)
        self.undone = {*undone, *later}


class UndoMachine(RuleBasedStateMachine):
    """`app`, `people` are the test's. Boxes are held to the model; arrows and labels between them
    to what always holds, and all of it to what was there when the newest is undone first."""

    app: Flask
    people: People

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.canvas_id = create_canvas(self.people.ana.id)
        self.model = Model()
        self.serial = self.n = 0
        self.jobs: list[str] = []
        self.newest: list[tuple[str, Any]] = []  # (job, what was there before), newest last
        self.states: dict[int, Any] = {}
        db.session.rollback()

    def teardown(self) -> None:
        db.session.rollback()
        self.context.pop()

    # -- what people and jobs do

    def name(self, prefix: str) -> str:
        self.serial += 1
        return f"{prefix}{self.serial}"

    def live(self, prefix: str = "") -> list[str]:
        return sorted(e["id"] for e in self.scene() if e["id"].startswith(prefix))

    def scene(self) -> list[dict[str, Any]]:
        scene = load_scene(self.canvas_id)
        db.session.rollback()
        return scene

    def picture(self) -> Any:
        plain = [{k: v for k, v in e.items() if k not in SERVER_OWNED} for e in self.scene()]
        for element in plain:
            element["boundElements"] = sorted(e["id"] for e in element["boundElements"] or ())
        return sorted(plain, key=lambda element: element["id"])

    def changes_of(self, data: st.DataObject) -> list[Change]:
        """Something new, and something about what is there."""
        boxes, changes = self.live("box"), []
        for kind in data.draw(st.lists(st.sampled_from("nnccmmdaal"), min_size=1, max_size=4)):
            box = data.draw(st.sampled_from(boxes)) if boxes else None
            if kind == "n" or box is None:
                key, x = self.name("box"), float(self.serial * 200)
                changes.append(Change(key, rectangle(key, x=x, y=0), create=True))
            elif kind == "c":
                color = data.draw(st.sampled_from(COLORS))
                changes.append(Change(box, {"strokeColor": color}))
            elif kind == "m":
                changes.append(Change(box, {"x": float(self.serial * 200 + 7), "y": 40.0}))
                self.serial += 1
            elif kind == "d":
                changes.append(Change(box, {"isDeleted": True}))
                boxes = [other for other in boxes if other != box]
            else:
                changes.append(self.hung_on(box, kind, data))
        return changes

    def hung_on(self, box: str, kind: str, data: st.DataObject) -> Change:
        key = self.name("text" if kind == "l" else "arrow")
        arrows = self.live("arrow")
        if kind == "l" and arrows:
            return Change(key, label(key, data.draw(st.sampled_from(arrows))), create=True)
        other = data.draw(st.sampled_from(self.live("box") or [box]))
        key = key.replace("text", "arrow")
        return Change(key, arrow(key, box, other), create=True)

    def note(self, changes: list[Change], job: str | None) -> None:
        """A person's edit counts whatever it sets; of a job's, what makes a difference."""
        shown = self.model.seen()
        different = {
            change.id
            for change in changes
            if job is None
            or any(shown.get(change.id, {}).get(k) != v for k, v in change.set.items() if k != "y")
        }
        for change in changes:
            if not change.id.startswith("box") or change.id not in different:
                continue
            if change.create:
                self.model.put(change.id, "deleted", value=False, job=job)
            if "isDeleted" in change.set and not change.create:
                self.model.put(change.id, "deleted", value=True, job=job)
            for group, prop in GROUPS.items():
                if prop in change.set:
                    self.model.put(change.id, group, change.set[prop], job)

    def remember(self) -> None:
        head = read_scene(self.canvas_id).seq
        db.session.rollback()
        self.states[head] = (self.model.state(), self.picture(), list(self.newest), len(self.jobs))

    @initialize()
    def begin(self) -> None:
        boxes = [self.name("box") for _ in range(3)]
        made = [Change(k, rectangle(k, x=i * 200.0), create=True) for i, k in enumerate(boxes)]
        self.push(made)

    def push(self, changes: list[Change]) -> None:
        self.n += 1
        answers = commit_pushes(
            self.canvas_id, [Push(self.people.ana.id, tuple(changes), "tab", self.n)]
        )
        assert isinstance(answers[0], Applied)
        self.note(changes, None)
        self.newest.clear()
        self.remember()

    @rule(data=st.data())
    def a_person_edits(self, data: st.DataObject) -> None:
        self.push(self.changes_of(data))

    @rule(data=st.data())
    def a_job_draws(self, data: st.DataObject) -> None:
        changes, before = self.changes_of(data), self.picture()
        seen = read_scene(self.canvas_id)
        db.session.rollback()
        with unit_of_work() as work:
            drawn = apply_job_changes(
                work, canvas_id=self.canvas_id, user_id=self.people.ana.id,
                job_id=f"job-{len(self.jobs)}", changes=changes,
                seen=SeenScene(seen.objects, seen.seq, seen.seq),
            )  # fmt: skip
        job = drawn.applied.change_set_id
        if job is None:
            assert drawn.message == "Nothing was changed"
            return
        self.jobs.append(job)
        self.note(changes, job)
        self.newest.append((job, before))
        self.remember()

    # -- taking back

    @precondition(lambda self: self.newest)
    @rule()
    def undo_the_newest(self) -> None:
        job, before = self.newest.pop()
        after, rest = self.picture(), list(self.newest)
        self.do(undo_change_set, job)
        assert self.picture() == before
        self.do(redo_change_set, job)
        assert self.picture() == after
        self.do(undo_change_set, job)
        assert self.picture() == before
        self.newest = rest
        self.remember()

    @precondition(lambda self: self.jobs)
    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(self.jobs))
        if job in self.model.undone:
            with pytest.raises(Conflict):
                self.do(undo_change_set, job)
        else:
            self.do_if_possible(undo_change_set, job)

    @precondition(lambda self: self.model.undone)
    @rule(data=st.data())
    def redo_any(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.model.undone, key=self.jobs.index)))
        self.do_if_possible(redo_change_set, job)

    def do(self, change: Any, job: str) -> Undone:
        try:
            with unit_of_work() as work:
                done: Undone = change(work, change_set_id=job, user_id=self.people.ana.id)
        finally:
            db.session.rollback()
        self.model.switch(job, active=change is redo_change_set)
        return done

    def do_if_possible(self, change: Any, job: str) -> None:
        """What is refused would have changed nothing that anybody sees."""
        try:
            self.do(change, job)
        except Conflict:
            shown, state = self.model.seen(), self.model.state()
            self.model.switch(job, active=change is redo_change_set)
            assert self.model.seen() == shown
            self.model.go_back(state, [])
            return
        self.newest.clear()
        self.remember()

    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        version = data.draw(st.sampled_from(sorted(self.states)))
        state, picture, newest, known = self.states[version]
        ana = Actor(self.people.ana.id, "Ana", self.people.ana.email, "session")
        try:
            history_service.restore(ana, self.canvas_id, version)
        except Conflict:
            db.session.rollback()
            return
        self.model.go_back(state, self.jobs[known:])
        self.newest = list(newest)
        assert self.picture() == picture
        self.remember()

    # -- what always holds

    @invariant()
    def boxes_are_as_the_model_has_them(self) -> None:
        found = {
            e["id"]: {prop: e[prop] for prop in GROUPS.values()}
            for e in self.scene()
            if e["id"].startswith("box")
        }
        assert found == self.model.seen()

    @invariant()
    def references_hold(self) -> None:
        assert wrong_in({e["id"]: e for e in self.scene()}) == []

    @invariant()
    def cards_say_what_is_undone(self) -> None:
        found = undone_among(set(self.jobs))
        db.session.rollback()
        assert found == self.model.undone


@pytest.mark.timeout(3_600 if ALL else 120)
@pytest.mark.rule("U1", "U2", "U3", "U4", "U5", "U6")
def test_any_order_agrees_with_the_model(any_app: Flask, people: People) -> None:
    with any_app.app_context():
        is_sqlite = db.engine.dialect.name == "sqlite"
    run_state_machine_as_test(
        type("Undo", (UndoMachine,), {"app": any_app, "people": people}),
        settings=settings(
            max_examples=examples(20, 2_000) if is_sqlite else examples(5, 500),
            stateful_step_count=25,
        ),
    )
