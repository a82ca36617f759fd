"""The suite of drawings: what it covers, how it comes out, and that its measures can be missed."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.domain.kinds import KINDS
from evaluation.__main__ import evaluate
from evaluation.cases import Case, load
from evaluation.drawing import RECORDINGS, Outcome, Scene, Studio
from evaluation.report import measures
from evaluation.scoring import Score, score

CASES = {case.name: case for case in load()}
STUDIO = Studio()


def scored(name: str, change: Callable[[Outcome], Outcome] = lambda outcome: outcome) -> Score:
    return score(CASES[name], change(STUDIO.draw(CASES[name])))


def without(scene: Scene, kind: str) -> Scene:
    return [element for element in scene if element["type"] != kind]


def test_the_suite_covers_every_kind_and_every_recording() -> None:
    drawn = {case.kind for case in CASES.values() if case.kind}
    assert drawn == set(KINDS.ids)
    assert len([case for case in CASES.values() if not case.recording]) >= 60
    recorded = {path.stem for path in RECORDINGS.glob("*.json")}
    assert {case.recording for case in CASES.values() if case.recording} == recorded


def test_the_whole_suite_keeps_its_thresholds() -> None:
    scores = [score(case, STUDIO.draw(case)) for case in CASES.values()]
    missed = [one for one in measures(scores) if not one.met]
    assert missed == [], [(s.case.name, s.missing, s.harmed) for s in scores if not s.perfect]


def test_a_drawing_without_its_arrows_is_noticed() -> None:
    assert scored("three-steps").perfect
    poor = scored("three-steps", lambda o: replace(o, after=without(o.after, "arrow")))
    assert set(poor.missing) == {"Browser -> API", "API -> Database"}


def test_what_nobody_asked_for_is_noticed() -> None:
    asked = CASES["three-steps"].model_copy(update={"edges": ["Browser -> API"]})
    assert set(score(asked, STUDIO.draw(asked)).invented) == {"Database", "API -> Database"}


def test_a_shape_that_covers_another_is_noticed() -> None:
    def pile_up(outcome: Outcome) -> Outcome:
        after = [{**e, "x": 0, "y": 0} if e["type"] == "rectangle" else e for e in outcome.after]
        return replace(outcome, after=after)

    assert "overlap" in {f.check for f in scored("three-steps", pile_up).geometry}


def test_an_element_that_the_editor_cannot_load_is_noticed() -> None:
    def spoil(outcome: Outcome) -> Outcome:
        return replace(outcome, after=[{**outcome.after[0], "x": 1e12}, *outcome.after[1:]])

    assert "not_a_valid_element" in {f.check for f in scored("three-steps", spoil).geometry}


def test_a_change_of_what_nobody_named_is_noticed() -> None:
    def drift(outcome: Outcome) -> Outcome:
        after = json.loads(json.dumps(outcome.after))
        browser = next(e for e in after if e.get("originalText") == "Browser")
        browser["opacity"] = 50
        return replace(outcome, after=after)

    assert scored("edit-delete").harmed == ()
    assert scored("edit-delete", drift).harmed == ("Browser was changed",)


def test_what_may_move_may_not_look_different() -> None:
    def recolor(outcome: Outcome) -> Outcome:
        after = json.loads(json.dumps(outcome.after))
        next(e for e in after if e.get("originalText") == "CFO")["strokeColor"] = "#123456"
        return replace(outcome, after=after)

    def push(outcome: Outcome) -> Outcome:
        after = json.loads(json.dumps(outcome.after))
        next(e for e in after if e.get("originalText") == "Pack")["x"] += 1
        return replace(outcome, after=after)

    assert scored("edit-new-boss").harmed == ()
    assert len(scored("edit-new-boss", recolor).harmed) == 1
    assert len(scored("edit-new-boss", push).harmed) == 1


def test_a_drawing_that_had_to_be_refused_is_noticed() -> None:
    asked = CASES["three-steps"].model_copy(update={"refused": "spelled out"})
    assert "had to be refused" in score(asked, STUDIO.draw(asked)).wrong


def test_a_drawing_of_another_kind_is_noticed() -> None:
    asked = CASES["three-steps"].model_copy(update={"kind": "tree"})
    assert score(asked, STUDIO.draw(asked)).wrong == "drawn as flowchart, not as tree"


def test_missing_facts_end_the_program_with_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = CliRunner().invoke(evaluate, ["--output", str(tmp_path), "--only", "swot"])
    assert good.exit_code == 0, good.output
    page = (tmp_path / "index.html").read_text("utf-8")
    assert page.count("<svg") == 1
    asked = Case(name="swot", instruction="a -> b", nodes=["Strengths"])
    monkeypatch.setattr("evaluation.__main__.load", lambda: (asked,))
    poor = CliRunner().invoke(evaluate, ["--output", str(tmp_path)])
    assert poor.exit_code == 1
    assert "swot: missing: Strengths" in poor.output


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"edges": ["A to B"]}, "A -label-> B"),
        ({"nodes": ["A"], "sides": ["A near B"]}, "left of"),
        ({}, "nothing is expected"),
    ],
)
def test_a_case_that_cannot_be_measured_is_refused(fields: dict[str, list[str]], hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        Case.model_validate({"name": "one", "instruction": "a -> b", **fields})
