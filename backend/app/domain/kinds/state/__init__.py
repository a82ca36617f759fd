"""State machines: states and what leads from one to the next."""

from app.domain.kinds.state.edits import read_edit
from app.domain.kinds.state.mermaid import read_states as read_mermaid
from app.domain.kinds.state.reading import WORDS, read_states
from app.domain.layout import flow
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="state",
    names={
        "en": phrases(
            """
            state machine, state diagram, state chart, statechart, lifecycle, life cycle, states
            """
        ),
        "de": phrases(
            """
            zustandsdiagramm, zustandsautomat, zustandsmaschine
            """
        ),
        "fr": phrases(
            """
            diagramme d'états, diagramme d'état, machine à états
            """
        ),
        "es": phrases(
            """
            diagrama de estados, máquina de estados
            """
        ),
        "cjk": phrases(
            """
            状态图, 状态机, 状態遷移図, 상태 다이어그램
            """
        ),
    },
    everyday=vocabulary("lifecycle states"),
    aliases=phrases("state_machine, statemachine"),
    phrase="a state machine",
    example="state machine: idle -> running on start; running -> idle on stop",
    translated={
        "de": (
            "ein Zustandsdiagramm",
            "Zustandsdiagramm: Entwurf -> Prüfung; Prüfung -> Freigegeben; Prüfung -> Entwurf",
        ),
        "fr": (
            "un diagramme d'états",
            "diagramme d'états: brouillon -> relecture; relecture -> publié",
        ),
        "es": (
            "un diagrama de estados",
            "diagrama de estados: borrador -> revisión; revisión -> publicado",
        ),
    },
    icon="refresh",
    direction="right",
    labels="names",
    links="all",
    readers=(Reader(90, read_states, WORDS),),
    takes_arrows=True,
    mermaid=(
        MermaidType(40, "state", r"stateDiagram", read_mermaid, r"stateDiagram(?:-v2)?[ \t]*$"),
    ),
    arrange=flow.arrange,
    read_edit=read_edit,
)
