"""Boards: columns with cards."""

from app.domain.kinds.kanban.edits import read_edit
from app.domain.kinds.kanban.reading import WORDS, read_board
from app.domain.layout import columns
from app.domain.planning.kinds import Reader
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import by_group, cards
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="kanban",
    names={
        "en": phrases(
            """
            kanban board, kanban, task board, scrum board, board, retrospective,
            pros and cons, retro, retro board
            """
        ),
        "de": phrases(
            """
            kanban-board, kanbanboard, kanban-tafel, aufgabentafel, kanban-tavel,
            retrospektive, pro und contra, vor- und nachteile, tafel
            """
        ),
        "fr": phrases(
            """
            tableau kanban, tableau de tâches, rétrospective
            """
        ),
        "es": phrases(
            """
            tablero kanban, tablero, tablero de tareas, retrospectiva
            """
        ),
        "cjk": phrases(
            """
            看板, カンバン, 칸반
            """
        ),
    },
    everyday=vocabulary("board tafel tablero"),
    aliases=phrases("board, columns"),
    phrase="a board",
    example="To do: design, write; Doing: build; Done: plan",
    translated={
        "de": ("ein Board", "Kanban: Offen: Entwurf, Text; In Arbeit: Bau; Erledigt: Plan"),
        "fr": (
            "un tableau kanban",
            "tableau kanban: À faire: dessin, texte; En cours: site; Fait: plan",
        ),
        "es": (
            "un tablero",
            "tablero kanban: Por hacer: diseño, texto; En curso: web; Hecho: plan",
        ),
    },
    icon="columns-3",
    meaning="groups are columns, nodes the cards in them.",
    instead_of={"checklist": 9, "to-do": 10, "todo": 11},
    readers=(Reader(70, read_board, WORDS, honours=frozenset(["room", "places"])),),
    arrange=lambda sketch, _: columns.arrange(sketch),
    roles=cards,
    colors=by_group,
    has_headings=True,
    regular=True,
    read_edit=read_edit,
)
