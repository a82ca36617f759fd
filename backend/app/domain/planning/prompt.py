"""Builds the prompt of a language model: a stable system text, the canvas, then the request."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.planning.kinds import PlanKinds
from app.domain.planning.names import stems
from app.domain.planning.prompts import v3
from app.domain.planning.request import (
    EarlierJob,
    PlanRequest,
    SceneContext,
    SceneEdge,
    SceneNode,
)

PROMPT_VERSION = v3.PROMPT_VERSION


MAX_LISTED = 150
MAX_EDGES_LISTED = 300
SHORT_LABEL = 60
FULL_LABEL = 400
MAX_EARLIER = 6
MAX_ROWS = 12
EARLIER_LABEL = 300
_TELLING = 4  # letters


@dataclass(frozen=True)
class Example:
    """An example of the prompt, to be known again in answers: the labels that its operation `op`
    writes. `topic` are the words that its request and its drawing share: what is about the same
    may well look alike."""

    op: str
    labels: tuple[str, ...]
    topic: frozenset[str]


def _examples() -> tuple[Example, ...]:
    found = re.findall(r"^Example\..*?Request: (.+)\n(\{.+\})$", v3.SYSTEM, re.MULTILINE)
    return tuple(_example(request, json.loads(answer)) for request, answer in found)


def _example(request: str, answer: dict[str, Any]) -> Example:
    (operation,) = answer["operations"]
    nodes = operation.get("nodes") or [operation["node"]]
    labels = tuple(node["label"] for node in nodes)
    shown = set(stems(" ".join((answer["title"], *labels))))
    topic = frozenset(w for w in stems(request) if w in shown and len(w) >= _TELLING)
    return Example(operation["op"], labels, topic)


EXAMPLES = _examples()


def build_messages(
    request: PlanRequest, kinds: PlanKinds, most_chars: int | None = None
) -> tuple[str, str]:
    """(system, user). The system text never changes within a version, so that servers can cache
    it; what people wrote on the canvas is fenced and quoted, so that it stays data. Of the canvas
    and of earlier jobs as much is told as `most_chars` of both allow."""
    system = _system(kinds)
    listed, jobs = MAX_LISTED, MAX_EARLIER
    user = _user(request, listed, jobs)
    while most_chars is not None and len(system) + len(user) > most_chars and listed:
        listed, jobs = listed // 2, jobs // 2
        user = _user(request, listed, jobs)
    return system, user


def _user(request: PlanRequest, listed: int, jobs: int) -> str:
    mode = v3.CREATE if request.mode == "create" else v3.MODIFY
    asked = f"{v3.REQUEST} {request.instruction.strip()}"
    earlier = _earlier(request.earlier[-jobs:] if jobs else ())
    parts = [_canvas(request.context, listed), earlier, mode, asked]
    return "\n\n".join(part for part in parts if part)


def _system(kinds: PlanKinds) -> str:
    """Kinds that mean the same share a line."""
    meanings: dict[str, list[str]] = {}
    for kind in kinds:
        if kind.meaning:
            meanings.setdefault(kind.meaning, []).append(kind.id)
    lines = [f"- {', '.join(names)}: {meaning}" for meaning, names in meanings.items()]
    system = v3.SYSTEM.replace("<kinds>", ", ".join(kinds.ids))
    return system.replace("<meanings>", "\n".join(lines))


def _earlier(jobs: Sequence[EarlierJob]) -> str:
    """The last few of them, each in one line."""
    if not jobs:
        return ""
    lines = [
        _quoted(job.instruction, EARLIER_LABEL)
        + (f" -> {_quoted(job.summary, EARLIER_LABEL)}" if job.summary else "")
        + (" (taken back)" if job.undone else "")
        for job in jobs[-MAX_EARLIER:]
    ]
    return "\n".join([v3.EARLIER_START, *lines, v3.EARLIER_END])


def _canvas(context: SceneContext, most: int) -> str:
    if not context.nodes and not context.hidden_nodes:
        return v3.EMPTY_CANVAS
    listed = _listed(context, most)
    lines = [v3.CANVAS_START]
    lines += _section("selected", [node for node in listed if node.selected], FULL_LABEL)
    lines += _section("visible", [n for n in listed if n.visible and not n.selected], SHORT_LABEL)
    lines += _section(
        "elsewhere", [n for n in listed if not n.visible and not n.selected], SHORT_LABEL
    )
    lines += _topology(context, {node.alias for node in listed})
    lines += _counts(context, len(listed))
    return "\n".join([*lines, v3.CANVAS_END])


def _listed(context: SceneContext, most: int) -> list[SceneNode]:
    """All of the selection, then the visible, then the rest, as far as there is room; where that
    is less than usual, not even all of the selection."""
    ranked = sorted(context.nodes, key=lambda node: (not node.selected, not node.visible))
    return ranked[: max(most, len(context.selected)) if most == MAX_LISTED else most]


def _section(title: str, nodes: list[SceneNode], limit: int) -> list[str]:
    return [f"{title}:", *(_node(node, limit) for node in nodes)] if nodes else []


def _node(node: SceneNode, limit: int) -> str:
    extras = [node.shape]
    if node.color != "default":
        extras.append(node.color)
    if node.group:
        extras.append(f"in {_quoted(node.group, SHORT_LABEL)}")
    if node.kind:
        extras.append(f"of kind {node.kind}")
    if node.place:
        extras.append(node.place)
    rows = "".join(f"; {_quoted(row, SHORT_LABEL)}" for row in node.rows[:MAX_ROWS])
    more = "; ..." if len(node.rows) > MAX_ROWS else ""
    return f"{node.alias} {_quoted(node.label, limit)} ({', '.join(extras)}{rows}{more})"


def _quoted(label: str, limit: int) -> str:
    """A label as a JSON string that cannot close the fence around it."""
    short = label if len(label) <= limit else label[: limit - 1] + "\u2026"
    return json.dumps(short, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def _topology(context: SceneContext, listed: set[str]) -> list[str]:
    known = [e for e in context.edges if (e.source in listed) or (e.target in listed)]
    if not known:
        return []
    lines = [_edge(edge) for edge in known[:MAX_EDGES_LISTED]]
    if len(known) > MAX_EDGES_LISTED:
        lines.append(f"and {len(known) - MAX_EDGES_LISTED} more")
    return ["connections:", *lines]


def _edge(edge: SceneEdge) -> str:
    label = f" -{_quoted(edge.label, SHORT_LABEL)}-> " if edge.label else " -> "
    chosen = " (selected)" if edge.selected else ""
    return f"{edge.alias}: {edge.source or 'nothing'}{label}{edge.target or 'nothing'}{chosen}"


def _counts(context: SceneContext, listed: int) -> list[str]:
    hidden = context.hidden_nodes + len(context.nodes) - listed
    shapes = len(context.nodes) + context.hidden_nodes
    text = f"counts: {shapes} shapes, {len(context.edges)} connections"
    if hidden:
        text += f", {hidden} shapes not listed"
    return [text + (" (shortened)" if context.truncated else "")]
