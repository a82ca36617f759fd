"""What a model is asked after an answer that broke off, is not readable, or is no JSON at all."""

MAX_PROBLEM_CHARS = 2_000
# How much of a continuation is looked at before it is joined to what came before.
SEAM_CHARS = 400
SHORTEST_OVERLAP = 12

CONTINUE = (
    "Your answer was cut off. Continue it exactly where it stopped: write only the characters "
    "that follow, without repeating anything, without an introduction and without a code fence."
)
REPAIR = (
    "That answer could not be used: {problem}\n"
    "Answer again with the whole corrected JSON object and nothing else."
)
MERMAID = (
    "You draw diagrams. Answer the request with one Mermaid flowchart and nothing else, starting "
    "with the line `flowchart TD` (or `flowchart LR` where left to right suits better). Write "
    'every node as id["Label"] or, for a decision, id{"Label"}; every connection as a --> b or '
    'a -- "label" --> b; groups as subgraph id["Label"] ... end. No styles, links or comments.'
)


def repair(problem: str) -> str:
    return REPAIR.format(problem=problem[:MAX_PROBLEM_CHARS])


def join(before: str, start: str) -> tuple[str, bool]:
    """How a continuation goes on from `before`: the rest of its beginning, and whether it is no
    continuation but the whole answer once more.

    `start` is its first SEAM_CHARS. Fences and repeated characters at the seam are removed.
    """
    text = _without_fence(start)
    if text.lstrip().startswith("{") and '"operations"' in text:
        return text, True
    longest = min(len(before), len(text), SEAM_CHARS)
    for size in range(longest, SHORTEST_OVERLAP - 1, -1):
        if before.endswith(text[:size]):
            return text[size:], False
    return text, False


def _without_fence(text: str) -> str:
    stripped = text.lstrip()
    if not stripped.startswith("```"):
        return text
    _, newline, rest = stripped.partition("\n")
    return rest if newline else ""
