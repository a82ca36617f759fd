"""One entrance to all layouts: which kind of drawing is arranged by which of them."""

from collections.abc import Callable

from app.domain.layout import layered
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered

_PLAIN: dict[str, Callable[[Sketch], Arrangement]] = {}


def arrange(kind: str, sketch: Sketch, engine: Layered) -> Arrangement:
    """Places for all boxes and regions, routes for all links, by the kind of a plan's graph."""
    plain = _PLAIN.get(kind)
    return plain(sketch) if plain else layered.arrange(sketch, engine)
