"""Processes: arrows, questions with branches, jumps, separators."""

# ruff: noqa: E501 - an instruction stands on one line

import pytest

from app.domain.errors import NotUnderstood
from app.domain.planning.request import PlanRequest
from tests.domain.planning.drawing import arrows, drawn, labels, plan_offline, questions

SIGN_UP_ARROWS = [
    "Visitor opens landing page -> Fills sign-up form",
    "Fills sign-up form -> Is the email valid?",
    "Is the email valid? -no-> Show error",
    "Show error -> Fills sign-up form",
    "Is the email valid? -yes-> Send verification mail",
    "Send verification mail -> Verified?",
    "Verified? -yes-> Dashboard",
    "Verified? -no-> Resend",
]
SIGN_UP = {
    "as in the readme": "Flowchart: visitor opens landing page -> fills sign-up form -> is the email "
    "valid? if no show error and go back to the form, if yes send verification mail -> verified? "
    "if yes dashboard, if no resend",
    "with colons and semicolons": "visitor opens landing page => fills sign-up form => is the email "
    "valid? no: show error, go back to the form; yes: send verification mail => verified? "
    "yes: dashboard; no: resend",
    "line by line": "visitor opens landing page\nthen fills sign-up form\nthen is the email valid?\n"
    "if no show error and return to the sign-up form\nif yes send verification mail\n"
    "then verified?\nif yes dashboard\nif no resend",
    "with if not and otherwise": "Flowchart: visitor opens landing page \u2192 fills sign-up form \u2192 "
    "is the email valid? If not, show error and go back to the form. Otherwise send verification "
    "mail -> verified? If so, dashboard, otherwise resend",
    "as numbered steps": "1. Visitor opens landing page\n2. Fills sign-up form\n3. Is the email valid?\n"
    "   - no: show error and go back to step 2\n   - yes: send verification mail\n4. Verified?\n"
    "   - yes: dashboard\n   - no: resend",
}


@pytest.mark.parametrize("text", SIGN_UP.values(), ids=SIGN_UP.keys())
def test_the_sign_up_flow_is_read_the_same_however_it_is_told(text: str) -> None:
    graph = drawn(text)
    assert (graph.kind, len(graph.nodes), len(graph.edges)) == ("flowchart", 8, 8)
    assert questions(graph) == ["Is the email valid?", "Verified?"]
    assert sorted(arrows(graph)) == sorted(SIGN_UP_ARROWS)


