"""Matrices: quadrants with their entries, SWOT, canvases."""

from app.domain.kinds.matrix.edits import read_edit
from app.domain.kinds.matrix.reading import WORDS, read_matrix
from app.domain.layout import cells, columns
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered
from app.domain.planning.kinds import Reader
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import by_group, cards
from app.domain.scene.kinds import Kind


def _arrange(sketch: Sketch, _engine: Layered) -> Arrangement:
    return columns.quadrants(sketch) if sketch.regions else cells.spaced(sketch)


KIND = Kind(
    id="matrix",
    names={
        "en": phrases(
            """
            matrix, swot, swot analysis, swot matrix, 2x2 matrix, 2x2, quadrants, swot diagram,
            eisenhower matrix, eisenhower, quadrant chart, business model canvas, lean canvas
            """
        ),
        "de": phrases(
            """
            swot-analyse, swot analyse, eisenhower-matrix, eisenhowermatrix, vierfeldertafel,
            portfolio-matrix, matrix diagramm
            """
        ),
        "fr": phrases(
            """
            matrice, analyse swot, matrice swot, matrice d'eisenhower
            """
        ),
        "es": phrases(
            """
            matriz, análisis dafo, dafo, análisis foda, foda, matriz foda, matriz dafo, matriz
            de eisenhower, análisis swot
            """
        ),
        "cjk": phrases(
            """
            矩阵, swot分析, マトリックス
            """
        ),
    },
    everyday=vocabulary("matrix matrice matriz"),
    aliases=phrases("swot, quadrant"),
    phrase="a matrix",
    example="SWOT: Strengths: team; Weaknesses: budget; Opportunities: EU; Threats: law",
    translated={
        "de": (
            "eine Matrix",
            "SWOT: Stärken: Team; Schwächen: Budget; Chancen: EU; Risiken: Gesetz",
        ),
        "fr": (
            "une matrice",
            "SWOT: Forces: équipe; Faiblesses: budget; Opportunités: UE; Menaces: loi",
        ),
        "es": (
            "una matriz",
            "FODA: Fortalezas: equipo; Debilidades: presupuesto; Oportunidades: UE; Amenazas: ley",
        ),
    },
    icon="layout-grid",
    meaning="groups are the cells, first row left to right, then the next; nodes their entries.",
    instead_of={"venn": 6, "canvas": 12},
    readers=(Reader(60, read_matrix, WORDS, honours=frozenset(["places"])),),
    arrange=_arrange,
    roles=cards,
    colors=by_group,
    has_headings=True,
    regular=True,
    read_edit=read_edit,
)
