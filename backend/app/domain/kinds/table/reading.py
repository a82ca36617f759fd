"""Reads tables: Markdown, CSV, tabs, "table with columns A, B; rows: ..." and lists of links."""

import csv
import re
from itertools import zip_longest

from app.domain.errors import TooLarge
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.sections import read_sections
from app.domain.planning.offline.sizes import size_of
from app.domain.planning.plan import MAX_NODES
from app.domain.planning.text import items, key, nice, vocabulary

WORDS = vocabulary(
    """
    von nach quelle ziel vorgesetzter chef jefe de vers à cible origen destino desde hasta nom
    nombre
    columns column headers header heading rows row with and the from to source target parent
    child manager boss reports label type relation name employee person node who by x spalten
    zeilen colonnes lignes columnas filas
    """
)

_RULE = re.compile(r"[\s|:+-]+")
_COLUMNS = re.compile(
    r"(?:with\s+|mit\s+|avec\s+|con\s+)?(?:(?:the|den|les|las)\s+)?(?:\d+\s+)?(?:columns?|headers?|heading|spalten?|colonnes?|columnas?)\s*:?\s+(?P<names>[^;\n]+)",
    re.I,
)
_ROWS = re.compile(
    r"(?:[;.\n]|,?\s+and\b|,?\s+with\b|,?\s+und\b)\s*(?:the\s+)?(?:rows?|zeilen?|lignes?|filas?)\s*:?\s+(?P<rows>.+)",
    re.I | re.DOTALL,
)
_FROM = vocabulary(
    "from source parent manager boss von quelle vorgesetzter chef de desde origen jefe"
) | {"reports to"}
_TO = vocabulary("to target child nach ziel vers à cible hasta destino a")
_PERSON = frozenset(["name", "employee", "person", "node", "child", "who", "nom", "nombre"])
Rows = list[list[str]]


def read_table(source: Source) -> GraphBuilder | None:
    """A table if one is named or the text is tabular; lists of links become graphs."""
    if source.kind not in (None, "table", "tree", "architecture", "flowchart", "grid"):
        return None
    rows = _markdown(source.body) or _separated(source)
    if rows is None and source.kind == "table":
        rows = _spoken(source) or _in_one_line(source) or _by_column(source) or _empty(source)
    if rows is None:
        return None
    return _links(source, rows) or (
        _draw(source, rows) if source.kind in (None, "table", "grid") else None
    )


def _markdown(body: str) -> Rows | None:
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    if not lines or any("|" not in line or "->" in line for line in lines):
        return None
    cells = [line.strip("|").split("|") for line in lines if not _RULE.fullmatch(line)]
    rows = [[cell.strip() for cell in row] for row in cells]
    return rows if len(rows) >= 2 or (rows and len(lines) >= 2) else None


def _separated(source: Source) -> Rows | None:
    """CSV, tab or semicolon separated lines with the same number of fields each."""
    lines = [line for line in source.body.split("\n") if line.strip()]
    if len(lines) < 2 or any(re.search(r"->|=>|\u2192", line) for line in lines):
        return None
    for separator in ("\t", ";", ","):
        try:
            rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True))
        except csv.Error:
            continue
        width = len(rows[0])
        if width < 2 or any(len(row) != width for row in rows):
            continue
        if source.kind == "table" or _tabular(rows, separator, source):
            return rows
    return None


def _tabular(rows: Rows, separator: str, source: Source) -> bool:
    if any(
        len(cell.split()) > 8 or cell.strip().startswith(("-", "*")) for row in rows for cell in row
    ):
        return False
    if re.search(r":\s", source.body) or re.search(r"^\s*(?:\d+[.)]|[-*])\s", source.body, re.M):
        return False
    return separator == "\t" or len(rows) >= 3 or len(rows[0]) >= 3


def _spoken(source: Source) -> Rows | None:
    """ "columns Name, Age; rows: Ana, 3; Ben, 4"."""
    columns = _COLUMNS.search(source.body) or _COLUMNS.search(source.text)
    if columns is None:
        return None
    given = _ROWS.search(source.text)
    names = re.split(
        r"(?:,?\s+(?:and|with|und)\s+)?(?:the\s+)?(?:rows?|zeilen?|lignes?|filas?)\s*:?\s",
        columns["names"],
        maxsplit=1,
    )[0]
    names, colon, below = names.partition(": ")
    header = items(names.strip(" .,"))
    if colon and given is None:
        below += source.body[columns.end() :] if columns.string == source.body else ""
        given_rows = [items(line) for line in re.split(r"[;\n]", below) if line.strip()]
        if not all(len(row) == len(header) for row in given_rows):
            return None
        return [header, *given_rows]
    lines = re.split(r"[;\n]", given["rows"]) if given else []
    rows = [items(line) for line in lines if line.strip()]
    if len(rows) == 1 and len(rows[0]) > 1 and len(header) != len(rows[0]):
        rows = [[name] for name in rows[0]]
    width = max([len(header), *(len(row) for row in rows)])
    return [[*row, *[""] * (width - len(row))] for row in [header, *rows]]


def _in_one_line(source: Source) -> Rows | None:
    """ "Name, Age; Ana, 30; Ben, 25": lines between semicolons, all of one length."""
    rows = [items(line) for line in re.split(r"[;\n]", source.body) if line.strip()]
    if len(rows) < 2 or ":" in source.body or any(len(row) != len(rows[0]) for row in rows):
        return None
    return rows if len(rows[0]) > 1 else None


def _by_column(source: Source) -> Rows | None:
    """ "Pros: fast, cheap; Cons: ugly": each section is a column."""
    sections = read_sections(source.body) or []
    if len(sections) < 2 or not any(section.items for section in sections):
        return None
    columns = [[section.name, *section.items] for section in sections]
    return [list(row) for row in zip_longest(*columns, fillvalue="")]


def _empty(source: Source) -> Rows | None:
    size = size_of(source.text)
    if size is None:
        return None
    if size[0] * size[1] > MAX_NODES:
        raise TooLarge(f"A table may have {MAX_NODES} cells at most.")
    return [[""] * size[0] for _ in range(size[1])] or None


def _draw(source: Source, rows: Rows) -> GraphBuilder:
    builder = GraphBuilder("table", title=source.title)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            builder.fresh(f'"{cell}"' if cell and '"' not in cell else cell, column=x, row=y)
    return builder


def _links(source: Source, rows: Rows) -> GraphBuilder | None:
    """Rows "from, to[, label]" as arrows; "name, manager" as a tree."""
    header = [key(cell) for cell in rows[0]]
    start = next((i for i, name in enumerate(header) if name in _FROM), None)
    end = next((i for i, name in enumerate(header) if name in _TO), None)
    if start is None:
        return None
    tree = end is None or header[start] in (
        "parent",
        "manager",
        "boss",
        "reports to",
        "vorgesetzter",
        "chef",
        "jefe",
    )
    if end is None:
        end = next((i for i, name in enumerate(header) if name in _PERSON and i != start), None)
    if end is None:
        return None
    label = next(
        (i for i in range(len(header)) if header[i] in ("label", "type", "relation")), None
    )
    unnamed = source.kinds.unnamed
    builder = source.builder(unnamed.one_root if tree else source.kind or unnamed.steps)
    for row in rows[1:]:
        text = row[label].strip() if label is not None else ""
        above = builder.node(nice(row[start])) if row[start].strip() else None
        below = builder.node(nice(row[end]))
        if above is not None:
            builder.edge(above, below, text)
    return builder
