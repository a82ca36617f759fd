"""Every word of an instruction has a place: it is drawn, understood, quoted, or it refuses."""

# ruff: noqa: E501 - an example stands on one line

import pytest

from app.domain.errors import NotUnderstood
from app.domain.kinds import KINDS
from app.domain.planning.accounting import Accounting, Verdict, WordRole
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Reader
from app.domain.planning.not_names import Aside, Labels, is_no_name, what_is_it
from app.domain.planning.offline import pasted
from app.domain.planning.offline.readers import SHARED
from app.domain.planning.request import PlanRequest
from app.domain.planning.sentences import CODES, say
from app.domain.planning.speech import OWN_WORDS, language_of
from tests.domain.planning.drawing import drawn, labels, plan_offline


def left_over(text: str, names: list[str], grammar: str = "") -> list[tuple[str, Verdict]]:
    builder = GraphBuilder("tree")
    for name in names:
        builder.fresh(name)
    account = Accounting(text)
    found = account.settle(builder, frozenset(grammar.split()) | {"-"}, "phrases")
    return [(one.words, one.verdict) for one in found]


def refused(text: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as caught:
        plan_offline(PlanRequest(text))
    return caught.value


# --- who has to give an account -----------------------------------------------------------------


def test_a_reader_that_gives_no_account_cannot_be_registered() -> None:
    with pytest.raises(ValueError, match="which words it understands"):
        Reader(1, lambda _: None, frozenset())


def test_every_reader_gives_an_account() -> None:
    readers = [*SHARED, *(reader for kind in KINDS for reader in kind.readers)]
    assert len(readers) > len(KINDS.ids)
    assert all(reader.words for reader in readers)


# --- the rule -----------------------------------------------------------------------------------


def test_a_sentence_of_which_nothing_was_read_is_quoted() -> None:
    found = left_over("Ana, Ben. Winter comes early here.", ["Ana", "Ben"])
    assert found == [("Winter comes early", Verdict.REMARK)]


def test_words_left_over_inside_a_sentence_refuse() -> None:
    assert left_over("Ana quickly outranks Ben", ["Ana", "Ben"]) == [
        ("quickly outranks", Verdict.REFUSE)
    ]


@pytest.mark.parametrize("text", ["Never on Sundays", "Nur sonntags", "Sauf dimanche", "Ni hablar"])
def test_what_reverses_or_limits_refuses_wherever_it_stands(text: str) -> None:
    assert [verdict for _, verdict in left_over(f"Ana. {text}.", ["Ana"])] == [Verdict.REFUSE]


def test_little_words_grammar_and_other_forms_of_a_name_are_no_leftovers() -> None:
    assert left_over("the Orders of Ana report to Ben", ["Order", "Ana", "Ben"], "report to") == []


def test_a_claimed_part_is_no_leftover() -> None:
    account = Accounting("Ana (since May)")
    account.claim(4, 15, WordRole.ASIDE)
    builder = GraphBuilder("tree")
    builder.fresh("Ana")
    assert account.settle(builder, frozenset("x"), "phrases") == []


def test_a_quoted_name_may_be_anything() -> None:
    assert labels(drawn('mind map of words: "which", noun')) == ["Words", "which", "Noun"]


# --- what can be a name -------------------------------------------------------------------------


@pytest.mark.parametrize("label", [
    "which", "which routes to auth", "who reports to Ana", "each with its own database",
    "both in the same room", "if paid", "otherwise bike", "with 2 ideas each", "5 cards per column",
    "leave space for 5 cards", "wenn bezahlt", "jeweils mit eigener Datenbank", "qui est nouveau",
    "que compramos ayer", "Pencil, which we bought", "but only if paid", "it", "each service",
])  # fmt: skip
@pytest.mark.parametrize("kind", ["names", "phrases", "steps"])
def test_pieces_of_sentences_are_no_names(label: str, kind: Labels) -> None:
    assert is_no_name(label, kind)


@pytest.mark.parametrize("label", [
    "IT", "Who we are", "Wait 5 minutes", "Each-way bet", "Ifs and buts", "Siam", "Order, cash, card",
    "Quelle", "Counter 3",
])  # fmt: skip
@pytest.mark.parametrize("kind", ["names", "phrases", "steps"])
def test_names_are_names(label: str, kind: Labels) -> None:
    assert not is_no_name(label, kind)


@pytest.mark.parametrize(
    "label", ["5 departments", "two switches", "Ana reports to Ben", "make it blue"]
)
def test_a_kind_of_names_takes_no_counts_relations_and_wishes(label: str) -> None:
    assert is_no_name(label, "names")
    assert not is_no_name(label, "steps")


@pytest.mark.parametrize(("clause", "aside"), [
    ("Hi Ana", Aside.GREETING), ("Guten Tag", Aside.GREETING), ("Many thanks", Aside.THANKS),
    ("Viele Grüße", Aside.THANKS), ("please make the boxes blue", Aside.WISH),
    ("Mach es bunt", Aside.WISH), ("Usa colores", Aside.WISH), ("it is for my boss", Aside.COMMENT),
    ("Wir brauchen das bis Freitag", Aside.COMMENT), ("with 3 exercises each", Aside.COUNT),
    ("mit je 3 Ideen", Aside.COUNT), ("leave room for 4 cards per column", Aside.ROOM),
    ("add pasta", None), ("make payment", None), ("pick items", None), ("thank the customer", None),
])  # fmt: skip
def test_what_a_clause_says_besides_the_drawing(clause: str, aside: Aside | None) -> None:
    assert what_is_it(clause) is aside


# --- refusals and remarks -----------------------------------------------------------------------


def test_a_refusal_names_what_was_not_read() -> None:
    error = refused("architecture: web calls API, both in the same VPC")
    assert error.values["words"] == "both in the same VPC"
    assert error.values["reason"] == "unread"


@pytest.mark.parametrize(("text", "language", "part"), [
    ("Zeichne eine Mindmap für die Schule", "de", "ausgeschriebenen Inhalt"),
    ("Dessine une carte mentale pour la classe", "fr", "contenu écrit"),
    ("Dibuja un mapa mental para la clase", "es", "contenido escrito"),
    ("Draw a mind map for the class", "en", "spelled out"),
])  # fmt: skip
def test_a_refusal_is_in_the_language_of_the_instruction(
    text: str, language: str, part: str
) -> None:
    error = refused(text)
    assert part in error.message
    assert error.values["language"] == language
    assert "spelled out" in error.english
    (offer,) = error.suggestions
    assert drawn(offer.instructions).kind == "mindmap"


def test_a_remark_is_in_the_language_of_the_instruction() -> None:
    planned = plan_offline(PlanRequest("Mindmap Reise: Flug, Hotel, mit je 2 Ideen"))
    assert planned.remarks == (
        "Der Offline-Planer hat keine eigenen Ideen: „mit je 2 Ideen“ wurde weggelassen.",
    )


def test_every_sentence_is_there_in_every_language() -> None:
    names = ("kind", "example", "words", "format", "names", "count", "why")
    values = {name: name.upper() for name in names}
    for code in CODES:
        said = {say(code, language, **values) for language in OWN_WORDS}
        assert len(said) == len(OWN_WORDS), code


@pytest.mark.parametrize(
    ("kind", "language", "example"),
    [(k.id, lang, one[1]) for k in KINDS for lang, one in k.translated.items()],
)
def test_every_example_draws_its_kind(kind: str, language: str, example: str) -> None:
    assert drawn(example).kind == kind
    assert language in OWN_WORDS


def test_the_language_is_told_by_small_words() -> None:
    assert [language_of(text) for text in ("a -> b", "x und y", "le port", "los barcos")] == [
        "en", "de", "fr", "es",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [
    ("@startuml\nA -> B\n@enduml", "PlantUML"), ("graph {\n a -- b\n}", "Graphviz (DOT)"),
    ("create table a (id int);", "SQL"), ('{"a": 1}', "JSON"), ("def f(x):\n  return x", "program code (Python)"),
    ("const a = 1;", "program code"), ("<a><b/></a>", "XML"),
    ("flowchart: a -> b", None), ("Kanban:\n  To do: a\n  Done: b", pasted.YAML), ("class 5a, class 5b", None),
    ("{config} -> b", None), ("select a plan, pay", None),
])  # fmt: skip
def test_other_formats_are_known_by_name(text: str, name: str | None) -> None:
    assert pasted.format_of(text) == name
