"""Drawings from elsewhere: a canvas duplicated, a file imported. Each is one change set."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from app.adapters.pictures import clean_picture
from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.access.policy import Rule
from app.domain.errors import Conflict, InvalidFile
from app.domain.formats.excalidraw import elements_to_import
from app.domain.scene.importing import import_elements
from app.models.ids import new_id
from app.services.access_service import Actor, require
from app.services.canvas_lock import lock_canvas
from app.services.canvas_service import MAX_TITLE, canvas_title, create_canvas, get_canvas
from app.services.file_reading import files_of
from app.services.file_service import Upload, copy_files, file_id_of, store_files
from app.services.scene_reading import load_scene
from app.services.scene_service import apply_changes
from app.services.unit_of_work import release_connection, unit_of_work

MAX_PICTURES = 100  # in one document
COPY = " (copy)"


def duplicate(actor: Actor, canvas_id: ViewableCanvasId, title: str) -> dict[str, Any]:
    """A canvas of the actor's own with the same objects and pictures, but no history and members.

    Raises:
        FilesFull: the actor has no room for the pictures.
    """
    with unit_of_work() as work:
        require(actor.id, Rule.CANVAS_VIEW, canvas_id)
        named = title or canvas_title(canvas_id)[: MAX_TITLE - len(COPY)] + COPY
        copy_id = create_canvas(actor.id, named)
        elements = load_scene(canvas_id)
        copy_files(actor.id, canvas_id, copy_id, files_of(elements))
        if elements:
            apply_changes(work, canvas_id=copy_id, user_id=actor.id, changes=_creations(elements))
    return get_canvas(actor, copy_id)


def import_document(
    actor: Actor, canvas_id: EditableCanvasId, document: Mapping[str, Any]
) -> dict[str, Any]:
    """Put an .excalidraw document's objects and pictures beside what is on the canvas.

    Raises:
        Invalid: it is no such document. Conflict: nothing in it can be shown.
        FilesFull: there is no room for the pictures.
    """
    raw = elements_to_import(document)
    release_connection()  # looking at pictures is slow
    pictures = _pictures(raw, document.get("files"))
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        file_ids = {name: upload.id for name, upload in pictures.items()}
        imported = import_elements(raw, file_ids, load_scene(canvas_id), new_id)
        if not imported.elements:
            raise Conflict("There is nothing in this file that a canvas can show.")
        shown = files_of(imported.elements)
        uploads = [upload for upload in pictures.values() if upload.id in shown]
        store_files(actor.id, canvas_id, uploads)
        applied = apply_changes(
            work, canvas_id=canvas_id, user_id=actor.id, changes=_creations(imported.elements)
        )
    return {
        "added": len(imported.elements),
        "skipped": imported.skipped,
        "files": len(shown),
        "seq": applied.last_seq,
    }


def _creations(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": e["id"], "create": True, "set": e} for e in elements]


def _pictures(raw: list[Any], files: Any) -> dict[str, Upload]:
    """The pictures that the elements show, by the document's names for them; bad ones left out."""
    wanted = {e.get("fileId") for e in raw if isinstance(e, Mapping) and e.get("type") == "image"}
    found: dict[str, Upload] = {}
    for name, file in files.items() if isinstance(files, Mapping) else ():
        content = _content(file) if name in wanted and len(found) < MAX_PICTURES else None
        if content:
            try:
                found[name] = Upload(file_id_of(content), clean_picture(content))
            except InvalidFile:
                continue
    return found


def _content(file: Any) -> bytes | None:
    address = file.get("dataURL") if isinstance(file, Mapping) else None
    if not isinstance(address, str) or not address.startswith("data:"):
        return None
    head, _, data = address.partition(",")
    try:
        return base64.b64decode(data, validate=True) if head.endswith(";base64") else None
    except (binascii.Error, ValueError):
        return None
