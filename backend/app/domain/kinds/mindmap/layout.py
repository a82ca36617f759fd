"""Two-sided mind maps: the root in the middle, its branches balanced to the right and left."""

from app.domain.layout import layered
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered
from app.domain.layout.tree import TREE_GAP, Twig, forest, grow


def arrange(sketch: Sketch, elk: Layered) -> Arrangement:
    """Several roots become several maps, one below the other; with groups it is layered."""
    if sketch.regions:
        return layered.arrange(sketch, elk)
    trees, extra = forest(sketch)
    result = Arrangement()
    y = 0.0
    for root in trees:
        part = _map(root)
        area = part.bounds()
        part = part.moved(-area.x - area.width / 2, y - area.y)
        y += area.height + TREE_GAP
        result.boxes |= part.boxes
        result.routes |= part.routes
    route_links(result, sketch, extra)
    return result


def _map(root: Twig) -> Arrangement:
    split = _split(root)
    right = grow(Twig(root.box, None, root.children[:split]), "right")
    left = grow(Twig(root.box, None, root.children[split:]), "left")
    here, there = right.boxes[root.box.id], left.boxes[root.box.id]
    left = left.moved(here.x - there.x, here.y - there.y)
    return Arrangement(right.boxes | left.boxes, right.routes | left.routes)


def _split(root: Twig) -> int:
    """How many of the first branches go to the right, so that both sides are about as high;
    in doubt the right is fuller, where reading begins."""
    heights = [_height(child) for child in root.children]
    total = sum(heights)
    return min(
        range((len(heights) + 1) // 2 if len(heights) < 3 else 1, len(heights) + 1),
        key=lambda k: (abs(2 * sum(heights[:k]) - total), -k),
        default=0,
    )


def _height(twig: Twig) -> float:
    """Room that a branch takes across: the sum of its leaves."""
    total, pending = 0.0, [twig]
    while pending:
        node = pending.pop()
        total += 0 if node.children else node.box.height + 40
        pending += node.children
    return total
