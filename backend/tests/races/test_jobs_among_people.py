"""Jobs with the real planner's operations among people's edits: nothing torn, nothing untrue."""

import random
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Conflict, NotUnderstood
from app.domain.planning.request import Planned, Usage
from app.domain.sync.groups import GROUPS
from app.domain.sync.messages import Change
from app.domain.sync.references import ENDS, listed
from app.extensions import db
from app.services import drawing_service
from app.services.canvas_service import create_canvas
from app.services.drawing_service import PlannerAnswer, Task
from app.services.job_changes import Outcome, SeenScene, apply_job_changes
from app.services.scene_reading import load_scene, read_scene
from app.services.scene_service import Applied, Push, commit_pushes
from app.services.undo_service import redo_change_set, undo_change_set
from app.services.unit_of_work import unit_of_work
from tests.domain.sync.test_references import wrong_in
from tests.services.test_people_and_jobs import in_the_air
from tests.support.breadth import ALL, examples
from tests.support.people import People
from tests.support.random_work import Elements, RandomWork, drawing

SERVER_OWNED = {"version", "versionNonce", "updated"}
QUIET = SERVER_OWNED | {"boundElements", "index", "seed"}
SAID = ("geometry", "style", "text", "grouping", "links", "deleted")


class Session:
    """One canvas: jobs are asked for, look, commit; a person edits before, between and after."""

    def __init__(self, people: People, rng: random.Random) -> None:
        self.ana, self.rng, self.work = people.ana.id, rng, RandomWork(rng)
        self.canvas_id = create_canvas(self.ana)
        db.session.commit()
        self.written: set[tuple[str, str]] = set()  # (object, group), since the job was asked for
        self.before: Elements = {}  # what was there when the job committed
        self.jobs: list[str] = []
        self.edited: set[str] = set()
        self.serial = 0

    def scene(self) -> Elements:
        found = {element["id"]: element for element in load_scene(self.canvas_id)}
        db.session.rollback()
        return found

    def push(self, changes: list[Change]) -> None:
        if changes:
            [answer] = commit_pushes(self.canvas_id, [Push(self.ana, tuple(changes))])
            assert isinstance(answer, Applied), answer
        for change in changes:
            self.written |= {(change.id, g) for g in SAID if change.set.keys() & set(GROUPS[g])}
        self.check()

    def people_edit(self) -> None:
        for _ in range(self.rng.randint(0, 2)):
            self.push(self.work.edit(self.scene()))

    def job(self) -> Outcome | None:
        """None: there was nothing that it could do."""
        asked = self.look().seq
        self.written.clear()
        self.people_edit()
        seen = self.look()
        plan = self.work.plan({element["id"]: element for element in seen.objects})
        if plan is None:
            return None
        self.serial += 1
        answer = PlannerAnswer(Planned(plan, "test", Usage(0, 0, 0)), {})
        try:
            drawn = drawing_service.draw(answer, Task(f"job{self.serial}", ""), seen.objects)
        except NotUnderstood:
            return None
        self.people_edit()
        self.before = self.scene()
        with unit_of_work() as work:
            outcome = apply_job_changes(
                work, canvas_id=self.canvas_id, user_id=self.ana, job_id=f"job{self.serial}",
                changes=drawn.changes, seen=SeenScene(seen.objects, seen.seq, asked),
            )  # fmt: skip
        self.check()
        self.check_people_first()
        self.check_arrows()
        self.check_truth(outcome)
        return outcome

    def look(self) -> Any:
        seen = read_scene(self.canvas_id)
        db.session.rollback()
        return seen

    # -- what must hold

    def check(self) -> None:
        scene = self.scene()
        assert wrong_in(scene) == []
        assert in_the_air(scene) == []
        for key, element in scene.items():
            shape = scene.get(element.get("containerId") or "")
            if shape and shape["type"] != "arrow":
                inside = shape["x"] - 5 <= element["x"] <= shape["x"] + shape["width"] + 5
                inside &= shape["y"] - 5 <= element["y"] <= shape["y"] + shape["height"] + 5
                assert inside, f"{key} lies outside {shape['id']}"

    def check_people_first(self) -> None:
        """What a person wrote since the job was asked for is as they wrote it; arrows and labels
        that were only brought along are not written."""
        scene = self.scene()
        for key, group in self.written:
            before = self.before.get(key)
            if before is None:
                assert key not in scene, f"{key} was deleted by a person"
            elif group != "geometry" or before["type"] not in ("arrow", "text"):
                assert key in scene, f"{key} was edited by a person, and deleted by the job"
                for name in GROUPS[group]:
                    assert scene[key].get(name) == before.get(name), (key, name)

    def check_arrows(self) -> None:
        """A job that removes a shape removes its arrows, but those that a person wrote on."""
        scene = self.scene()
        written = {key for key, group in self.written if group != "geometry"}
        for key, was in self.before.items():
            now = scene.get(key)
            if was["type"] == "arrow" and now and not {key, *listed(was)} & written:
                for end in ENDS:
                    assert not was[end] or now[end], f"{key} was left without its {end}"

    def check_truth(self, outcome: Outcome) -> None:
        """It says that something happened if anybody sees it; and every arrow that came or went."""
        before, after = _plain(self.before, QUIET), _plain(self.scene(), QUIET)
        assert (before == after) == (not outcome.effects), outcome.message
        for action, was, now in (("draw", before, after), ("remove", after, before)):
            came = sum(e["type"] == "arrow" for key, e in now.items() if key not in was)
            said = [e.count for e in outcome.effects if (e.action, e.thing) == (action, "arrow")]
            assert sum(said) == came, outcome.message

    def check_newest_first(self, job: str) -> None:
        """Nobody has edited since."""
        before, after = self.before, self.scene()
        if _plain(before, SERVER_OWNED) == _plain(after, SERVER_OWNED):
            return
        for change, wanted in ((undo_change_set, before), (redo_change_set, after)):
            self.steer(change, job)
            assert _plain(self.scene(), SERVER_OWNED) == _plain(wanted, SERVER_OWNED)

    def steer(self, change: Any, job: str) -> None:
        try:
            with unit_of_work() as work:
                change(work, change_set_id=job, user_id=self.ana)
        finally:
            db.session.rollback()
        self.check()

    def steer_any(self) -> None:
        """In any order, people editing in between: what holds for a scene goes on holding."""
        try:
            self.steer(
                self.rng.choice((undo_change_set, redo_change_set)), self.rng.choice(self.jobs)
            )
        except Conflict:
            self.check()


