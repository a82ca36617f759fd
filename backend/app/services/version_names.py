"""Versions that got a name: kept whole, however long ago they were."""

from typing import Any

from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.access.policy import Rule
from app.domain.errors import Conflict, NotFound
from app.models import named_versions
from app.services.access_service import Actor, require
from app.services.canvas_lock import lock_canvas
from app.services.file_reading import files_of
from app.services.history_service import pack, scene_at
from app.services.unit_of_work import unit_of_work
from app.services.version_list import view_named

MAX_NAMED = 50  # on one canvas
NOT_NAMED = "There is no version of that name."


def name_version(
    actor: Actor, canvas_id: EditableCanvasId, name: str, version: int | None
) -> dict[str, Any]:
    """Give a version, or the canvas as it is now, a name.

    Raises:
        NotFound: no such version (any more). Conflict: it has a name, or too many have.
    """
    with unit_of_work():
        head = lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        seq = head if version is None else version
        names = named_versions.names_on(canvas_id)
        if seq in names:
            raise Conflict("This version has a name already. Rename it instead.")
        if len(names) >= MAX_NAMED:
            raise Conflict(f"A canvas has at most {MAX_NAMED} named versions. Remove a name first.")
        elements = scene_at(canvas_id, seq)
        named_versions.add_named_version(
            {
                "canvas_id": canvas_id,
                "seq": seq,
                "name": name,
                "user_id": actor.id,
                "scene": pack(elements),
                "file_ids": sorted(files_of(elements)),
            }
        )
    return view_named(canvas_id, seq)


def rename_version(canvas_id: EditableCanvasId, version: int, name: str) -> dict[str, Any]:
    """Raises NotFound: it has no name."""
    with unit_of_work():
        if not named_versions.rename(canvas_id, version, name):
            raise NotFound(NOT_NAMED)
    return view_named(canvas_id, version)


def forget_name(canvas_id: EditableCanvasId, version: int) -> None:
    """The version stays for as long as others do. Raises NotFound: it has no name."""
    with unit_of_work():
        if not named_versions.delete_name(canvas_id, version):
            raise NotFound(NOT_NAMED)


def name_of(canvas_id: ViewableCanvasId, version: int) -> str | None:
    named = named_versions.names_on(canvas_id).get(version)
    return named.name if named else None
