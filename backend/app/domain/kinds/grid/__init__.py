"""Grids: shapes or sticky notes in cells."""

from app.domain.kinds.grid.reading import WORDS, read_grid
from app.domain.layout import cells, columns
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered
from app.domain.planning.kinds import Reader
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import by_group
from app.domain.scene.kinds import Kind


def _arrange(sketch: Sketch, _engine: Layered) -> Arrangement:
    return columns.arrange(sketch) if sketch.regions else cells.spaced(sketch)


KIND = Kind(
    id="grid",
    names={
        "en": phrases("grid"),
        "de": phrases("raster"),
        "fr": phrases("grille"),
        "es": phrases("cuadrícula"),
    },
    everyday=vocabulary("grid"),
    aliases=phrases("sticky_notes, notes"),
    phrase="a grid",
    example="3x3 grid of sticky notes: speed, price, quality",
    translated={
        "de": ("ein Raster", "3x2 Raster: Preis, Tempo, Güte"),
        "fr": ("une grille", "grille: prix, vitesse, qualité"),
        "es": ("una cuadrícula", "cuadrícula: precio, velocidad, calidad"),
    },
    icon="grid-dots",
    meaning="every cell is a node with column and row, both from 0.",
    labels="anything",
    same_names=True,
    readers=(Reader(130, read_grid, WORDS),),
    arrange=_arrange,
    colors=by_group,
)
