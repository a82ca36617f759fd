"""An edit changes what it names, and nothing else: random edits on random boards."""

from collections.abc import Callable
from random import Random

import pytest

from app.domain.errors import NotUnderstood
from app.domain.scene.elements import rect_of
from app.domain.scene.topology import Topology
from tests.domain.edits.asking import asked, board
from tests.domain.edits.boards import Hand, seeded
from tests.domain.scene.drawing import Scene
from tests.support.breadth import ALL

EDITS = 2_000
SAMPLE = 13  # every so manieth edit is made in an ordinary run
Edit = tuple[str, str, set[str]]  # the board, the instruction, labels that may change
_NAMES = (
    "Ada",
    "Bolt",
    "Cargo",
    "Delta",
    "Ember",
    "Flint",
    "Grove",
    "Haven",
    "Iris",
    "Juno",
    "Koda",
    "Lumen",
)
_NEW = ("Quartz", "Raven", "Sable", "Topaz")


def _names(random: Random, count: int) -> list[str]:
    return random.sample(_NAMES, count)


def _flow(random: Random) -> Edit:
    a, b, c, d = _names(random, 4)
    new = random.choice(_NEW)
    drawn = f"{a} -> {b} -> {c} -> {d}"
    return random.choice([
        (drawn, f"make {b} red", {b}),
        (drawn, f"rename {c} to {new}", {c, new}),
        (drawn, f"add {new} between {b} and {c}", {a, b, c, d, new}),
        (drawn, f"the {d} also writes to {new}", {d, new}),
        (drawn, f"delete the arrow between {a} and {b}", {a, b}),
        (drawn, f"add a note '{new}' near {b}", {new}),
        (drawn, f"mach {d} grün", {d}),
    ])  # fmt: skip


def _board(random: Random) -> Edit:
    a, b, c, d = _names(random, 4)
    new = random.choice(_NEW)
    drawn = f"To do: {a}, {b}; Doing: {c}; Done: {d}"
    every = {a, b, c, d, new, "To do", "Doing", "Done"}
    return random.choice([
        (drawn, f"add {new} to Doing", every),
        (drawn, f"move {a} to Done", every),
        (drawn, f"rename {c} to {new}", every),
        (drawn, f"add a column {new}", every),
        (drawn, f"make {b} blue", {b}),
    ])  # fmt: skip


def _company(random: Random) -> Edit:
    a, b, c, d = _names(random, 4)
    new = random.choice(_NEW)
    drawn = f"org chart: {a}: {b}, {c}; {b}: {d}"
    every = {a, b, c, d, new}
    return random.choice([
        (drawn, f"add {new} under {c}", every),
        (drawn, f"{d} now reports to {c}", every),
        (drawn, f"delete {d}", every),
    ])  # fmt: skip


def _sequence(random: Random) -> Edit:
    a, b, c = _names(random, 3)
    new = random.choice(_NEW)
    drawn = f"sequence: {a} -> {b}: one; {b} -> {c}: two; {c} --> {b}: three"
    every = {a, b, c, new}
    return random.choice([
        (drawn, f"after 'two', {b} asks {c} for {new}", every),
        (drawn, f"add a participant {new} at the right end", every),
        (drawn, "rename 'two' to 'second'", every),
        (drawn, "remove the message three", every),
    ])  # fmt: skip


def _periods(random: Random) -> Edit:
    a, b, c = _names(random, 3)
    new = random.choice(_NEW)
    drawn = f"timeline: Q1 2026: {a}; Q2 2026: {b}; Q3 2026: {c}"
    every = {a, b, c, new, "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"}
    return random.choice([
        (drawn, f"add Q4 2026 with {new}", every),
        (drawn, f"add {new} to Q2 2026", every),
        (drawn, "remove Q2 2026", every),
    ])  # fmt: skip


def _entities(random: Random) -> Edit:
    a, b = _names(random, 2)
    drawn = f"ER diagram: {a}(id, name), {b}(id); {a} has many {b}"
    return random.choice([
        (drawn, f"add a column email to {a}, after id", {a, b}),
        (drawn, f"drop the column name from {a}", {a, b}),
    ])  # fmt: skip


KINDS: tuple[Callable[[Random], Edit], ...] = (
    _flow,
    _board,
    _company,
    _sequence,
    _periods,
    _entities,
)


def _strangers(random: Random, scene: Scene) -> Scene:
    """What somebody else drew further away, with properties that are null."""
    hand = Hand(random)
    right = max(rect_of(element).right for element in scene)
    for k in range(3):
        hand.box(f"Stranger {k}", right + 400 + 260 * k, random.uniform(-80, 300), 140, 60)
    hand.arrow("Stranger 0", "Stranger 1")
    others = hand.done().scene
    for k, element in enumerate(others):
        element |= {
            "index": f"b{k:02d}",
            "link": None,
            "frameId": None,
            "boundElements": element["boundElements"] or None,
        }
        element.pop("customData")
    return [*scene, *others]


def _may_change(topology: Topology, element_id: str, named: set[str]) -> bool:
    """Whether an element is one of the named shapes, a part of one, or a connector of one."""
    element = topology.by_id[element_id]
    host = element.get("containerId") or element_id
    shape = topology.by_id.get(host, element)
    if shape["type"] in ("arrow", "line"):
        ends = [(shape.get(side) or {}).get("elementId") for side in ("startBinding", "endBinding")]
        owners = {topology.label(topology.owner(end)) for end in ends if end in topology.by_id}
        return not owners or bool(owners & named)
    owner = topology.owner(str(host))
    return topology.label(owner) in named or any(
        element_id in topology.parts(i) and topology.label(i) in named for i in topology.shapes
    )


@pytest.mark.parametrize("seed", range(0, EDITS, 1 if ALL else SAMPLE))
def test_what_is_not_named_stays_as_it_is_to_the_last_key(seed: int) -> None:
    random = seeded(seed)
    drawn, instruction, named = random.choice(KINDS)(random)
    before = _strangers(random, board(drawn))
    try:
        after, _, _ = asked(before, instruction)
    except NotUnderstood:
        pytest.fail(f"{instruction!r} was refused on {drawn!r}")
    now = {element["id"]: element for element in after}
    topology = Topology(before)
    touched = [
        topology.by_id[i].get("originalText") or topology.label(i) or topology.by_id[i]["type"]
        for i, element in topology.by_id.items()
        if now.get(i) != element and not _may_change(topology, i, named)
    ]
    assert touched == [], instruction
    assert [now.get(i) for i in topology.by_id] != list(topology.by_id.values()) or len(now) > len(
        before
    )
