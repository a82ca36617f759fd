"""A scene as Mermaid: its bound connectors and labelled shapes as a flowchart."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.scene.elements import rect_of
from app.domain.scene.topology import Connector, Topology, in_reading_order

_BRACKETS = {"ellipse": ("([", "])"), "diamond": ("{", "}")}
_LINES = {"dashed": "-.-", "dotted": "-.-", "solid": "---"}
_HEADS = {"---": "-->", "-.-": "-.->"}
_UNSAFE = re.compile(r'["`<>#&;]')


def to_mermaid_scene(elements: Sequence[Mapping[str, Any]]) -> str:
    """A Mermaid flowchart. Ids are n1, n2 ... in reading order; labels are always quoted, so no
    word can be mistaken for a keyword.
    Titles, free-hand lines, images and loose arrows are left out."""
    topology = Topology(e for e in elements if not e.get("isDeleted"))
    ids = [
        i
        for i in in_reading_order(topology.shapes, topology)
        if topology.owner(i) == i and topology.by_id[i]["type"] != "image"
    ]
    links = [c for c in topology.connectors if c.source and c.target]
    connected = {end for c in links for end in (c.source, c.target)}
    ids = [
        i
        for i in ids
        if i in connected
        or i in topology.areas
        or (topology.label(i) and topology.by_id[i]["type"] != "text")
    ]
    names = {i: f"n{k}" for k, i in enumerate(ids, 1)}
    lines = [f"flowchart {_direction(links, topology)}"]
    children: dict[str | None, list[str]] = {}
    for i in ids:
        area = topology.area_of(i)
        children.setdefault(area if area in names else None, []).append(i)
    lines += _body(None, children, names, topology, "  ")
    for link in links:
        ends = (link.source or "", link.target or "")
        source, target = (names.get(topology.owner(end)) for end in ends)
        if source and target:
            lines.append(f"  {source} {_arrow(link, topology)} {target}")
    return "\n".join(lines) + "\n"


def _body(
    area: str | None,
    children: Mapping[str | None, Sequence[str]],
    names: Mapping[str, str],
    topology: Topology,
    indent: str,
) -> list[str]:
    lines: list[str] = []
    for i in children.get(area, ()):
        label = _quoted(topology.label(i) or " ")
        if i in topology.areas and children.get(i):
            lines.append(f"{indent}subgraph {names[i]}[{label}]")
            lines += _body(i, children, names, topology, indent + "  ")
            lines.append(f"{indent}end")
        else:
            opening, closing = _BRACKETS.get(topology.by_id[i]["type"], ("[", "]"))
            lines.append(f"{indent}{names[i]}{opening}{label}{closing}")
    return lines


def _arrow(link: Connector, topology: Topology) -> str:
    element = topology.by_id[link.id]
    line = _LINES.get(element["strokeStyle"], "---")
    forward, backward = element.get("endArrowhead"), element.get("startArrowhead")
    if forward or backward:
        line = _HEADS[line]
        if backward:
            line = "<" + line if forward else line
    return f"{line}|{_quoted(link.label)}|" if link.label else line


def _quoted(label: str) -> str:
    """Characters that Mermaid would read as syntax become entities."""
    safe = _UNSAFE.sub(lambda match: f"#{ord(match.group())};", label)
    return f'"{safe}"'


def _direction(links: Sequence[Connector], topology: Topology) -> str:
    """The way most connectors run."""
    across = down = 0.0
    for link in links:
        if link.source in topology.by_id and link.target in topology.by_id:
            (x0, y0), (x1, y1) = (
                rect_of(topology.by_id[end or ""]).center for end in (link.source, link.target)
            )
            across += abs(x1 - x0)
            down += abs(y1 - y0)
    return "LR" if across > down else "TD"
