"""One entrance to all layouts: which kind of drawing is arranged by which of them."""

from collections.abc import Callable
from dataclasses import replace

from app.domain.layout import (
    cells,
    chain,
    columns,
    layered,
    mindmap,
    sequence,
    stack,
    timeline,
    tree,
)
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered

_SCREEN = 1_200.0  # px: a drawing of this width is seen as a whole
_STRIP, _SHORTER = 3.0, 0.75  # times as long as wide, and how much less is worth a turn
_PLAIN: dict[str, Callable[[Sketch], Arrangement]] = {
    "tree": tree.arrange,
    "mindmap": mindmap.arrange,
    "sequence": sequence.arrange,
    "timeline": timeline.arrange,
    "kanban": columns.kanban,
    "matrix": columns.quadrants,
    "table": cells.table,
    "wireframe": stack.arrange,
    "grid": cells.grid,
}


def arrange(kind: str, sketch: Sketch, engine: Layered) -> Arrangement:
    """Places for the boxes, routes for the links, by the kind of a plan's graph. Regions and
    links that a kind cannot show are left out of the result."""
    if sketch.regions and kind in ("tree", "mindmap"):
        return layered.arrange(sketch, engine)
    if sketch.regions and kind == "grid":
        return columns.kanban(sketch)
    if not sketch.regions and kind == "matrix":
        return cells.grid(sketch)
    plain = _PLAIN.get(kind)
    if plain:
        return plain(sketch)
    sideways = kind == "architecture" or sketch.direction in ("right", "left")
    line = chain.ordered(sketch) if sideways else None
    return chain.arrange(line, sketch) if line else _in_shape(sketch, engine)


def _in_shape(sketch: Sketch, engine: Layered) -> Arrangement:
    """Groups one after the other that would make a strip are laid out downward instead, if that
    makes a shorter one."""
    found = layered.arrange(sketch, engine)
    sideways = sketch.regions and sketch.direction in ("right", "left")
    if not sideways or found.bounds().width <= _SCREEN or _strip(found) <= _STRIP:
        return found
    other = layered.arrange(replace(sketch, direction="down"), engine)
    return other if _strip(other) < _SHORTER * _strip(found) else found


def _strip(found: Arrangement) -> float:
    """How many times the longer side is as long as the shorter one."""
    whole = found.bounds()
    sides = max(whole.width, 1.0), max(whole.height, 1.0)
    return max(sides) / min(sides)
