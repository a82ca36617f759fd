"""Several commands at once, on any board, are carried out or refused: nothing else is raised."""

import pytest

from app.domain.errors import JobFailure
from app.domain.scene.elements import rect_of
from app.domain.scene.topology import Topology
from tests.domain.edits.asking import asked, board
from tests.domain.edits.boards import seeded
from tests.domain.edits.test_kinds_of_edit import (
    BOARD,
    COMPANY,
    ENTITIES,
    FLOW,
    MACHINE,
    QUARTERS,
    SEQUENCE,
    SWOT,
    TRAVEL,
)
from tests.domain.scene.drawing import Scene
from tests.support.breadth import ALL

INSTRUCTIONS = 3_000
SAMPLE = 20  # every so manieth instruction is carried out in an ordinary run
DRAWINGS = (BOARD, COMPANY, ENTITIES, FLOW, MACHINE, QUARTERS, SEQUENCE, SWOT, TRAVEL)
GROUPED = "Frontend: web, mobile; Backend: API, worker; web -> API; API -> worker"
COMMANDS = (
    "delete {a}", "delete it", "delete {a} with everything below", "delete {new}",
    "remove {a} and keep the rest connected", "delete the arrow between {a} and {b}",
    "drop the column {new} from {a}", "disconnect {a}", "clear the canvas", "lösche {a}",
    "rename {a} to {new}", "rename {new} to {b}", "call it {new}", "benenne {a} in {new} um",
    "add {new} to {a}", "add {new} between {a} and {b}", "add {new} after {a}",
    "add {new} under {a}", "add {new} with {b}", "add a column {new} after {a}",
    "add a column {new} to {a}", "add a participant {new} before {a}",
    "add a note '{new}' near {a}",
    "after '{a}', {a} asks {b} for {new}", "{a} also writes to {new}", "{a} -> {b}", "{new} -> {a}",
    "connect {a} to {b}", "connect it to {a}", "{a} now reports to {b}", "mark {a} as {b}",
    "move {a} to {b}", "move {a} right of {b}", "move {a} to the left", "swap {a} and {b}",
    "verschiebe {a} nach {b}", "duplicate {a}", "group {a} and {b} as {new}", "tidy up",
    "align {a} and {b} left", "distribute everything", "make {a} red", "make it green",
    "make {a} bigger", "make {a} a circle", "make all boxes the same size",
)  # fmt: skip
NEW = ("Quartz", "Raven", "Q4 2027", "call mum", '"Big app"')
BETWEEN = ("; ", " and ", ", then ", ". ")


def _names(scene: Scene) -> list[str]:
    """Everything on it that a command could be about."""
    topology = Topology(scene)
    shapes = [topology.label(i) for i in topology.shapes if topology.label(i)]
    rows = [row for i in topology.shapes for row in topology.rows(i)]
    return [*shapes, *rows, *(link.label for link in topology.connectors if link.label)]


def _answered(scene: Scene, instruction: str) -> bool:
    """Whether it was carried out; an error that is no refusal fails the test."""
    try:
        asked(scene, instruction)
    except JobFailure:
        return False
    return True


@pytest.mark.parametrize("drawn", [*DRAWINGS, GROUPED])
def test_commands_one_after_another_raise_nothing_but_refusals(drawn: str) -> None:
    scene = board(drawn)
    names = _names(scene)
    carried_out = 0
    for seed in range(0, INSTRUCTIONS // 10, 1 if ALL else SAMPLE):
        random = seeded(seed)
        said = [
            random.choice(COMMANDS).format(
                a=random.choice(names), b=random.choice(names), new=random.choice(NEW)
            )
            for _ in range(random.choice([2, 2, 3]))
        ]
        carried_out += _answered(scene, random.choice(BETWEEN).join(said))
    assert carried_out > 0


@pytest.mark.parametrize(
    "after", ["distribute everything", "tidy up", "make all boxes the same size"]
)
def test_what_was_deleted_before_is_not_arranged(after: str) -> None:
    assert _answered(board(SEQUENCE), f"delete Till and {after}")


@pytest.mark.parametrize(
    "instruction",
    [
        "move Bank to the left", "move Guest to the right", "move Till to the bottom",
        "align Guest and Bank left", "align all centers", "make Till bigger", "swap Guest and Bank",
        "move Guest below Bank", "make all boxes the same size", "rename Till to Cash register",
        "distribute everything horizontally", "add a participant Printer; move it before Till",
    ],
)  # fmt: skip
def test_a_life_line_stays_below_its_participant(instruction: str) -> None:
    try:
        after, _, _ = asked(board(SEQUENCE), instruction)
    except JobFailure:
        return
    topology = Topology(after)
    named = [i for i in topology.shapes if topology.label(i)]
    heads = sorted(round(rect_of(topology.by_id[i]).center[0]) for i in named)
    lines = sorted(round(e["x"]) for e in after if e["type"] == "line")
    assert heads == lines


def test_an_arrow_has_no_columns() -> None:
    assert not _answered(board(ENTITIES), "add a column total to has many")
