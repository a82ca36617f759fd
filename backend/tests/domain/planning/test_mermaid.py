"""Mermaid to graph: every diagram type, and errors with the number of the line."""

# ruff: noqa: E501 - an instruction stands on one line

import pytest

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.kinds import KINDS
from app.domain.planning.mermaid.reader import find_mermaid, read_mermaid
from tests.domain.planning.drawing import arrows, drawn, grouped, labels

FLOWCHART = """graph LR
 A[Start] --> B{Is it?}
 B -->|Yes| C[OK]
 B -- No --> D[End]
 C & D --> E((Circle)) & F([Stadium])
 E -.-> G[(DB)]; G ==> H>flag]
 H -. text .-> I{{hex}} --- J
 %% a comment
 classDef foo fill:#f9f
 style B fill:#bbf
 A:::foo --> K["quoted (x) #quot;y#quot; <br/>new"]
"""


def test_a_flowchart_has_its_nodes_shapes_and_arrows() -> None:
    graph, remarks = read_mermaid(FLOWCHART, KINDS)
    assert (graph.kind, graph.direction) == ("flowchart", "right")
    assert {node.label: node.shape for node in graph.nodes} == {
        "Start": "rectangle",
        "Is it?": "diamond",
        "OK": "rectangle",
        "End": "rectangle",
        "Circle": "ellipse",
        "Stadium": "ellipse",
        "DB": "rectangle",
        "flag": "note",
        "hex": "rectangle",
        "J": "rectangle",
        'quoted (x) "y" \nnew': "rectangle",
    }
    assert arrows(graph) == [
        "Start -> Is it?",
        "Is it? -Yes-> OK",
        "Is it? -No-> End",
        "OK -> Circle",
        "OK -> Stadium",
        "End -> Circle",
        "End -> Stadium",
        "Circle -> DB",
        "DB -> flag",
        "flag -text-> hex",
        "hex -> J",
        'Start -> quoted (x) "y" \nnew',
    ]
    assert [(e.line, e.arrow) for e in graph.edges[7:11]] == [
        ("dashed", "end"),
        ("solid", "end"),
        ("dashed", "end"),
        ("solid", "none"),
    ]
    assert remarks == ("Mermaid's own styles (classDef, style, click) were left out.",)


def test_subgraphs_become_nested_groups_and_arrows_to_them_end_inside() -> None:
    graph, remarks = read_mermaid(
        'flowchart TB\nsubgraph one [Front end]\n a1-->a2\n subgraph inner["In ner"]\n  x\n end\n'
        "end\nsubgraph two\n b1\nend\none --> two\na1 <--> b1",
        KINDS,
    )
    assert grouped(graph) == {"Front end": ["a1", "a2"], "In ner": ["x"], "two": ["b1"]}
    assert [group.parent for group in graph.groups] == [None, "one", None]
    assert arrows(graph) == ["a1 -> a2", "a1 -> b1", "a1 -> b1"]
    assert "Arrows to a subgraph end at its first shape." in remarks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("graph TD; A-->B; B-->C", ["A -> B", "B -> C"]),
        ("graph LR\nB--text with space-->C", ["B -text with space-> C"]),
        ("graph LR\na-b --> c.d", ["a-b -> c.d"]),
        ("graph LR\nv1-->o1\nend1-->x2", ["v1 -> o1", "end1 -> x2"]),
        ('graph LR\nA -->|"a|b"| B', ["A -a|b-> B"]),
        ('graph LR\nA["multi\nline"] --> B', ["multi\nline -> B"]),
        ('flowchart TD\nA@{ shape: diam, label: "Q {x}?" } --> B', ["Q {x}? -> B"]),
        ("flowchart TD\n\U0001f464[\u00dcnser] --> \u5165", ["\u00dcnser -> \u5165"]),
    ],
)
def test_flowchart_syntax(text: str, expected: list[str]) -> None:
    assert arrows(read_mermaid(text, KINDS)[0]) == expected


def test_a_sequence_diagram_keeps_its_messages_in_order() -> None:
    graph, remarks = read_mermaid(
        "---\ntitle: My title\n---\nsequenceDiagram\nparticipant A as Alice\nactor B\n"
        "A->>+B: Hello B, how are you?\nloop every minute\nB-->>-A: Great!\nend\n"
        "Note over A,B: hi\nalt ok\nA->>B: again\nelse bad\nA-xB: never\nend",
        KINDS,
    )
    assert (graph.kind, graph.title, labels(graph)) == ("sequence", "My title", ["Alice", "B"])
    assert arrows(graph) == [
        "Alice -Hello B, how are you?-> B",
        "B -Great!-> Alice",
        "Alice -again-> B",
        "Alice -never-> B",
    ]
    assert [edge.line for edge in graph.edges] == ["solid", "dashed", "solid", "solid"]
    assert len(remarks) == 2


def test_a_class_diagram_has_members_as_rows() -> None:
    graph, _ = read_mermaid(
        "classDiagram\nAnimal <|-- Duck\nAnimal : +int age\nclass Duck{\n+swim()\n}\n"
        'class Shape["A shape"]\n<<interface>> Shape\nCustomer "1" --> "*" Ticket : buys\nA ..|> B',
        KINDS,
    )
    assert {node.label: node.rows for node in graph.nodes if node.rows} == {
        "Animal": ["+int age"],
        "Duck": ["+swim()"],
        "A shape": ["<<interface>>"],
    }
    assert arrows(graph) == ["Animal -> Duck", "Customer -1 buys *-> Ticket", "A -> B"]
    assert [(e.arrow, e.line) for e in graph.edges] == [
        ("start", "solid"),
        ("end", "solid"),
        ("end", "dashed"),
    ]


