"""Documents from elsewhere: what can be shown is taken, under names that are free."""

import itertools
from typing import Any

import pytest

from app.domain.errors import Invalid
from app.domain.formats.excalidraw import MAX_ELEMENTS, elements_to_import
from app.domain.scene.importing import import_elements
from app.domain.scene.validate import validate_element
from app.domain.sync.references import referred
from tests.support.elements import arrow, image, label, rectangle

PICTURE = "ab" * 32
DRAWING = [
    rectangle("a", index=None, groupIds=["g"], boundElements=[{"id": "t", "type": "text"}]),
    label("t", "a", index=None, groupIds=["g"]),
    rectangle("b", x=400, index=None),
    arrow("l", "a", "b", index=None),
]


def imported(raw: list[Any], scene: list[Any] | None = None, files: Any = ()) -> Any:
    numbers = itertools.count()
    return import_elements(raw, dict(files), scene or [], lambda: f"new-{next(numbers)}")


def test_on_an_empty_canvas_a_drawing_stays_as_it_is() -> None:
    result = imported(DRAWING)
    assert [e["id"] for e in result.elements] == ["a", "t", "b", "l"]
    assert result.skipped == 0
    assert (result.elements[2]["x"], result.elements[2]["y"]) == (400, 20)


def test_beside_others_everything_gets_new_names_and_still_belongs_together() -> None:
    scene = [validate_element(rectangle("a", x=1_000, y=-50, index="a5"))]
    result = imported([*DRAWING], scene)
    ids = {e["id"] for e in result.elements}
    assert not ids & {"a", "t", "b", "l"}
    a, t, b, line = result.elements
    assert (t["containerId"], a["boundElements"][0]["id"]) == (a["id"], t["id"])
    ends = (line["startBinding"]["elementId"], line["endBinding"]["elementId"])
    assert ends == (a["id"], b["id"])
    assert a["groupIds"] == t["groupIds"] != ["g"]
    assert set().union(*map(referred, result.elements)) <= ids
    assert min(e["x"] for e in result.elements) > 1_120
    assert result.elements[0]["index"] > "a5"


def test_the_order_of_the_document_becomes_that_of_the_canvas() -> None:
    keys = [e["index"] for e in imported(DRAWING).elements]
    assert keys == sorted(keys)
    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    "bad",
    [None, 7, "x", {}, {"type": "iframe"}, rectangle("i", type="embeddable"),
     rectangle("i", x=float("nan")), rectangle("i", id=7), rectangle("i", link="javascript:x")],
)  # fmt: skip
def test_what_no_canvas_can_hold_is_skipped_and_counted(bad: Any) -> None:
    result = imported([bad, *DRAWING])
    assert (len(result.elements), result.skipped) == (4, 1)


def test_ids_that_a_canvas_cannot_use_or_that_are_there_twice_do_no_harm() -> None:
    result = imported([rectangle("über alles"), rectangle("x"), rectangle("x")])
    assert [e["id"] for e in result.elements] == ["new-0", "x"]


def test_images_come_with_their_picture_or_not_at_all() -> None:
    raw = [image("i", "0123456789abcdef"), image("j", "other"), image("k", None)]
    result = imported(raw, files={"0123456789abcdef": PICTURE})
    assert [(e["id"], e["fileId"]) for e in result.elements] == [("i", PICTURE)]
    assert result.skipped == 2


@pytest.mark.parametrize(
    "document", [{}, {"elements": {}}, {"type": "excalidrawlib", "elements": []}]
)
def test_what_is_no_drawing_is_refused(document: Any) -> None:
    with pytest.raises(Invalid):
        elements_to_import(document)
    with pytest.raises(Invalid, match="at most"):
        elements_to_import({"elements": [None] * (MAX_ELEMENTS + 1)})


def test_deleted_elements_stay_behind() -> None:
    gone = rectangle("gone", isDeleted=True)
    assert elements_to_import({"type": "excalidraw", "elements": [gone, *DRAWING]}) == DRAWING
