"""Passwords: argon2id, with a bound on how many are hashed at once (each takes 64 MiB)."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 8
MAX_LENGTH = 256

_hasher = PasswordHasher()
_at_once = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password fits; takes as long for an account that does not exist."""
    with _at_once:
        if stored is None:
            _hasher.hash(password)
            return False
        try:
            return _hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str) -> bool:
    return _hasher.check_needs_rehash(stored)
