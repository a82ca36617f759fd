"""All kinds of drawings but processes: what is read out of an instruction."""

# ruff: noqa: E501 - an instruction stands on one line

import pytest

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.planning.request import PlanRequest
from tests.domain.planning.drawing import arrows, drawn, grouped, labels, plan_offline

TREES: dict[str, tuple[str, list[str]]] = {
    "mind map of X: a, b (b1, b2), c": (
        "mindmap",
        ["X -> A", "X -> B", "B -> B1", "B -> B2", "X -> C"],
    ),
    "Draw a mind map about marketing with branches SEO (on-page, off-page), ads and events": (
        "mindmap",
        [
            "Marketing -> SEO",
            "SEO -> On-page",
            "SEO -> Off-page",
            "Marketing -> Ads",
            "Marketing -> Events",
        ],
    ),
    "Mind map of coffee:\n- Beans\n  - Arabica\n  - Robusta\n- Brewing": (
        "mindmap",
        ["Coffee -> Beans", "Beans -> Arabica", "Beans -> Robusta", "Coffee -> Brewing"],
    ),
    "mindmap: Coffee: beans, brewing": ("mindmap", ["Coffee -> Beans", "Coffee -> Brewing"]),
    "- Root\n\t- child one\n\t\t- deep\n\t- child two": (
        "tree",
        ["Root -> Child one", "Child one -> Deep", "Root -> Child two"],
    ),
    "Root\n  child one\n  child two": ("tree", ["Root -> Child one", "Root -> Child two"]),
    "# Plan\n## Part one\n- a\n- b\n## Part two": (
        "tree",
        ["Plan -> Part one", "Part one -> A", "Part one -> B", "Plan -> Part two"],
    ),
    "A reports to B. C and D report to A.": ("tree", ["B -> A", "A -> C", "A -> D"]),
    "Create an org chart where Ben and Vic report to Ana, and Olu reports to Ben": (
        "tree",
        ["Ana -> Ben", "Ben -> Olu", "Ana -> Vic"],
    ),
    "org chart: CEO: CTO, CFO; CTO: Dev, Ops": (
        "tree",
        ["CEO -> CTO", "CTO -> Dev", "CTO -> Ops", "CEO -> CFO"],
    ),
    "org chart: CEO (CTO (Dev, Ops), CFO)": (
        "tree",
        ["CEO -> CTO", "CTO -> Dev", "CTO -> Ops", "CEO -> CFO"],
    ),
    "Ana manages Ben and Vic; Ben manages Olu": (
        "tree",
        ["Ana -> Ben", "Ben -> Olu", "Ana -> Vic"],
    ),
    "Org chart: CEO -> CTO, CFO; CTO -> Dev": ("tree", ["CEO -> CTO", "CTO -> Dev", "CEO -> CFO"]),
    "name,manager\nAna,\nBen,Ana\nVic,Ana": ("tree", ["Ana -> Ben", "Ana -> Vic"]),
}


@pytest.mark.parametrize(("text", "expected"), TREES.items())
def test_outlines_and_hierarchies_become_trees(text: str, expected: tuple[str, list[str]]) -> None:
    graph = drawn(text)
    assert (graph.kind, arrows(graph)) == expected


GROUPED: dict[str, tuple[str, dict[str, list[str]]]] = {
    "To do: a, b; Doing: c": ("kanban", {"To do": ["A", "B"], "Doing": ["C"]}),
    "columns To do, Doing, Done with cards a, b in To do; c in Done": (
        "kanban",
        {"To do": ["A", "B"], "Doing": [], "Done": ["C"]},
    ),
    "Kanban board with columns Backlog, In progress and Done": (
        "kanban",
        {"Backlog": [], "In progress": [], "Done": []},
    ),
    "## To do\n- a\n- b\n## Done\n- c": ("kanban", {"To do": ["A", "B"], "Done": ["C"]}),
    "board: Ideas: x, y; Later: z": ("kanban", {"Ideas": ["X", "Y"], "Later": ["Z"]}),
    "SWOT: Strengths: team, brand; Weaknesses: budget; Opportunities: EU; Threats: law": (
        "matrix",
        {
            "Strengths": ["Team", "Brand"],
            "Weaknesses": ["Budget"],
            "Opportunities": ["EU"],
            "Threats": ["Law"],
        },
    ),
    "SWOT analysis of our shop: threats: rent; strengths: team": (
        "matrix",
        {"Strengths": ["Team"], "Weaknesses": [], "Opportunities": [], "Threats": ["Rent"]},
    ),
    "2x2 matrix: Do: a; Plan: b; Delegate: c; Drop: d": (
        "matrix",
        {"Do": ["A"], "Plan": ["B"], "Delegate": ["C"], "Drop": ["D"]},
    ),
    "2x2 matrix of impact vs effort": (
        "matrix",
        {
            "High impact, low effort": [],
            "High impact, high effort": [],
            "Low impact, low effort": [],
            "Low impact, high effort": [],
        },
    ),
    "2024 founded, 2025 seed round": ("timeline", {"2024": ["Founded"], "2025": ["Seed round"]}),
    "roadmap: Q1: research, interviews; Q2: build; Q3 2026 - launch": (
        "timeline",
        {"Q1": ["Research", "Interviews"], "Q2": ["Build"], "Q3 2026": ["Launch"]},
    ),
    "Timeline:\n- Jan 2024: kickoff\n- March 2024: beta\n- 2024-09-01: release": (
        "timeline",
        {"Jan 2024": ["Kickoff"], "March 2024": ["Beta"], "2024-09-01": ["Release"]},
    ),
    "Frontend: web, mobile; Backend: API, DB; web -> API; mobile -> API; API -> DB": (
        "architecture",
        {"Frontend": ["Web", "Mobile"], "Backend": ["API", "DB"]},
    ),
}


