"""Pictures on canvases: taken in and counted against quotas."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, insert, literal, select, update

from app.adapters.pictures import Picture, clean_picture
from app.config.settings import MEGABYTE
from app.domain.access.policy import Rule
from app.domain.errors import FilesFull, NotFound
from app.extensions import db
from app.models import CanvasFile, User
from app.models.sql_time import utc_now
from app.runtime import runtime
from app.services.access_service import Actor, require
from app.services.canvas_lock import lock_canvas
from app.services.file_reading import total_of
from app.services.unit_of_work import unit_of_work

MAX_FILES = 1_000  # on one canvas
_COPIED = ("id", "media_type", "width", "height", "size", "content", "small")


@dataclass(frozen=True)
class Upload:
    """A picture that may be stored; its id is the digest of what came."""

    id: str
    picture: Picture

    @property
    def size(self) -> int:
        return len(self.picture.content) + len(self.picture.small)


def add_file(actor: Actor, canvas_id: str, raw: bytes) -> tuple[dict[str, Any], bool]:
    """Take in one picture; its view, and whether this canvas did not have it yet.

    Raises:
        InvalidFile: it is no picture that a canvas can show. FilesFull: there is no room.
        NotFound, NotAllowed: the actor lost the right meanwhile.
    """
    file_id = file_id_of(raw)
    with unit_of_work():  # what is there already need not be looked at again
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        if _keep(canvas_id, [file_id]):
            return _view(canvas_id, file_id), False
    upload = Upload(file_id, clean_picture(raw))
    with unit_of_work():
        lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        new = store_files(actor.id, canvas_id, [upload])
    return _view(canvas_id, file_id), bool(new)


def file_id_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def store_files(user_id: str, canvas_id: str, uploads: Sequence[Upload]) -> int:
    """Inside the caller's transaction, which holds the canvas's lock; how many were new.

    Raises:
        FilesFull: the canvas or the person would have too many, or too large ones.
    """
    known = _keep(canvas_id, [upload.id for upload in uploads])
    new = {upload.id: upload for upload in uploads if upload.id not in known}
    if not new:
        return 0
    require_room(user_id, canvas_id, len(new), sum(upload.size for upload in new.values()))
    rows = [
        {
            "canvas_id": canvas_id,
            "user_id": user_id,
            "size": upload.size,
            "id": upload.id,
            **vars(upload.picture),
        }
        for upload in new.values()
    ]
    db.session.execute(insert(CanvasFile), rows)
    return len(new)


def copy_files(user_id: str, source_id: str, target_id: str, ids: Collection[str]) -> None:
    """The pictures of one canvas on another, inside the caller's transaction.

    Raises:
        FilesFull: as for uploads.
    """
    wanted = [CanvasFile.canvas_id == source_id, CanvasFile.id.in_(sorted(ids))]
    count, size = total_of(and_(*wanted))
    if not count:
        return
    require_room(user_id, target_id, count, size)
    columns = [getattr(CanvasFile, name) for name in _COPIED]
    values = select(literal(target_id), literal(user_id), utc_now(), utc_now(), *columns)
    names = ["canvas_id", "user_id", "created_at", "kept_at", *_COPIED]
    db.session.execute(insert(CanvasFile).from_select(names, values.where(*wanted)))


def require_room(user_id: str, canvas_id: str, count: int, size: int) -> None:
    """Hold uploads of one person, who may be at several canvases, to their quotas in turn."""
    settings = runtime().settings
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    there, bytes_there = total_of(CanvasFile.canvas_id == canvas_id)
    _, bytes_of_person = total_of(CanvasFile.user_id == user_id)
    if there + count > MAX_FILES:
        raise FilesFull(f"A canvas holds at most {MAX_FILES:,} pictures.")
    if bytes_there + size > settings.canvas_files_mb * MEGABYTE:
        raise FilesFull(f"The pictures of a canvas may have {settings.canvas_files_mb} MB in all.")
    if bytes_of_person + size > settings.user_files_mb * MEGABYTE:
        raise FilesFull(f"Your pictures may have {settings.user_files_mb} MB in all.")


def _keep(canvas_id: str, ids: Sequence[str]) -> set[str]:
    """Those of the ids that this canvas has; the housekeeping leaves them alone for a while."""
    return set(
        db.session.execute(
            update(CanvasFile)
            .where(CanvasFile.canvas_id == canvas_id, CanvasFile.id.in_(ids))
            .values(kept_at=utc_now())
            .returning(CanvasFile.id)
            .execution_options(synchronize_session=False)
        ).scalars()
    )


def _view(canvas_id: str, file_id: str) -> dict[str, Any]:
    file = db.session.get(CanvasFile, (canvas_id, file_id), populate_existing=True)
    if file is None:
        raise NotFound("This canvas has no such picture.")
    return {
        "id": file.id,
        "mimeType": file.media_type,
        "width": file.width,
        "height": file.height,
        "size": file.size,
        "created_at": file.created_at.isoformat(),
        "url": f"/api/canvases/{canvas_id}/files/{file.id}",
    }
