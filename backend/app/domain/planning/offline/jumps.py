"""Phrases that lead elsewhere: "go back to the form", "retry payment", "start over", "end"."""

import re
from dataclasses import dataclass
from typing import Literal

from app.domain.planning.lexicon import NUMBERS

JumpKind = Literal["back", "go", "repeat", "again", "first", "end"]

_SUBJECT = (
    r"(?:(?:the\s+)?(?:user|visitor|customer|client|system|process|flow|it|we|you|they|he|she)\s+)?"
)
_BACK = re.compile(
    _SUBJECT
    + r"(?:(?:go(?:es)?|loops?|jumps?|comes?|heads?|moves?|(?:sends?|redirects?)(?:\s+\w+)?)\s+"
    r"(?:straight\s+|right\s+)?back\s+(?:again\s+)?(?:to|at|from|into|with)|back\s+to|returns?\s+to"
    r"|loops?\s+to|jumps?\s+to|restarts?\s+(?:at|from|with)|starts?\s+again\s+(?:at|from|with)"
    r"|repeats?\s+from|begins?\s+again\s+(?:at|from|with)|continues?\s+again\s+with)\s+",
    re.IGNORECASE,
)
_GO = re.compile(
    _SUBJECT
    + r"(?:go(?:es)?\s+(?:on\s+)?to|goto|skips?\s+to|continues?\s+(?:with|at|to)|proceeds?\s+to"
    r"|moves?\s+(?:on\s+)?to)\s+",
    re.IGNORECASE,
)
_REPEAT = re.compile(
    _SUBJECT + r"(?:repeats?|retr(?:y|ies)|redo(?:es)?|try|tries)\s+", re.IGNORECASE
)
_AGAIN = re.compile(
    _SUBJECT + r"(?:repeats?|retr(?:y|ies)|tr(?:y|ies)\s+(?:it\s+)?again|again|loops?|asks?\s+again"
    r"|goes\s+back|go\s+(?:one\s+step\s+)?back|goes\s+one\s+step\s+back|back)(?:\s+again)?$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    _SUBJECT + r"(?:(?:go(?:es)?|loops?)\s+back\s+to\s+(?:the\s+)?(?:start|beginning|first\s+step)"
    r"|back\s+to\s+(?:the\s+)?(?:start|beginning|first\s+step)|starts?\s+(?:all\s+)?over(?:\s+again)?"
    r"|starts?\s+(?:again|from\s+scratch)|restarts?|return\s+to\s+(?:the\s+)?(?:start|beginning)"
    r"|begins?\s+again|repeat\s+(?:everything|from\s+(?:the\s+)?(?:start|beginning)))$",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:the\s+end|end|ends|it\s+ends|(?:the\s+)?(?:process|flow)\s+ends"
    r"|end\s+(?:of\s+)?(?:the\s+)?(?:process|flow))$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s+and\s+(?=(?:go(?:es)?|loops?|jumps?|comes?|returns?|heads?|restarts?|starts?|repeats?"
    r"|retr(?:y|ies)|tr(?:y|ies)\s+again|back)\b)",
    re.IGNORECASE,
)
_STEP = re.compile(r"(?:the\s+)?step\s+(?:no\.?\s*|#)?(\d{1,3}|\w+)$|#?(\d{1,3})$", re.IGNORECASE)


@dataclass(frozen=True)
class Jump:
    kind: JumpKind
    target: str = ""


def jump(text: str) -> Jump | None:
    """What a whole phrase jumps to, or None if it is an ordinary step."""
    text = text.rstrip(" .!")
    if _FIRST.match(text):
        return Jump("first")
    if _AGAIN.match(text):
        return Jump("again")
    if _END.match(text):
        return Jump("end")
    patterns: tuple[tuple[JumpKind, re.Pattern[str]], ...] = (
        ("back", _BACK),
        ("go", _GO),
        ("repeat", _REPEAT),
    )
    for kind, pattern in patterns:
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            target = re.sub(r"\s+again$", "", text[match.end() :], flags=re.IGNORECASE)
            return Jump(kind, target)
    return None


def parts(text: str) -> list[str]:
    """ "show error and go back to the form" as its step and its jump."""
    cut = [piece.strip() for piece in _JOINED.split(text)]
    if len(cut) > 1 and any(jump(piece) for piece in cut[1:]):
        return [piece for piece in cut if piece]
    return [text]


def step_number(target: str) -> int | None:
    """The number in "step 3", or None."""
    match = _STEP.match(target.strip())
    if not match:
        return None
    word = (match[1] or match[2]).lower()
    return int(word) if word.isdigit() else NUMBERS.get(word)
