"""Random boards with known rows, columns, groups and order, a little crooked, as people draw."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.text import Font, block
from app.domain.scene.draft import Draft
from app.domain.scene.elements import Writer, number_in_order
from app.domain.scene.looks import look
from tests.domain.scene.drawing import TOOLS, Scene


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a test's choices need not be secret


LOOK = look("modern", "default")
_WORDS = ("Plan", "Draft", "Review", "Ship", "Bill", "Call", "Check", "Print", "Pack", "Load")


@dataclass
class Board:
    """`cells` is the row and the column of each label; `homes` the group it lies in; `below` are
    pairs of parent and child."""

    scene: Scene = field(default_factory=list)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    below: list[tuple[str, str]] = field(default_factory=list)


class Hand:
    """Draws boxes as people do: not quite where they belong."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.board = Board()
        self._writer = Writer(f"board-{random.random()}", 1, True)
        self._shapes: dict[str, dict[str, Any]] = {}
        self._count = 0

    def label(self) -> str:
        self._count += 1
        return f"{self.random.choice(_WORDS)} {self._count}"

    def box(
        self, label: str, x: float, y: float, width: float, height: float, *, jitter: float = 9
    ) -> None:
        at = x + self.random.uniform(-jitter, jitter), y + self.random.uniform(-jitter, jitter)
        shape = self._writer.shape("rectangle", Rect(*at, width, height), LOOK.shape())
        words = block(label, Font(5, 20), TOOLS.measure, width)
        text = self._writer.label(shape, words, "#1e1e1e")
        self._keep(label, shape, text)

    def area(self, label: str, x: float, y: float, width: float, height: float) -> None:
        shape = self._writer.shape("rectangle", Rect(x, y, width, height), LOOK.area())
        words = block(label, Font(5, 16), TOOLS.measure, width)
        text = self._writer.label(shape, words, "#1e1e1e", vertical="top", horizontal="left")
        self._keep(label, shape, text)

    def _keep(self, label: str, *parts: dict[str, Any]) -> None:
        self._shapes[label] = parts[0]
        self.board.scene += parts

    def arrow(self, source: str, target: str) -> None:
        one, other = self._shapes[source], self._shapes[target]
        start = one["x"] + one["width"] / 2, one["y"] + one["height"] + 5
        end = other["x"] + other["width"] / 2, other["y"] - 5
        middle = (start[1] + end[1]) / 2
        points = [start, (start[0], middle), (end[0], middle), end]
        self.board.scene.append(
            self._writer.arrow(points, LOOK.line(), one, other, (None, "arrow"))
        )
        self.board.below.append((source, target))

    def done(self) -> Board:
        """Without the marks of a job: people drew it."""
        for element in self.board.scene:
            element.pop("customData", None)
            element["customData"] = {}
        number_in_order(self.board.scene, None)
        self.board.scene = list(Draft(self.board.scene).elements.values())
        return self.board


def columns(random: Random) -> Board:
    hand = Hand(random)
    gap, step = random.randint(190, 260), random.randint(90, 130)
    for column in range(random.randint(2, 5)):
        for row in range(1 + random.randint(0, 4)):
            label = hand.label()
            width = random.choice([120, 140, 160])
            hand.box(label, column * gap + (160 - width) / 2, row * step, width, 60)
            hand.board.cells[label] = row, column
    return hand.done()


def rows(random: Random) -> Board:
    hand = Hand(random)
    step = random.randint(100, 160)
    for row in range(random.randint(1, 4)):
        for column in range(random.randint(2, 6)):
            label = hand.label()
            hand.box(label, column * 190, row * step, 130, random.choice([50, 60, 70]))
            hand.board.cells[label] = row, column
    return hand.done()


def tree(random: Random) -> Board:
    hand = Hand(random)
    children = random.randint(2, 4)
    leaves = [random.randint(0, 3) for _ in range(children)]
    x = 0
    root = hand.label()
    middles, placed = [], []
    for count in leaves:
        width = max(count, 1) * 170
        placed.append((x, width, count))
        middles.append(x + width / 2 - 60)
        x += width + 30
    hand.box(root, (middles[0] + middles[-1]) / 2, 0, 120, 60)
    hand.board.cells[root] = 0, 0
    order = 0
    for k, (left, width, count) in enumerate(placed):
        child = hand.label()
        hand.box(child, left + width / 2 - 60, 140, 120, 60)
        hand.board.cells[child] = 1, k
        hand.arrow(root, child)
        for leaf in range(count):
            label = hand.label()
            hand.box(label, left + leaf * 170 + 25, 280, 120, 60)
            hand.board.cells[label] = 2, order
            order += 1
            hand.arrow(child, label)
    return hand.done()


def lanes(random: Random) -> Board:
    hand = Hand(random)
    for lane in range(random.randint(2, 4)):
        name = f"Lane {lane}"
        count = random.randint(1, 5)
        top = lane * 190 + random.uniform(-6, 6)
        hand.area(name, random.uniform(-6, 6), top, 1000, 150)
        for k in range(count):
            label = hand.label()
            hand.box(label, 40 + k * 180, top + 55, 130, 60, jitter=7)
            hand.board.homes[label] = name
            hand.board.cells[label] = lane, k
    return hand.done()


KINDS_OF_BOARD = (columns, rows, tree, lanes)