FLOWS: dict[str, list[str]] = {
    "a -> b -> c": ["A -> B", "B -> C"],
    "a => b => c": ["A -> B", "B -> C"],
    "a \u2192 b \u27f6 c": ["A -> B", "B -> C"],
    "a --> b ---> c": ["A -> B", "B -> C"],
    "a then b then c": ["A -> B", "B -> C"],
    "a -> b, b -> c": ["A -> B", "B -> C"],
    "a -> b\nb -> c\na -> c": ["A -> B", "B -> C", "A -> C"],
    "a -> b; c -> d": ["A -> B", "C -> D"],
    "a -> b, c and d": ["A -> B", "A -> C", "A -> D"],
    "a, b -> c": ["A -> C", "B -> C"],
    "a -> b, c -> d": ["A -> B", "C -> D"],
    "a -> b, c, d -> e": ["A -> B", "A -> C", "A -> D", "B -> E", "C -> E", "D -> E"],
    "order -> in stock? if yes pack -> ship, if no reorder -> wait": [
        "Order -> In stock?",
        "In stock? -yes-> Pack",
        "Pack -> Ship",
        "In stock? -no-> Reorder",
        "Reorder -> Wait",
    ],
    "a -> b -> c -> a": ["A -> B", "B -> C", "C -> A"],
    "a -yes-> b; a -no-> c": ["A -yes-> B", "A -no-> C"],
    "a --maybe later--> b": ["A -maybe later-> B"],
    "a ->|calls| b": ["A -calls-> B"],
    "a -> b: sends data -> c": ["A -sends data-> B", "B -> C"],
    "b <- a": ["A -> B"],
    "receive order, then check stock. If in stock, ship it, otherwise reorder. Then send invoice": [
        "Receive order -> Check stock",
        "Check stock -> In stock?",
        "In stock? -yes-> Ship it",
        "In stock? -no-> Reorder",
        "Reorder -> Send invoice",
        "Ship it -> Send invoice",
    ],
    "Receive order. If amount > 1000, ask manager. Ship order.": [
        "Receive order -> Amount > 1000?",
        "Amount > 1000? -yes-> Ask manager",
        "Ask manager -> Ship order",
        "Amount > 1000? -no-> Ship order",
    ],
    "When the order arrives, check stock. If it is in stock, ship it. Otherwise, order more and repeat.": [
        "Order arrives -> Check stock",
        "Check stock -> In stock?",
        "In stock? -yes-> Ship it",
        "In stock? -no-> Order more",
        "Order more -> Check stock",
    ],
    "user pays; if the payment fails retry payment, else if the card is stolen call police else ship": [
        "User pays -> Payment fails?",
        "Payment fails? -yes-> User pays",
        "Payment fails? -no-> Card is stolen?",
        "Card is stolen? -yes-> Call police",
        "Card is stolen? -no-> Ship",
    ],
    "Which plan? if free show ads, if pro hide ads, if enterprise call sales": [
        "Which plan? -free-> Show ads",
        "Which plan? -pro-> Hide ads",
        "Which plan? -enterprise-> Call sales",
    ],
    "a -> valid? -yes-> b -> c, -no-> d": [
        "A -> Valid?",
        "Valid? -yes-> B",
        "B -> C",
        "Valid? -no-> D",
    ],
    "start -> login -> valid?\n  yes -> home\n  no -> login": [
        "Start -> Login",
        "Login -> Valid?",
        "Valid? -yes-> Home",
        "Valid? -no-> Login",
    ],
    "receive email -> spam? -yes-> delete\nspam? -no-> read -> reply needed? -yes-> reply -> archive\n"
    "reply needed? -no-> archive": [
        "Receive email -> Spam?",
        "Spam? -yes-> Delete",
        "Spam? -no-> Read",
        "Read -> Reply needed?",
        "Reply needed? -yes-> Reply",
        "Reply -> Archive",
        "Reply needed? -no-> Archive",
    ],
    "check whether the email is valid, if not show error, when valid send mail": [
        "Check whether the email is valid -no-> Show error",
        "Check whether the email is valid -yes-> Send mail",
    ],
    "submit -> ok? if no fix it and start over, if yes publish -> end": [
        "Submit -> Ok?",
        "Ok? -no-> Fix it",
        "Fix it -> Submit",
        "Ok? -yes-> Publish",
        "Publish -> End",
    ],
    "process: write code then review, if approved merge it else fix it and go back to review": [
        "Write code -> Review",
        "Review -> Approved?",
        "Approved? -yes-> Merge it",
        "Approved? -no-> Fix it",
        "Fix it -> Review",
    ],
    "Flowchart: start; open ticket; can we fix it? yes: fix it; no: escalate; close ticket; end": [
        "Start -> Open ticket",
        "Open ticket -> Can we fix it?",
        "Can we fix it? -yes-> Fix it",
        "Can we fix it? -no-> Escalate",
        "Escalate -> Close ticket",
        "Fix it -> Close ticket",
        "Close ticket -> End",
    ],
    "Start\n  -> Collect data\n  -> Good enough? if no go back to Collect data, if yes Deploy": [
        "Start -> Collect data",
        "Collect data -> Good enough?",
        "Good enough? -no-> Collect data",
        "Good enough? -yes-> Deploy",
    ],
    "start -> enter name, address and email -> submit": [
        "Start -> Enter name, address and email",
        "Enter name, address and email -> Submit",
    ],
    "Flowchart: receive order, check stock, ship": [
        "Receive order -> Check stock",
        "Check stock -> Ship",
    ],
    "Process: log in, show error if wrong, otherwise show home": [
        "Log in -> Wrong?",
        "Wrong? -yes-> Show error",
        "Wrong? -no-> Show home",
    ],
    "Process: write mail. Send mail unless blocked. Close.": [
        "Write mail -> Blocked?",
        "Blocked? -no-> Send mail",
        "Send mail -> Close",
        "Blocked? -yes-> Close",
    ],
    "Draw a simple flowchart with three steps: Start, Process, End": [
        "Start -> Process",
        "Process -> End",
    ],
    "Steps: 1. boil water 2. add tea 3. wait": ["Boil water -> Add tea", "Add tea -> Wait"],
    "- a -> b\n- b -> c": ["A -> B", "B -> C"],
}


@pytest.mark.parametrize(("text", "expected"), FLOWS.items())
def test_a_process_has_these_arrows(text: str, expected: list[str]) -> None:
    assert arrows(drawn(text)) == expected


UNTOUCHED = [
    "Gr\u00f6\u00dfe pr\u00fcfen", "\u767a\u6ce8\u3059\u308b", "\U0001f680 launch", "R&D", "Load (v2, beta)", "[draft]",
    'Say "hi"', "user_id = 5", "eBay", "C++", "50% < x", "https://example.org/a?b=c",
]  # fmt: skip


@pytest.mark.parametrize("label", UNTOUCHED)
def test_labels_of_any_script_and_with_any_sign_stay_as_typed(label: str) -> None:
    shown = label[0].upper() + label[1:] if label == "\U0001f680 launch" else label
    assert labels(drawn(f"Anfang -> {label} -> Ende")) == ["Anfang", shown, "Ende"]


def test_a_quoted_label_may_contain_what_else_would_separate() -> None:
    graph = drawn('Order -> "Ship, then notify -> done" -> End')
    assert labels(graph) == ["Order", "Ship, then notify -> done", "End"]


def test_start_and_end_are_round_and_questions_diamonds() -> None:
    graph = drawn("start -> ready? -> end")
    assert [node.shape for node in graph.nodes] == ["ellipse", "diamond", "ellipse"]


@pytest.mark.parametrize(
    ("text", "direction", "title"),
    [
        ("horizontal flowchart: a -> b", "right", ""),
        ("Flowchart (left to right): a -> b", "right", ""),
        ("Draw a top-down flowchart of hiring: a -> b", "down", "Hiring"),
        ("Draw a simple flowchart for ordering pizza: a -> b", "down", "Ordering pizza"),
        ("Checkout: cart -> pay", "down", "Checkout"),
        ("hiring process: apply -> interview", "down", "Hiring process"),
    ],
)
def test_the_opening_gives_direction_and_title(text: str, direction: str, title: str) -> None:
    graph = drawn(text)
    assert (graph.direction, graph.title) == (direction, title)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a -> b, otherwise c", "condition"),
        ("a -> b -> if the thing whatever", "comma"),
    ],
)
def test_a_broken_condition_is_explained(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        plan_offline(PlanRequest(text))
