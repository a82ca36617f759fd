"""Merging: what people change at once, in either order, and what the server adds."""

import json
from typing import Any

import pytest

from app.domain.sync.groups import GROUPS
from app.domain.sync.merge import MAX_VERSION_LEAD, Merged, StoredObject, merge
from app.domain.sync.messages import Change
from tests.architecture.sources import ROOT
from tests.support.elements import rectangle

CASES: dict[str, Any] = json.loads((ROOT / "contract" / "merges.json").read_text("utf-8"))


def after(existing: StoredObject | None, seq: int, **props: Any) -> Merged:
    change = Change("a", props, create=existing is None)
    return merge(existing, change, seq=seq, updated_ms=1000 + seq)


@pytest.mark.rule("S5")
@pytest.mark.parametrize("last", ["ana", "ben"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_edits_of_two_people_meet_as_in_the_contract(case: dict[str, Any], last: str) -> None:
    stored = after(None, 1, **case["before"]).stored
    first = "ben" if last == "ana" else "ana"
    for seq, person in enumerate((first, last), start=2):
        stored = after(stored, seq, **case[person]["sends"]).stored
    expected = case[f"when_{last}_is_last"]
    assert {name: stored.element[name] for name in expected} == expected


def test_every_property_is_in_one_group() -> None:
    names = [name for properties in GROUPS.values() for name in properties]
    assert len(names) == len(set(names))


@pytest.mark.rule("S7")
def test_the_server_writes_versions_newer_than_any_that_an_editor_holds() -> None:
    created = after(None, 1, **rectangle("a", version=900, versionNonce=1, updated=1)).stored
    assert created.element["version"] == 901
    changed = after(created, 2, x=1, version=40, versionNonce=77, updated=5)
    assert changed.set["version"] == 902
    assert changed.set["updated"] == 1002
    assert changed.set["versionNonce"] not in (0, 77)
    ahead = after(changed.stored, 3, x=2, version=950)
    assert ahead.set["version"] == 951
    absurd = after(ahead.stored, 4, x=3, version=951 + MAX_VERSION_LEAD + 1)
    assert absurd.set["version"] == 952
