"""Sequence diagrams: participants and their messages in order of time."""

from app.domain.kinds.sequence.edits import read_edit
from app.domain.kinds.sequence.layout import arrange
from app.domain.kinds.sequence.mermaid import read_sequence as read_mermaid
from app.domain.kinds.sequence.mermaid import write_sequence
from app.domain.kinds.sequence.reading import WORDS, read_sequence
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.coloring import plain_nodes
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="sequence",
    names={
        "en": phrases("sequence diagram, sequence, interaction diagram"),
        "de": phrases(
            """
            sequenzdiagramm, ablaufsequenz, nachrichtenfluss
            """
        ),
        "fr": phrases(
            """
            diagramme de séquence
            """
        ),
        "es": phrases(
            """
            diagrama de secuencia
            """
        ),
        "cjk": phrases(
            """
            时序图, 序列图, シーケンス図, 시퀀스 다이어그램
            """
        ),
    },
    everyday=vocabulary("sequence"),
    aliases=phrases("sequence_diagram"),
    phrase="a sequence diagram",
    example="sequence: User asks Server for page; Server queries DB",
    translated={
        "de": (
            "ein Sequenzdiagramm",
            "Sequenzdiagramm: Kunde -> Shop: bestellt; Shop --> Kunde: bestätigt",
        ),
        "fr": (
            "un diagramme de séquence",
            "diagramme de séquence: Client -> Site: commande; Site --> Client: confirme",
        ),
        "es": (
            "un diagrama de secuencia",
            "diagrama de secuencia: Cliente -> Tienda: pide; Tienda --> Cliente: confirma",
        ),
    },
    icon="arrows-exchange",
    meaning="nodes are participants, edges are messages in order of time, replies dashed.",
    links="all",
    readers=(Reader(110, read_sequence, WORDS),),
    mermaid=(
        MermaidType(20, "sequence", r"sequenceDiagram", read_mermaid, r"sequenceDiagram[ \t]*$"),
    ),
    write_mermaid=write_sequence,
    arrange=arrange,
    roles=lambda diagram: plain_nodes(diagram, "header"),
    repeats=True,
    regular=True,
    is_ordered=True,
    read_edit=read_edit,
)
