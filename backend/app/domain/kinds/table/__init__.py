"""Tables: rows and columns with shared borders."""

from app.domain.kinds.table.reading import WORDS, read_table
from app.domain.layout import cells
from app.domain.planning.kinds import Reader
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.diagram import Diagram
from app.domain.scene.kinds import Kind


def _roles(diagram: Diagram) -> dict[str, str]:
    """The first row is the heading, when the cells say which row they are in."""
    top = min((node.row for node in diagram.nodes if node.row is not None), default=-1)
    return {node.id: "header" if node.row == top else "card" for node in diagram.nodes}


KIND = Kind(
    id="table",
    names={
        "en": phrases("table, comparison table, spreadsheet, csv"),
        "de": phrases(
            """
            tabelle
            """
        ),
        "fr": phrases(
            """
            tableau
            """
        ),
        "es": phrases(
            """
            tabla
            """
        ),
        "cjk": phrases(
            """
            表格, 表, 표
            """
        ),
    },
    everyday=vocabulary("table csv tabelle tableau tabla"),
    phrase="a table",
    example="table with columns Name, Role; rows: Ana, owner; Ben, editor",
    translated={
        "de": (
            "eine Tabelle",
            "Tabelle mit Spalten Name, Rolle; Zeilen: Ana, Leitung; Ben, Technik",
        ),
        "fr": ("un tableau", "tableau avec colonnes Nom, Rôle; lignes: Ana, chef; Ben, technicien"),
        "es": ("una tabla", "tabla con columnas Nombre, Rol; filas: Ana, jefa; Ben, técnico"),
    },
    icon="table",
    meaning="every cell is a node with column and row, both from 0.",
    instead_of={"pie": 1, "bar": 2, "histogram": 3, "scatter": 4, "graph of": 5},
    labels="anything",
    same_names=True,
    readers=(Reader(30, read_table, WORDS),),
    arrange=lambda sketch, _: cells.bordered(sketch),
    roles=_roles,
    rounded=False,
)
