"""What a step's text says besides its label: a title before it, its arrow's label, a check."""

import re

from app.domain.planning.text import nice

_CHECK = re.compile(
    r"(?:(?:the\s+)?\w+\s+)?(?:checks?|verif(?:y|ies)|decides?|determines?|validates?|tests?|sees?)"
    r"\s+(?:if|whether)\s+(?P<condition>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(
    r"(?:step|phase|part|stage|day|week|month|level|version|v|q|h|no)\.?\s*\d*$", re.IGNORECASE
)
MAX_TITLE = 60


def is_check(text: str) -> bool:
    """ "check whether it is valid" is a question."""
    return _CHECK.fullmatch(text) is not None


def target_and_label(text: str) -> tuple[str, str]:
    """ "b: sends data" after an arrow as the target and the arrow's label."""
    left, colon, right = text.rpartition(": ")
    if not colon or not left.strip() or not right.strip() or _NUMBERED.match(left.strip()):
        return text, ""
    return (text, "") if text.lstrip()[0] in "\"'(" else (left, right.strip())


def title_and_step(text: str) -> tuple[str, str]:
    """ "Sign-up: open page" at the very beginning as a title and the first step."""
    left, colon, right = text.partition(": ")
    if not colon or not right.strip() or len(left) > MAX_TITLE or _NUMBERED.match(left.strip()):
        return "", text
    return nice(left), right
