"""Edits of sizes: larger, smaller, wider, as large as another."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.layout.geometry import Rect, bounds
from app.domain.layout.sizing import needed, room
from app.domain.layout.text import Block, Font, balanced
from app.domain.planning.plan import Resize
from app.domain.scene.edit_text import AIR
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.reroute import follow
from app.domain.scene.space import ARROW, NEAR, covers, make_room, meets
from app.domain.scene.topology import OUTLINES, Topology
from app.domain.scene.wording import box, write_words

_INSIDE = 20.0  # between an area's border and what lies in it
_LEAST = 20.0
_LETTERS = (8.0, 120.0)
_WORDS_ON_ARROWS = 24.0


def resize(edit: Editing, operation: Resize) -> bool:
    """Each about its middle; what would be covered moves away, and connectors follow."""
    topology = edit.topology()
    targets = [i for i in edit.find_all(operation.targets) if i in topology.shapes]
    if not targets:
        edit.remarks.append("Only shapes have a size that can be changed.")
        return False
    wished = _wished(edit, operation, targets)
    done = [_one(edit, i, *wished[i]) for i in targets if i in wished]
    return any(done)


def _wished(
    edit: Editing, operation: Resize, targets: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """(width, height) by shape, before anybody asks whether the words fit."""
    wide, high = operation.width, operation.height
    like = edit.find(operation.like) if operation.like else None
    if operation.like and like is None:
        return {}
    rects = {i: rect_of(edit.draft.elements[i]) for i in targets}
    if wide is None and high is None:
        wide = high = 1.0
    if like is None and (operation.equal or wide == high == 1):
        most = Rect(
            0, 0, max(r.width for r in rects.values()), max(r.height for r in rects.values())
        )
        base = dict.fromkeys(targets, most)
    elif like is not None:
        base = dict.fromkeys(targets, rect_of(edit.draft.elements[like]))
    else:
        base = rects
    return {
        i: (
            rects[i].width if wide is None else base[i].width * wide,
            rects[i].height if high is None else base[i].height * high,
        )
        for i in targets
    }


def _one(edit: Editing, target: str, width: float, height: float) -> bool:
    element = edit.draft.elements[target]
    topology = edit.topology()
    if element["type"] == "text":
        return _letters(edit, topology, element, width, height)
    if target in topology.areas:
        return _area(edit, topology, target, width, height)
    label, wished = None, (width, height)
    if topology.parts(target):
        width, height = _card(edit, topology, target, width, height)
    elif element["type"] in OUTLINES:
        width, height, label = _fitted(edit, topology, element, width, height)
    before = rect_of(element)
    if abs(width - before.width) < 1 and abs(height - before.height) < 1:
        if max(abs(wished[0] - before.width), abs(wished[1] - before.height)) >= 1:
            edit.remarks.append("The words of a shape leave no smaller one.")
        return False
    if _is_cell(edit, topology, target) and (width < before.width or height < before.height):
        edit.remarks.append("A cell cannot be smaller than its row and its column.")
        return False
    drawn_on = topology.parts(target)
    moved = _place(edit, topology, target, width, height)
    _refill(edit, topology, target, drawn_on, before, label)
    follow(edit.draft, moved | {target})
    return True


def _place(edit: Editing, topology: Topology, target: str, width: float, height: float) -> set[str]:
    """Gives the shape its size where it covers nothing; returns what had to move for it."""
    element = edit.draft.elements[target]
    before = rect_of(element)
    x, y = before.center
    place = Rect(x - width / 2, y - height / 2, width, height)
    moved: set[str] = set()
    if _comes_near(edit, topology, target, place):
        place = Rect(before.x, before.y, width, height)
        moved = make_room(edit, topology, target, place)
    element |= box(place)
    return moved


def _comes_near(edit: Editing, topology: Topology, target: str, place: Rect) -> bool:
    """Whether the shape would cover others there, or leave no room for their connectors."""
    before = rect_of(edit.draft.elements[target])
    if any(meets(place, before, rect, NEAR) for rect in edit.words(topology, target)):
        return True
    if covers(edit, topology, target, place):
        return True
    if any(meets(place, before, rect, NEAR) for rect in edit.obstacles(topology, target)):
        return True
    for link in topology.connectors:
        if target in (link.source, link.target):
            other = link.target if link.source == target else link.source
            if other and other != target and other not in topology.areas:
                text = topology.text_of(link.id)
                near = ARROW + (
                    max(text["height"], text["width"]) + _WORDS_ON_ARROWS if text else 0
                )
                if meets(place, before, rect_of(edit.draft.elements[other]), near):
                    return True
    return False


def _fitted(
    edit: Editing, topology: Topology, element: Mapping[str, Any], width: float, height: float
) -> tuple[float, float, Block | None]:
    """The size that leaves the words room: (width, height, the words wrapped for it)."""
    text = topology.text_of(element["id"])
    if text is None:
        return max(width, _LEAST), max(height, _LEAST), None
    font = Font(text["fontFamily"], text["fontSize"])
    words = str(text.get("originalText") or text["text"])
    inner = room(element["type"], Rect(0, 0, width, height)).width
    label = balanced(words, font, edit.tools.measure, max(inner - 2 * AIR, 40.0))
    least = needed(element["type"], label.width + 2 * AIR, label.height + 2 * AIR)
    return max(width, least[0]), max(height, least[1]), label


def _card(
    edit: Editing, topology: Topology, target: str, width: float, height: float
) -> tuple[float, float]:
    """A card stays as large as its heading and its lines need."""
    before = rect_of(edit.draft.elements[target])
    texts = [edit.draft.elements[i] for i in topology.parts(target)]
    heading = topology.text_of(target)
    texts += [edit.draft.elements[heading["id"]]] if heading else []
    least = max((t["width"] for t in texts if t["type"] == "text"), default=0.0) + 2 * _INSIDE
    return max(width, min(least, before.width)), max(height, before.height)


def _refill(
    edit: Editing,
    topology: Topology,
    target: str,
    parts: Sequence[str],
    before: Rect,
    label: Block | None,
) -> None:
    """Brings what is drawn on the shape along: its words, a card's heading and lines."""
    element = edit.draft.elements[target]
    now = rect_of(element)
    for i in parts:
        part = edit.draft.elements[i]
        part |= {"x": neat(part["x"] + now.x - before.x), "y": neat(part["y"] + now.y - before.y)}
        if part["type"] == "line" and abs(part["height"]) < 1:
            more = now.width - before.width
            points = [[x + more if x > 1 else x, y] for x, y in part["points"]]
            part |= {"points": points, "width": neat(part["width"] + more)}
    bound = topology.text_of(target)
    if bound is None:
        return
    text = edit.draft.elements[bound["id"]]
    if label is not None:
        write_words(text, label, element)
        return
    text["x"] = neat(text["x"] + now.center[0] - before.center[0])
    text["y"] = neat(text["y"] + now.y - before.y)


