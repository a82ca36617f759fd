"""The .excalidraw document: all of a scene, with its pictures as they are stored."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.errors import Invalid
from app.domain.formats.record import Format, Pictures, RenderTools, SceneDocument
from app.domain.scene.checks import is_file_id
from app.domain.scene.validate import validate_element

MAX_ELEMENTS = 10_000  # that one import brings
_PICTURE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+")
_UNREADABLE = "This is not an .excalidraw file."


def elements_to_import(document: Mapping[str, Any]) -> list[Any]:
    """What a document has, not looked at. Raises Invalid: it is none, or too large a one."""
    elements = document.get("elements")
    if not isinstance(elements, list) or document.get("type", "excalidraw") != "excalidraw":
        raise Invalid(_UNREADABLE, fields={"elements": "is not a list"})
    if len(elements) > MAX_ELEMENTS:
        raise Invalid(f"A canvas holds at most {MAX_ELEMENTS:,} objects.")
    return [raw for raw in elements if not (isinstance(raw, Mapping) and raw.get("isDeleted"))]


def _write(document: SceneDocument, _tools: RenderTools) -> Iterator[str]:
    head = {
        "type": "excalidraw",
        "version": 2,
        "source": "collabcanvas",
        "elements": document.elements,
        "appState": {"viewBackgroundColor": "#ffffff", "gridSize": 20},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "files": {'
    separator = ""
    for file_id, file in _entries(document) if document.files is None else document.files:
        yield f"{separator}{json.dumps(file_id)}: {json.dumps(file)}"
        separator = ", "
    yield "}}"


def _entries(document: SceneDocument) -> Iterator[tuple[str, dict[str, Any]]]:
    for file_id, address in document.pictures.items():
        media_type = address.removeprefix("data:").partition(";")[0]
        yield (
            file_id,
            {"id": file_id, "mimeType": media_type, "dataURL": address, "created": 0},
        )


def _find(text: str) -> str | None:
    return text if text.lstrip().startswith("{") and '"elements"' in text else None


def _read(text: str) -> SceneDocument:
    """Every element has to be valid: the file is somebody's only copy, so nothing is skipped."""
    try:
        document = json.loads(text)
        shown = [raw for raw in document["elements"] if not raw.get("isDeleted")]
        elements = [validate_element(_with_own_file_id(raw)) for raw in shown]
        return SceneDocument(elements, _pictures(document.get("files") or {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid(_UNREADABLE) from error


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


EXCALIDRAW = Format(
    id="excalidraw",
    name="Excalidraw",
    media_type="application/vnd.excalidraw+json",
    extension="excalidraw",
    write=_write,
    pictures=Pictures.FILES,
    find=_find,
    read_document=_read,
    max_bytes=50_000_000,
)
