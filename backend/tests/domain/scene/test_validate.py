"""The gate that every element passes: what editors send goes in, what would crash them does not."""

import json
import math
from typing import Any

import pytest

from app.domain.errors import ElementRejected
from app.domain.scene.validate import TYPES, validate_element, validate_set

BASE: dict[str, Any] = {
    "id": "n3bZ-_xY01", "x": 10.5, "y": -20, "width": 100, "height": 60, "angle": 0,
    "strokeColor": "#1e1e1e", "backgroundColor": "transparent", "fillStyle": "solid",
    "strokeWidth": 2, "strokeStyle": "solid", "roughness": 1, "opacity": 100, "groupIds": ["g"],
    "frameId": None, "index": "a0V", "roundness": {"type": 3}, "seed": 1968410350, "version": 141,
    "versionNonce": 361174001, "isDeleted": False, "boundElements": [{"id": "t", "type": "text"}],
    "updated": 1700000000000, "link": None, "locked": False,
}  # fmt: skip
LINEAR = {
    "points": [[0, 0], [50.5, -3]], "lastCommittedPoint": None, "startArrowhead": None,
    "startBinding": {"elementId": "a", "focus": 0.1, "gap": 4}, "endBinding": None,
    "endArrowhead": "arrow",
}  # fmt: skip
FROM_EDITOR: dict[str, dict[str, Any]] = {
    "rectangle": {},
    "ellipse": {},
    "diamond": {},
    "line": LINEAR | {"endArrowhead": None},
    "arrow": LINEAR
    | {
        "elbowed": True,
        "startBinding": {"elementId": "a", "focus": 0, "gap": 0, "fixedPoint": [1.05, 0.5001]},
        "fixedSegments": [{"start": [0, 0], "end": [5, 0], "index": 1}],
        "startIsSpecial": False,
        "endIsSpecial": None,
    },
    "text": {
        "text": "two\nlines", "originalText": "two lines", "fontSize": 20, "fontFamily": 5,
        "textAlign": "center", "verticalAlign": "middle", "containerId": "n", "autoResize": True,
        "lineHeight": 1.25,
    },
    "freedraw": {
        "points": [[0, 0], [1.25, 2]], "pressures": [0.5, 0.7], "simulatePressure": False,
        "lastCommittedPoint": [1.25, 2],
    },
    "frame": {"name": None},
    "image": {
        "status": "saved", "fileId": "f0" * 32, "scale": [1, -1],
        "crop": {"x": 0, "y": 0, "width": 5, "height": 5, "naturalWidth": 9, "naturalHeight": 9},
    },
}  # fmt: skip


def element(kind: str, **changes: Any) -> dict[str, Any]:
    return {"type": kind} | BASE | FROM_EDITOR[kind] | changes


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_what_the_editor_sends_passes_unchanged(kind: str) -> None:
    assert validate_element(element(kind)) == element(kind)


@pytest.mark.parametrize("kind", ["iframe", "embeddable", "magicframe", "selection", "", None, 3])
def test_a_type_that_is_not_allowed_is_refused(kind: Any) -> None:
    with pytest.raises(ElementRejected):
        validate_element({"type": kind, **BASE})


@pytest.mark.parametrize(
    "changes",
    [
        {"x": math.nan}, {"y": math.inf}, {"width": 1e9}, {"x": "5"}, {"x": True}, {"x": None},
        {"x": 10**400}, {"angle": None}, {"groupIds": None}, {"groupIds": "g"}, {"groupIds": [1]},
        {"index": "zzz!bad"}, {"index": None}, {"index": ""}, {"index": "a00"}, {"index": "z"},
        {"index": "a" * 5000}, {"backgroundColor": "url(//x)"}, {"strokeColor": 5},
        {"strokeColor": '"><script>'}, {"fillStyle": "wavy"}, {"strokeStyle": []}, {"opacity": 500},
        {"roundness": {"type": 9}}, {"roundness": {}}, {"seed": 1.5}, {"version": -1},
        {"isDeleted": 0}, {"locked": None}, {"id": ""}, {"id": "a b"}, {"id": "<b>"}, {"id": 7},
        {"boundElements": [{"id": "a"}]}, {"boundElements": [{"id": "a", "type": "iframe"}]},
    ],
)  # fmt: skip
def test_a_property_that_would_break_an_editor_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ElementRejected) as caught:
        validate_element(element("rectangle", **changes))
    assert set(caught.value.fields) == set(changes)


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("arrow", {"points": None}), ("arrow", {"points": [[0]]}), ("line", {"points": [[0, "a"]]}),
        ("arrow", {"points": [[0, math.nan]]}), ("arrow", {"endArrowhead": "sword"}),
        ("arrow", {"startBinding": {"elementId": "a"}}), ("arrow", {"elbowed": "yes"}),
        ("arrow", {"startBinding": {"elementId": "a", "focus": 0, "gap": 1}}),
        ("text", {"text": 5}), ("text", {"text": "x" * 60_000}), ("text", {"fontSize": 0}),
        ("text", {"lineHeight": None}), ("image", {"scale": [1]}), ("image", {"status": "done"}),
        ("image", {"fileId": "f0" * 20}), ("image", {"fileId": "../" + "f0" * 32}),
        ("image", {"fileId": "F0" * 32}), ("image", {"fileId": 7}),
        ("freedraw", {"pressures": ["x"]}), ("frame", {"name": 4}),
    ],
)  # fmt: skip
def test_a_malformed_own_property_is_refused(kind: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ElementRejected):
        validate_element(element(kind, **changes))


