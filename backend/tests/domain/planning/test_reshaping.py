"""Commands about sizes, places and copies."""

# ruff: noqa: E501 - an instruction stands on one line

from typing import Any

import pytest

from app.domain.errors import NotUnderstood
from app.domain.kinds import KINDS
from app.domain.planning.repair import repair_plan
from app.domain.planning.request import SceneContext, SceneEdge, SceneNode
from tests.domain.planning.drawing import changes

FLOW = SceneContext(
    nodes=(
        SceneNode("n1", "Web", "rectangle", selected=True),
        SceneNode("n2", "API", "rectangle"),
        SceneNode("n3", "Terms and conditions", "rectangle"),
        SceneNode("n4", "Database", "ellipse", selected=True),
        SceneNode("n5", "Step", "rectangle"),
        SceneNode("n6", "Step", "rectangle"),
    ),
    edges=(SceneEdge("e1", "n1", "n2", "calls"), SceneEdge("e2", "n2", "n4")),
)
CHART = SceneContext(
    nodes=tuple(SceneNode(f"n{i}", name, "rectangle") for i, name in enumerate(("CEO", "CTO", "CFO", "Dev", "Audit"), 1)),
    edges=tuple(SceneEdge(f"e{a}{b}", f"n{a}", f"n{b}") for a, b in ((1, 2), (1, 3), (2, 4), (3, 5))),
)  # fmt: skip


def operations(instruction: str, context: SceneContext = FLOW) -> list[dict[str, Any]]:
    return [
        {"op": operation.op, **operation.model_dump(exclude_defaults=True)}
        for operation in changes(instruction, context)
    ]


def resized(*targets: str, **more: Any) -> dict[str, Any]:
    return {"op": "resize", "targets": list(targets), **more}


@pytest.mark.parametrize(
    ("instruction", "expected"),
    {
        "make API bigger": resized("n2", width=1.25, height=1.25),
        "make the API a bit smaller": resized("n2", width=0.9091, height=0.9091),
        "make API much wider": resized("n2", width=1.6),
        "make API taller": resized("n2", height=1.25),
        "make API twice as big": resized("n2", width=2.0, height=2.0),
        "make API half as wide": resized("n2", width=0.5),
        "make API 30% bigger": resized("n2", width=1.3, height=1.3),
        "enlarge API and Web": resized("n2", "n1", width=1.25, height=1.25),
        "shrink API by 20%": resized("n2", width=0.8, height=0.8),
        "double the height of API": resized("n2", height=2.0),
        "scale API to 150%": resized("n2", width=1.5, height=1.5),
        "make API as wide as Database": resized("n2", width=1.0, like="n4"),
        "make API the same size as Database": resized("n2", width=1.0, height=1.0, like="n4"),
        "make them the same size": resized("n1", "n4", width=1.0, height=1.0, equal=True),
        "make it bigger": resized("n1", "n4", width=1.25, height=1.25),
        "make API huge": resized("n2", width=1.6, height=1.6),
        "mache API gr\u00f6\u00dfer": resized("n2", width=1.25, height=1.25),
        "mache die API schmaler": resized("n2", width=0.8),
    }.items(),
)
def test_a_size_is_read(instruction: str, expected: dict[str, Any]) -> None:
    assert operations(instruction) == [expected]


def test_each_shape_may_get_its_own_size() -> None:
    assert operations("make API wider and Database smaller") == [
        resized("n2", width=1.25), resized("n4", width=0.8, height=0.8)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("instruction", "one", "other", "arrows"),
    [
        ("swap Web and Database", "n1", "n4", "follow"),
        ("exchange Database with Web", "n4", "n1", "follow"),
        ("switch the positions of Web and API", "n1", "n2", "follow"),
        ("swap Web and API", "n1", "n2", "stay"),  # steps one after the other
        ("swap the order of Web and Database", "n1", "n4", "stay"),
        ("swap Terms and conditions and Web", "n3", "n1", "follow"),
        ("swap them", "n1", "n4", "follow"),
        ("tausche Web und Database", "n1", "n4", "follow"),
        ("vertausche die Web mit der Database", "n1", "n4", "follow"),
    ],
)
def test_two_that_change_places(instruction: str, one: str, other: str, arrows: str) -> None:
    given_arrows = {} if arrows == "follow" else {"arrows": arrows}
    assert operations(instruction) == [{"op": "swap", "one": one, "other": other, **given_arrows}]


