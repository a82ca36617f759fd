"""What a review finds in a drawing, by rule, and what it leaves alone."""

import pytest

from app.domain.kinds import KINDS
from app.domain.scene.review import RULES, review
from app.domain.scene.topology import Topology
from tests.domain.scene.drawing import Scene, drawn, edge, graph, group, node

ORDER = graph(
    "flowchart",
    [
        node("s", "Order arrives", "ellipse"), node("p", "Paid?", "diamond"), node("w", "Ship it"),
        node("r", "Remind"), node("e", "Done", "ellipse"),
    ],
    [edge("s", "p"), edge("p", "w", "yes"), edge("p", "r", "no"), edge("r", "p"), edge("w", "e")],
)  # fmt: skip


def found(scene: Scene) -> dict[str, set[str]]:
    """The labels that each rule that found something points at."""
    topology = Topology(scene)
    return {
        one.rule: {topology.label(i) for i in one.elements if topology.label(i)}
        for one in review(scene, KINDS)
    }


def flow(*edges: tuple[str, str, str], ends: tuple[str, ...] = ("s", "e")) -> Scene:
    names = dict.fromkeys(name for a, b, _ in edges for name in (a, b))
    shapes = dict.fromkeys(ends, "ellipse") | {"q": "diamond", "q2": "diamond"}
    nodes = [node(name, f"Step {name}", shapes.get(name, "rectangle")) for name in names]
    return drawn(graph("flowchart", nodes, [edge(a, b, label) for a, b, label in edges]))


@pytest.mark.parametrize("scene", [
    drawn(ORDER),
    drawn(graph("architecture", [node("a", "Web"), node("b", "API"), node("c", "Data")],
                [edge("a", "b"), edge("b", "c"), edge("c", "b")])),
    drawn(graph("kanban", [node("a", "Card", group="g"), node("b", "Card", group="h")],
                groups=[group("g", "To do"), group("h", "Done")])),
    drawn(graph("mindmap", [node("a", "Tea"), node("b", "Leaves")], [edge("a", "b")])),
    [],
], ids=["flowchart", "architecture", "board", "mind map", "empty"])  # fmt: skip
def test_a_good_drawing_has_no_findings(scene: Scene) -> None:
    assert review(scene, KINDS) == []


BAD: dict[str, tuple[Scene, set[str]]] = {
    "one_exit": (flow(("s", "q", ""), ("q", "e", "yes")), {"Step q"}),
    "unlabelled_exit": (
        flow(("s", "q", ""), ("q", "a", "yes"), ("q", "e", ""), ("a", "e", "")), {"Step q"}
    ),
    "equal_exits": (
        flow(("s", "q", ""), ("q", "a", "Yes"), ("q", "e", "yes"), ("a", "e", "")),
        {"Step q", "Yes", "yes"},
    ),
    "many_exits": (
        drawn(graph("flowchart", [node("a", "Hub"), *(node(n, n) for n in "bcdefghi")],
                    [edge("a", n) for n in "bcdefghi"])),
        {"Hub"},
    ),
    "dead_end": (
        flow(("s", "q", ""), ("q", "a", "yes"), ("q", "b", "no"), ("b", "e", "")), {"Step a"}
    ),
    "unreachable": (
        flow(("s", "q", ""), ("q", "e", "yes"), ("q", "a", "no"), ("a", "e", ""), ("z", "a", "")),
        {"Step z"},
    ),
    "endless_loop": (
        flow(("s", "q", ""), ("q", "e", "yes"), ("q", "a", "no"), ("a", "b", ""), ("b", "a", "")),
        {"Step a", "Step b"},
    ),
    "doubled_name": (
        drawn(graph("flowchart", [node("a", "Start"), node("b", "Check"), node("c", "check")],
                    [edge("a", "b"), edge("b", "c")])),
        {"Check", "check"},
    ),
    "table_without_key": (
        drawn(graph("er", [node("a", "Order", rows=["id PK", "date"]),
                           node("b", "Item", rows=["order_id FK", "amount"])], [edge("a", "b")])),
        {"Item"},
    ),
    "loose_foreign_key": (
        drawn(graph("er", [node("b", "Item", rows=["id PK", "order_id FK"])])), {"Item"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", BAD)
def test_a_fault_is_found_by_its_rule_and_by_no_other(rule: str) -> None:
    scene, words = BAD[rule]
    assert found(scene) == {rule: words}


def test_a_tree_has_no_circle() -> None:
    scene = drawn(
        graph("tree", [node("a", "Ana"), node("b", "Ben")], [edge("a", "b"), edge("b", "a")])
    )
    assert found(scene)["cycle"] == {"Ana", "Ben"}
    unmarked = [{**element, "customData": None} for element in scene]
    assert "cycle" not in found(unmarked), "nobody says that it is a tree"


def test_a_note_far_from_everything_is_found() -> None:
    scene = drawn(ORDER)
    lonely = drawn(graph("grid", [node("n", "Ask Olu", "note")]))
    far = [{**e, "id": f"far-{e['id']}", "x": e["x"] + 5_000, "groupIds": [],
            **({"containerId": f"far-{e['containerId']}"} if e.get("containerId") else {})}
           for e in lonely]  # fmt: skip
    assert found([*scene, *far]) == {"orphan_note": {"Ask Olu"}}
    assert found(far) == {}, "a board of notes is no drawing with orphans"


def test_every_rule_is_shown_to_find_something() -> None:
    assert set(RULES) == {*BAD, "cycle", "orphan_note"}


def test_a_finding_says_in_words_what_it_is_about() -> None:
    (finding,) = review(BAD["one_exit"][0], KINDS)
    assert finding.message == 'The decision "Step q" has only one exit.'
