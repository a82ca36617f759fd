"""Mechanical faults of a model's plan, and what becomes of them."""

# ruff: noqa: E501 - an example stands on one line

from typing import Any

import pytest

from app.domain.errors import InvalidOutput
from app.domain.kinds import KINDS
from app.domain.planning.plan import Graph
from app.domain.planning.repair import repair_plan
from tests.domain.planning.drawing import arrows, grouped

AB = [{"id": "a", "label": "Ana"}, {"id": "b", "label": "Ben"}]
Fields = dict[str, Any]


def graph(**fields: Any) -> tuple[Graph, list[str]]:
    plan, remarks = repair_plan(
        {"operations": [{"op": "graph", "kind": "flowchart", "nodes": AB, **fields}]}, KINDS
    )
    found = plan.operations[0]
    assert isinstance(found, Graph)
    return found, remarks


def test_ends_may_be_called_from_and_to_and_named_by_label() -> None:
    found, remarks = graph(edges=[{"from": "a", "to": "ben"}, {"source": "Ana", "target": "b"}])
    assert arrows(found) == ["Ana -> Ben", "Ana -> Ben"]
    assert remarks == []


def test_an_edge_to_nowhere_is_left_out_and_said() -> None:
    found, remarks = graph(
        edges=[{"from": "a", "to": "zz"}, {"from": "a"}, {"from": "a", "to": "b"}]
    )
    assert arrows(found) == ["Ana -> Ben"]
    assert remarks == ["2 arrows left out because of unknown ends or values."]


def test_shapes_with_the_same_id_stay_two_and_edges_mean_the_first() -> None:
    found, remarks = graph(
        nodes=[*AB, {"id": "a", "label": "Vic"}, {"id": "a", "label": "Ana"}],
        edges=[{"from": "a", "to": "b"}],
    )
    assert [(node.id, node.label) for node in found.nodes] == [
        ("a", "Ana"),
        ("b", "Ben"),
        ("a-2", "Vic"),
    ]
    assert arrows(found) == ["Ana -> Ben"]
    assert remarks == ["Shapes with the same id got ids of their own."]


def test_words_outside_the_lists_become_the_usual_ones() -> None:
    found, remarks = graph(
        kind="org chart",
        direction="LR",
        edges=[{"from": 1, "to": 2}],
        nodes=[{"id": 1, "label": "x", "shape": "Decision", "color": "purple", "sparkle": True},
               {"id": 2, "label": "y", "shape": "cloud", "color": "#ff0000", "row": -1, "column": 2.0}],
    )  # fmt: skip
    assert (found.kind, found.direction) == ("tree", "right")
    assert [(n.id, n.shape, n.color, n.column, n.row) for n in found.nodes] == [
        ("1", "diamond", "violet", None, None),
        ("2", "rectangle", "default", 2, None),
    ]
    assert remarks == [
        "An unknown shape was replaced by the usual one.",
        "An unknown color was replaced by the usual one.",
        "Unknown fields were ignored: sparkle.",
    ]


def test_groups_are_made_when_named_and_cycles_are_broken() -> None:
    found, remarks = graph(
        nodes=[{"id": "a", "label": "A", "group": "Backend"}, {"id": "b", "label": "B", "group": "x"}],
        groups=[{"id": "x", "label": "X", "parent": "y"}, {"id": "y", "label": "Y", "parent": "x"},
                {"id": "z", "label": "Z", "parent": "nowhere"}],
    )  # fmt: skip
    assert grouped(found) == {"X": ["B"], "Y": [], "Z": [], "Backend": ["A"]}
    assert [group.parent for group in found.groups] == [None, "x", None, None]
    assert remarks == ["A group inside itself was moved to the top."]


def test_members_may_be_listed_in_the_group() -> None:
    found, _ = graph(groups=[{"id": "g", "label": "Team", "nodes": ["a", "b"]}])
    assert grouped(found) == {"Team": ["Ana", "Ben"]}


def test_children_written_inside_their_parents_become_branches() -> None:
    leaves = ["Pro", {"label": "Contra", "color": "red"}]
    branches = [{"label": "Office", "children": leaves}, {"label": "Home", "children": ["Pro"]}]
    root = {"label": "Work", "children": branches}
    for part in ({"nodes": [root]}, {"nodes": [], "root": root}):
        found, remarks = graph(kind="mindmap", **part)
        assert arrows(found) == [
            "Work -> Office", "Office -> Pro", "Office -> Contra", "Work -> Home", "Home -> Pro",
        ]  # fmt: skip
        assert [node.color for node in found.nodes if node.label == "Contra"] == ["red"]
        assert remarks == []


