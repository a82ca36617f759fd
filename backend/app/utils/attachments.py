"""How an answer names its file: for every title, and for readers that know ASCII only."""

import unicodedata
from pathlib import PurePath
from urllib.parse import quote


def attachment(name: str) -> str:
    """The value of Content-Disposition for a file of this name (RFC 6266).

    `name` has no characters that a quoted string would have to escape.
    """
    if name.isascii():
        return f'attachment; filename="{name}"'
    path = PurePath(name)
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().strip()
    if not any(map(str.isalnum, plain)):
        plain = "canvas"
    return f"attachment; filename=\"{plain}{path.suffix}\"; filename*=UTF-8''{quote(name)}"
