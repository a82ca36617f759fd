"""What a browser's request says about itself: its session cookie, its token, where it came from."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

_COOKIE = "collabcanvas_session"
_SECURE_COOKIE = "__Host-collabcanvas_session"


def cookie_name(*, secure: bool) -> str:
    """Behind https the name's prefix makes browsers refuse a cookie set by a neighbour host."""
    return _SECURE_COOKIE if secure else _COOKIE


def cookie_of(header: str | None, name: str) -> str | None:
    try:
        morsel = SimpleCookie(header or "").get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def bearer_of(header: str | None) -> str | None:
    """The Bearer secret; an empty one (the founding client sends it) counts as none."""
    scheme, _, secret = (header or "").partition(" ")
    return (secret.strip() or None) if scheme.lower() == "bearer" else None


def same_origin(
    header: Callable[[str], str | None], public_url: str, listed: tuple[str, ...]
) -> bool:
    """Whether a browser says that the request comes from our own page or a listed origin.

    Browsers of this decade send `Sec-Fetch-Site`; `Origin` is the fallback for the others. A
    request with neither is not from a page of ours.
    """
    origin = header("Origin")
    if origin and origin in listed:
        return True
    site = header("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    if origin is None:
        return False
    own = urlsplit(public_url).netloc if public_url else header("Host")
    return urlsplit(origin).netloc == own
