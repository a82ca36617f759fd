"""Flowcharts: steps, questions with answers, arrows."""

from functools import partial

from app.domain.kinds.flowchart.reading import read_process
from app.domain.layout import flow
from app.domain.planning.kinds import Reader
from app.domain.planning.mermaid.flowchart import read_flowchart
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.kinds import Kind

KIND = Kind(
    id="flowchart",
    names={
        "en": phrases(
            """
            flowchart, flow chart, flow diagram, process, workflow, process diagram,
            process flow, procedure, steps, flow, user flow, decision tree, algorithm, pipeline,
            user journey, customer journey, sales funnel, funnel, cycle
            """
        ),
        "de": phrases("flussdiagramm, ablaufdiagramm"),
    },
    everyday=vocabulary("process workflow procedure steps flow algorithm pipeline funnel cycle"),
    aliases=phrases("flow, process, graph, diagram"),
    phrase="a flowchart",
    example="order received -> in stock? if yes ship it, if no reorder",
    icon="git-branch",
    meaning="a question is a diamond; its outgoing edges are labelled yes and no.",
    readers=(Reader(160, read_process),),
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