@pytest.mark.parametrize(("text", "expected"), GROUPED.items())
def test_sections_become_columns_quadrants_periods_and_groups(
    text: str, expected: tuple[str, dict[str, list[str]]]
) -> None:
    graph = drawn(text)
    assert (graph.kind, grouped(graph)) == expected


LINKED: dict[str, tuple[str, list[str]]] = {
    "A, B and C talk to D": ("architecture", ["A -> D", "B -> D", "C -> D"]),
    "web and mobile call API, API reads from database": (
        "architecture",
        ["Web -call-> API", "Mobile -call-> API", "API -reads from-> Database"],
    ),
    "Frontend: web, mobile; Backend: API, DB; web -> API; mobile -> API; API -> DB": (
        "architecture",
        ["Web -> API", "Mobile -> API", "API -> DB"],
    ),
    "Architecture of a shop: browser -> server -> database": (
        "architecture",
        ["Browser -> Server", "Server -> Database"],
    ),
    "User asks Server for page; Server queries DB; DB returns rows; Server sends page to User": (
        "sequence",
        [
            "User -Asks for page-> Server",
            "Server -Queries-> DB",
            "DB -Returns rows-> Server",
            "Server -Sends page-> User",
        ],
    ),
    "Sequence diagram: A -> B: hello; B --> A: hi back": (
        "sequence",
        ["A -hello-> B", "B -hi back-> A"],
    ),
    "Order has many Items (id, qty); Customer has many Orders": (
        "er",
        ["Order -has many-> Item", "Customer -has many-> Order"],
    ),
    "ER diagram: User: id, name; Post: id; User has many Posts; Post belongs to one Category": (
        "er",
        ["User -has many-> Post", "Post -belongs to one-> Category"],
    ),
    "state machine: idle -> running on start; running -> idle on stop": (
        "state",
        ["Idle -start-> Running", "Running -stop-> Idle"],
    ),
    "State diagram: draft becomes published when approved; from published to archived after a year": (
        "state",
        ["Draft -approved-> Published", "Published -a year-> Archived"],
    ),
    "traffic light state machine: red -> green -> yellow -> red": (
        "state",
        ["Red -> Green", "Green -> Yellow", "Yellow -> Red"],
    ),
    "from,to,label\na,b,x\nb,c,y": ("flowchart", ["A -x-> B", "B -y-> C"]),
    "two circles connected by an arrow": ("flowchart", [" -> "]),
    "three boxes: a, b, c connected by arrows": ("flowchart", ["A -> B", "B -> C"]),
}


@pytest.mark.parametrize(("text", "expected"), LINKED.items())
def test_relations_become_arrows(text: str, expected: tuple[str, list[str]]) -> None:
    graph = drawn(text)
    assert (graph.kind, arrows(graph)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Architecture:\nVPC\n  Public\n    web\n  Private\n    API\n    DB\nweb -> API",
        "Architecture: VPC: Public (web, mail), Private (API, DB (SQL)); web -> API",
    ],
)
def test_groups_lie_in_groups(text: str) -> None:
    graph = drawn(text)
    parents = {group.label: group.parent for group in graph.groups}
    assert parents == {"VPC": None, "Public": "g1", "Private": "g1"}
    assert arrows(graph) == ["Web -> API"]
    assert grouped(graph)["Private"] in (["API", "DB"], ["API", "DB (SQL)"])


def test_entities_keep_their_fields_in_rows() -> None:
    graph = drawn("Order has many Items (id, qty); Order (number, date) has one Invoice")
    rows = {node.label: node.rows for node in graph.nodes}
    assert rows == {"Order": ["number", "date"], "Item": ["id", "qty"], "Invoice": []}


def test_replies_in_a_sequence_are_dashed() -> None:
    graph = drawn("User asks Server for page; Server returns page")
    assert [edge.line for edge in graph.edges] == ["solid", "dashed"]


