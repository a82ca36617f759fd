"""Entry of the offline planner: which reader understands an instruction, and what to say if none."""

from collections.abc import Callable

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.planning.offline.builder import GraphBuilder
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.header import Source, read_header
from app.domain.planning.offline.outlines import read_list
from app.domain.planning.offline.text import clean
from app.domain.planning.plan import Plan
from app.domain.planning.request import Planned, PlanRequest, Progress

NAME = "offline"
MAX_INSTRUCTION = 4_000


class OfflinePlanner:
    """Reads instructions without a model. It is not AI and always says so by its name."""

    name = NAME

    async def plan(self, request: PlanRequest, progress: Callable[[Progress], None]) -> Planned:
        planned = plan_offline(request)
        nodes = [
            node.label
            for operation in planned.plan.operations
            if operation.op == "graph"
            for node in operation.nodes
        ]
        progress(Progress(planned=len(nodes), preview=tuple(nodes)))
        return planned


def plan_offline(request: PlanRequest) -> Planned:
    """Pure and deterministic. Raises NotUnderstood or TooLarge, nothing else."""
    if len(request.instruction) > MAX_INSTRUCTION:
        raise TooLarge(f"An instruction may have {MAX_INSTRUCTION} characters at most.")
    text = clean(request.instruction)
    if not text.strip():
        raise NotUnderstood("The instruction is empty. Try: receive order -> check stock -> ship.")
    source = read_header(text)
    for reader in (read_list, _flow):
        builder = reader(source)
        if builder is not None and builder.nodes:
            return _planned(builder)
    raise NotUnderstood()


def _flow(source: Source) -> GraphBuilder | None:
    return read_flow(source.body, direction=source.direction or "down", title=source.title)


def _planned(builder: GraphBuilder) -> Planned:
    graph = builder.build()
    summary = f"Draw {len(graph.nodes)} shapes and {len(graph.edges)} arrows."
    plan = Plan(title=graph.title, summary=summary, operations=[graph])
    return Planned(plan=plan, planner=NAME, remarks=tuple(dict.fromkeys(builder.remarks)))
