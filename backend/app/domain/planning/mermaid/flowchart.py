"""Reads Mermaid flowcharts: nodes of every shape, chains, fans, labels, subgraphs."""

import re
from dataclasses import dataclass, field

from app.domain.planning.builder import Arrow
from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import (
    COLOR_NAMES,
    DIRECTIONS,
    MermaidBuilder,
    MermaidSource,
    SourceRow,
    decode,
    fault,
    statements,
)
from app.domain.planning.plan import LineStyle, Shape

_ID = re.compile(r"(?:(?!--|-\.|==|~~~|<-|&\s)[^\s;:@()\[\]{}<>|\"=~])+")
_PAIRS: tuple[tuple[str, tuple[str, ...], Shape], ...] = (
    ("(((", (")))",), "ellipse"), ("((", ("))",), "ellipse"), ("([", ("])",), "ellipse"),
    ("[[", ("]]",), "rectangle"), ("[(", (")]",), "rectangle"),
    ("[/", ("/]", "\\]"), "rectangle"), ("[\\", ("\\]", "/]"), "rectangle"),
    ("{{", ("}}",), "rectangle"), ("[", ("]",), "rectangle"), ("(", (")",), "rectangle"),
    ("{", ("}",), "diamond"), (">", ("]",), "note"),
)  # fmt: skip
_SHAPE_NAMES: dict[str, Shape] = {
    "circle": "ellipse", "circ": "ellipse", "stadium": "ellipse", "pill": "ellipse",
    "terminal": "ellipse", "dbl-circ": "ellipse", "ellipse": "ellipse", "sm-circ": "ellipse",
    "diam": "diamond", "decision": "diamond", "diamond": "diamond", "question": "diamond",
    "text": "text", "notch-rect": "note", "card": "note", "odd": "note", "comment": "note",
    "brace": "note",
}  # fmt: skip
_PLAIN_LINK = re.compile(
    r"\s*(?:\w+@(?=[-=<]))?(?P<start>[<ox](?=--|==|-\.))?(?P<body>--+>|---+|--+[xo](?=[\s|])|==+>|===+|==+[xo](?=[\s|])"
    r"|-\.+->|-\.+-[xo](?=[\s|])|-\.+-|~~~+)\s*(?:\|(?P<text>\"[^\"]*\"|[^|]*)\|)?"
)
_TEXT_LINK = re.compile(
    r"\s*(?P<start>[<ox](?=--|==|-\.))?(?P<body>--|==|-\.)\s*(?![->=.])(?P<text>\"[^\"]*\"|[^\"|]*?)\s*"
    r"(?P<end>--+>|---+|--+[xo](?=\s)|==+>|===+|\.+->|\.+-)"
)
_IGNORED = re.compile(
    r"(?:classDef|style|linkStyle|click|class|accTitle|accDescr)\b", re.IGNORECASE
)
_SUBGRAPH = re.compile(r"subgraph\b\s*(?P<rest>.*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"(\w+)\s*:\s*(\"[^\"]*\"|[^,}]*)")
MAX_DEPTH = 50


@dataclass
class _State:
    builder: MermaidBuilder
    path: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    opened: list[int] = field(default_factory=list)

    @property
    def group(self) -> str | None:
        return self.path[-1] if self.path else None


def read_flowchart(diagram: MermaidSource, kind: str) -> Reading:
    """A graph of this kind, unless a hint names another one."""
    header = re.match(
        r"(?:flowchart(?:-elk)?|graph)\b\s*(?P<way>TD|TB|LR|RL|BT|>|<|\^|v)?\s*;?\s*(?P<rest>.*)",
        diagram.header,
    )
    way = header["way"] if header and header["way"] else "TD"
    builder = MermaidBuilder(kind, DIRECTIONS.get(way, "down"), diagram.title)
    state = _State(builder)
    rows = list(diagram.rows)
    if header and header["rest"].strip():
        rows.insert(0, SourceRow(1, 0, header["rest"]))
    for row in statements(rows):
        _statement(state, row)
    if state.path:
        raise fault(state.opened[-1], 'This subgraph has no "end".')
    _replace_group_ends(state)
    _apply_hints(builder, diagram)
    return builder.finish(diagram)


def _statement(state: _State, row: SourceRow) -> None:
    text = row.text
    subgraph = _SUBGRAPH.fullmatch(text)
    if subgraph:
        _open(state, row, subgraph["rest"].strip())
    elif text == "end":
        if not state.path:
            raise fault(row.number, '"end" closes nothing.')
        state.path.pop()
        state.opened.pop()
    elif re.fullmatch(r"direction\s+(?:TD|TB|LR|RL|BT)", text):
        state.builder.remark("A direction inside a subgraph is not kept.")
    elif _IGNORED.match(text) and not re.match(r"\w+\s*(?:--|==|-\.|<--)", text):
        _ignore(state, text)
    else:
        _chain(state, row)


def _ignore(state: _State, text: str) -> None:
    assigned = re.fullmatch(r"class\s+(?P<ids>[^\s]+)\s+(?P<name>\w+)", text)
    if assigned and assigned["name"] in COLOR_NAMES:
        for name in assigned["ids"].split(","):
            _tint(state, name, assigned["name"])
        return
    defined = re.match(r"classDef\s+(\w+)", text)
    if not defined or defined[1] not in COLOR_NAMES:
        state.builder.remark("Mermaid's own styles (classDef, style, click) were left out.")


def _tint(state: _State, name: str, color: str) -> None:
    node_id = state.builder.by_name.get(name)
    if node_id and color in COLOR_NAMES:
        node = state.builder.get(node_id)
        state.builder.replace(node.model_copy(update={"color": COLOR_NAMES[color]}))


def _open(state: _State, row: SourceRow, rest: str) -> None:
    if len(state.path) >= MAX_DEPTH:
        raise fault(row.number, "Subgraphs are nested too deeply.")
    match = re.fullmatch(r"(?P<id>[^\s\[\"]+)\s*\[(?P<title>.*)\]", rest, re.DOTALL)
    name = match["id"] if match else decode(rest)
    title = decode(match["title"]) if match else decode(rest)
    group = state.builder.new_group(title, state.group, name)
    state.groups.setdefault(name, group)
    state.path.append(group)
    state.opened.append(row.number)


def _chain(state: _State, row: SourceRow) -> None:
    """ "A & B --> C -- text --> D": connect each set of nodes with the next."""
    position, previous = 0, list[str]()
    link: tuple[str, LineStyle, Arrow] | None = None
    while True:
        current, position = _nodes(state, row, position)
        if link is not None:
            label, line, arrow = link
            for source in previous:
                for target in current:
                    state.builder.link(source, target, label, line, arrow)
        previous = current
        if not row.text[position:].strip():
            return
        match = _PLAIN_LINK.match(row.text, position) or _TEXT_LINK.match(row.text, position)
        if not match:
            raise fault(
                row.number, f'An arrow like --> is expected at "{_near(row.text, position)}".'
            )
        link = _link(state, match)
        position = match.end()


def _near(text: str, position: int) -> str:
    return text[position:].strip()[:30]


def _link(state: _State, match: re.Match[str]) -> tuple[str, LineStyle, Arrow]:
    found = match.groupdict()
    body, end = found["body"], found.get("end") or found["body"]
    line: LineStyle = "dashed" if "." in body else "solid"
    if body.startswith("~"):
        state.builder.remark("Invisible links (~~~) are drawn as dotted lines.")
        return "", "dotted", "none"
    head = end[-1] in ">xo"
    if end[-1] in "xo" or found["start"] in ("x", "o"):
        state.builder.remark("Arrow heads with a cross or circle are drawn as normal arrows.")
    arrow: Arrow = "both" if head and found["start"] else "end" if head else "none"
    if found["start"] and not head:
        arrow = "start"
    return decode(found["text"] or ""), line, arrow


def _nodes(state: _State, row: SourceRow, position: int) -> tuple[list[str], int]:
    """One node or several joined by "&"; their ids and the position behind them."""
    found: list[str] = []
    while True:
        node, position = _node(state, row, position)
        found.append(node)
        more = re.compile(r"\s*&\s*").match(row.text, position)
        if not more:
            return found, position
        position = more.end()


def _node(state: _State, row: SourceRow, position: int) -> tuple[str, int]:
    start = re.compile(r"\s*").match(row.text, position)
    position = start.end() if start else position
    match = _ID.match(row.text, position)
    if not match:
        raise fault(
            row.number,
            f'The name of a node is expected at "{_near(row.text, position) or "the end"}".',
        )
    name, position = match.group(), match.end()
    label, shape, position = _shape(row, position)
    if row.text.startswith("@{", position):
        label, shape, position = _attributes(row, position, label, shape)
    node = state.builder.named(name, label, shape=shape, group=state.group)
    styled = re.compile(r":::(\w+)").match(row.text, position)
    if styled:
        position = styled.end()
        if styled[1] in COLOR_NAMES:
            _tint(state, name, styled[1])
        else:
            state.builder.remark("Mermaid's own styles (classDef, style, click) were left out.")
    return node, position


def _shape(row: SourceRow, position: int) -> tuple[str | None, Shape, int]:
    """The label in brackets after a name, the shape that the brackets mean, the position behind."""
    for opening, closings, shape in _PAIRS:
        if not row.text.startswith(opening, position):
            continue
        start = position + len(opening)
        end, closing = _closing(row.text, start, closings)
        if end < 0:
            raise fault(row.number, f'"{opening}" is not closed by "{closings[0]}".')
        return decode(row.text[start:end]), shape, end + len(closing)
    return None, "rectangle", position


def _closing(text: str, start: int, closings: tuple[str, ...]) -> tuple[int, str]:
    quote = re.compile(r'\s*"[^"]*"\s*').match(text, start)
    search = quote.end() if quote else start
    ends = [(text.find(closing, search), closing) for closing in closings]
    return min(((end, closing) for end, closing in ends if end >= 0), default=(-1, ""))


def _attributes(
    row: SourceRow, position: int, label: str | None, shape: Shape
) -> tuple[str | None, Shape, int]:
    """ "@{ shape: diam, label: "Paid?" }" after a name."""
    end, quoted = -1, False
    for index in range(position, len(row.text)):
        if row.text[index] == '"':
            quoted = not quoted
        elif row.text[index] == "}" and not quoted:
            end = index
            break
    if end < 0:
        raise fault(row.number, '"@{" is not closed by "}".')
    found = {key: decode(value) for key, value in _ATTRIBUTE.findall(row.text[position:end])}
    name = found.get("shape", "")
    return found.get("label", label), _SHAPE_NAMES.get(name, shape), end + 1


def _replace_group_ends(state: _State) -> None:
    """An arrow to a subgraph ends at the subgraph's first node."""
    builder = state.builder
    replaced: dict[str, str] = {}
    for name, group in state.groups.items():
        node_id = builder.by_name.get(name)
        if node_id is None or name in builder.explicit:
            continue
        members = [n.id for n in builder.nodes if n.group == group and n.id != node_id]
        if members:
            replaced[node_id] = members[0]
    if not replaced:
        return
    builder.remark("Arrows to a subgraph end at its first shape.")
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


def _apply_hints(builder: MermaidBuilder, diagram: MermaidSource) -> None:
    """Our own export's comments: kind, cells and rows that Mermaid has no words for."""
    for hint in diagram.hints:
        word, _, rest = hint.partition(" ")
        name, _, value = rest.partition(" ")
        if word == "kind":
            builder.kind = rest.strip() if rest.strip() in diagram.kinds else builder.kind
        elif word == "line" and rest.strip().isdigit() and int(rest) < len(builder.edges):
            index = int(rest)
            builder.edges[index] = builder.edges[index].model_copy(update={"line": "dotted"})
        elif name in builder.by_name:
            node = builder.get(builder.by_name[name])
            cell = re.fullmatch(r"(\d{1,3}|-) (\d{1,3}|-)", value)
            if word == "row" and len(node.rows) < 60:
                builder.replace(node.model_copy(update={"rows": [*node.rows, decode(value)[:200]]}))
            elif word == "cell" and cell:
                column, line = (None if part == "-" else int(part) for part in cell.groups())
                if (column or 0) <= 200 and (line or 0) <= 500:
                    builder.replace(node.model_copy(update={"column": column, "row": line}))
