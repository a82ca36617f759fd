"""Reads swim lanes: "lanes Customer, Sales. Customer places order, Sales checks credit, ..."."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.flow import FLOW_WORDS, read_flow
from app.domain.planning.text import items, key, nice, vocabulary

WORDS = FLOW_WORDS | vocabulary(
    """
    lane lanes swimlane swimlanes swim with for the and called named bahnen bahn mit den und
    couloirs
    couloir avec les carriles carril con los the
    """
)
_LANES = re.compile(
    r"(?:with\s+|mit\s+(?:den\s+)?|avec\s+(?:les\s+)?|con\s+(?:los\s+)?)?(?:the\s+)?(?:\w+\s+)?"
    r"(?:(?:swim\s?)?lanes|(?:schwimm)?bahnen|couloirs|carriles)(?:\s+(?:for|called|named|für|pour|para))?\s*:?\s+"
    r"(?P<names>[^.:;\n]+)[.:;\n]\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ARROWS = re.compile(r"\s*(?:-+>|=+>|\u2192)\s*")
_STEP = re.compile(r"(?P<lane>[^:]{1,40}):\s+(?P<step>[^:]+)")
_LEAST, _MOST = 2, 12


def read_lanes(source: Source) -> GraphBuilder | None:
    """Steps in the lane of whoever they begin with; a question in the lane before it."""
    if source.kind != "flowchart":
        return None
    match = _LANES.search(source.text)
    lanes, rest = _headed(source) if match is None else ([], "")
    if match is not None:
        lanes, rest = [nice(name) for name in items(match["names"])], match["rest"]
    if not 1 < len(lanes) <= _MOST:
        return None
    builder = GraphBuilder("flowchart", "right", source.title)
    groups = {key(lane): builder.new_group(lane) for lane in lanes}
    for group in groups.values():
        builder.regroup(group, lane=True)
    names = "|".join(re.escape(lane) for lane in sorted(lanes, key=len, reverse=True))
    rest = re.sub(rf"\b({names}):\s+", r"\1 ", rest, flags=re.IGNORECASE)
    rest = re.sub(
        rf"\b(if|when|wenn|falls|si)\s+((?!(?:{names})\b)[^,;.>]{{1,40}}?)\s+(?=(?:{names})\s)",
        r"\1 \2, ", rest, flags=re.IGNORECASE,
    )  # fmt: skip
    rest = re.sub(
        r"\b(?:if|wenn|falls|si)\s+(ok(?:ay)?)\s*,", r"\1? if yes,", rest, flags=re.IGNORECASE
    )
    read_flow(rest, builder)
    builder.title = source.title
    _place(
        builder, groups, re.compile(rf"(?:the\s+)?(?P<lane>{names})\s+(?P<step>\S.*)", re.I | re.S)
    )
    return builder


def _headed(source: Source) -> tuple[list[str], str]:
    """ "Customer: place order -> Shop: pack it": every step says whose it is."""
    steps = [_STEP.fullmatch(step) for step in _ARROWS.split(source.body)]
    if not any(word in source.named for word in ("lane", "bahn", "couloirs", "carriles")):
        return [], ""
    if len(steps) < _LEAST or not all(steps):
        return [], ""
    return list(dict.fromkeys(nice(step["lane"]) for step in steps if step)), source.body


def _place(builder: GraphBuilder, groups: dict[str, str], begins: re.Pattern[str]) -> None:
    before: dict[str, str] = {edge.target: edge.source for edge in reversed(builder.edges)}
    last = next(iter(groups.values()))
    placed: dict[str, str] = {}
    for node in list(builder.nodes):
        match = begins.fullmatch(node.label)
        if match is None and node.shape == "rectangle":
            raise NotUnderstood(f'"{node.label[:80]}" does not begin with the name of a lane.')
        lane = groups[key(match["lane"])] if match else placed.get(before.get(node.id, ""), last)
        label = nice(match["step"]) if match else node.label
        placed[node.id] = last = lane
        if key(label) in ("ok?", "okay?"):
            label = "OK?"
        builder.replace(node.model_copy(update={"group": lane, "label": label}))
