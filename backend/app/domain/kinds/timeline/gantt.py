"""Gantt charts: "Design 1 Jan to 20 Jan, Build 15 Jan to 15 Mar, Launch 1 Apr"."""

import re
from dataclasses import dataclass

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.text import nice, phrases, split_top, vocabulary

WORDS = vocabulary(
    "to until till from through and on bis vom ab am au du le el de al hasta a y et und"
)
_MONTHS = (
    "jan january januar jänner janvier enero ene", "feb february februar février fév febrero",
    "mar march märz mär mars marzo", "apr april avril avr abril abr", "may mai mayo",
    "jun june juni juin junio", "jul july juli juillet juil julio", "aug august août agosto ago",
    "sep sept september septembre septiembre", "oct october oktober okt octobre octubre",
    "nov november novembre noviembre", "dec december dezember dez décembre déc diciembre dic",
)  # fmt: skip
_NUMBER_OF = {name: i for i, names in enumerate(_MONTHS) for name in names.split()}
_SHORT = phrases("Jan, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAME = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_DAY = (
    rf"(?:(?P<d{{0}}>\d{{{{1,2}}}})(?:st|nd|rd|th|er)?\.?\s*(?:de\s+)?(?P<m{{0}}>{_NAME})\b\.?"
    rf"|(?P<n{{0}}>{_NAME})\.?\s+(?P<e{{0}}>\d{{{{1,2}}}})(?:st|nd|rd|th)?\b(?!\d)"
    r"|(?P<y{0}>\d{{4}})-(?P<i{0}>\d{{2}})-(?P<j{0}>\d{{2}})"
    r"|(?P<o{0}>\d{{1,2}})\.(?P<p{0}>\d{{1,2}})\.)(?:,?\s*(?:de\s+)?(?P<z{0}>\d{{4}}))?"
)
_TASK = re.compile(
    rf"(?P<what>.+?)\s*[:,(]?\s*(?:\b(?:from|on|vom|ab|am|du|le|del?|el)\s+)?{_DAY.format(1)}"
    rf"(?:\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bbis\b|\bau\b|\bal\b|\bhasta\b|\ba\b)\s*(?:the\s+|zum\s+|el\s+)?{_DAY.format(2)})?\s*\)?",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(
    r",?\s+and\s+(?:the\s+|a\s+)?(?=milestones?\s)|(?<=\))\s+and\s+|[,;\n]\s*|(?<!\d)\.\s+(?=[A-Z])"
)
_DATED = re.compile(rf"\d[\d.]*(?:st|nd|rd|th)?|\b(?:{_NAME}|tasks?|milestones?)\b", re.IGNORECASE)
_BEFORE = re.compile(rf"\b(\d{{1,2}})\.?\s*[-\u2013]\s*(\d{{1,2}})\.?\s+({_NAME})\b", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?<=[a-z(:] )({_NAME})\.?\s+(\d{{1,2}})\s*[-\u2013]\s*(\d{{1,2}})\b(?!\d)", re.I
)
_LEAST = 2
_PERIODS = re.compile(r"\s*(?:\d|[-*]|[QH]\d|week|month|sprint|phase)", re.IGNORECASE)
_EXAMPLE = (
    "A Gantt chart needs a first and a last day for its bars. "
    "Example: Gantt chart: Design 1 Jan to 20 Jan, Build 15 Jan to 15 Mar, Launch 1 Apr"
)
Month = tuple[int, int]  # year (0: none was named), month from 0


@dataclass(frozen=True)
class DatedTask:
    """A name with its first and last day, each (month, day); a milestone has one day."""

    what: str
    first: tuple[Month, int]
    last: tuple[Month, int]
    milestone: bool


def read_gantt(source: Source) -> GraphBuilder | None:
    """Bars on a scale of months, milestones as diamonds; no year is invented."""
    if source.kind != "timeline":
        return None
    body = _AFTER.sub(r"\1 \2 to \1 \3", _BEFORE.sub(r"\1 \3 to \2 \3", source.body))
    tasks = [_task(part) for part in _parts(body)]
    found = [task for task in tasks if task is not None]
    if len(found) < _LEAST or len(found) < len(tasks) or all(task.milestone for task in found):
        if "gantt" in source.named and len(found) < len(tasks) and not _PERIODS.match(source.body):
            raise NotUnderstood(_EXAMPLE)
        return None
    begin, end = min(task.first[0] for task in found), max(task.last[0] for task in found)
    if len({task.first[0][0] > 0 for task in found}) > 1 or any(t.last < t.first for t in found):
        raise NotUnderstood(_EXAMPLE)
    builder = GraphBuilder("timeline", "right", source.title)
    starts = _scale(builder, begin, end)
    builder.used += _DATED.findall(source.body)
    for task in found:
        days = starts[task.first[0]] + task.first[1] - 1, starts[task.last[0]] + task.last[1] - 1
        node = builder.fresh(task.what, shape="diamond" if task.milestone else "rectangle")
        builder.replace(builder.get(node).model_copy(update={"days": days}))
    return builder


def _parts(body: str) -> list[str]:
    outline = read_outline(body)
    if outline and outline.marked:
        return [*outline.lead, *(item.text for top in outline.items for item in top.walk())]
    return split_top(body, _PART)


def _task(part: str) -> DatedTask | None:
    part = re.sub(
        r"^(?:the\s+)?(?:tasks?|milestones?)\s*:?\s+", "", part.strip(), flags=re.IGNORECASE
    )
    match = _TASK.fullmatch(part.strip().rstrip(".")) or _TASK.fullmatch(part.strip())
    first = _day(match, 1) if match else None
    if match is None or first is None:
        return None
    last = _day(match, 2)
    if last and last[0][0] and not first[0][0]:
        first = ((last[0][0], first[0][1]), first[1])
    return DatedTask(nice(match["what"]), first, last or first, last is None)


def _day(match: re.Match[str], which: int) -> tuple[Month, int] | None:
    part = {name: match[f"{name}{which}"] for name in "dmneyijopz"}
    month = part["m"] or part["n"]
    year = int(part["y"] or part["z"] or 0)
    if month:
        return (year, _NUMBER_OF[month.casefold()]), int(part["d"] or part["e"])
    day, number = part["j"] or part["o"], part["i"] or part["p"]
    if day is None or not 1 <= int(number) <= len(_MONTHS):
        return None
    return (year, int(number) - 1), int(day)


def _scale(builder: GraphBuilder, begin: Month, end: Month) -> dict[Month, int]:
    """A heading for every month; the first day of each, counted from the first of all."""
    starts: dict[Month, int] = {}
    year, month, at = *begin, 0
    while (year, month) <= end:
        length = _LENGTHS[month] + (month == 1 and year > 0 and year % 4 == 0)
        label = _SHORT[month] if not year or (month and starts) else f"{_SHORT[month]} {year}"
        group = builder.new_group(label)
        builder.regroup(group, days=(at, at + length - 1))
        starts[year, month] = at
        at += length
        month += 1
        if month == len(_MONTHS):
            year, month = year + (1 if year else 0), 0
            if not year:
                break
    return starts
