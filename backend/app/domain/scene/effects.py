"""What people would count of a change: boxes, arrows, texts; not stored elements. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.scene.elements import ElementView
from app.domain.scene.topology import OUTLINES

Elements = Mapping[str, ElementView]

ACTIONS = {
    "draw": "drew", "remove": "removed", "rename": "renamed", "recolor": "recoloured",
    "restyle": "changed the look of", "resize": "resized", "move": "moved",
    "reconnect": "reconnected", "disconnect": "disconnected", "change": "changed",
    "reroute": "rerouted",
}  # fmt: skip
THINGS = {
    "box": "boxes", "note": "notes", "arrow": "arrows", "text": "texts", "picture": "pictures",
    "frame": "frames", "line": "lines", "stroke": "strokes",
}  # fmt: skip

_THING_OF = {
    **dict.fromkeys(OUTLINES, "box"), "frame": "frame", "image": "picture", "arrow": "arrow",
    "text": "text", "line": "line", "freedraw": "stroke",
}  # fmt: skip
_COLORS = frozenset({"strokeColor", "backgroundColor", "fillStyle", "opacity"})
_STYLE = frozenset(
    {"type", "strokeWidth", "strokeStyle", "roughness", "roundness", "startArrowhead",
     "endArrowhead", "fontSize", "fontFamily", "textAlign"}
)  # fmt: skip
_QUIET = frozenset({"version", "versionNonce", "updated", "boundElements", "index", "seed"})


@dataclass(frozen=True)
class Effect:
    """`action` is a key of ACTIONS, `thing` one of THINGS."""

    action: str
    thing: str
    count: int


Effects = tuple[Effect, ...]


def effects_of(before: Elements, after: Elements) -> Effects:
    """What became of a scene, in the order of ACTIONS and THINGS; deleted elements may be given."""
    ids = before.keys() | after.keys()
    changed = {key for key in ids if _differs(before.get(key), after.get(key))}
    if not changed:
        return ()
    heads = _heads(before, after)
    units: dict[str, list[str]] = {}
    for key in sorted(ids):
        units.setdefault(heads[key], []).append(key)
    counts: Counter[tuple[str, str]] = Counter()
    for head, members in units.items():
        if not changed.isdisjoint(members):
            thing = _thing(after.get(head) or before[head])
            counts.update((action, thing) for action in _actions(head, members, before, after))
    if any(action != "reroute" for action, _ in counts):
        counts = Counter({key: n for key, n in counts.items() if key[0] != "reroute"})
    order = [(action, thing) for action in ACTIONS for thing in THINGS]
    return tuple(Effect(*key, counts[key]) for key in order if counts[key])


def effects_in_words(effects: Iterable[Effect], drew: str = ACTIONS["draw"]) -> str:
    """Such as "Drew 6 boxes and 7 arrows, moved 1 box"; empty if there are none."""
    verbs = ACTIONS | {"draw": drew}
    by_action: dict[str, list[str]] = {}
    for effect in effects:
        noun = effect.thing if effect.count == 1 else THINGS[effect.thing]
        by_action.setdefault(effect.action, []).append(f"{effect.count} {noun}")
    parts = [f"{verbs[action]} {_listed(things)}" for action, things in by_action.items()]
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def things(ids: Iterable[str], scene: Elements) -> str:
    """Such as "2 boxes and 1 arrow": what people see of these objects."""
    wanted = set(ids) & scene.keys()
    if not wanted:
        return ""
    heads = _heads(scene, scene)
    counts = Counter(_thing(scene[head]) for head in {heads[key] for key in wanted})
    nouns = [f"{counts[one]} {one if counts[one] == 1 else many}" for one, many in THINGS.items()
             if counts[one]]  # fmt: skip
    return _listed(nouns)


def count_shown(effects: Iterable[Effect]) -> int:
    """How many things, without the arrows between them, unless there are only those."""
    every = list(effects)
    return sum(e.count for e in every if e.thing != "arrow") or sum(e.count for e in every)


def _thing(element: ElementView) -> str:
    is_note = (element.get("customData") or {}).get("role") == "note" and not element["roundness"]
    return "note" if is_note else _THING_OF[element["type"]]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _is_live(element: ElementView | None) -> bool:
    return element is not None and not element.get("isDeleted")


def _differs(before: ElementView | None, after: ElementView | None) -> bool:
    if before is after:
        return False
    if not (_is_live(before) and _is_live(after)):
        return _is_live(before) != _is_live(after)
    return bool(_changed_props(before or {}, after or {}))


def _changed_props(before: ElementView, after: ElementView) -> set[str]:
    names = before.keys() | after.keys()
    return {name for name in names - _QUIET if before.get(name) != after.get(name)}


def _heads(before: Elements, after: Elements) -> dict[str, str]:
    """The element that stands for each: a label's shape or arrow, and of what is drawn as one
    (a table with its lines and texts) the outline."""
    scene = {
        key: element
        for key in before.keys() | after.keys()
        if (element := _seen(before.get(key), after.get(key)))
    }
    outlines: dict[str, str] = {}
    for key, element in sorted(scene.items(), key=lambda item: (_area(item[1]), item[0])):
        if element["type"] in OUTLINES and element.get("groupIds"):
            outlines[element["groupIds"][0]] = key  # the largest of them
    heads = {}
    for key, element in scene.items():
        container = element.get("containerId")
        head = container if container in scene else key
        group = (scene[head].get("groupIds") or [None])[0]
        if group in outlines and _is_part(scene[head], scene[outlines[group]]):
            head = outlines[group]
        heads[key] = head
    return heads


def _seen(before: ElementView | None, after: ElementView | None) -> ElementView | None:
    return after if _is_live(after) else before or after


def _area(element: ElementView) -> float:
    return abs(float(element["width"]) * float(element["height"]))


def _is_part(element: ElementView, outline: ElementView) -> bool:
    """Lines and texts of a group belong to its outline; outlines only if they are one node."""
    if element["type"] not in OUTLINES:
        return str(element["type"]) != "arrow"
    nodes = [(e.get("customData") or {}).get("node") for e in (element, outline)]
    return nodes[0] is not None and nodes[0] == nodes[1]


def _actions(head: str, members: list[str], before: Elements, after: Elements) -> list[str]:
    was = [key for key in members if _is_live(before.get(key))]
    now = [key for key in members if _is_live(after.get(key))]
    if not was or not now:
        return ["draw"] if now else ["remove"]
    if head in was and head not in now:
        return ["remove"]
    if head in now and head not in was:
        return ["draw"]
    both = [key for key in was if _is_live(after.get(key))]
    props = {key: _changed_props(before[key], after[key]) for key in both}
    every = set().union(*props.values())
    is_arrow = after[head]["type"] == "arrow"
    every -= {"roundness"} if is_arrow else set()  # of its course: whether it bends or turns
    found = []
    texts = [{key for key in some if scene[key]["type"] == "text"}
             for some, scene in ((was, before), (now, after))]  # fmt: skip
    if texts[0] != texts[1] or every & {"text", "originalText", "name"}:
        found.append("rename")
    if every & _COLORS:
        found.append("recolor")
    elif every & _STYLE and not found:
        found.append("restyle")
    found += [] if found else _geometry(props.get(head, set()), is_arrow, before[head], after[head])
    if not found and (len(was) != len(now) or any(props.values())):
        found.append("reroute" if is_arrow else "change")
    return found


def _geometry(
    props: set[str], is_arrow: bool, before: ElementView, after: ElementView
) -> list[str]:
    if is_arrow:
        ends = [[(e.get(end) or {}).get("elementId") for end in ("startBinding", "endBinding")]
                for e in (before, after)]  # fmt: skip
        if all(now in (None, was) for was, now in zip(*ends, strict=True)) and ends[0] != ends[1]:
            return ["disconnect"]
        return ["reconnect" if ends[0] != ends[1] else "reroute"] if props else []
    if props & {"width", "height", "scale", "crop"}:
        return ["resize"]
    return ["move"] if props & {"x", "y", "angle"} else []
