"""What people would count of a change."""

import re
from pathlib import Path
from typing import Any

import pytest

from app.domain.scene.effects import (
    ACTIONS,
    THINGS,
    count_shown,
    effects_in_words,
    effects_of,
    things,
)
from tests.support.elements import arrow, label, rectangle

Scene = dict[str, dict[str, Any]]


def scene() -> Scene:
    """Two labelled boxes and an arrow with a label; a table of a box, a line and a text."""
    made = [
        rectangle("a"),
        label("a-text", "a"),
        rectangle("b", x=400),
        label("b-text", "b"),
        arrow("ab", "a", "b"),
        label("ab-text", "ab"),
        rectangle("table", groupIds=["g"], width=300, customData={"job": "j", "node": "t"}),
        rectangle("rule", groupIds=["g"], type="line", points=[[0, 0], [9, 0]]),
        label("row", "nobody", groupIds=["g"]),
    ]
    return {element["id"]: element for element in made}


def changed(**sets: dict[str, Any]) -> Scene:
    after = scene()
    for key, props in sets.items():
        after[key.replace("_", "-")] |= props
    return after


WORDS = {"text": "Alpha", "originalText": "Alpha"}
MOVE = {"x": 50, "y": 60}


@pytest.mark.rule("J9")
@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (changed(), ""),
        (changed(a={"version": 9, "index": "a9"}), ""),
        (changed(a_text=WORDS), "Renamed 1 box"),
        (changed(a_text=WORDS, a={"width": 300}), "Renamed 1 box"),
        (changed(ab_text=WORDS), "Renamed 1 arrow"),
        (changed(a=MOVE, a_text=MOVE, ab={"points": [[0, 0], [7, 7]]}), "Moved 1 box"),
        (changed(ab={"points": [[0, 0], [7, 7]]}), "Rerouted 1 arrow"),
        (changed(ab={"endBinding": None}), "Disconnected 1 arrow"),
        (changed(ab={"endBinding": {"elementId": "table", "focus": 0, "gap": 4}}),
         "Reconnected 1 arrow"),
        (changed(ab={"roundness": {"type": 2}}), "Rerouted 1 arrow"),
        (changed(table=MOVE, rule=MOVE, row=MOVE), "Moved 1 box"),
        (changed(a={"strokeColor": "#ff0000"}, ab={"strokeColor": "#ff0000"}),
         "Recoloured 1 box and 1 arrow"),
        (changed(a={"width": 300}), "Resized 1 box"),
        (changed(a={"isDeleted": True}, a_text={"isDeleted": True}, ab={"isDeleted": True},
                 ab_text={"isDeleted": True}), "Removed 1 box and 1 arrow"),
        (changed(a={"isDeleted": True}, a_text={"isDeleted": True}, b=MOVE),
         "Removed 1 box, moved 1 box"),
    ],
)  # fmt: skip
def test_it_is_said_in_boxes_and_arrows(after: Scene, sentence: str) -> None:
    assert effects_in_words(effects_of(scene(), after)) == sentence


@pytest.mark.rule("J9")
def test_a_drawing_is_counted_once() -> None:
    drawn = effects_of({}, scene())
    assert effects_in_words(drawn) == "Drew 3 boxes and 1 arrow"
    assert count_shown(drawn) == 3
    gone = {key: {**element, "isDeleted": True} for key, element in scene().items()}
    assert effects_in_words(effects_of(gone, scene()), drew="brought back") == (
        "Brought back 3 boxes and 1 arrow"
    )


def test_a_note_is_no_box_until_it_becomes_one() -> None:
    note = rectangle("note", roundness=None, customData={"job": "j", "role": "note"})
    assert effects_in_words(effects_of({}, {"note": note})) == "Drew 1 note"
    rounded = {"note": {**note, "roundness": {"type": 3}}}
    assert effects_in_words(effects_of({"note": note}, rounded)) == "Changed the look of 1 box"


def test_every_word_is_known_to_the_page_in_each_language() -> None:
    folder = Path(__file__).parents[4] / "frontend/src/i18n"
    for language in ("en", "de"):
        words = (folder / language / "effects.ts").read_text("utf-8")
        known = set(re.findall(r"^    (\w+):", words, re.MULTILINE))
        assert {*ACTIONS, *THINGS} <= known, language


def test_things_are_named_without_their_parts() -> None:
    assert things(["a", "a-text", "ab-text", "rule"], scene()) == "2 boxes and 1 arrow"
    assert things(["unknown"], scene()) == ""
