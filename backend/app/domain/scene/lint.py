"""Checks a drawing for the faults that people notice, each under a stable name."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.layout.geometry import Rect, bounds, path_crosses
from app.domain.layout.nearby import Nearby
from app.domain.layout.sizing import room
from app.domain.scene.elements import points_of, rect_of
from app.domain.scene.palette import CANVAS, READABLE, contrast, rgb
from app.domain.scene.topology import OUTLINES, Topology

_WEIGHTS = {
    "overlap": 10, "text_overflow": 8, "unbound_arrow": 8, "arrow_through_shape": 6,
    "arrow_on_title": 4, "label_on_node": 5, "label_on_label": 4, "low_contrast": 5,
}  # fmt: skip
CHECKS = tuple(_WEIGHTS)
_SLACK = 1.0


@dataclass(frozen=True)
class LintFinding:
    """One fault: the name of the check and the ids of the elements it concerns."""

    check: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class LintReport:
    findings: tuple[LintFinding, ...]
    score: int  # 100: nothing found

    def of(self, check: str) -> tuple[LintFinding, ...]:
        return tuple(finding for finding in self.findings if finding.check == check)


def lint(elements: Iterable[Mapping[str, Any]], focus: Collection[str] | None = None) -> LintReport:
    """All findings that concern an element of `focus` (None: any). Lines without arrowheads that
    bind to nothing and free-hand strokes are nobody's fault and not looked at."""
    topology = Topology(e for e in elements if not e.get("isDeleted"))
    chosen = set(topology.by_id if focus is None else focus)
    found = [
        *_overlaps(topology),
        *_overflows(topology),
        *_unbound(topology),
        *_crossings(topology, chosen),
        *_struck_titles(topology, chosen),
        *_covered_labels(topology, chosen),
        *_faint(topology),
    ]
    found = [finding for finding in found if chosen.intersection(finding.elements)]
    lost = sum(_WEIGHTS[finding.check] for finding in found)
    return LintReport(tuple(found), max(0, 100 - lost))


def _overlaps(topology: Topology) -> Iterator[LintFinding]:
    ids = [i for i in topology.shapes if topology.by_id[i].get("angle", 0) == 0]
    rects = sorted(((rect_of(topology.by_id[i]), i) for i in ids), key=lambda item: item[0].x)
    for k, (rect, i) in enumerate(rects):
        for other, j in rects[k + 1 :]:
            if other.x >= rect.right:
                break
            if rect.overlaps(other, _SLACK) and not _nested(topology, rect, i, other, j):
                yield LintFinding("overlap", (i, j))


def _nested(topology: Topology, rect: Rect, i: str, other: Rect, j: str) -> bool:
    return (i in topology.areas and rect.contains(other)) or (
        j in topology.areas and other.contains(rect)
    )


def _overflows(topology: Topology) -> Iterator[LintFinding]:
    for i in topology.by_id:
        element, text = topology.by_id[i], topology.text_of(i)
        if element["type"] in OUTLINES and text is not None:
            inner = room(element["type"], rect_of(element))
            if not inner.contains(rect_of(text), _SLACK):
                yield LintFinding("text_overflow", (i, text["id"]))
        for part in topology.parts(i):
            if not rect_of(element).contains(rect_of(topology.by_id[part]), _SLACK):
                yield LintFinding("text_overflow", (i, part))


def _unbound(topology: Topology) -> Iterator[LintFinding]:
    for link in topology.connectors:
        arrow = topology.by_id[link.id]
        for side in ("startBinding", "endBinding"):
            shape = topology.by_id.get((arrow.get(side) or {}).get("elementId", ""))
            listed = (shape or {}).get("boundElements") or []
            if all(entry["id"] != link.id for entry in listed):
                yield LintFinding("unbound_arrow", (link.id,))
                break


def _crossings(topology: Topology, chosen: set[str]) -> Iterator[LintFinding]:
    places = {i: rect_of(topology.by_id[i]) for i in topology.shapes if i not in topology.areas}
    inner = {i: rect.inflated(-_SLACK) for i, rect in places.items()}
    nearby = Nearby(inner)
    for link in topology.connectors:
        arrow = topology.by_id[link.id]
        points = points_of(arrow)
        own = {link.source, link.target}
        own |= {i for end in own if end for i in topology.members(end)}
        for i in nearby.meeting(rect_of(arrow).inflated(1)):
            seen = link.id in chosen or i in chosen
            if seen and i not in own and path_crosses(points, inner[i]):
                yield LintFinding("arrow_through_shape", (link.id, i))


def _struck_titles(topology: Topology, chosen: set[str]) -> Iterator[LintFinding]:
    """Connectors that run through the title of an area, or whose label covers it."""
    inner = {i: rect.inflated(-_SLACK) for i, rect in topology.titles.items()}
    nearby = Nearby(inner)
    for link in topology.connectors:
        arrow, text = topology.by_id[link.id], topology.text_of(link.id)
        points = points_of(arrow)
        label = rect_of(text) if text else None
        reach = bounds([rect_of(arrow), *([label] if label else [])]) or rect_of(arrow)
        for i in nearby.meeting(reach.inflated(1)):
            struck = path_crosses(points, inner[i]) or (label and label.overlaps(inner[i]))
            if struck and (link.id in chosen or i in chosen):
                yield LintFinding("arrow_on_title", (link.id, i))


def _covered_labels(topology: Topology, chosen: set[str]) -> Iterator[LintFinding]:
    labels = [
        (rect_of(text), text["id"])
        for link in topology.connectors
        if (text := topology.text_of(link.id)) is not None
    ]
    places = {i: rect_of(topology.by_id[i]) for i in topology.shapes if i not in topology.areas}
    shapes, texts = Nearby(places), Nearby({i: rect for rect, i in labels})
    for rect, i in labels:
        inner = rect.inflated(-_SLACK / 2)
        for j in shapes.meeting(inner):
            if i in chosen or j in chosen:
                yield LintFinding("label_on_node", (i, j))
        for j in texts.meeting(inner):
            if i < j:
                yield LintFinding("label_on_label", (i, j))


def _faint(topology: Topology) -> Iterator[LintFinding]:
    for i, element in topology.by_id.items():
        if element["type"] != "text" or not str(element["text"]).strip():
            continue
        ink, background = rgb(element["strokeColor"]), _background(topology, element)
        if ink and background and contrast(ink, background) < READABLE:
            yield LintFinding("low_contrast", (i,))


def _background(topology: Topology, text: Mapping[str, Any]) -> str | None:
    """The color behind a text: its container's, else that of the area it lies in."""
    element = topology.by_id.get(text.get("containerId") or "")
    fill = rgb(element["backgroundColor"]) if element and element["type"] in OUTLINES else None
    if fill:
        return fill
    place = rect_of(text)
    under = [
        i
        for i in topology.shapes
        if topology.by_id[i]["type"] in OUTLINES
        and rgb(topology.by_id[i]["backgroundColor"])
        and rect_of(topology.by_id[i]).contains(place)
    ]
    smallest = min(
        under, key=lambda i: topology.by_id[i]["width"] * topology.by_id[i]["height"], default=None
    )
    return rgb(topology.by_id[smallest]["backgroundColor"]) if smallest else CANVAS
