"""Versions that got a name: kept whole, however long ago they were."""

from typing import Any

from sqlalchemy import delete, func, select, update

from app.domain.access.policy import Rule
from app.domain.errors import Conflict, NotFound
from app.extensions import db
from app.models import NamedVersion
from app.services.access_service import Actor, require
from app.services.canvas_lock import lock_canvas
from app.services.file_reading import files_of
from app.services.history_service import pack, scene_at
from app.services.unit_of_work import unit_of_work
from app.services.version_list import view_named

MAX_NAMED = 50  # on one canvas
NOT_NAMED = "There is no version of that name."


def name_version(actor: Actor, canvas_id: str, name: str, version: int | None) -> dict[str, Any]:
    """Give a version, or the canvas as it is now, a name.

    Raises:
        NotFound: no such version (any more). Conflict: it has a name, or too many have.
    """
    with unit_of_work():
        head = lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        seq = head if version is None else version
        if db.session.get(NamedVersion, (canvas_id, seq)) is not None:
            raise Conflict("This version has a name already. Rename it instead.")
        count = select(func.count()).where(NamedVersion.canvas_id == canvas_id)
        if db.session.execute(count).scalar_one() >= MAX_NAMED:
            raise Conflict(f"A canvas has at most {MAX_NAMED} named versions. Remove a name first.")
        elements = scene_at(canvas_id, seq)
        row = NamedVersion(canvas_id=canvas_id, seq=seq, name=name, user_id=actor.id)
        row.scene, row.file_ids = pack(elements), sorted(files_of(elements))
        db.session.add(row)
    return view_named(canvas_id, seq)


def rename_version(canvas_id: str, version: int, name: str) -> dict[str, Any]:
    """Raises NotFound: it has no name."""
    with unit_of_work():
        renamed = db.session.execute(
            update(NamedVersion)
            .where(NamedVersion.canvas_id == canvas_id, NamedVersion.seq == version)
            .values(name=name)
            .returning(NamedVersion.seq)
            .execution_options(synchronize_session=False)
        ).all()
        if not renamed:
            raise NotFound(NOT_NAMED)
    return view_named(canvas_id, version)


def forget_name(canvas_id: str, version: int) -> None:
    """The version stays for as long as others do. Raises NotFound: it has no name."""
    with unit_of_work():
        gone = db.session.execute(
            delete(NamedVersion)
            .where(NamedVersion.canvas_id == canvas_id, NamedVersion.seq == version)
            .returning(NamedVersion.seq)
        ).all()
        if not gone:
            raise NotFound(NOT_NAMED)
