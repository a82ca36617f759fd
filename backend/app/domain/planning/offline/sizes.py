"""Reads sizes: "3 by 4", "three rows and four columns"."""

import re

from app.domain.planning.lexicon import NUMBERS

NUMBER = r"(\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
BY = re.compile(rf"\b{NUMBER}\s*(?:x|\u00d7|\*|by)\s*{NUMBER}\b", re.IGNORECASE)
ROWS = re.compile(rf"\b{NUMBER}\s+rows?\b", re.IGNORECASE)
COLUMNS = re.compile(rf"\b{NUMBER}\s+columns?\b", re.IGNORECASE)


def size_of(head: str) -> tuple[int, int] | None:
    by = BY.search(head)
    if by:
        return number(by[1]), number(by[2])
    rows, columns = ROWS.search(head), COLUMNS.search(head)
    if rows and columns:
        return number(columns[1]), number(rows[1])
    return None


def number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
