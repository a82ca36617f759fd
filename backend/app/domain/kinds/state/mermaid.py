"""Reads Mermaid state diagrams: states, transitions, composite states, choices."""

import re
from dataclasses import dataclass, field

from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import (
    COLOR_NAMES,
    DIRECTIONS,
    MermaidBuilder,
    MermaidSource,
    SourceRow,
    decode,
    fault,
    unterminated,
)
from app.domain.planning.plan import Shape

_TRANSITION = re.compile(
    r"(?P<a>\[\*\]|[^\s:]+)\s*-->\s*(?P<b>\[\*\]|[^\s:]+)\s*(?::\s*(?P<label>.*))?$"
)
_ALIAS = re.compile(
    r"state\s+\"(?P<label>[^\"]*)\"\s+as\s+(?P<name>[^\s{:]+)(?P<style>:::\w+)?\s*(?P<body>\{)?$"
)
_STATE = re.compile(r"state\s+(?P<name>[^\s{\"<]+)\s*(?P<kind><<\w+>>)?\s*(?P<body>\{)?$")
_DESCRIPTION = re.compile(r"(?P<name>[^\s:]+)\s*:\s*(?P<label>.+)$")
_NOTE = re.compile(r"note\s+(?:left|right)\s+of\s+[^\s:]+(?P<inline>\s*:.*)?$", re.IGNORECASE)
_IGNORED = re.compile(r"(?:classDef|class|style|hide|scale|accTitle|accDescr)\b")
MAX_DEPTH = 50


@dataclass
class _Scope:
    path: list[str] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    in_note: bool = False

    @property
    def group(self) -> str | None:
        return self.path[-1] if self.path else None


def read_states(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("state", "down", diagram.title)
    scope = _Scope()
    composites: dict[str, str] = {}
    for row in diagram.rows:
        _read(builder, scope, composites, row)
    if scope.path:
        raise fault(scope.opened[-1], "This composite state is not closed by }.")
    _enter_composites(builder, composites)
    return builder.finish(diagram)


def _read(
    builder: MermaidBuilder, scope: _Scope, composites: dict[str, str], row: SourceRow
) -> None:
    text = unterminated(row.text)
    if scope.in_note:
        scope.in_note = text.lower() != "end note"
    elif note := _NOTE.fullmatch(text):
        scope.in_note = note["inline"] is None
        builder.remark("Notes in the state diagram were left out.")
    elif text == "}":
        if not scope.path:
            raise fault(row.number, '"}" closes nothing.')
        scope.path.pop()
        scope.opened.pop()
    elif match := re.fullmatch(r"direction\s+(TD|TB|LR|RL|BT)", text):
        if not scope.path:
            builder.direction = DIRECTIONS[match[1]]
    elif match := _ALIAS.fullmatch(text) or _STATE.fullmatch(text):
        _declare(builder, scope, composites, match, row)
    elif match := _TRANSITION.fullmatch(text):
        source = _end(builder, scope, match["a"], "Start")
        target = _end(builder, scope, match["b"], "End")
        builder.link(source, target, decode(match["label"] or ""), "solid", "end")
    elif text != "--" and not _IGNORED.match(text):
        _describe(builder, scope, row, text)


def _describe(builder: MermaidBuilder, scope: _Scope, row: SourceRow, text: str) -> None:
    match = _DESCRIPTION.fullmatch(text)
    if match:
        builder.named(match["name"], decode(match["label"]), group=scope.group)
    elif re.fullmatch(r"[^\s<>{}-]+", text):
        _end(builder, scope, text, text)
    else:
        raise fault(
            row.number, f'A state or a transition like "A --> B" is expected, not "{text[:40]}".'
        )


def _declare(
    builder: MermaidBuilder,
    scope: _Scope,
    composites: dict[str, str],
    match: re.Match[str],
    row: SourceRow,
) -> None:
    found = match.groupdict()
    label = found.get("label")
    shown = decode(label) if label is not None else match["name"]
    if found["body"]:
        if len(scope.path) >= MAX_DEPTH:
            raise fault(row.number, "States are nested too deeply.")
        group = builder.new_group(shown, scope.group, match["name"])
        composites.setdefault(match["name"], group)
        scope.path.append(group)
        scope.opened.append(row.number)
        return
    shape: Shape = "diamond" if found.get("kind") == "<<choice>>" else "rectangle"
    node = builder.named(match["name"], shown, shape=shape, group=scope.group)
    style = (found.get("style") or "").lstrip(":")
    if style in COLOR_NAMES:
        builder.replace(builder.get(node).model_copy(update={"color": COLOR_NAMES[style]}))


def _end(builder: MermaidBuilder, scope: _Scope, name: str, label: str) -> str:
    """The node of a transition's end; [*] is the start or the end of its composite state."""
    if name != "[*]":
        return builder.named(name.split(":::", maxsplit=1)[0], group=scope.group)
    inner = f"[{label.lower()}]" + (f" {scope.group}" if scope.group else "")
    return builder.named(inner[:80], label, shape="ellipse", group=scope.group)


def _enter_composites(builder: MermaidBuilder, composites: dict[str, str]) -> None:
    """A transition to a composite state ends at its first inner state."""
    replaced: dict[str, str] = {}
    for name, group in composites.items():
        node_id = builder.by_name.get(name)
        members = [node.id for node in builder.nodes if node.group == group and node.id != node_id]
        if node_id is not None and members:
            replaced[node_id] = members[0]
    if not replaced:
        return
    builder.remark("Transitions of a composite state end at its first inner state.")
    builder.nodes = [node for node in builder.nodes if node.id not in replaced]
    builder.reindex()
    builder.edges = [
        edge.model_copy(
            update={
                "source": replaced.get(edge.source, edge.source),
                "target": replaced.get(edge.target, edge.target),
            }
        )
        for edge in builder.edges
    ]
