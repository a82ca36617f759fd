"""Small pictures of canvases, as SVG: drawn once for each state, then remembered for a while."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from app.domain.access.ids import ViewableCanvasId
from app.domain.errors import NotFound
from app.domain.scene.preview import simplified_scene
from app.domain.scene.svg import to_svg
from app.models import scene_rows
from app.runtime import runtime
from app.services.file_reading import pictures_in
from app.services.history_service import scene_at
from app.services.scene_reading import load_scene
from app.services.unit_of_work import begin_snapshot

REMEMBERED_CHARACTERS = 16_000_000


class Thumbnails:
    """The ones asked for last, as many as fit. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._size = 0

    def get(self, canvas_id: str, state: str, draw: Callable[[], str]) -> str:
        key = (canvas_id, state)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        drawn = draw()
        with self._lock:
            self._size += len(drawn) - len(self._known.pop(key, ""))
            self._known[key] = drawn
            while self._size > REMEMBERED_CHARACTERS:
                self._size -= len(self._known.popitem(last=False)[1])
        return drawn


def canvas_thumbnail(canvas_id: ViewableCanvasId) -> tuple[str, str]:
    """The canvas now, and the name of its state. Raises NotFound."""
    begin_snapshot()
    row = _order(canvas_id)
    state = state_name(row.epoch, row.head_seq)
    return remembered(canvas_id, state, lambda: load_scene(canvas_id)), state


def version_thumbnail(canvas_id: ViewableCanvasId, version: int) -> tuple[str, str]:
    """A version, and the name of its state. Raises NotFound."""
    begin_snapshot()
    state = state_name(_order(canvas_id).epoch, version)
    return remembered(canvas_id, state, lambda: scene_at(canvas_id, version)), state


def _order(canvas_id: str) -> Any:
    order = scene_rows.order_of(canvas_id)
    if order is None:
        raise NotFound("Canvas not found.")
    return order


def remembered(
    canvas_id: ViewableCanvasId, state: str, load: Callable[[], list[dict[str, Any]]]
) -> str:
    """The SVG of a state of the canvas, drawn from what `load` gives if it is not known."""

    def draw() -> str:
        shown = simplified_scene(load())
        return to_svg(shown, pictures=pictures_in(canvas_id, shown, whole=0))

    return runtime().shared(Thumbnails).get(canvas_id, state, draw)


def state_name(epoch: str, seq: int) -> str:
    """Changes with whatever the canvas shows, also when its history was replaced."""
    return f"{epoch[:8]}-{seq}"


def canvas_address(canvas_id: str, epoch: str, seq: int) -> str:
    return f"/api/canvases/{canvas_id}/thumbnail?v={state_name(epoch, seq)}"
