"""Reads drawings for the commands that take a file."""

from pathlib import Path

import click

from app.domain.errors import ElementRejected, Invalid
from app.domain.formats import document_formats, read_document
from app.domain.formats.record import SceneDocument


def read_drawing(path: Path) -> SceneDocument:
    """Raises ClickException for a file that is no drawing."""
    most = max(found.max_bytes or 0 for found in document_formats())
    if path.stat().st_size > most:
        raise click.ClickException(f"{path} has more than {most // 1_000_000} MB.")
    try:
        return read_document(path.read_text(encoding="utf-8"))
    except ElementRejected as error:
        reason = "; ".join(f"{name} {what}" for name, what in error.fields.items())
        raise click.ClickException(
            f"{path} holds an element that is not valid: {reason}"
        ) from error
    except (UnicodeError, Invalid) as error:
        suffixes = " or ".join(f".{found.extension}" for found in document_formats())
        raise click.ClickException(f"{path} is not a readable {suffixes} file.") from error
