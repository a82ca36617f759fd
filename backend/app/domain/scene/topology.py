"""A scene read as a graph: shapes with their labels, what connects them, what lies in what."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.scene.elements import rect_of

OUTLINES = frozenset({"rectangle", "ellipse", "diamond"})
_AREAS = frozenset({"rectangle", "frame"})
_NODES = OUTLINES | {"image", "frame", "text"}


@dataclass(frozen=True)
class Connector:
    """An arrow or line; `source` and `target` are ids of shapes, None for a loose end."""

    id: str
    source: str | None
    target: str | None
    label: str


class Topology:
    """Read-only view of the elements of one moment. Deleted ones must not be given."""

    def __init__(self, elements: Iterable[Mapping[str, Any]]) -> None:
        self.by_id: dict[str, Mapping[str, Any]] = {e["id"]: e for e in elements}
        self._texts: dict[str, Mapping[str, Any]] = {}
        self._groups: dict[str, list[str]] = defaultdict(list)
        for element in self.by_id.values():
            container = element.get("containerId")
            if element["type"] == "text" and container in self.by_id:
                self._texts.setdefault(container, element)
            if element.get("groupIds"):
                self._groups[element["groupIds"][-1]].append(element["id"])

    def text_of(self, element_id: str) -> Mapping[str, Any] | None:
        """The text bound to a shape or arrow."""
        return self._texts.get(element_id)

    def label(self, element_id: str) -> str:
        """A shape's words in one line: its bound text, its own text, or text grouped with it."""
        element = self.by_id[element_id]
        if element["type"] == "frame":
            return str(element.get("name") or "")
        text = self._texts.get(element_id) or (element if element["type"] == "text" else None)
        if text is None:
            inside = (self.by_id[i] for i in self.parts(element_id))
            text = next((e for e in inside if e["type"] == "text"), None)
        if text is None:
            return ""
        return " ".join(str(text.get("originalText") or text["text"]).split())

    def rows(self, element_id: str) -> tuple[str, ...]:
        """The lines below the heading of a card."""
        if element_id not in self._texts:
            return ()
        inside = (self.by_id[i] for i in self.parts(element_id))
        text = next((e for e in inside if e["type"] == "text"), None)
        return tuple(str(text.get("originalText") or text["text"]).split("\n")) if text else ()

    def unit(self, element_id: str) -> list[str]:
        """Everything that moves with a shape: its bound text and what is grouped with it."""
        ids = [element_id]
        for group in self.by_id[element_id].get("groupIds", ())[-1:]:
            ids += [i for i in self._groups[group] if i != element_id]
        return list(dict.fromkeys(ids + [self._texts[i]["id"] for i in ids if i in self._texts]))

    def parts(self, element_id: str) -> list[str]:
        """What is drawn on a card beside its heading: grouped lines and texts inside it."""
        element = self.by_id[element_id]
        if not element.get("groupIds") or element["type"] not in OUTLINES:
            return []
        rect = rect_of(element)
        return [
            i
            for i in self._groups[element["groupIds"][-1]]
            if i != element_id
            and self.by_id[i]["type"] in ("text", "line")
            and self.by_id[i].get("containerId") is None
            and rect.contains(rect_of(self.by_id[i]), 2)
        ]

    @cached_property
    def shapes(self) -> list[str]:
        """Ids of what a person would call a shape, in drawing order."""
        owned = {part for i in self.by_id for part in self.parts(i)}
        return [
            i
            for i, e in self.by_id.items()
            if e["type"] in _NODES
            and i not in owned
            and not (e["type"] == "text" and e.get("containerId") in self.by_id)
        ]

    @cached_property
    def connectors(self) -> list[Connector]:
        return [
            Connector(i, self._end(e, "startBinding"), self._end(e, "endBinding"), self.label(i))
            for i, e in self.by_id.items()
            if e["type"] == "arrow"
        ]

    def _end(self, arrow: Mapping[str, Any], side: str) -> str | None:
        target = (arrow.get(side) or {}).get("elementId")
        if target not in self.by_id:
            return None
        container = self.by_id[target].get("containerId")
        return str(container) if container in self.by_id else str(target)

    @cached_property
    def areas(self) -> dict[str, Rect]:
        """Frames, rectangles that lie around other shapes, and rectangles with their title in the
        corner, which is how an empty group is drawn. A rectangle with words in its middle is a
        shape: what lies on it covers them."""
        rects = {i: rect_of(self.by_id[i]) for i in self.shapes}
        by_x = sorted((rect.x, i) for i, rect in rects.items())
        found = {}
        for i, rect in rects.items():
            kind = self.by_id[i]["type"]
            first, last = bisect_left(by_x, (rect.x - 1,)), bisect_left(by_x, (rect.right,))
            inside = (j for _, j in by_x[first:last] if j != i)
            text = self._texts.get(i) or {}
            titled = (text.get("textAlign"), text.get("verticalAlign")) == ("left", "top")
            middle = text.get("verticalAlign") == "middle"
            if kind == "frame" or (
                kind in _AREAS
                and not middle
                and (titled or any(_around(rect, rects[j]) for j in inside))
            ):
                found[i] = rect
        return found

    @cached_property
    def titles(self) -> dict[str, Rect]:
        """Where the words of each area are, by the area's id."""
        texts = ((i, self._texts.get(i)) for i in self.areas)
        return {i: rect_of(text) for i, text in texts if text and str(text["text"]).strip()}

    @cached_property
    def _labelled(self) -> dict[tuple[str, str], str]:
        """The labelled shape that a job drew for each node of its plan."""
        marks = ((i, self.by_id[i].get("customData") or {}) for i in self.shapes)
        return {
            (mark.get("job", ""), mark["node"]): i
            for i, mark in marks
            if "node" in mark and self.label(i)
        }

    def owner(self, element_id: str) -> str:
        """The labelled shape that a wordless one (an activation, a milestone's dot) was drawn
        for, else the shape itself."""
        mark = self.by_id[element_id].get("customData") or {}
        if "node" not in mark or self.label(element_id):
            return element_id
        return self._labelled.get((mark.get("job", ""), mark["node"]), element_id)

    def area_of(self, element_id: str) -> str | None:
        """The smallest area that the shape lies in."""
        frame = self.by_id[element_id].get("frameId")
        if frame in self.by_id:
            return str(frame)
        rect = rect_of(self.by_id[element_id])
        around = [i for i, area in self.areas.items() if i != element_id and _around(area, rect)]
        return min(around, key=lambda i: self.areas[i].width * self.areas[i].height, default=None)

    def members(self, area: str) -> list[str]:
        """Shapes that lie in the area, at any depth."""
        rect = self.areas.get(area)
        if rect is None:
            return []
        return [
            i
            for i in self.shapes
            if i != area
            and (self.by_id[i].get("frameId") == area or _around(rect, rect_of(self.by_id[i])))
        ]


def _around(outer: Rect, inner: Rect) -> bool:
    return outer.contains(inner) and outer.width * outer.height > inner.width * inner.height * 1.02


def in_reading_order(ids: Sequence[str], topology: Topology) -> list[str]:
    """Top to bottom, then left to right."""
    return sorted(ids, key=lambda i: (topology.by_id[i]["y"], topology.by_id[i]["x"], i))