def test_a_node_may_name_its_parent_or_its_group_as_such() -> None:
    nodes = [{"id": "a", "label": "Ana"}, {"id": "b", "label": "Ben", "parent": "Ana"}]
    found, remarks = graph(kind="tree", nodes=nodes, edges=[])
    assert arrows(found) == ["Ana -> Ben"]
    both, _ = graph(kind="tree", nodes=nodes, edges=[{"source": "a", "target": "b"}])
    assert arrows(both) == ["Ana -> Ben"]
    boxed, _ = graph(nodes=[AB[0], {**AB[1], "parent": "g"}], groups=[{"id": "g", "label": "Team"}])
    assert (arrows(boxed), boxed.nodes[1].group) == ([], "g")
    assert remarks == []


def test_ideas_that_nothing_connects_are_tied_to_the_middle_of_a_mind_map_and_said() -> None:
    nodes = [{"id": key, "label": key} for key in ("root", "x", "y", "z")]
    found, remarks = graph(kind="mindmap", nodes=nodes, edges=[{"source": "root", "target": "y"}])
    assert arrows(found) == ["root -> y", "root -> x", "root -> z"]
    assert remarks == ["Shapes that nothing connected were tied to the first one."]
    bare, _ = graph(kind="tree", nodes=nodes)
    assert arrows(bare) == ["root -> x", "root -> y", "root -> z"]
    two, remarks = graph(kind="tree", nodes=nodes, edges=[{"source": "root", "target": "y"}])
    assert (arrows(two), remarks) == (["root -> y"], [])


def test_labels_lose_control_characters_and_are_cut() -> None:
    found, _ = graph(
        nodes=[
            {
                "id": "a",
                "label": "x\x00\ud800y" + "z" * 900,
                "rows": [{"name": "id", "type": "int"}, 7],
            }
        ]
    )
    assert found.nodes[0].label.startswith("xyzz")
    assert len(found.nodes[0].label) == 400
    assert found.nodes[0].rows == ["id int", "7"]


EDITS: list[tuple[Fields, Fields]] = [
    ({"op": "rename", "target": "n1", "label": "X"}, {"op": "set_text", "target": "n1", "text": "X"}),
    ({"op": "delete", "target": "n1"}, {"op": "delete", "targets": ["n1"]}),
    ({"op": "connect", "from": "n1", "to": "n2"}, {"op": "connect", "source": "n1", "target": "n2"}),
    ({"op": "set_style", "id": "n1", "fill": "red"}, {"op": "set_style", "targets": ["n1"], "color": "red"}),
    ({"op": "add", "label": "X", "near": "n1", "side": "under"},
     {"op": "add", "node": {"id": "X", "label": "X"}, "near": "n1", "side": "below"}),
    ({"op": "move", "target": "n1", "side": "top", "of": "n2"},
     {"op": "move_relative", "targets": ["n1"], "side": "above", "anchor": "n2"}),
    ({"op": "tidy"}, {"op": "relayout"}),
    ({"op": "align", "targets": ["n1"], "edge": "centre"}, {"op": "align", "targets": ["n1"], "edge": "center"}),
    ({"op": "distribute", "axis": "x"}, {"op": "distribute", "axis": "horizontal"}),
    ({"op": "group", "ids": ["n1"], "title": "G"}, {"op": "group", "targets": ["n1"], "label": "G"}),
    ({"op": "note", "label": "hm", "target": "n1"}, {"op": "note", "text": "hm", "near": "n1"}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), EDITS)
def test_an_edit_in_other_words_is_understood(written: Fields, meant: Fields) -> None:
    operation = repair_plan({"operations": [written]}, KINDS)[0].operations[0]
    assert {"op": operation.op, **operation.model_dump(exclude_defaults=True)} == meant


def test_what_cannot_be_read_is_left_out_and_said() -> None:
    plan, remarks = repair_plan(
        {"operations": [{"op": "zap"}, {"op": "delete"}, {"op": "tidy"}], "mood": "good"}, KINDS
    )
    assert [operation.op for operation in plan.operations] == ["relayout"]
    assert remarks == [
        "2 operations left out because of unknown ends or values.",
        "Unknown fields were ignored: mood.",
    ]


@pytest.mark.parametrize(
    "value", [{}, {"operations": []}, {"operations": [{"op": "graph", "nodes": []}]}, [], None, 7]
)
def test_a_plan_of_nothing_is_refused(value: object) -> None:
    with pytest.raises(InvalidOutput):
        repair_plan(value, KINDS)
