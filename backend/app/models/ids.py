"""Primary keys: random UUIDs as text. Identifiers, never secrets."""

import uuid


def new_id() -> str:
    return str(uuid.uuid4())
