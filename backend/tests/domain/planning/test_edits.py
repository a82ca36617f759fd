"""Commands that change what is on the canvas."""

# ruff: noqa: E501 - an instruction stands on one line

from typing import Any

import pytest

from app.domain.errors import NotUnderstood
from app.domain.planning.request import SceneContext, SceneEdge, SceneNode
from tests.domain.planning.drawing import changes

CANVAS = SceneContext(
    nodes=(
        SceneNode("n1", "API", "rectangle"),
        SceneNode("n2", "Database", "ellipse", color="red"),
        SceneNode("n3", "Web client", "rectangle", selected=True),
        SceneNode("n4", "Is it valid?", "diamond"),
        SceneNode("n5", "Mail server", "rectangle"),
        SceneNode("n6", "Auth server", "rectangle"),
    ),
    edges=(SceneEdge("e1", "n3", "n1"), SceneEdge("e2", "n1", "n2", "SQL")),
)
Fields = dict[str, Any]


def operations(instruction: str) -> list[Fields]:
    """The operations, without what is at its default."""
    return [
        {"op": operation.op, **operation.model_dump(exclude_defaults=True)}
        for operation in changes(instruction, CANVAS)
    ]


ONE: dict[str, Fields] = {
    "make API blue": {"op": "set_style", "targets": ["n1"], "color": "blue"},
    "Make the api box light blue.": {"op": "set_style", "targets": ["n1"], "color": "blue"},
    "color API and Database yellow": {"op": "set_style", "targets": ["n1", "n2"], "color": "yellow"},
    "make the selection red": {"op": "set_style", "targets": ["n3"], "color": "red"},
    "make it purple": {"op": "set_style", "targets": ["n3"], "color": "violet"},
    "make all servers green": {"op": "set_style", "targets": ["n5", "n6"], "color": "green"},
    "make all diamonds pink": {"op": "set_style", "targets": ["n4"], "color": "pink"},
    "make the arrows dashed": {"op": "set_style", "targets": ["e1", "e2"], "line": "dashed"},
    "make API a circle": {"op": "set_style", "targets": ["n1"], "shape": "ellipse"},
    "make the web client bold": {"op": "set_style", "targets": ["n3"], "bold": True},
    "highlight the database": {"op": "set_style", "targets": ["n2"], "color": "yellow"},
    "rename API to Gateway": {"op": "set_text", "target": "n1", "text": "Gateway"},
    'change the text of API to "REST API"': {"op": "set_text", "target": "n1", "text": "REST API"},
    "add Cache between API and Database": {
        "op": "insert_between", "node": {"id": "new1", "label": "Cache"}, "source": "n1", "target": "n2",
    },
    "add Queue after API": {
        "op": "insert_between", "node": {"id": "new1", "label": "Queue"}, "source": "n1", "target": "n2",
    },
    "add Logging after Database": {
        "op": "add", "node": {"id": "new1", "label": "Logging"}, "near": "n2", "connect_from": "n2",
    },
    'add a decision "Paid?" before Database': {
        "op": "insert_between", "source": "n1", "target": "n2",
        "node": {"id": "new1", "label": "Paid?", "shape": "diamond"},
    },
    "add Cache below API": {
        "op": "add", "node": {"id": "new1", "label": "Cache"}, "near": "n1", "side": "below",
    },
    "delete the database": {"op": "delete", "targets": ["n2"]},
    "remove API, Database": {"op": "delete", "targets": ["n1", "n2"]},
    "delete everything": {"op": "delete", "targets": ["n1", "n2", "n3", "n4", "n5", "n6"]},
    'connect Web client to Database labelled "reads"': {
        "op": "connect", "source": "n3", "target": "n2", "label": "reads",
    },
    "draw a dashed arrow from API to Mail server": {
        "op": "connect", "source": "n1", "target": "n5", "line": "dashed",
    },
    "disconnect API from Database": {"op": "disconnect", "source": "n1", "target": "n2"},
    "delete the arrow between API and Database": {"op": "disconnect", "source": "n1", "target": "n2"},
    "align left": {"op": "align", "edge": "left"},
    "align the servers top": {"op": "align", "targets": ["n5", "n6"], "edge": "top"},
    "distribute horizontally": {"op": "distribute", "axis": "horizontal"},
    "tidy up": {"op": "relayout"},
    "clean up the layout": {"op": "relayout"},
    "arrange everything left to right": {"op": "relayout", "targets": ["n1", "n2", "n3", "n4", "n5", "n6"],
                                         "direction": "right"},
    "move API under Database": {
        "op": "move_relative", "targets": ["n1"], "side": "below", "anchor": "n2",
    },
    "move the selection to the right of Database": {
        "op": "move_relative", "targets": ["n3"], "side": "right", "anchor": "n2",
    },
    'put a note "ask legal" near API': {"op": "note", "text": "ask legal", "near": "n1"},
    "add a note: check this": {"op": "note", "text": "Check this"},
    "group API and Database as Backend": {"op": "group", "targets": ["n1", "n2"], "label": "Backend"},
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONE.items())
def test_a_command_is_this_change(text: str, expected: Fields) -> None:
    assert operations(text) == [expected]


