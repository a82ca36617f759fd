"""Edit commands about sizes and copies: make bigger, swap, duplicate."""

import re
from itertools import islice

from app.domain.errors import NotUnderstood
from app.domain.planning.offline.edit_structure import side_of
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Duplicate, MoveRelative, Operation, Resize, Swap
from app.domain.planning.text import nice, split_top, unquote

_MOST_COPIES = 20
_MOST_JOINTS = 8  # places where "and" may part two names: each costs a search for both
_NUMBERS = {
    "a": 1, "an": 1, "another": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3,
    "four": 4, "five": 5,
}  # fmt: skip
_SWAP = re.compile(
    r"(?:swap|exchange|switch|interchange|trade)\s+(?:the\s+)?(?P<how>(?:order|places?|positions?)\s+of\s+)?"
    r"(?P<what>.+?)(?:['\u2019]s?)?(?:\s+(?:their\s+)?(?:places?|positions?|around))?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s+(?:and|with|for|&)\s+(?:the\s+(?:one|place)\s+of\s+)?", re.IGNORECASE)
_THESE = re.compile(
    r"(?:(?:the|these|those|both|my)\s+)?(?:two\s+)?(?:selected\s+)?(?:them|these|those|both|two|it|selection"
    r"|shapes|boxes|nodes|steps|cards|elements|ones)",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"(?:duplicate|copy|clone|(?:make|create|add|draw)\s+(?P<count>an?|another|one|two|three|four|five|\d{1,2})\s+"
    r"(?:more\s+)?(?:cop(?:y|ies)|duplicates?|clones?|replicas?|instances?)\s+of)\s+(?P<what>.+)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\s*,?\s+(?:(?:and\s+)?(?:call|name)\s+(?:it|the\s+copy)|called|named|as)\s+(?P<label>.+)$",
    re.I,
)
_TIMES = re.compile(r"\s+(?P<times>once|twice|(?:two|three|four|five|\d{1,2})\s+times)$", re.I)
_CONNECTED = re.compile(
    r"\s*,?\s+(?:with|including|and)\s+(?:all\s+)?(?:its|their|the)\s+(?:arrows?|connections?|connectors?|links?|lines?)$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\s+(?P<side>(?:to\s+the\s+|on\s+the\s+)?(?:left|right)(?:\s+side)?|below|underneath|under|above"
    r"|beside|next\s+to)(?:\s+(?:of\s+)?(?P<anchor>.+))?$",
    re.IGNORECASE,
)
_BY = (
    r"(?:(?P<much>a\s+(?:bit|little|lot)|slightly|somewhat|much|far|way|even|twice(?:\s+as)?|half(?:\s+as)?"
    r"|(?:two|three|four|\d(?:\.\d)?)\s+times(?:\s+as)?|\d{1,3}\s*%|by\s+\d{1,3}\s*%)\s+)?"
)
_MORE = {
    "bigger": (1, "both"), "larger": (1, "both"), "big": (1, "both"), "large": (1, "both"),
    "smaller": (-1, "both"), "small": (-1, "both"), "tinier": (-1, "both"),
    "wider": (1, "width"), "broader": (1, "width"), "wide": (1, "width"), "longer": (1, "width"),
    "narrower": (-1, "width"), "thinner": (-1, "width"), "slimmer": (-1, "width"),
    "narrow": (-1, "width"), "taller": (1, "height"), "higher": (1, "height"),
    "tall": (1, "height"), "high": (1, "height"), "shorter": (-1, "height"),
    "lower": (-1, "height"), "flatter": (-1, "height"), "huge": (1, "both"), "tiny": (-1, "both"),
}  # fmt: skip
_ADJECTIVE = "|".join(sorted(_MORE, key=len, reverse=True))
_MAKE = re.compile(
    rf"make\s+(?P<what>.+?)\s+{_BY}(?P<more>{_ADJECTIVE})(?:\s+by\s+(?P<by>\d{{1,3}}\s*%))?", re.I
)
_AS = re.compile(
    r"make\s+(?P<what>.+?)\s+(?:as\s+(?P<more>big|large|small|wide|tall|high|narrow)\s+as"
    r"|(?:to\s+be\s+)?the\s+same\s+(?P<side>size|width|height)\s+as)\s+(?P<like>.+)",
    re.IGNORECASE,
)
_EQUAL = re.compile(
    r"make\s+(?P<what>.+?)\s+(?:all\s+)?(?:to\s+be\s+|of\s+)?(?:(?:the\s+)?same\s+(?P<side>size|width|height)"
    r"|equally\s+(?P<more>big|large|wide|tall|high))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?P<verb>enlarge|grow|expand|widen|broaden|heighten|shrink|narrow|double|halve|scale\s+up|scale\s+down)\s+"
    r"(?:the\s+(?P<side>size|width|height)\s+of\s+)?(?P<what>.+?)(?:\s+(?:by|to)\s+(?P<by>\d{1,3}\s*%))?"
    r"(?:\s+(?P<much>a\s+(?:bit|little|lot)|slightly))?",
    re.IGNORECASE,
)
_SIZE_OF = re.compile(
    r"(?P<verb>increase|raise|reduce|decrease)\s+the\s+(?P<side>size|width|height)\s+of\s+(?P<what>.+?)"
    r"(?:\s+by\s+(?P<by>\d{1,3}\s*%))?(?:\s+(?P<much>a\s+(?:bit|little|lot)|slightly))?",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:resize|scale)\s+(?P<what>.+?)\s+to\s+(?P<by>\d{1,3})\s*%", re.IGNORECASE)
