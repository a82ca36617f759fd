"""JSON of the hot paths (rows, frames, answers): orjson, with the names that libraries expect.

What orjson is too strict for, such as half an emoji that a browser cut, is left to Python's own
module: those who validate and clean it must get to see it.
"""

import json
from typing import Any

import orjson

Encoded = orjson.Fragment


def dumps(value: Any, **_style: Any) -> str:
    """Compact text. Raises TypeError for what JSON cannot hold; NaN becomes null."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value, separators=(",", ":"))


def loads(text: str | bytes, **_options: Any) -> Any:
    """Raises ValueError for what is not JSON."""
    try:
        return orjson.loads(text)
    except ValueError:
        return _leniently(text)


def _leniently(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def encoded(value: Any) -> Encoded:
    """The value as a part of later messages: they copy its text instead of writing it again."""
    return orjson.Fragment(dumps(value))
