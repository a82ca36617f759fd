"""Boards: columns with cards."""

from app.domain.kinds.kanban.reading import read_board
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
            kanban board, kanban, task board, scrum board, board, swimlanes, retrospective,
            pros and cons, retro, retro board
            """
        ),
        "de": phrases("kanban-board"),
    },
    everyday=vocabulary("board"),
    aliases=phrases("board, columns"),
    phrase="a board",
    example="To do: design, write; Doing: build; Done: plan",
    icon="columns-3",
    meaning="groups are columns, nodes the cards in them.",
    instead_of={"checklist": 9, "to-do": 10, "todo": 11},
    readers=(Reader(70, read_board),),
    arrange=lambda sketch, _: columns.arrange(sketch),
    roles=cards,
    colors=by_group,
    has_headings=True,
)