_VERBS = {
    "enlarge": (1, "both"), "grow": (1, "both"), "expand": (1, "both"), "scale up": (1, "both"),
    "widen": (1, "width"), "broaden": (1, "width"), "heighten": (1, "height"),
    "shrink": (-1, "both"), "scale down": (-1, "both"), "narrow": (-1, "width"),
    "increase": (1, "both"), "raise": (1, "both"), "reduce": (-1, "both"),
    "decrease": (-1, "both"), "double": (1, "both"), "halve": (-1, "both"),
}  # fmt: skip
_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_USUAL, _BIT, _LOT = 1.25, 1.1, 1.6


def read_reshaping(command: str, targets: Targets) -> list[Operation] | None:
    """Operations for a command about sizes or copies, or None if it is none."""
    return _swap(command, targets) or _resize(command, targets) or _copy(command, targets)


def _swap(command: str, targets: Targets) -> list[Operation] | None:
    match = _SWAP.fullmatch(command)
    if not match:
        return None
    pair = _pair(match["what"], targets)
    if pair is None:
        return None
    how = (match["how"] or "").lower()
    in_row = any(targets.kinds[kind].is_ordered for kind in targets.kinds_of(pair))
    stay = how.startswith("order") or (not how and not in_row and _turned(*pair, targets))
    return [Swap(one=pair[0], other=pair[1], arrows="stay" if stay else "follow")]


def _pair(what: str, targets: Targets) -> tuple[str, str] | None:
    """The two that are named; a name may itself have an "and" in it."""
    if _THESE.fullmatch(what):
        chosen = [node.alias for node in targets.context.selected]
        if len(chosen) != 2:
            raise NotUnderstood("Select the two shapes first, or name them: swap Cache and API.")
        return chosen[0], chosen[1]
    refusal: NotUnderstood | None = None
    for joint in islice(_PAIR.finditer(what), _MOST_JOINTS):
        try:
            return targets.one(what[: joint.start()]), targets.one(what[joint.end() :])
        except NotUnderstood as error:
            refusal = refusal or error
    if refusal:
        raise refusal
    return None


def _turned(one: str, other: str, targets: Targets) -> bool:
    """Whether the two are meant to take each other's part: neighbours in a flow, or two of a
    hierarchy that have different parents."""
    if targets.is_hierarchy(one):
        return targets.parent(one) != targets.parent(other)
    return any({edge.source, edge.target} == {one, other} for edge in targets.context.edges)