def test_a_state_diagram_has_start_end_and_composites() -> None:
    graph, remarks = read_mermaid(
        "stateDiagram-v2\n[*] --> Still\nStill --> [*]\nStill --> Moving : push\n"
        'state "Long name" as LN\nMoving --> LN\nstate Active {\n[*] --> Num\nNum --> Caps\n}\n'
        "LN --> Active\nnote right of Still\nblah\nend note",
        KINDS,
    )
    assert arrows(graph) == [
        "Start -> Still",
        "Still -> End",
        "Still -push-> Moving",
        "Moving -> Long name",
        "Start -> Num",
        "Num -> Caps",
        "Long name -> Start",
    ]
    assert grouped(graph) == {"Active": ["Start", "Num", "Caps"]}
    assert len(remarks) == 2


def test_an_er_diagram_has_attributes_and_cardinalities() -> None:
    graph, _ = read_mermaid(
        'erDiagram\nCUSTOMER ||--o{ ORDER : places\nCUSTOMER {\nstring name PK "the name"\nint id\n}\n'
        "p[Person] }|..|{ CUSTOMER : uses",
        KINDS,
    )
    assert arrows(graph) == [
        "CUSTOMER -places (1 : 0..n)-> ORDER",
        "p -uses (1..n : 1..n)-> CUSTOMER",
    ]
    assert graph.nodes[0].rows == ["string name PK the name", "int id"]
    assert {edge.arrow for edge in graph.edges} == {"none"}


def test_a_mind_map_is_a_tree() -> None:
    graph, _ = read_mermaid(
        "mindmap\n  root((Mind))\n    Origins\n      Long history\n      ::icon(fa fa-book)\n"
        "    Research\n      sq[Square<br/>one]",
        KINDS,
    )
    assert arrows(graph) == [
        "Mind -> Origins",
        "Origins -> Long history",
        "Mind -> Research",
        "Research -> Square\none",
    ]


def test_timelines_and_gantt_charts_have_periods() -> None:
    described = "2002 : LinkedIn\n2004 : Facebook : Google\n : Third"
    timeline, _ = read_mermaid(f"timeline\ntitle History\n{described}", KINDS)
    periods = {"2002": ["LinkedIn"], "2004": ["Facebook", "Google", "Third"]}
    assert (timeline.title, grouped(timeline)) == ("History", periods)
    sections, _ = read_mermaid(f"timeline\nsection A\n{described}", KINDS)
    assert grouped(sections) == {"A": ["2002", "2004"]}
    assert {node.label: node.rows for node in sections.nodes} == periods
    gantt, _ = read_mermaid(
        "gantt\ntitle G\ndateFormat YYYY-MM-DD\nsection S\nOne :a1, 2014-01-01, 30d\n"
        "Two :after a1, 20d\nsection T\nThree :done, crit, 2014-01-12, 12d",
        KINDS,
    )
    assert grouped(gantt) == {"S": ["One", "Two"], "T": ["Three"]}
    assert arrows(gantt) == ["One -> Two"]
    assert gantt.nodes[0].rows == ["2014-01-01", "30d"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("graph TD\nA-->\n", "line 2.*name of a node"),
        ("graph TD\nA[foo --> B", r'line 2.*"\[" is not closed'),
        ("graph TD\nsubgraph x\nA-->B", "line 2.*no .end"),
        ("graph TD\nA-->B\nend", 'line 3.*"end" closes nothing'),
        ("flowchart TD\nA --> B\n\n%% c\nB -> C", "line 5.*arrow"),
        ('graph TD\nA["x', "line 2.*quotation mark"),
        ("graph TD\n%%\n", "empty"),
        ("sequenceDiagram\nfoo bar", "line 2.*message"),
        ("classDiagram\nclass A {\n+x", "not closed"),
        ("stateDiagram-v2\nA => B", "line 2"),
        ("erDiagram\nA has B", "line 2"),
        ("mindmap\n  a\n  b", "line 3.*one root"),
        ("gantt\nfoo", "line 2.*task"),
        ("---\ntitle: x", "line 1.*not closed"),
        ("pie title Pets\n", "cannot be read yet"),
        ("nonsense", "type of the diagram"),
        ("graph TD\n" + "A[/x/] & " * 2_000, "line 2.*at most"),
    ],
)
def test_an_error_names_the_line(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        read_mermaid(text, KINDS)


def test_too_many_nodes_are_refused() -> None:
    with pytest.raises(TooLarge):
        read_mermaid("graph TD\n" + "\n".join(f"a{i}" for i in range(501)), KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "```mermaid\ngraph LR\nA-->B\n```",
        "Please draw this:\n```mermaid\ngraph LR\nA-->B\n```\nthanks",
        "```\ngraph LR\nA-->B\n```",
        "---\ntitle: T\n---\ngraph LR\nA-->B",
        "Here you are:\ngraph LR\nA-->B",
    ],
)
def test_mermaid_is_found_in_fences_and_behind_prose(text: str) -> None:
    assert arrows(drawn(text)) == ["A -> B"]


@pytest.mark.parametrize(
    "text",
    [
        "graph of sales",
        "flowchart: a -> b",
        "mindmap\n- a\n- b",
        "timeline\n2024 founded\n2025 sold",
        "a --> b",
    ],
)
def test_what_people_write_is_not_taken_for_mermaid(text: str) -> None:
    assert find_mermaid(text, KINDS) is None
