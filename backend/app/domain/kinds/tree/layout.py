"""Trees with groups are layered; the others are tidy trees."""

from app.domain.layout import layered, tree
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered


def arrange(sketch: Sketch, elk: Layered) -> Arrangement:
    return layered.arrange(sketch, elk) if sketch.regions else tree.arrange(sketch)
