"""Reads .excalidraw files for the commands that take one."""

import json
from pathlib import Path
from typing import Any

import click

from app.domain.errors import ElementRejected
from app.domain.scene.validate import validate_element

MAX_BYTES = 50_000_000


def read_scene(path: Path) -> list[dict[str, Any]]:
    """The elements that are not deleted. Raises ClickException for any other file."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise click.ClickException(f"{path} has more than {MAX_BYTES // 1_000_000} MB.")
        document = json.loads(path.read_text(encoding="utf-8"))
        return [validate_element(raw) for raw in document["elements"] if not raw.get("isDeleted")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise click.ClickException(f"{path} is not a readable .excalidraw file.") from error
    except ElementRejected as error:
        reason = "; ".join(f"{name} {what}" for name, what in error.fields.items())
        raise click.ClickException(
            f"{path} holds an element that is not valid: {reason}"
        ) from error
