"""Reads .excalidraw files for the commands that take one."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from app.domain.errors import ElementRejected
from app.domain.scene.checks import is_file_id
from app.domain.scene.validate import validate_element

MAX_BYTES = 50_000_000
_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class DrawingFile:
    """Elements that are not deleted, and the pictures they show: data addresses by file id."""

    elements: list[dict[str, Any]]
    pictures: dict[str, str]


def read_drawing(path: Path) -> DrawingFile:
    """Raises ClickException for a file that is no drawing."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise click.ClickException(f"{path} has more than {MAX_BYTES // 1_000_000} MB.")
        document = json.loads(path.read_text(encoding="utf-8"))
        shown = [raw for raw in document["elements"] if not raw.get("isDeleted")]
        elements = [validate_element(_with_own_file_id(raw)) for raw in shown]
        return DrawingFile(elements, _pictures(document.get("files") or {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise click.ClickException(f"{path} is not a readable .excalidraw file.") from error
    except ElementRejected as error:
        reason = "; ".join(f"{name} {what}" for name, what in error.fields.items())
        raise click.ClickException(
            f"{path} holds an element that is not valid: {reason}"
        ) from error


def _with_own_file_id(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Other programs name pictures otherwise than we do."""
    return {**raw, "fileId": _own_id(raw["fileId"])} if raw.get("fileId") else raw


def _own_id(name: Any) -> str:
    return name if is_file_id(name) else hashlib.sha256(str(name).encode()).hexdigest()


def _pictures(files: Mapping[str, Any]) -> dict[str, str]:
    return {
        _own_id(name): address
        for name, file in files.items()
        if _PICTURE.fullmatch(address := str(file.get("dataURL")))
    }