def test_several_commands_are_done_in_order() -> None:
    assert [
        change["op"] for change in operations("make API red, and rename it to X; then tidy up")
    ] == [
        "set_style",
        "set_text",
        "relayout",
    ]


def test_everything_left_of_to_is_connected_with_everything_right_of_it() -> None:
    found = operations("connect API, Auth server and Mail server to Database")
    assert [(c["source"], c["target"]) for c in found] == [("n1", "n2"), ("n6", "n2"), ("n5", "n2")]


def test_arrows_re_use_what_is_on_the_canvas() -> None:
    found = operations("API -> Queue -> Worker")
    assert [(c["op"], c["node"]["label"], c["connect_from"]) for c in found] == [
        ("add", "Queue", "n1"),
        ("add", "Worker", "new-n2"),
    ]


def test_a_named_drawing_is_drawn_even_when_changes_are_expected() -> None:
    assert operations("flowchart: a -> b")[0]["op"] == "graph"


def test_a_new_name_can_be_used_in_the_same_instruction() -> None:
    found = operations("rename Database to PostgreSQL; make PostgreSQL green")
    assert found[1]["targets"] == ["n2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("make API blue and database green", [(["n1"], "blue"), (["n2"], "green")]),
        (
            "color API and Web client red, Database light green",
            [(["n1", "n3"], "red"), (["n2"], "green")],
        ),
    ],
)
def test_each_part_of_an_enumeration_has_its_color(
    text: str, expected: list[tuple[list[str], str]]
) -> None:
    assert [(step["targets"], step["color"]) for step in operations(text)] == expected


def test_shapes_are_drawn_rather_than_written_into_a_box() -> None:
    assert operations("add two red circles")[0]["op"] == "graph"


def test_a_thing_that_this_instruction_adds_can_be_named_in_it() -> None:
    found = operations("add Cache between API and Database; make Cache green")
    assert found[1]["targets"] == ["new1"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("delete Frontend", '"API"'),
        ("rename Servr to X", '"Mail server"'),
        ("delete server", "several shapes"),
        ("make the error path red", "closest labels"),
        ("make it better", "commands like"),
        ("rotate API and Database", "commands like"),
        ("add more details", "Say what to add"),
        ("draw something nice", "Say what to add"),
        ("make API red; and do a little dance", "nothing was changed"),
        ("delete the arrow between API and Mail server", "no arrow between"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        changes(text, CANVAS)


def test_an_edit_in_a_create_request_is_still_an_edit() -> None:
    assert [c.op for c in changes("make API blue", CANVAS, "create")] == ["set_style"]
    assert [c.op for c in changes("delete API", CANVAS, "create")] == ["delete"]


def test_arrows_in_a_create_request_are_a_new_drawing() -> None:
    assert [c.op for c in changes("API -> Database", CANVAS, "create")] == ["graph"]


def test_nothing_selected_is_said() -> None:
    bare = SceneContext(nodes=(SceneNode("n1", "API", "rectangle"),))
    with pytest.raises(NotUnderstood, match="Nothing is selected"):
        changes("make it blue", bare)


@pytest.mark.parametrize("text", ["add Ben under Ana", "add Ben as a child of Ana"])
def test_under_somebody_in_a_hierarchy_means_below_and_connected(text: str) -> None:
    nodes = (SceneNode("n1", "Ana", "rectangle"), SceneNode("n2", "Vic", "rectangle"),
             SceneNode("n3", "Olu", "rectangle"))  # fmt: skip
    chart = SceneContext(nodes, (SceneEdge("e1", "n1", "n2"), SceneEdge("e2", "n1", "n3")))
    (operation,) = changes(text, chart)
    expected = {"connect_from": "n1", "near": "n3", "side": "right"}
    assert operation.model_dump(include=set(expected)) == expected


def test_under_something_in_a_process_is_only_a_place() -> None:
    (operation,) = changes("add Cache under API", CANVAS)
    expected = {"connect_from": None, "near": "n1", "side": "below"}
    assert operation.model_dump(include=set(expected)) == expected
