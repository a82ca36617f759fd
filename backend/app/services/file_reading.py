"""Pictures of canvases given out: one by one, or all that a drawing shows."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.domain.errors import NotFound
from app.domain.scene.checks import is_file_id
from app.extensions import db
from app.models import CanvasFile
from app.runtime import runtime

IDS_AT_ONCE = 500
MAX_EMBEDDED = 24 * 1024 * 1024  # of pictures in one drawing; more are embedded small


@dataclass(frozen=True)
class StoredPicture:
    media_type: str
    content: bytes


def read_file(canvas_id: str, file_id: str) -> StoredPicture:
    """Raises NotFound: this canvas has no such picture (yet)."""
    query = select(CanvasFile.media_type, CanvasFile.content).where(
        CanvasFile.canvas_id == canvas_id, CanvasFile.id == file_id
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound("This canvas has no such picture.")
    return StoredPicture(row.media_type, row.content)


def files_of(elements: Iterable[dict[str, Any]]) -> set[str]:
    return {
        element["fileId"]
        for element in elements
        if element.get("type") == "image" and is_file_id(element.get("fileId"))
    }


def pictures_in(
    canvas_id: str, elements: Iterable[Any], *, whole: int | None = None
) -> dict[str, str]:
    """The pictures that these elements show, as data addresses by file id: those of the `whole`
    largest elements (None: of all) themselves, small ones of the rest."""
    images = [element for element in elements if element["type"] == "image"]
    images.sort(key=lambda element: -abs(element["width"] * element["height"]))
    large = files_of(images[:whole])
    if sum(size for _, size in _found(canvas_id, large, CanvasFile.size)) > MAX_EMBEDDED:
        large = set()
    found = _found(canvas_id, large, CanvasFile.content)
    found += _found(canvas_id, files_of(images) - large, CanvasFile.small)
    return {file_id: data_url(content) for file_id, content in found}


def document_files(
    canvas_id: str, elements: Iterable[dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pictures as an .excalidraw file has them, read one after the other: together they are
    more than a server should hold. Whoever asks may do so when the request is over."""
    scope = runtime().scope
    known = sorted(_found(canvas_id, files_of(elements), CanvasFile.created_at))

    def parts() -> Iterator[tuple[str, dict[str, Any]]]:
        for file_id, created in known:
            try:
                with scope():
                    row = read_file(canvas_id, file_id)
            except NotFound:  # thrown away meanwhile
                continue
            file = {"id": file_id, "mimeType": row.media_type, "dataURL": data_url(row.content)}
            yield file_id, file | {"created": int(created.timestamp() * 1000)}

    return parts()


def data_url(content: bytes) -> str:
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def total_of(condition: Any) -> tuple[int, int]:
    """How many pictures, and how many bytes."""
    query = select(func.count(), func.coalesce(func.sum(CanvasFile.size), 0)).where(condition)
    count, size = db.session.execute(query).one()
    return count, int(size)


def _found(canvas_id: str, file_ids: Iterable[str], column: Any) -> list[tuple[str, Any]]:
    ids, found = sorted(file_ids), []
    for start in range(0, len(ids), IDS_AT_ONCE):
        query = select(CanvasFile.id, column).where(
            CanvasFile.canvas_id == canvas_id, CanvasFile.id.in_(ids[start : start + IDS_AT_ONCE])
        )
        found += [(row[0], row[1]) for row in db.session.execute(query)]
    return found
