"""Reading scenes: whole, or what a client has not seen yet."""

from dataclasses import dataclass
from typing import Any

from app.domain.errors import NotFound
from app.models import scene_rows
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
    return in_order(scene_rows.live_elements(canvas_id))


def head_of(canvas_id: str) -> int:
    """The number of the newest change; raises NotFound."""
    canvas = scene_rows.order_of(canvas_id)
    if canvas is None:
        raise NotFound("Canvas not found.")
    return int(canvas.head_seq)


def read_scene(canvas_id: str, *, epoch: str | None = None, since: int | None = None) -> Scene:
    """The whole scene, or only what changed after `since` if that is still known.

    One moment of the canvas, as is what the caller reads next in the same transaction.

    Raises:
        NotFound: there is no such canvas.
    """
    begin_snapshot()
    canvas = scene_rows.order_of(canvas_id)
    if canvas is None:
        raise NotFound("Canvas not found.")
    if since is not None and _knows(canvas, epoch, since):
        mode, elements = "delta", scene_rows.elements_since(canvas_id, since)
    else:
        mode = "snapshot"
        elements = scene_rows.live_elements(canvas_id) if canvas.head_seq else []
    return Scene(canvas.epoch, canvas.head_seq, canvas.min_seq, mode, in_order(elements))


def _knows(canvas: Any, epoch: str | None, since: int) -> bool:
    """Whether whoever saw the canvas at `since` can be brought up to date by a delta."""
    return epoch in (None, canvas.epoch) and canvas.min_seq <= since <= canvas.head_seq


def last_n(canvas_id: str, client_id: str) -> int:
    """The newest batch of this client that was applied."""
    row = scene_rows.client_rows(canvas_id, [client_id]).get(client_id)
    return int(row.last_n) if row else 0


def in_order(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(elements, key=lambda element: (element.get("index") or "", element["id"]))