def _is_cell(edit: Editing, topology: Topology, target: str) -> bool:
    """Whether its sides touch its neighbours'."""
    close = rect_of(edit.draft.elements[target]).inflated(1)
    return any(close.overlaps(rect) for rect in edit.obstacles(topology, target))


def _letters(
    edit: Editing, topology: Topology, element: dict[str, Any], width: float, height: float
) -> bool:
    """A free text becomes larger by its letters."""
    before = rect_of(element)
    ratios = (width / (before.width or 1), height / (before.height or 1))
    factor = max(ratios, key=lambda ratio: abs(ratio - 1))
    size = round(min(max(element["fontSize"] * factor, _LETTERS[0]), _LETTERS[1]))
    if size == element["fontSize"]:
        return False
    font = Font(element["fontFamily"], size)
    words = str(element.get("originalText") or element["text"])
    label = balanced(words, font, edit.tools.measure, max(before.width * factor * 1.05, 40.0))
    place = Rect(before.x, before.y, label.width, label.height)
    moved = {element["id"]}
    if covers(edit, topology, element["id"], place):
        moved |= make_room(edit, topology, element["id"], place)
    element["fontSize"] = size
    write_words(element, label, None)
    follow(edit.draft, moved)
    return True


def _area(edit: Editing, topology: Topology, target: str, width: float, height: float) -> bool:
    """An area stays around what lies in it."""
    element = edit.draft.elements[target]
    before = rect_of(element)
    inside = [rect_of(edit.draft.elements[i]).inflated(_INSIDE) for i in topology.members(target)]
    text = topology.text_of(target)
    if text:
        words = rect_of(text)
        inside.append(Rect(before.x, before.y, words.width + 2 * _INSIDE, words.height + _INSIDE))
    inner = bounds(inside) or Rect(*before.center, 0, 0)
    x, y = before.center
    wished = Rect(x - width / 2, y - height / 2, width, height)
    place = bounds([wished, inner]) or wished
    if not _same_members(edit, topology, target, place):
        edit.remarks.append("There was no room around the group.")
        return False
    element |= box(place)
    if text:
        spare = {"left": 0.0, "right": place.width - before.width}
        more = spare.get(text["textAlign"], (place.width - before.width) / 2)
        label = edit.draft.elements[text["id"]]
        label["x"] = neat(label["x"] + place.x - before.x + more)
        label["y"] = neat(label["y"] + place.y - before.y)
    follow(edit.draft, {target})
    return True


def _same_members(edit: Editing, topology: Topology, area: str, place: Rect) -> bool:
    """Whether an area there lies around the same shapes as before, and across no others."""
    members, own = topology.members(area), topology.areas[area]
    for i in topology.shapes:
        rect = rect_of(edit.draft.elements[i])
        outer = i in topology.areas and rect.contains(own)
        if i in members or outer:
            fits = place.contains(rect) or (outer and rect.contains(place))
        else:
            fits = i == area or not place.inflated(NEAR).overlaps(rect)
        if not fits:
            return False
    return True
