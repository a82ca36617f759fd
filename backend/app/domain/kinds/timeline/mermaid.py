"""Reads Mermaid timelines and Gantt charts."""

import re

from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import (
    MermaidBuilder,
    MermaidSource,
    SourceRow,
    decode,
    fault,
)

_TASK_WORDS = re.compile(r"(?:done|active|crit|milestone|vert)$")
_GANTT_IGNORED = re.compile(
    r"(?:dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|weekday|weekend|click|accTitle"
    r"|accDescr|inclusiveEndDates|topAxis|displayMode)\b"
)


def read_timeline(diagram: MermaidSource) -> Reading:
    """Periods are groups; in sections they are cards, with their events as rows."""
    builder = MermaidBuilder("timeline", "right", diagram.title)
    section: str | None = None
    period: str | None = None
    for row in diagram.rows:
        if row.text.startswith("title"):
            builder.title = decode(row.text[5:])
        elif row.text.startswith("section"):
            section = builder.new_group(decode(row.text[7:]))
            period = None
        else:
            name, *texts = [decode(part) for part in re.split(r"(?:^|\s):\s|^:|:\s", row.text)]
            events = [event for event in texts if event]
            if name and section:
                period = builder.fresh(name, group=section, rows=events)
            elif name:
                period = builder.new_group(name)
            elif period is None:
                raise fault(row.number, "Write the period first: 2024 : founded.")
            elif section:
                card = builder.get(period)
                builder.replace(card.model_copy(update={"rows": [*card.rows, *events]}))
            for event in () if section else events:
                builder.fresh(event, group=period)
    return builder.finish(diagram)


def read_gantt(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("timeline", "right", diagram.title)
    section: str | None = None
    waiting: list[tuple[str, str]] = []
    for row in diagram.rows:
        if row.text.startswith("title"):
            builder.title = decode(row.text[5:])
        elif row.text.startswith("section"):
            section = builder.new_group(decode(row.text[7:]))
        elif not _GANTT_IGNORED.match(row.text):
            _task(builder, row, section, waiting)
    for before, task in waiting:
        if before in builder.by_name:
            builder.edge(builder.by_name[before], task)
    return builder.finish(diagram)


def _task(
    builder: MermaidBuilder, row: SourceRow, section: str | None, waiting: list[tuple[str, str]]
) -> None:
    """ "Build :active, b, after a, 3d": its dates become rows, "after" an arrow."""
    label, colon, rest = row.text.partition(":")
    if not colon:
        raise fault(row.number, 'A task like "Build : 2024-01-01, 3d" is expected.')
    parts = [part.strip() for part in rest.split(",")]
    state = [part for part in parts if _TASK_WORDS.match(part)]
    times = [part for part in parts if part and not _TASK_WORDS.match(part)]
    name = times.pop(0) if len(times) > 2 or (times and _is_name(times[0])) else None
    after = [before for part in times if part.startswith("after ") for before in part[6:].split()]
    rows = [part for part in [*times, *state] if not part.startswith("after ")]
    task = builder.fresh(decode(label), group=section, rows=rows)
    if name:
        builder.by_name.setdefault(name, task)
    waiting += [(before, task) for before in after]


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][\w-]*", text) is not None
