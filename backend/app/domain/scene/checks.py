"""Checks for single element properties: each takes a raw value and returns it clean or raises."""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from fractional_indexing import FIError, validate_order_key

from app.domain.errors import ElementRejected

Check = Callable[[Any], Any]

MAX_COORDINATE = 10_000_000
MAX_POINTS = 10_000
MAX_TEXT = 50_000
MAX_LIST = 10_000
MAX_LINK = 2_048
MAX_INDEX = 400
MAX_INTEGER = 2**53

_ID = re.compile(r"[^\s\x00-\x1f\x7f<>\"'`&\\]{1,128}")
_FILE_ID = re.compile(r"[0-9a-f]{64}")
_COLOR = re.compile(
    r"#[0-9a-f]{3,8}|[a-z]{1,30}"
    r"|(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch)\([0-9a-z.,%/ +-]{1,80}\)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"[A-Za-z][0-9A-Za-z]*")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"[\w.-]+:\d{1,5}(?:[/?#].*)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def reject(reason: str) -> ElementRejected:
    return ElementRejected(fields={"value": reason})


def number(low: float, high: float) -> Check:
    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise reject("must be a number")
        if isinstance(value, float) and not isfinite(value):
            raise reject("must be finite")
        if not low <= value <= high:
            raise reject(f"must be between {low} and {high}")
        return value

    return check


def integer(low: int, high: int) -> Check:
    inner = number(low, high)

    def check(value: Any) -> int:
        inner(value)
        if value != int(value):
            raise reject("must be a whole number")
        return int(value)

    return check


def choice(*options: Any) -> Check:
    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise reject("is not one of the known values")
        if value not in options:
            raise reject("is not one of the known values")
        return value

    return check


def boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise reject("must be true or false")
    return value


def optional(inner: Check) -> Check:
    return lambda value: None if value is None else inner(value)


def text(limit: int) -> Check:
    """A string without NUL and lone surrogates, which neither database nor socket can carry."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise reject("must be text")
        if len(value) > limit:
            raise reject(f"must be at most {limit} characters")
        return _SURROGATE.sub("\ufffd", value.replace("\x00", ""))

    return check


def identifier(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value) or _SURROGATE.search(value):
        raise reject("is not a usable id")
    return value


def is_file_id(value: Any) -> bool:
    """Pictures are named by the SHA-256 of what was uploaded."""
    return isinstance(value, str) and _FILE_ID.fullmatch(value) is not None


def file_id(value: Any) -> str:
    """Only the shape is checked: a picture may follow the element that shows it."""
    if not is_file_id(value):
        raise reject("is not the id of a picture")
    return str(value)


def color(value: Any) -> str:
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise reject("is not a color")
    return value


def order_key(value: Any) -> str:
    """A fractional index as the editor computes them; anything else makes every editor throw."""
    if not isinstance(value, str) or len(value) > MAX_INDEX or not _INDEX.fullmatch(value):
        raise reject("is not an order key")
    try:
        validate_order_key(value)
    except FIError:
        raise reject("is not an order key") from None
    return value


def link(value: Any) -> str | None:
    """A web, mail or internal link. `about:blank` is what the editor makes of an unsafe one."""
    if value is None or value in ("", "about:blank"):
        return None
    if not isinstance(value, str) or len(value) > MAX_LINK:
        raise reject("is not a link")
    address: str = value.strip()
    if _CONTROL.search(address) or _SURROGATE.search(address):
        raise reject("is not a link")
    scheme = _SCHEME.match(address)
    if scheme is None or _HOST_AND_PORT.fullmatch(address):
        return address
    if scheme.group(1).lower() not in ("http", "https", "mailto"):
        raise reject("may only be a web, mail or internal link")
    return address


def items(inner: Check, limit: int = MAX_LIST) -> Check:
    def check(value: Any) -> list[Any]:
        if not isinstance(value, list | tuple) or len(value) > limit:
            raise reject(f"must be a list of at most {limit} items")
        return [inner(item) for item in value]

    return check


def pair(low: float, high: float) -> Check:
    inner = number(low, high)

    def check(value: Any) -> list[Any]:
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise reject("must be a pair of numbers")
        return [inner(value[0]), inner(value[1])]

    return check


def record(required: Mapping[str, Check], extra: Mapping[str, Check] | None = None) -> Check:
    """A small object with exactly these keys; unknown ones are dropped."""
    extra = extra or {}

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise reject("must be an object")
        clean: dict[str, Any] = {}
        for key, inner in (*required.items(), *extra.items()):
            if key in value:
                clean[key] = inner(value[key])
            elif key in required:
                raise reject(f"lacks {key}")
        return clean

    return check
