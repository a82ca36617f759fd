"""Reads and writes Mermaid class diagrams: classes with members as rows, relations as edges."""

import re
from dataclasses import dataclass

from app.domain.planning.builder import ROW_LIMIT, ROWS_LIMIT, Arrow
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
from app.domain.planning.mermaid.writing import WAYS, escape, front, is_plain, names_of
from app.domain.planning.plan import Graph, LineStyle
from app.domain.planning.text import shorten

_NAME = r"(?:`[^`]+`|[^\s:{}\[\"`~<>]+)(?:~[^~]*~)?"
_CLASS = re.compile(
    rf"class\s+(?P<name>{_NAME})\s*(?:\[\"(?P<label>[^\"]*)\"\])?\s*(?::::?(?P<style>\w+))?\s*(?P<body>\{{.*)?$"
)
_RELATION = re.compile(
    rf"(?P<a>{_NAME})\s*(?P<ca>\"[^\"]*\")?\s*(?P<rel>(?:<\||[<*o}}])?(?:--|\.\.)(?:\|>|[>*o{{])?)\s*"
    rf"(?P<cb>\"[^\"]*\")?\s*(?P<b>{_NAME})\s*(?::\s*(?P<label>.*))?$"
)
_MEMBER = re.compile(rf"(?P<name>{_NAME})\s*:\s*(?P<member>.+)$")
_STEREOTYPE = re.compile(rf"(?P<what><<[^<>]+>>)\s*(?P<name>{_NAME})$")
_NAMESPACE = re.compile(r"namespace\s+(?P<name>[^\s{]+)\s*\{$")
_IGNORED = re.compile(r"(?:style|classDef|cssClass|click|link|callback|note|accTitle|accDescr)\b")


@dataclass
class _Scope:
    """Where the reader is: in which class body, in which namespace."""

    body: str | None = None
    group: str | None = None


def read_classes(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("er", "down", diagram.title)
    scope = _Scope()
    for row in diagram.rows:
        _read(builder, scope, row)
    if scope.body or scope.group:
        last = diagram.rows[-1].number if diagram.rows else 1
        raise fault(last, "A class or namespace is not closed by }.")
    return builder.finish(diagram)


def _read(builder: MermaidBuilder, scope: _Scope, row: SourceRow) -> None:
    text = unterminated(row.text)
    if text == "}":
        if scope.body is None and scope.group is None:
            raise fault(row.number, '"}" closes nothing.')
        if scope.body is not None:
            scope.body = None
        else:
            scope.group = None
    elif scope.body is not None:
        _member(builder, scope.body, text)
    elif match := _NAMESPACE.fullmatch(text):
        scope.group = builder.new_group(match["name"], name=match["name"])
    elif match := re.fullmatch(r"direction\s+(TD|TB|LR|RL|BT)", text):
        builder.direction = DIRECTIONS[match[1]]
    elif match := _CLASS.fullmatch(text):
        _open(builder, scope, match)
    elif match := _STEREOTYPE.fullmatch(text):
        _member(builder, _class(builder, scope, match["name"]), match["what"])
    elif _IGNORED.match(text):
        builder.remark("Mermaid's own styles, links and notes were left out.")
    else:
        _relation_or_member(builder, scope, row, text)


def _relation_or_member(builder: MermaidBuilder, scope: _Scope, row: SourceRow, text: str) -> None:
    relation = _RELATION.fullmatch(text)
    if relation:
        _relate(builder, scope, relation)
        return
    member = _MEMBER.fullmatch(text)
    if not member:
        raise fault(row.number, f'A class, member or relation is expected, not "{text[:40]}".')
    _member(builder, _class(builder, scope, member["name"]), member["member"])


def _class(builder: MermaidBuilder, scope: _Scope, name: str, label: str | None = None) -> str:
    plain = name.strip("`")
    shown = label
    if shown is None and "~" in plain:
        shown = re.sub(r"~([^~]*)~", r"<\1>", plain)
    return builder.named(plain.split("~")[0], shown, group=scope.group)


def _open(builder: MermaidBuilder, scope: _Scope, match: re.Match[str]) -> None:
    label = match["label"]
    node = _class(builder, scope, match["name"], decode(label) if label is not None else None)
    if match["style"] in COLOR_NAMES:
        color = COLOR_NAMES[match["style"]]
        builder.replace(builder.get(node).model_copy(update={"color": color}))
    body = match["body"]
    if body is None:
        return
    inside = body[1:].strip()
    if inside.endswith("}"):
        for member in inside[:-1].split(";"):
            _member(builder, node, member)
    else:
        _member(builder, node, inside)
        scope.body = node


def _member(builder: MermaidBuilder, node_id: str, text: str) -> None:
    node = builder.get(node_id)
    row = shorten(decode(text), ROW_LIMIT)
    if row and len(node.rows) < ROWS_LIMIT:
        builder.replace(node.model_copy(update={"rows": [*node.rows, row]}))


def _relate(builder: MermaidBuilder, scope: _Scope, match: re.Match[str]) -> None:
    sign = match["rel"]
    line: LineStyle = "dashed" if ".." in sign else "solid"
    head, tail = sign[-1] not in "-.", sign[0] not in "-."
    arrow: Arrow = "both" if head and tail else "end" if head else "start" if tail else "none"
    words = [decode(match[part] or "") for part in ("ca", "label", "cb")]
    source, target = _class(builder, scope, match["a"]), _class(builder, scope, match["b"])
    builder.link(source, target, " ".join(word for word in words if word), line, arrow)


def write_classes(graph: Graph) -> str | None:
    if not is_plain(graph, shapes=False, arrows=True, rows=True):
        return None
    names = names_of(graph)
    lines = [*front(graph), "classDiagram", f"  direction {WAYS[graph.direction]}"]
    for node in graph.nodes:
        lines.append(f'  class {names[node.id]}["{escape(node.label)}"] {{')
        lines += [f"    {escape(row)}" for row in node.rows if row.strip()]
        lines.append("  }")
    signs = {"end": ("", ">"), "start": ("<", ""), "both": ("<", ">"), "none": ("", "")}
    for edge in graph.edges:
        tail, head = signs[edge.arrow]
        sign = f"{tail}{'..' if edge.line == 'dashed' else '--'}{head}"
        text = f" : {escape(edge.label)}" if edge.label.strip() else ""
        lines.append(f"  {names[edge.source]} {sign} {names[edge.target]}{text}")
    return "\n".join(lines) + "\n"
