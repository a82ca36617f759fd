"""Bearer secrets: 256 random bits, of which the database keeps only a hash."""

import hashlib
import secrets

PREFIX = "cc_"


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """A plain hash suffices, because the secret itself cannot be guessed. Whatever somebody sends
    as one has a hash, half an emoji too."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
