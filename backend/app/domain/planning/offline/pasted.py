"""Recognises texts of other tools and programs that nobody can read yet, by their name."""

# ruff: noqa: E501 - a pattern stands on one line

import re

YAML = "YAML"
FORMATS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        ("PlantUML", r"\s*@start\w+", re.IGNORECASE),
        ("Graphviz (DOT)", r"\s*(?:strict\s+)?(?:di)?graph\s*(?:\"[^\"]*\"|\w+)?\s*\{", re.IGNORECASE),
        ("SQL", r"\s*(?:--[^\n]*\n\s*)*(?:CREATE\s+(?:TABLE|TYPE|SCHEMA|DATABASE|VIEW)|ALTER\s+TABLE|INSERT\s+INTO|SELECT\s.+\sFROM)\b", re.IGNORECASE | re.DOTALL),
        ("a draw.io (diagrams.net) file", r"\s*(?:<\?xml[^>]*>\s*)?<(?:mxGraphModel|mxfile)\b", re.IGNORECASE),
        ("a BPMN file", r"\s*(?:<\?xml[^>]*>\s*)?<(?:\w+:)?definitions\b", re.IGNORECASE),
        ("an SVG picture", r"\s*(?:<\?xml[^>]*>\s*)?<svg\b", re.IGNORECASE),
        ("HTML", r"\s*<(?:!doctype\s+html|html|div|body|table)\b", re.IGNORECASE),
        ("XML", r"\s*<(?:\?xml\b|[a-z][\w:-]*(?:\s[^<>]*)?>\s*<[a-z])", re.IGNORECASE),
        ("a Kubernetes manifest", r"(?s)(?=.*^\s*apiVersion:)(?=.*^\s*kind:\s)", re.MULTILINE),
        ("a Docker Compose file", r"(?s)(?:.*?\n)?services:\s*\n(?=[ \t]+\S+:\s*\n)(?=.*^\s+(?:image|build|depends_on|ports):)", re.MULTILINE),
        ("Terraform", r"\s*(?:resource|provider|module|variable)\s+\"[^\"]+\"(?:\s+\"[^\"]+\")?\s*\{", 0),
        ("D2", r"\s*\w+:\s*\{\s*\n(?=.*\})", re.DOTALL),
        ("JSON", r"\s*(?:\{\s*(?:\}|\"[^\"\n]*\"\s*:)|\[\s*(?:\{|\"[^\"\n]*\"\s*,|\d))", 0),
        ("a Dockerfile", r"\s*FROM\s+\S+\n(?=.*^(?:RUN|COPY|CMD|WORKDIR)\s)", re.MULTILINE | re.DOTALL),
        ("program code (Python)", r"(?s)\s*(?:(?:from\s+\S+\s+)?import\s+\S+.*)?(?:class\s+\w+[^\n]*:|def\s+\w+\([^\n]*\)[^\n]*:)\s*\n\s+\S", 0),
        ("program code", r"\s*(?:#include\s*[<\"]|package\s+[\w.]+;?\s*\n|public\s+(?:class|interface)\s|(?:export\s+)?(?:class|interface|enum)\s+\w+[^\n]*\{|(?:async\s+)?function\s+\w*\(|func\s+\w+\(|fn\s+\w+\(|(?:const|let|var)\s+\w+\s*=)", 0),
        ("a picture made of characters", r"(?:.*\n)*?[ \t]*(?:\+[-=]{2,}\+|[\u250c\u2554][\u2500\u2550]{2,})", 0),
        (YAML, r"(?:#[^\n]*\n)*[\w-]+:[ \t]*(?:[^\s][^\n]*)?\n(?:[^\n]*\n)*?[ \t]+(?:-[ \t]+)?[\w-]+:(?:[ \t]|\n|$)", 0),
    )
)  # fmt: skip
_TREE = re.compile(
    r"^(?P<lines>[\u2502| \t\u00a0]*)(?:[\u251c\u2514][\u2500]+|[|+`]-{2,})[ \t]*", re.MULTILINE
)
_BRANCH = re.compile(r"[\u251c\u2514][\u2500]|^[ \t]*[|`]--", re.MULTILINE)
_KEY = re.compile(
    r"(?P<indent> *)(?P<mark>- )?(?:(?P<key>[\w-]+):(?:[ ]+(?P<value>[^\s:][^:]*))?|(?P<item>[\w][^:]*))"
)
_CHECKED = re.compile(r"(?:[ \t]*[-*+][ \t]+\[[ xX]\][ \t]+\S[^\n]*(?:\n|$)){2,}")


def format_of(text: str) -> str | None:
    """The name of the format that a text is written in; None for plain words."""
    if _BRANCH.search(text):
        return None
    return next((name for name, pattern in FORMATS if pattern.match(text)), None)


def indented(text: str) -> str:
    """A listing of folders drawn with characters, or keys and values below each other, as an
    indented outline; other texts as they are."""
    if not _BRANCH.search(text):
        return _keys(text) or text
    return _TREE.sub(lambda match: " " * (len(match["lines"]) + 4), text)


def _keys(text: str) -> str | None:
    """ "bakery:\n  bread:\n    - rye\n  cake: apple": what has no line of another kind."""
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [_KEY.fullmatch(line) for line in lines]
    found = [row for row in rows if row]
    if len(found) < max(3, len(rows)) or found[0]["value"] or found[0]["indent"]:
        return None
    if sum(not row["indent"] for row in found) != 1 or not any(row["key"] for row in found[1:]):
        return None
    shown: list[str] = []
    for row in found:
        depth = len(row["indent"]) * 2 + (2 if row["mark"] else 0)
        words = [part for part in (row["key"], row["value"] or row["item"]) if part]
        shown += [" " * (depth + at) + word.strip() for at, word in enumerate(words)]
    return "\n".join(shown)


def checked(text: str) -> list[tuple[bool, str]] | None:
    """The lines of a check list, each with whether it is ticked."""
    if not _CHECKED.fullmatch(text.strip("\n") + "\n"):
        return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [(line.split("[", 1)[1][0] != " ", line.split("]", 1)[1].strip()) for line in lines]
