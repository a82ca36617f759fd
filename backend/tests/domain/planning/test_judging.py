"""What of a model's answer is drawn, by rule: what each lets pass and what it stops."""

import re
from itertools import pairwise

import pytest

from app.domain.kinds import KINDS
from app.domain.planning.judging import RULES, Judgement, judge
from app.domain.planning.plan import (
    Add,
    Connect,
    Delete,
    Edge,
    Graph,
    InsertBetween,
    Node,
    Operation,
    Plan,
    SetStyle,
    SetText,
)
from app.domain.planning.request import Mode, PlanRequest, SceneContext, SceneEdge, SceneNode
from app.domain.planning.sentences import say
from app.domain.planning.stream import PlanStream
from tests.architecture.sources import APP
from tests.architecture.test_rules import RULES as WRITTEN

JUDGING = APP / "domain" / "planning" / "judging"
CANVAS = SceneContext(
    nodes=tuple(
        SceneNode(f"n{number}", label, "rectangle")
        for number, label in enumerate(("Browser", "API", "Worker", "Database"), 1)
    ),
    edges=(SceneEdge("e1", "n1", "n2"), SceneEdge("e2", "n2", "n4")),
)


def graph(*labels: str, edges: bool = True, kind: str = "flowchart") -> Graph:
    nodes = [Node(id=f"x{place}", label=label) for place, label in enumerate(labels)]
    pairs = pairwise(nodes) if edges else ()
    return Graph(kind=kind, nodes=nodes, edges=[Edge(source=a.id, target=b.id) for a, b in pairs])


def judged(instruction: str, *operations: Operation, mode: Mode = "create") -> Judgement:
    context = CANVAS if mode == "modify" else SceneContext()
    return judge(Plan(operations=[*operations]), PlanRequest(instruction, mode, context), KINDS)


def reasons(judgement: Judgement) -> list[str]:
    return [defect.reason for defect in judgement.defects]


def test_the_rules_are_those_that_the_architecture_names() -> None:
    assert set(RULES) == {id_ for id_ in WRITTEN if id_[0] == "M"}


@pytest.mark.rule("M1", "M2", "M3", "M4", "M6", "M7")
@pytest.mark.parametrize(("instruction", "drawn"), [
    ("An order arrives; if it is paid ship it, else remind the customer.",
     graph("Order arrives", "Is it paid?", "Ship it", "Remind the customer")),
    ("browser -> API -> database", graph("Browser", "API", "Database", kind="architecture")),
    ("ten workers behind a load balancer",
     graph("Load balancer", *(f"Worker {n}" for n in range(1, 11)), kind="architecture")),
    ("a 4 by 5 grid of sticky notes", graph(*["Note"] * 20, edges=False, kind="grid")),
    ("three boxes: tea, milk, sugar", graph("Tea", "Milk", "Sugar", edges=False)),
    ("steps of onboarding as boxes without arrows", graph("Hire", "Train", edges=False)),
    ("sign-up where the email is checked",
     graph("Fill in form", "Email valid?", "Show error", "Send welcome mail")),
    ("Wie eine Bestellung bei uns ankommt, auf Englisch",
     graph("The order is here", "The customer pays for it", "Send it to the customer")),
    ("Login mit OAuth zeichnen", graph("Login page", "OAuth server", "Token", "Dashboard")),
    ("a kanban board: To do, Doing, Done", graph("Write tests", edges=False, kind="kanban")
     .model_copy(update={"title": "To do, Doing, Done"})),
    ("a screen with a form of six fields",
     graph(*["Text field"] * 6, edges=False, kind="wireframe")),
])  # fmt: skip
def test_a_good_answer_passes(instruction: str, drawn: Graph) -> None:
    assert reasons(judged(instruction, drawn)) == []


@pytest.mark.rule("M1")
def test_a_label_many_times_over_is_stopped_unless_as_many_were_asked_for() -> None:
    many = graph(*["Worker"] * 8)
    assert reasons(judged("how our workers share work", many)) == ["repeated"]
    assert reasons(judged("a chain of 8 workers", many)) == []
    series = graph(*(f"Item {n}" for n in range(30)))
    assert reasons(judged("the parts of a bicycle", series)) == ["series"]


@pytest.mark.rule("M2")
def test_the_example_of_the_prompt_is_known_again() -> None:
    echo = graph("Fill in form", "Email valid?", "Show error", "Something else")
    assert reasons(judged("how bread is baked", echo)) == ["example"]
    for about_it in ("flowchart of our signup", "what happens to a form, with an e-mail check"):
        assert "example" not in reasons(judged(about_it, echo))
    edit = InsertBetween(node=Node(id="cache", label="Cache"), source="n1", target="n2")
    assert reasons(judged("make the API faster", edit, mode="modify")) == ["example"]
    assert reasons(judged("add a cache before the API", edit, mode="modify")) == []


@pytest.mark.rule("M3")
@pytest.mark.parametrize("kind", KINDS.ids)
def test_a_drawing_without_connections_is_stopped_where_its_kind_has_them(kind: str) -> None:
    judgement = judged("how bread is baked at home", graph("Dough", "Oven", edges=False, kind=kind))
    links = KINDS[kind].links
    assert judgement.is_fatal == (links == "all")
    assert ("unconnected" in reasons(judgement)) == (links != "none")


@pytest.mark.rule("M3")
def test_a_shape_that_nothing_leads_to_is_named_in_a_remark() -> None:
    whole = graph("Dough", "Oven", "Bread")
    loose = whole.model_copy(update={"nodes": [*whole.nodes, Node(id="y", label="Jam")]})
    judgement = judged("how bread is baked", loose)
    assert not judgement.is_fatal
    assert judgement.remarks == ("These are connected to nothing: Jam.",)


