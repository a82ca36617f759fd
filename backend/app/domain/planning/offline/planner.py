"""Entry of the offline planner: create or edit, and what to say if nothing is understood."""

import re
from collections.abc import Callable, Iterable, Sequence

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.planning.accounting import Accounting
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import PlanKinds, Source
from app.domain.planning.languages import TextLanguage, read_language
from app.domain.planning.model_name import OFFLINE
from app.domain.planning.offline import pasted
from app.domain.planning.offline.asides import Plain, without_asides
from app.domain.planning.offline.edits import is_begun, is_own_edit, looks_like_edit, read_edits
from app.domain.planning.offline.extend import extend
from app.domain.planning.offline.header import read_header
from app.domain.planning.offline.help import EDIT_EXAMPLE, not_understood, refusal
from app.domain.planning.offline.readers import read, sourced
from app.domain.planning.plan import (
    MAX_OPERATIONS,
    Add,
    Graph,
    Group,
    InsertBetween,
    Node,
    Operation,
    Plan,
)
from app.domain.planning.request import Planned, PlanRequest, Progress
from app.domain.planning.sentences import say
from app.domain.planning.speech import Language, language_of
from app.domain.planning.text import clean, nice

MAX_INSTRUCTION = 4_000
_ARROW = re.compile(r"-+>|=+>|[\u2190-\u21ff]|<-+")
_BOX = {True: "\u2611", False: "\u2610"}
EMPTY_CANVAS = (
    "The canvas has nothing on it yet that could be changed. Describe a drawing first, "
    "for example: order received -> in stock? if yes ship it, if no reorder."
)


class OfflinePlanner:
    """Reads instructions without a model. It is not AI and always says so by its name."""

    name = OFFLINE

    def __init__(self, kinds: PlanKinds, languages: Iterable[TextLanguage]) -> None:
        self._kinds = kinds
        self._languages = tuple(languages)

    async def plan(self, request: PlanRequest, progress: Callable[[Progress], None]) -> Planned:
        planned = plan_offline(request, self._kinds, self._languages)
        shapes = sum(len(_parts(operation)) for operation in planned.plan.operations)
        progress(Progress(planned=shapes, plan=lambda: planned.plan))
        return planned


def _parts(operation: Operation) -> Sequence[Node | Group]:
    if isinstance(operation, Graph):
        return operation.nodes or operation.groups
    return [operation.node] if isinstance(operation, Add | InsertBetween) else []


def plan_offline(
    request: PlanRequest, kinds: PlanKinds, languages: Iterable[TextLanguage]
) -> Planned:
    """Pure and deterministic. Raises NotUnderstood or TooLarge, nothing else."""
    if len(request.instruction) > MAX_INSTRUCTION:
        raise TooLarge(f"An instruction may have {MAX_INSTRUCTION} characters at most.")
    text = clean(request.instruction)
    if not text.strip():
        raise refusal("empty", "en")
    language = language_of(text)
    reading = read_language(text, languages)
    if reading is not None:
        graph, remarks = reading
        return _planned([graph], graph.title, (*remarks, *_second(text, language)))
    if (lines := pasted.checked(text)) is not None:
        return _planned([_check_list(lines, kinds)], "", ())
    if name := pasted.format_of(text):
        outline = pasted.indented(text)
        named = name == pasted.YAML and read_header(text, kinds).kind is not None
        if not named and (name != pasted.YAML or outline == text):
            raise refusal("pasted", language, format=name)
    text = pasted.indented(text)
    source = read_header(text, kinds, language)
    return _edited(request, source) if _edits_first(request, source) else _created(request, source)


def _second(text: str, language: Language) -> tuple[str, ...]:
    """What to say of the diagrams behind the first one."""
    blocks = re.findall(r"```[ \t]*mermaid[^\n]*\n\s*(\S[^\n]*)", text)[1:]
    words = ", ".join(block.strip() for block in blocks)
    return (say("second_diagram", language, words=words),) if blocks else ()


