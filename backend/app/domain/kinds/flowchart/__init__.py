"""Flowcharts: steps, questions with answers, arrows."""

from functools import partial

from app.domain.kinds.flowchart.lanes import WORDS, read_lanes
from app.domain.kinds.flowchart.reading import read_process
from app.domain.layout import flow
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.flowchart import read_flowchart
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.offline.flow import FLOW_WORDS
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="flowchart",
    names={
        "en": phrases(
            """
            flowchart, flow chart, flow diagram, process, workflow, process diagram,
            process flow, procedure, steps, flow, user flow, decision tree, algorithm, pipeline,
            user journey, customer journey, swimlane diagram, swimlane, swim lane diagram,
            swim lanes, swimlanes, cross-functional flowchart, sales funnel, funnel, cycle
            """
        ),
        "de": phrases(
            """
            flussdiagramm, ablaufdiagramm, flowchart diagramm, prozess, ablauf, arbeitsablauf,
            prozessdiagramm, programmablaufplan, swimlane-diagramm, schwimmbahndiagramm,
            entscheidungsbaum, kreislauf
            """
        ),
        "fr": phrases(
            """
            organigramme de flux, diagramme de flux, logigramme, diagramme de couloirs, processus,
            procédure,
            diagramme de processus, arbre de décision
            """
        ),
        "es": phrases(
            """
            diagrama de flujo, flujograma, diagrama de carriles, proceso, diagrama de proceso,
            árbol de decisión
            """
        ),
        "cjk": phrases(
            """
            流程图, フローチャート, 플로우차트, 순서도
            """
        ),
    },
    everyday=vocabulary(
        """
        process workflow procedure steps flow algorithm pipeline funnel cycle prozess ablauf
        kreislauf processus procédure proceso
        """
    ),
    aliases=phrases("flow, process, graph, diagram"),
    phrase="a flowchart",
    example="order received -> in stock? if yes ship it, if no reorder",
    translated={
        "de": (
            "ein Flussdiagramm",
            "Bestellung eingegangen -> auf Lager? ja -> versenden, nein -> nachbestellen",
        ),
        "fr": ("un logigramme", "commande reçue -> en stock? oui -> expédier, non -> commander"),
        "es": (
            "un diagrama de flujo",
            "pedido recibido -> ¿hay stock? sí -> enviar, no -> reponer",
        ),
    },
    icon="git-branch",
    meaning="a question is a diamond; its outgoing edges are labelled yes and no.",
    labels="steps",
    links="all",
    readers=(
        Reader(90, read_lanes, WORDS),
        Reader(160, read_process, FLOW_WORDS),
    ),
    grows=True,
    mermaid=(
        MermaidType(
            turn=10,
            name="flowchart",
            header=r"flowchart|graph",
            read=partial(read_flowchart, kind="flowchart"),
            alone=r"(?:flowchart(?:-elk)?|graph)[ \t]+(?:TD|TB|LR|RL|BT)\b[ \t]*(?:$|;|%)",
            follows=r".*(?:--|==|-\.)",
        ),
    ),
    arrange=flow.arrange,
)