def _plain(scene: Elements, without: set[str]) -> Elements:
    """A property that is null is not there."""
    plain = {
        key: {name: v for name, v in element.items() if v is not None and name not in without}
        for key, element in scene.items()
    }
    for element in plain.values():
        if "boundElements" in element:
            element["boundElements"] = sorted(entry["id"] for entry in element["boundElements"])
    return plain


def run(people: People, rng: random.Random) -> None:
    session = Session(people, rng)
    session.push(drawing())
    for _ in range(rng.randint(1, 4)):
        session.people_edit()
        outcome = session.job()
        if outcome is not None and outcome.applied.change_set_id is not None:
            session.jobs.append(outcome.applied.change_set_id)
            session.check_newest_first(session.jobs[-1])
        for _ in range(rng.randint(0, 2) if session.jobs else 0):
            session.steer_any()


@pytest.mark.timeout(3_600 if ALL else 120)
@pytest.mark.rule("U1", "U7", "S11", "J9")
def test_nothing_is_torn_and_nothing_untrue(any_app: Flask, people: People) -> None:
    with any_app.app_context():
        is_sqlite = db.engine.dialect.name == "sqlite"

    @settings(max_examples=examples(25, 1_500) if is_sqlite else examples(5, 300))
    @given(st.randoms(use_true_random=False))
    def tried(rng: random.Random) -> None:
        with any_app.app_context():
            try:
                run(people, rng)
            finally:
                db.session.rollback()

    tried()