def test_siblings_of_a_chart_change_places_and_others_their_posts() -> None:
    assert operations("swap CTO and CFO", CHART) == [{"op": "swap", "one": "n2", "other": "n3"}]
    assert operations("swap Dev and Audit", CHART)[0]["arrows"] == "stay"


@pytest.mark.parametrize(
    ("instruction", "expected"),
    {
        "duplicate API": {"targets": ["n2"], "ids": ["new1"]},
        "copy the API to the left": {"targets": ["n2"], "side": "left", "ids": ["new1"]},
        "clone Web and API with their arrows": {"targets": ["n1", "n2"], "connected": True, "ids": ["new1", "new2"]},
        "make a copy of API": {"targets": ["n2"], "ids": ["new1"]},
        "duplicate API as Gateway": {"targets": ["n2"], "ids": ["new1"], "label": "Gateway"},
        "duplicate them": {"targets": ["n1", "n4"], "ids": ["new1", "new2"]},
        "duplicate Step": {"targets": ["n5"], "ids": ["new1"]},
        "dupliziere die API": {"targets": ["n2"], "ids": ["new1"]},
    }.items(),
)  # fmt: skip
def test_a_copy_is_read(instruction: str, expected: dict[str, Any]) -> None:
    assert operations(instruction) == [{"op": "duplicate", **expected}]


def test_what_follows_a_copy_means_the_copy() -> None:
    assert operations("duplicate Web, call it Mobile, make it red and connect it to API") == [
        {"op": "duplicate", "targets": ["n1"], "ids": ["new1"]},
        {"op": "set_text", "target": "new1", "text": "Mobile"},
        {"op": "set_style", "targets": ["new1"], "color": "red"},
        {"op": "connect", "source": "new1", "target": "n2"},
    ]


def test_several_copies_may_be_made_and_placed() -> None:
    assert [len(operations(f"duplicate API {often}")) for often in ("twice", "3 times")] == [2, 3]
    assert operations("make two copies of API")[1]["ids"] == ["new2"]
    assert operations("copy API below Database")[1] == {
        "op": "move_relative", "targets": ["new1"], "side": "below", "anchor": "n4"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("instruction", "said"),
    [
        ("swap Nobody and API", "nothing called"),
        ("duplicate Nobody", "nothing called"),
        ("duplicate API 99 times", "At most 20"),
        ("make Nobody bigger", "nothing called"),
    ],
)
def test_what_cannot_be_done_is_said(instruction: str, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        operations(instruction)


def test_a_process_that_begins_with_such_a_word_is_drawn() -> None:
    operations = changes("copy the files -> check them -> delete the old ones", SceneContext())
    assert [operation.op for operation in operations] == ["graph"]


def test_models_may_say_these_in_their_own_words() -> None:
    plan, _ = repair_plan({"operations": [
        {"op": "scale", "target": "n1", "factor": 2},
        {"op": "exchange", "targets": ["n1", "n2"]},
        {"op": "swap", "a": "n1", "b": "n2", "arrows": "stay"},
        {"op": "copy", "ids": ["n1"], "side": "under"},
        {"op": "resize", "targets": ["n1"], "width": "wide"},
        {"op": "resize", "targets": ["n1"], "width": float("nan")},
        {"op": "resize", "targets": ["n1"], "width": 1e9},
    ]}, KINDS)  # fmt: skip
    found = [{"op": o.op, **o.model_dump(exclude_defaults=True)} for o in plan.operations]
    assert found == [
        resized("n1", width=2.0, height=2.0),
        {"op": "swap", "one": "n1", "other": "n2"},
        {"op": "swap", "one": "n1", "other": "n2", "arrows": "stay"},
        {"op": "duplicate", "targets": ["n1"], "side": "below"},
    ]
