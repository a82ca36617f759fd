"""Pictures on canvases: taken in and counted against quotas."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.adapters.pictures import Picture, clean_picture
from app.config.settings import MEGABYTE
from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.access.policy import Rule
from app.domain.errors import FilesFull, NotFound
from app.models import accounts, files
from app.runtime import runtime
from app.services.access_service import Actor, require
from app.services.canvas_lock import lock_canvas
from app.services.unit_of_work import unit_of_work

MAX_FILES = 1_000  # on one canvas


@dataclass(frozen=True)
class Upload:
    """A picture that may be stored; its id is the digest of what came."""

    id: str
    picture: Picture

    @property
    def size(self) -> int:
        return len(self.picture.content) + len(self.picture.small)


def add_file(actor: Actor, canvas_id: EditableCanvasId, raw: bytes) -> tuple[dict[str, Any], bool]:
    """Take in one picture; its view, and whether this canvas did not have it yet.

    Raises:
        InvalidFile: it is no picture that a canvas can show. FilesFull: there is no room.
        NotFound, NotAllowed: the actor lost the right meanwhile.
    """
    file_id = file_id_of(raw)
    with unit_of_work():  # what is there already need not be looked at again
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        if files.keep(canvas_id, [file_id]):
            return _view(canvas_id, file_id), False
    upload = Upload(file_id, clean_picture(raw))
    with unit_of_work():
        lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_EDIT, canvas_id)
        new = store_files(actor.id, canvas_id, [upload])
    return _view(canvas_id, file_id), bool(new)


def file_id_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def store_files(user_id: str, canvas_id: EditableCanvasId, uploads: Sequence[Upload]) -> int:
    """Inside the caller's transaction, which holds the canvas's lock; how many were new.

    Raises:
        FilesFull: the canvas or the person would have too many, or too large ones.
    """
    known = files.keep(canvas_id, [upload.id for upload in uploads])
    new = {upload.id: upload for upload in uploads if upload.id not in known}
    if not new:
        return 0
    require_space(user_id, canvas_id, len(new), sum(upload.size for upload in new.values()))
    rows: list[dict[str, Any]] = [
        {
            "canvas_id": canvas_id,
            "user_id": user_id,
            "size": upload.size,
            "id": upload.id,
            **vars(upload.picture),
        }
        for upload in new.values()
    ]
    files.add(rows)
    return len(new)


def copy_files(
    user_id: str, source_id: ViewableCanvasId, target_id: EditableCanvasId, ids: Collection[str]
) -> None:
    """The pictures of one canvas on another, inside the caller's transaction.

    Raises:
        FilesFull: as for uploads.
    """
    count, size = files.total_of(source_id, ids)
    if count:
        require_space(user_id, target_id, count, size)
        files.copy(user_id, source_id, target_id, ids)


def require_space(user_id: str, canvas_id: str, count: int, size: int) -> None:
    """Hold uploads of one person, who may be at several canvases, to their quotas in turn."""
    settings = runtime().settings
    accounts.lock(user_id)
    there, bytes_there = files.total_of_canvas(canvas_id)
    _, bytes_of_person = files.total_of_person(user_id)
    if there + count > MAX_FILES:
        raise FilesFull(f"A canvas holds at most {MAX_FILES:,} pictures.")
    if bytes_there + size > settings.canvas_files_mb * MEGABYTE:
        raise FilesFull(f"The pictures of a canvas may have {settings.canvas_files_mb} MB in all.")
    if bytes_of_person + size > settings.user_files_mb * MEGABYTE:
        raise FilesFull(f"Your pictures may have {settings.user_files_mb} MB in all.")


def _view(canvas_id: str, file_id: str) -> dict[str, Any]:
    file = files.facts_of(canvas_id, file_id)
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
