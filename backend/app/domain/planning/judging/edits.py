"""What is judged of an edit: that it is about what exists, and takes away no more than asked."""

import re

from app.domain.planning.judging.evidence import Answer, Defect, same
from app.domain.planning.judging.mending import is_known, own_ids, references, trimmed
from app.domain.planning.plan import Delete, Graph

FEWEST_TO_MISS = 3
_TAKING_AWAY = re.compile(
    r"\b(?:delet|remov|eras|clear|drop|empty|throw|discard|replac|redraw|start over|instead|"
    r"get rid|wipe|scrap|trash|purge|take out|take away|"
    r"(?:n['\u2019]t|not) need|no longer|any ?more|start again|"
    r"without|reduc|shorten|simplif|only|just|keep|merge|combine|"
    r"l\u00f6sch|entfern|leer|wegwerf|ersetz|statt|ohne|weg\b|vereinfach|k\u00fcrz|nur|zusammenf|"
    r"nicht mehr|streich|neu anfang|"
    r"supprim|enl[e\u00e8]v|effac|vide|remplac|sans|seulement|simplifi|"
    r"elimin|borra|quit|vac\u00ed|reemplaz|sustitu|sin\b|solo|s\u00f3lo|simplific)"
    r"|[\u5220\u6e05\u524a\u6d88]|\uc0ad\uc81c",
    re.IGNORECASE,
)  # fmt: skip


def is_about_what_exists(answer: Answer) -> Defect | None:
    """Edits refer to shapes of the canvas, or of the same answer, which none may delete again."""
    gone = {t for one in answer.plan.operations if isinstance(one, Delete) for t in one.targets}
    if gone & own_ids(answer.plan):
        words = "You delete what you have just added. Leave both out, or answer the request."
        return Defect(words, "strays", True)
    edits = [one for one in answer.plan.operations if not isinstance(one, Graph)]
    strays = {ref for edit in edits for ref in references(edit) if not is_known(ref, answer)}
    if not strays:
        return None
    named = ", ".join(sorted(strays)[:6])
    left = any(trimmed(one, answer) for one in answer.plan.operations)
    words = f"There is nothing called {named} on the canvas. Use the names that are listed there."
    return Defect(words, "strays", not left)


def deletes_what_was_asked(answer: Answer) -> Defect | None:
    """Most of a canvas goes only if the request takes something away."""
    shapes = {node.alias for node in answer.request.context.nodes}
    gone = {
        target
        for one in answer.plan.operations
        if isinstance(one, Delete)
        for target in one.targets
    }
    drawn = {same(node.label) for node in answer.nodes}  # "turn it into a board"
    gone -= {node.alias for node in answer.request.context.nodes if same(node.label) in drawn}
    if len(gone) < FEWEST_TO_MISS or len(gone) * 2 <= len(shapes):
        return None
    if _TAKING_AWAY.search(answer.request.instruction):
        return None
    words = "The request does not ask to delete that much. Delete nothing that it does not name."
    return Defect(words, "deletes", True, {"count": str(len(gone))})