CELLS: dict[str, tuple[str, list[tuple[str, int | None, int | None]]]] = {
    "2 by 2 grid: a, b, c": ("grid", [("A", 0, 0), ("B", 1, 0), ("C", 0, 1), ("", 1, 1)]),
    "Name,Age,City\nAna,30,Rome": (
        "table",
        [
            ("Name", 0, 0),
            ("Age", 1, 0),
            ("City", 2, 0),
            ("Ana", 0, 1),
            ("30", 1, 1),
            ("Rome", 2, 1),
        ],
    ),
    "| a | b |\n|---|---|\n| 1 | 2 |": (
        "table",
        [("a", 0, 0), ("b", 1, 0), ("1", 0, 1), ("2", 1, 1)],
    ),
    "table with columns Name, Role; rows: Ana, owner; Ben, editor": (
        "table",
        [
            ("Name", 0, 0),
            ("Role", 1, 0),
            ("Ana", 0, 1),
            ("owner", 1, 1),
            ("Ben", 0, 2),
            ("editor", 1, 2),
        ],
    ),
    'CSV:\nitem,note\npen,"red, thin"': (
        "table",
        [("item", 0, 0), ("note", 1, 0), ("pen", 0, 1), ("red, thin", 1, 1)],
    ),
    "Draw a table: Pros: fast, cheap; Cons: ugly": (
        "table",
        [
            ("Pros", 0, 0),
            ("Cons", 1, 0),
            ("fast", 0, 1),
            ("ugly", 1, 1),
            ("cheap", 0, 2),
            ("", 1, 2),
        ],
    ),
    "a\tb\n1\t2": ("table", [("a", 0, 0), ("b", 1, 0), ("1", 0, 1), ("2", 1, 1)]),
}


@pytest.mark.parametrize(("text", "expected"), CELLS.items())
def test_tables_and_grids_have_cells(
    text: str, expected: tuple[str, list[tuple[str, int | None, int | None]]]
) -> None:
    graph = drawn(text)
    assert (graph.kind, [(n.label, n.column, n.row) for n in graph.nodes]) == expected


@pytest.mark.parametrize(
    ("text", "count", "shape", "color"),
    [
        ("3x3 grid of sticky notes", 9, "note", "yellow"),
        ("create a 4 by 5 grid of circles", 20, "ellipse", "default"),
        ("six blue sticky notes", 6, "note", "blue"),
        ("create a simple rectangle", 1, "rectangle", "default"),
        ("draw 3 red circles", 3, "ellipse", "red"),
        ("draw 3 circles in a row", 3, "ellipse", "default"),
        ("Draw a diagram with 3 boxes", 3, "rectangle", "default"),
        ("Create a canvas with a red circle", 1, "ellipse", "red"),
        ("please draw me a green diamond", 1, "diamond", "green"),
        ("grid with 2 rows and 3 columns", 6, "rectangle", "default"),
    ],
)
def test_plain_shapes_are_counted(text: str, count: int, shape: str, color: str) -> None:
    nodes = drawn(text).nodes
    assert [(node.shape, node.color) for node in nodes] == [(shape, color)] * count


def test_each_shape_of_an_enumeration_has_its_own_color_and_label() -> None:
    nodes = drawn('draw a red circle saying "Hi" and a blue square labelled Hello').nodes
    assert [(n.shape, n.color, n.label) for n in nodes] == [
        ("ellipse", "red", "Hi"),
        ("rectangle", "blue", "Hello"),
    ]


NONSENSE: dict[str, str] = {
    "": "empty",
    "   \n\t ": "empty",
    "a poem about love": "spelled out",
    "draw something nice": "spelled out",
    "make it better": "nothing on it yet",
    "apples, oranges, pears": "spelled out",
    "a triangle": "rectangles, circles",
    "flowchart of how we hire people": "a flowchart",
    "draw a mind map": "a mind map",
    "kanban board": "a board",
    "an org chart of our company": "a tree",
    "sequence diagram of a login": "a sequence diagram",
    "what is the weather?": "spelled out",
    "\U0001f600": "spelled out",
    "rename A to B": "nothing on it yet",
    "org chart: A reports to B, B reports to A": "circle",
    "org chart: A reports to B; A reports to C": "two others",
    "0 by 3 grid": "how large",
}


@pytest.mark.parametrize(("text", "hint"), NONSENSE.items())
def test_what_is_not_understood_ends_with_a_helpful_sentence(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        plan_offline(PlanRequest(text))


@pytest.mark.parametrize(
    "text", ["30 by 30 grid", "draw 501 boxes", "1000x1000 table", "a" * 4_001]
)
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(TooLarge):
        plan_offline(PlanRequest(text))


def test_a_numbered_list_is_a_process_and_its_lead_the_title() -> None:
    graph = drawn("Morning:\n1) Get up\n2) Eat\n3) Go")
    assert (graph.kind, graph.title, labels(graph)) == (
        "flowchart",
        "Morning",
        ["Get up", "Eat", "Go"],
    )


@pytest.mark.parametrize(
    ("text", "columns"),
    [("draw 3 circles in a row", 3), ("draw 3 circles in a column", 1), ("draw 9 boxes", 3)],
)
def test_shapes_without_arrows_stand_in_rows(text: str, columns: int) -> None:
    cells = [(node.column, node.row) for node in drawn(text).nodes]
    assert cells == [(i % columns, i // columns) for i in range(len(cells))]
