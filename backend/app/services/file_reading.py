"""Pictures of canvases given out: one by one, or all that a drawing shows."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.access.ids import ViewableCanvasId
from app.domain.errors import NotFound
from app.domain.scene.checks import is_file_id
from app.models import files
from app.runtime import runtime

MAX_EMBEDDED = 24 * 1024 * 1024  # of pictures in one drawing; more are embedded small


@dataclass(frozen=True)
class StoredPicture:
    media_type: str
    content: bytes


def read_file(canvas_id: ViewableCanvasId, file_id: str) -> StoredPicture:
    """Raises NotFound: this canvas has no such picture (yet)."""
    row = files.content_of(canvas_id, file_id)
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
    canvas_id: ViewableCanvasId, elements: Iterable[Any], *, whole: int | None = None
) -> dict[str, str]:
    """The pictures that these elements show, as data addresses by file id: those of the `whole`
    largest elements (None: of all) themselves, small ones of the rest."""
    images = [element for element in elements if element["type"] == "image"]
    images.sort(key=lambda element: -abs(element["width"] * element["height"]))
    large = files_of(images[:whole])
    if sum(size for _, size in files.each(canvas_id, large, "size")) > MAX_EMBEDDED:
        large = set()
    found = files.each(canvas_id, large, "content")
    found += files.each(canvas_id, files_of(images) - large, "small")
    return {file_id: data_url(content) for file_id, content in found}


def document_files(
    canvas_id: ViewableCanvasId, elements: Iterable[dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pictures as an .excalidraw file has them, read one after the other: together they are
    more than a server should hold. The caller may do so when the request is over."""
    scope = runtime().scope
    known = sorted(files.each(canvas_id, files_of(elements), "created_at"))

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
