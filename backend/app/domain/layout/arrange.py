"""One entrance to all layouts: which kind of drawing is arranged by which of them."""

from collections.abc import Callable

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
    return chain.arrange(line, sketch) if line else layered.arrange(sketch, engine)
