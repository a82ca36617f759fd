"""Graph to Mermaid and back: the same graph, whatever its labels contain."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.kinds import KINDS
from app.domain.planning.mermaid.export import to_mermaid
from app.domain.planning.mermaid.reader import read_mermaid
from app.domain.planning.plan import Edge, Graph, Group, Node
from tests.domain.planning.drawing import drawn
from tests.support.breadth import examples

SIGNS = "aB7 \"'`#;:,.-_=<>()[]{}|&%@~*/\\$\n\u00fc\u6f22\U0001f680"
LABELS = st.text(SIGNS, min_size=1, max_size=8).map(str.strip).filter(bool)
COLORS = st.sampled_from(["default", "red", "blue", "black"])


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(1, 5))
    group_count = draw(st.integers(0, 3))
    groups = [
        Group(
            id=f"g{i}",
            label=draw(LABELS),
            parent=f"g{i - 1}" if i and draw(st.booleans()) else None,
        )
        for i in range(group_count)
    ]
    nodes = [
        Node(
            id=f"n{i}",
            label=draw(LABELS),
            shape=draw(st.sampled_from(["rectangle", "ellipse", "diamond", "note", "text"])),
            color=draw(COLORS),
            group=f"g{draw(st.integers(0, group_count - 1))}"
            if group_count and draw(st.booleans())
            else None,
            rows=draw(st.lists(LABELS, max_size=2)),
            column=draw(st.none() | st.integers(0, 200)),
            row=draw(st.none() | st.integers(0, 500)),
        )
        for i in range(count)
    ]
    ends = st.integers(0, count - 1)
    edges = [
        Edge(
            source=f"n{draw(ends)}",
            target=f"n{draw(ends)}",
            label=draw(st.just("") | LABELS),
            line=draw(st.sampled_from(["solid", "dashed", "dotted"])),
            arrow=draw(st.sampled_from(["end", "none", "both", "start"])),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    return Graph(
        kind=draw(st.sampled_from(KINDS.ids)),
        direction=draw(st.sampled_from(["down", "right", "up", "left"])),
        nodes=nodes,
        edges=edges,
        groups=groups,
    )


@settings(max_examples=examples(25, 200))
@given(graphs())
def test_any_graph_reads_back_as_itself(graph: Graph) -> None:
    back, remarks = read_mermaid(to_mermaid(graph, KINDS), KINDS)
    assert back == graph
    assert remarks == ()


@settings(max_examples=examples(25, 200))
@given(st.lists(LABELS, min_size=2, max_size=6), st.lists(LABELS, min_size=1, max_size=6))
def test_a_plain_sequence_is_written_as_a_sequence_diagram(
    names: list[str], messages: list[str]
) -> None:
    nodes = [Node(id=f"n{i}", label=name) for i, name in enumerate(names)]
    edges = [
        Edge(source=f"n{i % len(names)}", target=f"n{(i + 1) % len(names)}", label=message)
        for i, message in enumerate(messages)
    ]
    graph = Graph(kind="sequence", nodes=nodes, edges=edges)
    text = to_mermaid(graph, KINDS)
    assert text.startswith("sequenceDiagram")
    assert read_mermaid(text, KINDS)[0] == graph


def _shape(graph: Graph) -> tuple[object, ...]:
    """A graph up to the names of its parts."""
    place = {node.id: i for i, node in enumerate(graph.nodes)}
    home = {group.id: i for i, group in enumerate(graph.groups)}
    return (
        graph.kind,
        graph.title,
        graph.direction,
        [(n.label, n.shape, n.color, n.rows, home.get(n.group or "")) for n in graph.nodes],
        [(place[e.source], place[e.target], e.label, e.line, e.arrow) for e in graph.edges],
        [(g.label, home.get(g.parent or "")) for g in graph.groups],
    )


def test_drawings_of_every_kind_survive_the_way_there_and_back() -> None:
    for text in (
        "start -> valid? if no end, if yes go on",
        "mind map of X: a, b (b1, b2), c",
        "org chart: CEO: CTO, CFO; CTO: Dev",
        "To do: a, b; Doing: c",
        "SWOT: Strengths: a; Weaknesses: b; Opportunities: c; Threats: d",
        "2024 founded, 2025 seed round",
        "Order has many Items (id, qty)",
        "User asks Server for page; Server returns page",
        "state machine: idle -> running on start",
        "Frontend: web; Backend: API; web -> API",
        "2 by 2 grid: a, b",
        "a,b,c\n1,2,3",
    ):
        graph = drawn(text)
        assert _shape(read_mermaid(to_mermaid(graph, KINDS), KINDS)[0]) == _shape(graph), text


def test_ids_that_mermaid_cannot_read_are_renamed() -> None:
    graph = Graph(
        kind="flowchart",
        nodes=[Node(id="end", label="A"), Node(id="a b", label="B"), Node(id="n1", label="C")],
        edges=[Edge(source="end", target="a b")],
        groups=[Group(id="subgraph", label="G")],
    )
    assert _shape(read_mermaid(to_mermaid(graph, KINDS), KINDS)[0]) == _shape(graph)
