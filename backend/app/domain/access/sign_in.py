"""Signing in at another provider: what is believed of its answer, and why somebody is refused."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from app.domain.errors import NotAuthenticated

MAX_PATH = 500
MAX_EMAIL = 254
MAX_NAME = 80
MAX_SUBJECT = 255
_EMAIL = re.compile(r"[!-?A-~]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+")  # printable ASCII, one @


class SignInRefusal(StrEnum):
    """Stable names; the page has a sentence for each."""

    CANCELLED = "cancelled"  # at the provider, by the person or by its rules
    EXPIRED = "expired"  # too late, used already, or begun in another browser
    PROVIDER = "provider"  # it cannot be reached, or gives no usable answer
    UNTRUSTED = "untrusted"  # its answer does not prove who this is
    UNVERIFIED = "unverified"  # it has not verified the e-mail address
    DOMAIN = "domain"  # the address's domain is not among those allowed
    NOT_INVITED = "not_invited"
    CLOSED = "closed"
    DISABLED = "disabled"
    TAKEN = "taken"  # the address's account belongs to another identity of the provider


class SignInRefused(NotAuthenticated):
    """The person is sent back to the page, with the reason."""

    code = "sign_in_refused"
    message = "The sign-in did not succeed."

    def __init__(self, reason: SignInRefusal, return_path: str = "/") -> None:
        super().__init__()
        self.reason = reason
        self.return_path = return_path


def own_path(path: str) -> str:
    """The path, if it leads to one of our own pages; else the first page.

    What browsers take for another host's address (`//host`, `/\\host`, either with characters
    between that they drop) is not ours.
    """
    ours = (
        path.startswith("/")
        and not path.startswith(("//", "/api/"))
        and len(path) <= MAX_PATH
        and all(32 < ord(ch) < 127 and ch != "\\" for ch in path)
    )
    return path if ours else "/"


def verified_email(claims: Mapping[str, Any], domains: Collection[str]) -> str:
    """The address that the provider vouches for, in lower case.

    Raises:
        SignInRefused: it does not say, literally, that the address is verified; or the domain is
            not allowed (all are if none is listed).
    """
    email = claims.get("email")
    verified = claims.get("email_verified") is True
    if not verified or not isinstance(email, str) or len(email) > MAX_EMAIL:
        raise SignInRefused(SignInRefusal.UNVERIFIED)
    if not _EMAIL.fullmatch(email):
        raise SignInRefused(SignInRefusal.UNVERIFIED)
    email = email.lower()
    if domains and email.rpartition("@")[2] not in domains:
        raise SignInRefused(SignInRefusal.DOMAIN)
    return email


def subject_of(claims: Mapping[str, Any]) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= MAX_SUBJECT:
        raise SignInRefused(SignInRefusal.UNTRUSTED)
    return subject


def name_of(claims: Mapping[str, Any], email: str) -> str:
    """What others see: the provider's name for the person, else the address's first part."""
    name = claims.get("name")
    words = "".join(ch if ch.isprintable() else " " for ch in name) if isinstance(name, str) else ""
    return " ".join(words.split())[:MAX_NAME].strip() or email.partition("@")[0][:MAX_NAME]
