"""What to say when an instruction is not understood: the nearest thing that would be."""

import difflib
import re

from app.domain.errors import NotUnderstood
from app.domain.planning.offline.header import KINDS, Source

EXAMPLES = {
    "flowchart": ("a flowchart", "order received -> in stock? if yes ship it, if no reorder"),
    "mindmap": ("a mind map", "mind map of coffee: beans (arabica, robusta), brewing, shops"),
    "tree": ("a tree", "org chart: CEO: CTO, CFO; CTO: Dev, Ops"),
    "kanban": ("a board", "To do: design, write; Doing: build; Done: plan"),
    "architecture": (
        "an architecture",
        "architecture: web and mobile talk to API; API -> database",
    ),
    "sequence": ("a sequence diagram", "sequence: User asks Server for page; Server queries DB"),
    "state": (
        "a state machine",
        "state machine: idle -> running on start; running -> idle on stop",
    ),
    "er": ("a data model", "ER diagram: Order (id, date) has many Items (id, quantity)"),
    "timeline": ("a timeline", "timeline: 2024 founded, 2025 seed round, 2026 launch"),
    "matrix": (
        "a matrix",
        "SWOT: Strengths: team; Weaknesses: budget; Opportunities: EU; Threats: law",
    ),
    "table": ("a table", "table with columns Name, Role; rows: Ana, owner; Ben, editor"),
    "wireframe": (
        "a wireframe",
        "login form with e-mail, password, Remember me checkbox and a Sign in button",
    ),
    "grid": ("a grid", "3x3 grid of sticky notes: speed, price, quality"),
}
# What people ask for that it cannot draw, and the kind that comes nearest.
_INSTEAD = {
    "pie": "table",
    "bar": "table",
    "histogram": "table",
    "scatter": "table",
    "graph of": "table",
    "venn": "matrix",
    "use case": "mindmap",
    "persona": "mindmap",
    "checklist": "kanban",
    "to-do": "kanban",
    "todo": "kanban",
    "canvas": "matrix",
    "schedule": "timeline",
    "calendar": "timeline",
    "screen": "wireframe",
    "website": "wireframe",
    "app": "wireframe",
    "network": "architecture",
    "service": "architecture",
    "server": "architecture",
    "cloud": "architecture",
    "team": "tree",
    "family": "tree",
    "database": "er",
}
EDIT_EXAMPLE = "make Server blue; rename Server to API; add Cache between API and Database; tidy up"


def not_understood(source: Source, editing: bool) -> NotUnderstood:
    """A sentence that names what is missing and the nearest thing that can be drawn."""
    if editing:
        return NotUnderstood(
            "The offline planner did not recognise this as a change or as a drawing. "
            f"It understands commands like: {EDIT_EXAMPLE}."
        )
    if source.kind in EXAMPLES:
        name, example = EXAMPLES[source.kind]
        return NotUnderstood(
            f"To draw {name}, the offline planner needs its content spelled out. Example: {example}"
        )
    kind = _nearest(source.text)
    name, example = EXAMPLES[kind]
    return NotUnderstood(
        "The offline planner reads content that is spelled out (arrows, lists, tables, Mermaid); "
        f"it has no ideas of its own. The nearest thing that it can draw is {name}. "
        f"Example: {example}"
    )


def _nearest(text: str) -> str:
    """The kind that comes nearest to what is named, or whose name is most like a word of the text;
    a flowchart if there is none."""
    for word, kind in _INSTEAD.items():
        if re.search(rf"\b{word}s?\b", text, re.IGNORECASE):
            return kind
    for word in re.findall(r"[a-z]{4,}", text.lower())[:80]:
        if word in ("diagram", "chart", "draw", "drawing", "graph"):
            continue
        near = difflib.get_close_matches(word, KINDS, n=1, cutoff=0.8)
        if near and KINDS[near[0]] in EXAMPLES:
            return KINDS[near[0]]
    return "flowchart"
