"""References are sets, not values: the examples of the contract, and any scene at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sync.references import bound_to, listed, repair_references
from tests.support.breadth import examples
from tests.support.elements import arrow, label, rectangle

CASES = json.loads((Path(__file__).parents[4] / "contract" / "references.json").read_text("utf-8"))


@pytest.mark.rule("S11")
@pytest.mark.parametrize("name", CASES)
def test_the_contract_s_examples(name: str) -> None:
    case = CASES[name]
    after = {element["id"]: element for element in case["after"]}
    assert repair_references(after, case["touched"]) == case["repairs"]


SHAPES, ARROWS, TEXTS = ("a", "b", "c"), ("x", "y", "z"), ("t", "u", "v")
ids = st.sampled_from([*SHAPES, "nowhere"])
entries = st.lists(
    st.builds(
        lambda key, kind: {"id": key, "type": kind},
        st.sampled_from([*ARROWS, *TEXTS, "nowhere"]),
        st.sampled_from(["arrow", "text"]),
    ),
    max_size=4,
)


@st.composite
def scenes(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    gone = st.sampled_from([False, False, False, True])
    made = [rectangle(key, boundElements=draw(entries), isDeleted=draw(gone)) for key in SHAPES]
    made += [arrow(key, draw(ids), draw(ids), isDeleted=draw(gone)) for key in ARROWS]
    made += [label(key, draw(ids), isDeleted=draw(gone)) for key in TEXTS]
    return {element["id"]: element for element in made if draw(st.integers(0, 9))}


@pytest.mark.rule("S11")
@settings(max_examples=examples(60, 1_000))
@given(scenes())
def test_afterwards_everything_holds_and_nothing_is_left_to_repair(
    after: dict[str, dict[str, Any]],
) -> None:
    repaired = {
        key: {**element, **repair_references(after, after.keys()).get(key, {})}
        for key, element in after.items()
    }
    live = {key: element for key, element in repaired.items() if not element["isDeleted"]}
    assert wrong_in(live) == []
    assert repair_references(repaired, repaired.keys()) == {}


def wrong_in(live: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """References to nothing, lists that disagree with the ends, second labels."""
    wrong = [(k, t) for k, e in live.items() for t, _ in bound_to(e) if t not in live]
    for key, element in live.items():
        meant = {k for k, e in live.items() if key in {t for t, _ in bound_to(e)}}
        wrong += [(key, other) for other in set(listed(element)) ^ meant]
        texts = [k for k, e in live.items() if e.get("containerId") == key]
        wrong += [(key, other) for other in texts[1:]]
    return wrong