@pytest.mark.rule("M4")
def test_names_in_quotes_arrows_and_lists_have_to_be_there() -> None:
    drawn = graph("Start", "End")
    assert judged("Ingest -> Clean -> Train -> Deploy", drawn).is_fatal
    assert judged("steps:\n- Ingest\n- Clean\n- Train", drawn).is_fatal
    one = judged('a flow that begins with "Ingest"', drawn)
    assert (one.is_fatal, one.remarks) == (False, ("These names are missing: Ingest.",))
    assert reasons(judged("something with data that is cleaned, then trained", drawn)) == []


@pytest.mark.rule("M5")
def test_an_edit_of_nothing_is_left_out_and_said() -> None:
    half = SetStyle(targets=["n3", "n9"], color="green")
    judgement = judged("make the worker green", half, mode="modify")
    assert (judgement.is_fatal, reasons(judgement)) == (False, ["strays"])
    assert judgement.plan.operations == [SetStyle(targets=["n3"], color="green")]
    only = judged("rename it", SetText(target="Queue", text="Bus"), mode="modify")
    assert only.is_fatal
    assert reasons(judged("rename it", SetText(target="worker", text="Bus"), mode="modify")) == []


@pytest.mark.rule("M5")
def test_an_answer_that_deletes_what_it_adds_is_none() -> None:
    added = Add(node=Node(id="a", label="Add to cart"))
    assert judged("how an order is paid", added, Delete(targets=["a"])).is_fatal


@pytest.mark.rule("M6")
def test_far_more_shapes_than_words_are_stopped() -> None:
    many = graph(*(f"{a}{b} thing{c}" for a in "abcdefgh" for b in "klmnopqr" for c in "uvwxyz"))
    assert judged("how bread is baked", many).is_fatal
    assert reasons(judged("384 names of stars in a chain", many)) == []


@pytest.mark.rule("M7")
@pytest.mark.parametrize(("instruction", "labels"), [
    ("Zeichne, wie eine Bestellung bezahlt und dann verschickt wird",
     ("The order is here", "The customer pays for it", "Send it to the customer")),
    ("Dessine comment une commande est payée puis envoyée au client",
     ("The order is here", "The customer pays for it", "Send it to the customer")),
    ("How a customer pays for an order and gets it",
     ("客户下订单并等待", "客户支付订单", "发货给客户")),
])  # fmt: skip
def test_labels_in_another_language_are_stopped(instruction: str, labels: tuple[str, ...]) -> None:
    assert reasons(judged(instruction, graph(*labels))) == ["foreign"]


@pytest.mark.rule("M8")
def test_most_of_a_canvas_is_deleted_only_if_asked() -> None:
    everything = Delete(targets=["n1", "n2", "n3", "n4"])
    assert judged("make the worker green", everything, mode="modify").is_fatal
    for asked in ("clear the canvas", "lösche alles", "supprime tout", "borra todo"):
        assert reasons(judged(asked, everything, mode="modify")) == []


# --- what is set right without asking ----------------------------------------------------------


def test_a_graph_that_names_shapes_of_the_canvas_is_joined_to_them() -> None:
    drawn = Graph(
        kind="flowchart",
        nodes=[Node(id="n2", label="API"), Node(id="c", label="Cache")],
        edges=[Edge(source="n2", target="c", label="reads")],
    )
    judgement = judged("add a cache to the API", drawn, mode="modify")
    (added,) = judgement.plan.operations
    assert isinstance(added, Add)
    assert (added.near, added.connect_from, added.label) == ("n2", "n2", "reads")


def test_an_edge_to_an_alias_is_kept_and_becomes_a_connection() -> None:
    stream = PlanStream(KINDS, there={"n2": "API", "n4": "Database"})
    stream.feed(
        '{"operations": [{"op": "graph", "kind": "flowchart", "nodes": [{"id": "c", "label": '
        '"Cache"}], "edges": [{"source": "n2", "target": "c"}, {"source": "c", "target": "n4"}]}]}'
    )
    request = PlanRequest("a cache from API to Database", "modify", CANVAS)
    operations = judge(stream.finish(), request, KINDS).plan.operations
    assert [one.op for one in operations] == ["add", "connect"]
    assert isinstance(operations[1], Connect)
    assert operations[1].target == "n4"


def test_no_alias_is_left_in_what_people_read() -> None:
    plan = Plan(
        title="n2 and n4",
        summary="Renamed n2.",
        operations=[SetText(target="n2", text="Was n2"), Connect(source="n2", target="n4")],
    )
    trimmed = judge(plan, PlanRequest("call the API by what it was", "modify", CANVAS), KINDS).plan
    read = (trimmed.title, trimmed.summary, trimmed.operations[0].text)  # type: ignore[union-attr]
    assert read == ("API and Database", "Renamed API.", "Was API")


def test_what_people_call_like_an_alias_themselves_stays() -> None:
    plan = Plan(summary="Renamed n2.", operations=[SetText(target="n2", text="n2")])
    request = PlanRequest("call the API n2", "modify", CANVAS)
    assert judge(plan, request, KINDS).plan.summary == "Renamed n2."


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_every_reason_has_its_sentence_in_every_language(language: str) -> None:
    source = "\n".join(path.read_text("utf-8") for path in JUDGING.glob("*.py"))
    codes = set(re.findall(r'"([a-z]+)", (?:True|False|count|links|fatal|not left)', source))
    codes |= set(re.findall(r'^        "([a-z]+)",$', source, re.MULTILINE))
    assert len(codes) == 11, sorted(codes)
    for code in codes:
        assert say(code, language, names="a", words="b", count="3")  # type: ignore[arg-type]
