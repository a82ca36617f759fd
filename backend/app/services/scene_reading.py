"""Reading scenes: whole, or what a client has not seen yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.access.ids import ViewableCanvasId
from app.domain.access.policy import Role
from app.domain.errors import DomainError, NotFound
from app.models import scene_rows
from app.services.access_service import roles_of
from app.services.unit_of_work import begin_snapshot
from app.utils import fast_json


@dataclass(frozen=True)
class Scene:
    """What a client needs to be current: the whole scene, or what it has not seen yet."""

    epoch: str
    seq: int
    min_seq: int
    mode: str
    objects: list[dict[str, Any]]


def load_scene(canvas_id: ViewableCanvasId) -> list[dict[str, Any]]:
    """The canvas's elements that are not deleted, in drawing order."""
    return in_order(scene_rows.live_elements(canvas_id))


def head_of(canvas_id: ViewableCanvasId) -> int:
    """The number of the newest change; raises NotFound."""
    canvas = scene_rows.order_of(canvas_id)
    if canvas is None:
        raise NotFound("Canvas not found.")
    return int(canvas.head_seq)


def read_scene(
    canvas_id: ViewableCanvasId, *, epoch: str | None = None, since: int | None = None
) -> Scene:
    """The whole scene, or only what changed after `since` if that is still known.

    One moment of the canvas, as is what the caller reads next in the same transaction.

    Raises:
        NotFound: there is no such canvas.
    """
    begin_snapshot()
    return _scene(canvas_id, epoch, since)


def _scene(canvas_id: str, epoch: str | None, since: int | None) -> Scene:
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
    """Whether a client that saw the canvas at `since` can be brought up to date by a delta."""
    return epoch in (None, canvas.epoch) and canvas.min_seq <= since <= canvas.head_seq


@dataclass(frozen=True)
class Arrival:
    """A browser tab that opens a canvas, or comes back having seen its change `since`."""

    canvas_id: ViewableCanvasId
    user_id: str
    client_id: str
    epoch: str | None = None
    since: int | None = None


@dataclass(frozen=True)
class Welcome:
    """What an arrival is answered: the role (None: no member), what is new, its newest batch.

    As `Scene`, but the objects are no longer there one by one: a hundred large canvases may be
    opened at once, and encoded they take a fraction of the memory.
    """

    role: Role | None
    epoch: str
    seq: int
    min_seq: int
    mode: str
    objects: fast_json.Encoded
    last_n: int


def welcome(arrivals: Sequence[Arrival]) -> list[Welcome | DomainError]:
    """Answer many at once, all of one moment. Clients that saw the same of a canvas share one read
    and one encoding of what is new; NotFound for those whose canvas is gone."""
    begin_snapshot()
    answers: dict[Arrival, Welcome | DomainError] = {}
    for canvas_id in {arrival.canvas_id for arrival in arrivals}:
        here = {arrival for arrival in arrivals if arrival.canvas_id == canvas_id}
        try:
            answers |= _welcome_to(canvas_id, here)
        except NotFound as gone:
            answers |= dict.fromkeys(here, gone)
    return [answers[arrival] for arrival in arrivals]


def _welcome_to(canvas_id: str, arrivals: Collection[Arrival]) -> dict[Arrival, Welcome]:
    seen = {(arrival.epoch, arrival.since) for arrival in arrivals}
    news = {state: _encoded(_scene(canvas_id, *state)) for state in seen}
    roles = roles_of(canvas_id, {arrival.user_id for arrival in arrivals})
    tabs = scene_rows.client_rows(canvas_id, {arrival.client_id for arrival in arrivals})
    return {
        arrival: Welcome(
            roles.get(arrival.user_id),
            *news[arrival.epoch, arrival.since],
            int(tabs[arrival.client_id].last_n) if arrival.client_id in tabs else 0,
        )
        for arrival in arrivals
    }


def _encoded(scene: Scene) -> tuple[str, int, int, str, fast_json.Encoded]:
    objects = fast_json.encoded(scene.objects)
    return scene.epoch, scene.seq, scene.min_seq, scene.mode, objects


def in_order(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(elements, key=lambda element: (element.get("index") or "", element["id"]))