@pytest.mark.parametrize(
    "name", ["id", "x", "y", "width", "height", "index", "text", "fontSize", "fontFamily"]
)
def test_what_has_no_sensible_default_must_be_there(name: str) -> None:
    raw = element("text")
    del raw[name]
    with pytest.raises(ElementRejected):
        validate_element(raw)


def test_omitted_properties_get_their_defaults_and_no_two_elements_share_a_list() -> None:
    small = {key: BASE[key] for key in ("id", "x", "y", "width", "height", "index")}
    one, two = (validate_element({"type": "rectangle", **small}) for _ in range(2))
    assert set(one) == set(element("rectangle"))
    one["groupIds"].append("g")
    assert two["groupIds"] == []


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "JaVaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
     "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "x" * 3000, 5],
)  # fmt: skip
def test_a_dangerous_link_is_refused(link: Any) -> None:
    with pytest.raises(ElementRejected):
        validate_element(element("rectangle", link=link))


@pytest.mark.parametrize(
    "link",
    ["https://example.org/a?b=c#d", "http://localhost:5000/c", "mailto:ana@example.org",
     "/canvas/5?element=x", "#part", "example.org/page", "localhost:5000/x"],
)  # fmt: skip
def test_an_ordinary_link_is_kept(link: str) -> None:
    assert validate_element(element("rectangle", link=link))["link"] == link


def test_a_link_that_the_editor_has_neutralised_is_dropped() -> None:
    assert validate_element(element("rectangle", link="about:blank"))["link"] is None


def test_only_a_jobs_own_mark_survives_in_custom_data() -> None:
    marked = element("rectangle", customData={"job": "j1", "node": "n1", "html": "<b>"})
    assert validate_element(marked)["customData"] == {"job": "j1", "node": "n1"}
    for foreign in ({"generationData": {}}, "text", None, {"job": 5}):
        assert "customData" not in validate_element(element("rectangle", customData=foreign))


def test_unknown_properties_are_dropped() -> None:
    raw = element("rectangle", baseline=3, onclick="x")
    assert validate_element(raw) == element("rectangle")


def test_text_loses_what_no_database_can_store() -> None:
    clean = validate_element(element("text", text="a\x00b\ud800c"))
    assert clean["text"] == "ab\ufffdc"


def test_a_line_that_is_just_begun_has_its_origin() -> None:
    assert validate_element(element("line", points=[]))["points"] == [[0, 0]]


def test_a_change_is_checked_against_the_type_it_applies_to() -> None:
    existing = element("text")
    assert validate_set({"text": "new", "points": [[0, 0]]}, existing) == {"text": "new"}
    with pytest.raises(ElementRejected):
        validate_set({"fontSize": "big"}, existing)


def test_a_change_without_an_existing_element_must_be_a_whole_element() -> None:
    assert validate_set(element("ellipse"), None) == element("ellipse")
    with pytest.raises(ElementRejected):
        validate_set({"x": 5}, None)


def test_an_outline_may_be_swapped_but_not_turned_into_text() -> None:
    assert validate_set({"type": "diamond"}, element("rectangle")) == {"type": "diamond"}
    for wrong in ("text", "iframe", None, ["arrow"]):
        with pytest.raises(ElementRejected):
            validate_set({"type": wrong}, element("rectangle"))


def test_a_line_that_becomes_an_arrow_gets_what_arrows_have() -> None:
    changes = validate_set({"type": "arrow"}, element("line"))
    assert changes == {"type": "arrow", "elbowed": False}


def test_an_elbow_arrow_cannot_lose_its_fixed_point() -> None:
    loose = {"startBinding": {"elementId": "a", "focus": 0, "gap": 4}}
    with pytest.raises(ElementRejected):
        validate_set(loose, element("arrow"))
    assert validate_set(loose | {"elbowed": False}, element("arrow"))["elbowed"] is False


def test_the_id_is_never_part_of_a_change() -> None:
    assert validate_set({"id": "other", "x": 5}, element("rectangle")) == {"x": 5}


def test_a_stroke_of_ten_thousand_points_fits_and_a_longer_one_is_refused() -> None:
    points = [[i * 1.234567891, -i * 0.987654321] for i in range(10_000)]
    pressures = [0.123456789] * 10_000
    whole = validate_element(element("freedraw", points=points, pressures=pressures))
    assert len(json.dumps(whole)) < 1024 * 1024
    with pytest.raises(ElementRejected) as caught:
        validate_element(element("freedraw", points=[*points, [0, 0]]))
    assert set(caught.value.fields) == {"points"}


def test_what_is_valid_always_fits_into_a_message() -> None:
    """Also when it grows change by change, each of which would fit."""
    points = [[-1.2345678901234567e-5, -1.2345678901234567e-5]] * 10_000
    bound = [{"id": f"{i:0128}", "type": "arrow"} for i in range(3_500)]
    line = validate_element(element("line", points=points))
    with pytest.raises(ElementRejected, match="too large"):
        validate_set({"boundElements": bound}, line)
    with pytest.raises(ElementRejected, match="too large"):
        validate_element({**line, "boundElements": bound})
    assert validate_set({"x": 5}, {**line, "boundElements": bound}) == {"x": 5}
    longest = "\U0001f600" * 50_000
    text = validate_element(element("text", text=longest, originalText=longest))
    assert len(json.dumps(text, ensure_ascii=False).encode()) < 1024 * 1024
