"""Reading scenes: whole, or what a client has not seen yet."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.errors import NotFound
from app.extensions import db
from app.models import Canvas, CanvasObject, SyncClient
from app.services.unit_of_work import begin_snapshot


@dataclass(frozen=True)
class Scene:
    """What a client needs to be current: the whole scene, or what it has not seen yet."""

    epoch: str
    seq: int
    min_seq: int
    mode: str
    objects: list[dict[str, Any]]


def load_scene(canvas_id: str) -> list[dict[str, Any]]:
    """The canvas's elements that are not deleted, in drawing order."""
    query = select(CanvasObject.data).where(
        CanvasObject.canvas_id == canvas_id, CanvasObject.deleted.is_(False)
    )
    return in_order(list(db.session.execute(query).scalars()))


def read_scene(canvas_id: str, *, epoch: str | None = None, since: int | None = None) -> Scene:
    """The whole scene, or only what changed after `since` if that is still known.

    One moment of the canvas, as is what the caller reads next in the same transaction.

    Raises:
        NotFound: there is no such canvas.
    """
    begin_snapshot()
    canvas = db.session.execute(
        select(Canvas.epoch, Canvas.head_seq, Canvas.min_seq).where(Canvas.id == canvas_id)
    ).one_or_none()
    if canvas is None:
        raise NotFound("Canvas not found.")
    delta = (
        since is not None
        and epoch in (None, canvas.epoch)
        and canvas.min_seq <= since <= canvas.head_seq
    )
    query = select(CanvasObject.data).where(CanvasObject.canvas_id == canvas_id)
    query = (
        query.where(CanvasObject.seq > since)
        if delta
        else query.where(CanvasObject.deleted.is_(False))
    )
    objects = in_order(list(db.session.execute(query).scalars()))
    mode = "delta" if delta else "snapshot"
    return Scene(canvas.epoch, canvas.head_seq, canvas.min_seq, mode, objects)


def last_n(canvas_id: str, client_id: str) -> int:
    """The newest batch of this client that was applied."""
    query = select(SyncClient.last_n).where(
        SyncClient.canvas_id == canvas_id, SyncClient.client_id == client_id
    )
    return db.session.execute(query).scalar() or 0


def in_order(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(elements, key=lambda element: (element.get("index") or "", element["id"]))
