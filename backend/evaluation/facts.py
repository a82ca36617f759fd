"""What can be seen in a scene, as short sentences that are compared with what was asked for."""

from collections import Counter
from collections.abc import Iterator

from app.domain.scene.elements import rect_of
from app.domain.scene.palette import nearest_hue
from app.domain.scene.topology import Topology
from evaluation.cases import Case, side_of
from evaluation.drawing import Scene

Facts = Counter[str]


def required(case: Case) -> Facts:
    """What the case asks for: labels, connections, what lies in what, lines, colors, places."""
    facts = Counter(case.labels)
    facts.update(case.edges)
    facts.update(f"{inner} in {outer}" for outer, all_ in case.groups.items() for inner in all_)
    facts.update(f"{label}: {row}" for label, rows in case.rows.items() for row in rows)
    facts.update(f"{label} is {color}" for label, color in case.painted.items())
    facts.update(f"{label} is a {shape}" for label, shape in case.shaped.items())
    facts.update(" ".join(side_of(side)) for side in case.sides)
    if case.blank:
        facts["(no label)"] = case.blank
    return facts


def seen(scene: Scene, case: Case) -> Facts:
    """The same of a scene. Places and colors are looked up only where the case names them."""
    topology = Topology(scene)
    facts = Counter(contents(topology))
    facts.update(_details(topology, case))
    return facts


def contents(topology: Topology) -> Iterator[str]:
    """Labels of the shapes, and the connections between them."""
    for i in topology.shapes:
        if topology.owner(i) == i:
            yield topology.label(i) or "(no label)"
    for link in topology.connectors:
        source, target = (_name(topology, end) for end in (link.source, link.target))
        yield f"{source} -{link.label}-> {target}" if link.label else f"{source} -> {target}"


def _name(topology: Topology, end: str | None) -> str:
    return topology.label(topology.owner(end)) if end else "(nothing)"


def _details(topology: Topology, case: Case) -> Iterator[str]:
    places = {topology.label(i): i for i in topology.shapes if topology.label(i)}
    for i in topology.shapes:
        label, area, element = topology.label(i), topology.area_of(i), topology.by_id[i]
        if area and label:
            yield f"{label} in {topology.label(area)}"
        if label in case.rows:
            for part in topology.parts(i):
                lines = str(topology.by_id[part].get("originalText") or "").split("\n")
                yield from (f"{label}: {line}" for line in lines if line)
        if label in case.painted:
            fill = nearest_hue(element["backgroundColor"])
            yield f"{label} is {fill if fill != 'default' else nearest_hue(element['strokeColor'])}"
        if label in case.shaped:
            yield f"{label} is a {element['type']}"
    for one, side, other in map(side_of, case.sides):
        if one in places and other in places and _lies(topology, places[one], side, places[other]):
            yield f"{one} {side} {other}"


def _lies(topology: Topology, one: str, side: str, other: str) -> bool:
    a, b = rect_of(topology.by_id[one]), rect_of(topology.by_id[other])
    return {
        "left of": a.right <= b.x,
        "right of": a.x >= b.right,
        "above": a.bottom <= b.y,
        "below": a.y >= b.bottom,
    }[side]
