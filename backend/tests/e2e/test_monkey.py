"""Two and three people at random in real editors: editor, session, server and export stay equal.

`CC_SEEDS=7,8` repeats these rounds; `CC_ALL=1` plays 60 of 150 actions.
"""

import os
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.comparing import differences, try_until
from tests.e2e.monkey import Monkey
from tests.e2e.person import EDITOR, Invite, Person, comparable, visitors
from tests.support.breadth import examples
from tests.support.installation import Installation

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

ACTIONS = examples(60, 150)
ROUNDS = examples(2, 60)
SEEDS = [int(n) for n in os.environ.get("CC_SEEDS", "").split(",") if n] or range(1, ROUNDS + 1)
OFFLINE = "DISCONNECTED"


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_people_do_all_see_and_keep_the_same(invite: Invite, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    people = [invite(name) for name in ("Ana", "Ben", "Cem")[: 2 + seed % 2]]
    ana = people[0]
    address = ana.new_canvas()
    for person in people[1:]:
        ana.share_with(person, "editor")
        person.open(address)
    for person in people:
        person.page.locator(EDITOR).click(position={"x": 900, "y": 600})
    monkeys = [Monkey(person, random) for person in people]
    actions = 0
    while actions < ACTIONS:
        actions += random.choice(monkeys).step()
    for monkey in monkeys:
        monkey.finish()
    for person in people:
        expect(person.text("Connected")).to_be_visible(timeout=60_000)
    for person in people:
        person.complaints = [line for line in person.complaints if OFFLINE not in line]
    try_until(ana, lambda: not unlike(people), seconds=30)
    assert unlike(people) == []
    known = {element["id"] for element in stored(ana, everything=True)}
    lost = set().union(*(monkey.strokes for monkey in monkeys)) - known
    assert not lost


def unlike(people: list[Person]) -> list[str]:
    """All differences, each with the two that differ."""
    ana = people[0]
    scenes = {"the server": comparable(stored(ana)), "the export": comparable(exported(ana))}
    for person in people:
        scenes[f"{person.name}'s editor"] = person.scene()
        scenes[f"{person.name}'s session"] = person.session()
    first = scenes.pop("the server")
    return [
        f"the server and {name}: {line}"
        for name, scene in scenes.items()
        for line in differences(first, scene)
    ]


def stored(person: Person, *, everything: bool = False) -> list[dict[str, Any]]:
    """What the server has, in its order; deleted objects too, if `everything`."""
    address = person.page.url.replace("/canvas/", "/api/canvases/") + "/objects"
    answer = person.context.request.get(address).json()
    if everything:
        since = f"{address}?epoch={answer['epoch']}&since=0"
        answer = person.context.request.get(since).json()
    objects: list[dict[str, Any]] = answer["objects"]
    return sorted(objects, key=lambda element: (element["index"], element["id"]))


def exported(person: Person) -> list[dict[str, Any]]:
    address = person.page.url.replace("/canvas/", "/api/canvases/")
    document = person.context.request.get(f"{address}/export?format=excalidraw").json()
    elements: list[dict[str, Any]] = document["elements"]
    return elements