def _copy(command: str, targets: Targets) -> list[Operation] | None:
    match = _COPY.fullmatch(command)
    if not match:
        return None
    what, label, count = match["what"], "", _NUMBERS.get((match["count"] or "a").lower(), 0)
    count = count or int(match["count"])
    called = _CALLED.search(what)
    if called:
        quoted = unquote(called["label"])
        label = (quoted if quoted is not None else nice(called["label"]))[:400]
        what = what[: called.start()]
    times = _TIMES.search(what)
    if times:
        word = times["times"].split()[0].lower()
        count, what = _NUMBERS.get(word) or int(word), what[: times.start()]
    if count > _MOST_COPIES:
        raise NotUnderstood(f"At most {_MOST_COPIES} copies at once are possible.")
    connected = _CONNECTED.search(what)
    what = what[: connected.start()] if connected else what
    where = _WHERE.search(what)
    what = what[: where.start()] if where else what
    originals = targets.each(what)
    side = side_of(where["side"]) if where else None
    anchor = targets.one(where["anchor"]) if where and where["anchor"] else None
    operations: list[Operation] = []
    targets.copied = []
    for _ in range(count):
        names = [_named(alias, label, targets) for alias in originals]
        operations.append(
            Duplicate(
                targets=originals, side=side, connected=bool(connected), ids=names, label=label
            )
        )
        if anchor and side:
            operations.append(MoveRelative(targets=names, side=side, anchor=anchor))
        targets.copied += names
    return operations


def _named(alias: str, label: str, targets: Targets) -> str:
    return targets.add(label or f"copy of {targets.label(alias)}")


def _resize(command: str, targets: Targets) -> list[Operation] | None:
    match = _AS.fullmatch(command)
    if match:
        side = _side(match["side"], match["more"])
        like = targets.one(match["like"])
        return [_sized(targets.many(match["what"]), 1.0, side, like=like)]
    match = _EQUAL.fullmatch(command)
    if match:
        side = _side(match["side"], match["more"])
        return [_sized(targets.many(match["what"]), 1.0, side, equal=True)]
    match = _TO.fullmatch(command)
    if match:
        return [_sized(targets.many(match["what"]), _bounded(int(match["by"]) / 100), "both")]
    match = _MAKE.fullmatch(command)
    if match:
        parts = split_top(command[len("make ") :], _LIST)
        if len(parts) > 1 and all(_MAKE.fullmatch(f"make {part}") for part in parts):
            return [one for part in parts for one in _resize(f"make {part}", targets) or ()]
        more = match["more"].lower()
        sign, side = _MORE[more]
        extreme = "much" if more in ("huge", "tiny") else None
        factor = _factor(match["much"] or match["by"] or extreme, sign)
        return [_sized(targets.many(match["what"]), factor, side)]
    match = _VERB.fullmatch(command) or _SIZE_OF.fullmatch(command)
    if match:
        verb = re.sub(r"\s+", " ", match["verb"].lower())
        sign, side = _VERBS[verb]
        much = "twice" if verb in ("double", "halve") else match["by"] or match["much"]
        side = _side(match["side"], None) if match["side"] else side
        return [_sized(targets.many(match["what"]), _factor(much, sign), side)]
    return None


def _side(named: str | None, adjective: str | None) -> str:
    if named:
        return named.lower() if named.lower() in ("width", "height") else "both"
    return _MORE[(adjective or "big").lower()][1]


def _sized(
    names: list[str], factor: float, side: str, *, like: str | None = None, equal: bool = False
) -> Operation:
    return Resize(
        targets=names,
        width=factor if side != "height" else None,
        height=factor if side != "width" else None,
        like=like,
        equal=equal,
    )


def _factor(much: str | None, sign: int) -> float:
    """How many times as large: "twice" is 2, or a half of it for smaller."""
    text = (much or "").lower().strip()
    number = re.search(r"\d+(?:\.\d)?", text)
    if "%" in text and number:
        share = float(number[0]) / 100
        return _bounded(1 + share if sign > 0 else 1 - share)
    if text.startswith("half"):
        return 0.5 if sign > 0 else 1 / 1.5
    if text.startswith("twice"):
        factor = 2.0
    elif "times" in text:
        word = text.split()[0]
        factor = float(number[0]) if number else float(_NUMBERS.get(word, 2))
    elif text.startswith(("a bit", "a little", "slightly", "somewhat")):
        factor = _BIT
    else:
        factor = _LOT if text.startswith(("a lot", "much", "far", "way")) else _USUAL
    return _bounded(factor if sign > 0 else 1 / factor)


def _bounded(factor: float) -> float:
    return round(min(max(factor, 0.1), 10.0), 4)
