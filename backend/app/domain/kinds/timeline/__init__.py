"""Timelines: periods or dates in order, with what happens in them."""

from app.domain.kinds.timeline import gantt
from app.domain.kinds.timeline.edits import read_edit
from app.domain.kinds.timeline.layout import arrange
from app.domain.kinds.timeline.mermaid import read_gantt
from app.domain.kinds.timeline.mermaid import read_timeline as read_mermaid
from app.domain.kinds.timeline.reading import WORDS, read_timeline
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import by_group, cards
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="timeline",
    names={
        "en": phrases(
            """
            timeline, time line, roadmap, milestones, road map, chronology, gantt, gantt chart
            """
        ),
        "de": phrases(
            """
            zeitstrahl, zeitleiste, zeitachse, meilensteine, fahrplan, gantt-diagramm,
            ganttdiagramm, balkenplan
            """
        ),
        "fr": phrases(
            """
            frise chronologique, chronologie, feuille de route, diagramme de gantt
            """
        ),
        "es": phrases(
            """
            línea de tiempo, línea del tiempo, cronología, hoja de ruta, diagrama de gantt,
            cronograma
            """
        ),
        "cjk": phrases(
            """
            时间线, 时间轴, 甘特图, タイムライン, 年表, 타임라인, 간트 차트
            """
        ),
    },
    everyday=vocabulary("milestones meilensteine fahrplan"),
    aliases=phrases("roadmap, gantt"),
    phrase="a timeline",
    example="timeline: 2024 founded, 2025 seed round, 2026 launch",
    translated={
        "de": (
            "eine Zeitleiste",
            "Zeitleiste: 2024 Gründung, 2025 erste Kunden, 2026 Start in Japan",
        ),
        "fr": (
            "une frise chronologique",
            "frise chronologique: 2024 création, 2025 premiers clients, 2026 lancement",
        ),
        "es": (
            "una línea de tiempo",
            "línea de tiempo: 2024 fundación, 2025 primeros clientes, 2026 lanzamiento",
        ),
    },
    icon="timeline",
    meaning="groups are periods in order, nodes the events in them.",
    instead_of={"schedule": 13, "calendar": 14},
    direction="right",
    readers=(
        Reader(75, gantt.read_gantt, gantt.WORDS),
        Reader(80, read_timeline, WORDS),
    ),
    mermaid=(
        MermaidType(
            turn=70,
            name="timeline",
            header=r"timeline",
            read=read_mermaid,
            follows=r"\s*(?:title\b|section\b|.*\s:\s)",
        ),
        MermaidType(80, "gantt", r"gantt", read_gantt, follows=r""),
    ),
    arrange=arrange,
    roles=cards,
    colors=by_group,
    has_headings=True,
    shows_order=True,
    regular=True,
    read_edit=read_edit,
)
