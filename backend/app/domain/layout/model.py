"""What a layout is given (sized boxes, links, regions) and what it gives back (places, routes)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.domain.layout.geometry import Point, Rect, around, bounds
from app.domain.planning.plan import Direction

Size = tuple[float, float]
TitlePlace = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Box:
    """A shape to place. `outline` is rectangle, ellipse or diamond: the last two are only
    connected at their four tips."""

    id: str
    width: float
    height: float
    outline: str = "rectangle"
    region: str | None = None
    column: int | None = None
    row: int | None = None
    days: tuple[int, int] | None = None


@dataclass(frozen=True)
class Link:
    """A connection; `label` is the size of its text, which gets room on the route. `word` is
    the text itself: of two ways out of a decision, "yes" goes straight on."""

    id: str
    source: str
    target: str
    label: Size | None = None
    word: str = ""


@dataclass(frozen=True)
class Region:
    """A labelled area around boxes and other regions; `title` is the size of its text. `room`,
    `lane` and `days` are a group's (see `planning/plan.py`)."""

    id: str
    parent: str | None
    title: Size
    room: int = 0
    lane: bool = False
    days: tuple[int, int] | None = None


@dataclass(frozen=True)
class Sketch:
    boxes: tuple[Box, ...]
    links: tuple[Link, ...] = ()
    regions: tuple[Region, ...] = ()
    direction: Direction = "down"

    @property
    def by_id(self) -> Mapping[str, Box]:
        return {box.id: box for box in self.boxes}


@dataclass(frozen=True)
class Route:
    """An orthogonal path from outline to outline; `label` is the centre of its text, on the path.
    `source` and `target` name the boxes at its ends."""

    points: tuple[Point, ...]
    source: str
    target: str
    label: Point | None = None

    def moved(self, dx: float, dy: float) -> "Route":
        return Route(
            tuple((x + dx, y + dy) for x, y in self.points),
            self.source,
            self.target,
            self.label and (self.label[0] + dx, self.label[1] + dy),
        )


@dataclass(frozen=True)
class Bar:
    """An extra small shape that belongs to a box or region: an activation, a milestone's mark."""

    rect: Rect
    outline: str
    owner: str


@dataclass
class Arrangement:
    """Places of boxes, routes and regions by id. `bars` are extra small shapes that routes
    may end at, `rules` plain lines: (points, dashed). `titles` are the sides of regions' titles,
    "left" for those it does not name."""

    boxes: dict[str, Rect] = field(default_factory=dict)
    routes: dict[str, Route] = field(default_factory=dict)
    regions: dict[str, Rect] = field(default_factory=dict)
    bars: dict[str, Bar] = field(default_factory=dict)
    rules: list[tuple[tuple[Point, ...], bool]] = field(default_factory=list)
    titles: dict[str, TitlePlace] = field(default_factory=dict)

    def bounds(self) -> Rect:
        """Everything, routes included."""
        rects = [
            *self.boxes.values(),
            *self.regions.values(),
            *(bar.rect for bar in self.bars.values()),
        ]
        rects += [around(route.points) for route in self.routes.values()]
        rects += [around(points) for points, _ in self.rules]
        return bounds(rects) or Rect(0, 0, 0, 0)

    def moved(self, dx: float, dy: float) -> "Arrangement":
        return Arrangement(
            {key: rect.moved(dx, dy) for key, rect in self.boxes.items()},
            {key: route.moved(dx, dy) for key, route in self.routes.items()},
            {key: rect.moved(dx, dy) for key, rect in self.regions.items()},
            {k: Bar(b.rect.moved(dx, dy), b.outline, b.owner) for k, b in self.bars.items()},
            [(tuple((x + dx, y + dy) for x, y in points), dashed) for points, dashed in self.rules],
            dict(self.titles),
        )