def _check_list(lines: list[tuple[bool, str]], kinds: PlanKinds) -> Graph:
    """One below the other, ticked where they were."""
    builder = GraphBuilder(kinds.unnamed.shapes)
    for row, (done, label) in enumerate(lines):
        builder.fresh(f"{_BOX[done]} {nice(label)}", column=0, row=row)
    return builder.build()


def _edits_first(request: PlanRequest, source: Source) -> bool:
    """Edits come first where something exists to edit, unless a new drawing is named."""
    if request.context.nodes and is_own_edit(source.text, request.context, source.kinds):
        return True
    if source.kind is not None and source.body:
        return False
    if request.mode == "modify":
        return True
    return looks_like_edit(source.text)


def _edited(request: PlanRequest, source: Source) -> Planned:
    if not request.context.nodes and looks_like_edit(source.text):
        raise NotUnderstood(EMPTY_CANVAS)
    refused: NotUnderstood | None = None
    remarks: list[str] = []
    try:
        operations = read_edits(
            source.text, request.context, source.kinds, source.language, remarks
        )
    except NotUnderstood as error:
        operations, refused = None, error
    if operations:
        return _planned(operations, "", tuple(remarks))
    if refused is not None and looks_like_edit(source.text):
        raise refused if request.context.nodes else NotUnderstood(EMPTY_CANVAS)
    begun = request.context.nodes and is_begun(source.text, request.context, source.kinds)
    if begun or (request.context.nodes and not _draws(source)):
        words = source.text.strip()[:80]
        raise refused or refusal("edit_unread", source.language, words=words, example=EDIT_EXAMPLE)
    try:
        return _created(request, source)
    except NotUnderstood as error:
        raise refused or error from None


def _draws(source: Source) -> bool:
    """Whether a text that is no edit shows a drawing: a kind, arrows, or more than one line."""
    return bool(source.kind or _ARROW.search(source.text) or "\n" in source.text.strip())


def _created(request: PlanRequest, whole: Source) -> Planned:
    plain = without_asides(whole.text)
    if not plain.text.strip():
        plain = Plain(whole.text, Accounting(whole.text))
    source = sourced(plain, read_header(plain.text, whole.kinds, whole.language))
    builder = read(source, plain)
    if builder is None:
        if request.mode == "create" and request.context.nodes:
            operations = read_edits(source.text, request.context, source.kinds)
            if operations:
                return _planned(operations, "", ())
        raise not_understood(source, editing=request.mode == "modify")
    graph = builder.build()
    if request.mode == "modify" and source.kinds[graph.kind].grows:
        operations = extend(graph, request.context)
        if operations is not None and len(operations) <= MAX_OPERATIONS:
            return _planned(operations, graph.title, tuple(builder.remarks))
    return _planned([graph], _title(builder, source), tuple(builder.remarks))


def _title(builder: GraphBuilder, source: Source) -> str:
    """The drawing's title; what has a root is called like that if it has none."""
    if builder.title or not source.kinds[builder.kind].rooted or not builder.nodes:
        return builder.title
    return builder.nodes[0].label


def _planned(
    operations: list[Operation] | list[Graph], title: str, remarks: tuple[str, ...]
) -> Planned:
    plan = Plan(title=title[:400], summary=_summary(list(operations)), operations=list(operations))
    return Planned(plan=plan, planner=OFFLINE, remarks=tuple(dict.fromkeys(remarks)))


def _summary(operations: list[Operation]) -> str:
    graphs = [operation for operation in operations if isinstance(operation, Graph)]
    if not graphs:
        count = len(operations)
        return f"{count} change{'s' if count != 1 else ''} to the canvas."
    nodes = sum(len(graph.nodes) for graph in graphs)
    edges = sum(len(graph.edges) for graph in graphs)
    return f"A {graphs[0].kind} with {nodes} shapes and {edges} connections."
