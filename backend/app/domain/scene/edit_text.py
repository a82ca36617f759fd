"""Edits of single shapes: words, colors, lines, outlines."""

from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.sizing import fitted, needed, room
from app.domain.layout.text import Block, Font, balanced, block
from app.domain.planning.plan import SetStyle, SetText
from app.domain.scene.edit_heading import refit_heading
from app.domain.scene.edit_rows import set_rows
from app.domain.scene.editing import Editing
from app.domain.scene.elements import label_center, neat, rect_of
from app.domain.scene.palette import PALETTE, ink_on, nearest_hue, rgb
from app.domain.scene.regular import RegularDrawing, regular_drawing_of
from app.domain.scene.reroute import follow, refresh
from app.domain.scene.space import ARROW, NEAR, covers, make_room, meets, open_space
from app.domain.scene.topology import OUTLINES, Topology
from app.domain.scene.wording import box, wrapped, write_words

AIR = 8.0
_LABEL_WIDTH = 170.0
_FREE_WIDTH = 320.0
_SMALLER = (16,)
_TIPPED = ("diamond", "ellipse")
_SWAPS = {"rectangle": "rectangle", "note": "rectangle", "ellipse": "ellipse", "diamond": "diamond"}


def set_text(edit: Editing, operation: SetText) -> bool:
    """New words; the shape grows if it must, and its connectors follow."""
    target = edit.find(operation.target)
    if target is None:
        return False
    element = edit.draft.elements[target]
    if operation.rows is not None:
        return set_rows(edit, target, operation.rows)
    if element["type"] == "frame":
        element["name"] = operation.text
        return True
    topology = edit.topology()
    if element["type"] == "text":
        _rewrite(edit, topology, element, operation.text)
        return True
    text = topology.text_of(target)
    if text is None:
        text = _new_label(edit, element, operation.text)
        topology = edit.topology()
    if not operation.text.strip():
        _drop_text(edit, element, text["id"])
        return True
    mutable = edit.draft.elements[text["id"]]
    if element["type"] in ("arrow", "line"):
        write_words(mutable, wrapped(edit, mutable, operation.text, _LABEL_WIDTH), None)
        refresh(edit.draft, edit.topology(), target)
        return True
    refit(edit, topology, target, operation.text)
    return True


def _rewrite(edit: Editing, topology: Topology, element: dict[str, Any], words: str) -> None:
    """New words for a free text; what would be covered moves away."""
    before = rect_of(element)
    label = wrapped(edit, element, words, max(before.width, _FREE_WIDTH))
    place = Rect(before.x, before.y, label.width, label.height)
    moved = {element["id"]}
    if covers(edit, topology, element["id"], place):
        moved |= make_room(edit, topology, element["id"], place)
    write_words(element, label, None)
    follow(edit.draft, moved)


def refit(edit: Editing, topology: Topology, target: str, words: str) -> None:
    """Writes the words into the shape's text and makes the shape large enough for them."""
    element = edit.draft.elements[target]
    bound = topology.text_of(target)
    if bound is None:
        return
    text = edit.draft.elements[bound["id"]]
    regular = regular_drawing_of(edit, target)
    if regular:
        _reword(edit, regular, element, text, words)
        return
    if topology.parts(target) or target in topology.areas:
        refit_heading(edit, topology, element, text, words)
        return
    before = rect_of(element)
    if element["type"] in _TIPPED and _grow_in_place(edit, topology, element, text, words):
        return
    place, label, hits = _roomiest(edit, topology, element, text, words)
    moved = {target} if place != before else set()
    if hits:
        place, label = _grown_beyond(edit, element, text, words)
        moved |= make_room(edit, topology, target, place)
    element |= box(place)
    text["fontSize"] = label.font.size
    write_words(text, label, element)
    if moved:
        follow(edit.draft, moved)


def _grow_in_place(
    edit: Editing,
    topology: Topology,
    element: dict[str, Any],
    text: dict[str, Any],
    words: str,
) -> bool:
    """A question stays above its answers: it grows to both sides alike and downwards, and what
    is below moves on. Not where that would cover what stands beside it."""
    before = rect_of(element)
    font = Font(text["fontFamily"], text["fontSize"])
    least = before.width, before.height
    label, width, height = fitted(element["type"], words, font, edit.tools.measure, least)
    place = Rect(before.center[0] - width / 2, before.y, width, height)
    band = Rect(place.x, before.y, width, before.height).inflated(NEAR)
    others = edit.obstacles(topology, element["id"])
    if any(band.overlaps(rect) for rect in others) or topology.area_of(element["id"]):
        return False
    moved = {element["id"]} if place != before else set()
    stay = {element["id"]}
    moved |= open_space(edit, topology, "y", before.bottom, place.height - before.height, stay)
    element |= box(place)
    write_words(text, label, element)
    if moved:
        follow(edit.draft, moved)
    return True


def _reword(
    edit: Editing,
    regular: RegularDrawing,
    element: dict[str, Any],
    text: dict[str, Any],
    words: str,
) -> None:
    """The shape is as large as its words need; its drawing is laid out again around it."""
    topology = edit.topology()
    now = rect_of(element)
    if topology.parts(element["id"]) or element["id"] in topology.areas:
        label = wrapped(edit, text, words, max(room("rectangle", now).width, text["width"]))
        more = label.height - text["height"]
        if element["id"] not in topology.areas:
            element["height"] = neat(now.height + more)
            for part in topology.parts(element["id"]):
                edit.draft.elements[part]["y"] = neat(edit.draft.elements[part]["y"] + more)
    else:
        label = wrapped(edit, text, words, max(room(element["type"], now).width, _LABEL_WIDTH))
        least = needed(element["type"], label.width + 2 * AIR, label.height + 2 * AIR)
        element |= box(Rect(now.x, now.y, max(now.width, least[0]), max(now.height, least[1])))
    write_words(text, label, element)
    regular.touched = True


def _roomiest(
    edit: Editing, topology: Topology, element: dict[str, Any], text: dict[str, Any], words: str
) -> tuple[Rect, Block, int]:
    """The shape grown as little as possible without covering another: (place, label, number of
    shapes covered). Smaller letters are the last resort."""
    before = rect_of(element)
    taken = edit.obstacles(topology, element["id"])
    areas = [rect for rect in topology.areas.values() if not rect.overlaps(before)]
    inside = [rect for rect in topology.areas.values() if rect.contains(before)]
    ends = {
        end
        for link in topology.connectors
        if element["id"] in (link.source, link.target)
        for end in (link.source, link.target)
        if end and end != element["id"] and end not in topology.areas
    }
    linked = [rect_of(edit.draft.elements[end]) for end in sorted(ends)]
    tries = []
    for size in (text["fontSize"], *(s for s in _SMALLER if s < text["fontSize"])):
        font = Font(text["fontFamily"], size)
        for width in (room(element["type"], before).width, 150.0, 220.0, 320.0):
            label = balanced(words, font, edit.tools.measure, max(width, 40.0))
            least = needed(element["type"], label.width + 2 * AIR, label.height + 2 * AIR)
            place = _grown(before, *least)
            hits = sum(meets(place, before, rect, NEAR) for rect in (*taken, *areas))
            hits += sum(meets(place, before, rect, ARROW) for rect in linked)
            hits += sum(not rect.contains(place) for rect in inside)
            tries.append((hits, -size, place.width * place.height, place, label))
        if any(hits == 0 for hits, *_ in tries):
            break
    hits, _, _, place, label = min(tries, key=lambda one: one[:3])
    return place, label, hits


def _grown_beyond(
    edit: Editing, element: dict[str, Any], text: dict[str, Any], words: str
) -> tuple[Rect, Block]:
    """The shape grown to the right and down, whatever stands there: (place, label)."""
    before = rect_of(element)
    font = Font(text["fontFamily"], text["fontSize"])
    width = max(room(element["type"], before).width, _LABEL_WIDTH)
    label = balanced(words, font, edit.tools.measure, width)
    wide, high = needed(element["type"], label.width + 2 * AIR, label.height + 2 * AIR)
    return Rect(before.x, before.y, max(wide, before.width), max(high, before.height)), label


def _grown(rect: Rect, width: float, height: float) -> Rect:
    """The rectangle, about its centre, at least this large."""
    width, height = max(rect.width, width), max(rect.height, height)
    x, y = rect.center
    return Rect(x - width / 2, y - height / 2, width, height)


def _new_label(edit: Editing, element: dict[str, Any], words: str) -> dict[str, Any]:
    font = edit.look.small if element["type"] == "arrow" else edit.look.body
    label = block(words or " ", font, edit.tools.measure, _LABEL_WIDTH)
    if element["type"] == "arrow":
        ink = edit.look.line().ink
        text = edit.writer.arrow_label(element, label, ink)
        x, y = label_center(element)
        text |= {"x": neat(x - label.width / 2), "y": neat(y - label.height / 2)}
    else:
        text = edit.writer.label(element, label, ink_on(rgb(element["backgroundColor"])))
    edit.draft.add([text])
    return text


def _drop_text(edit: Editing, element: dict[str, Any], text: str) -> None:
    edit.draft.remove(text)
    bound = element.get("boundElements") or []
    element["boundElements"] = [entry for entry in bound if entry["id"] != text]


def set_style(edit: Editing, operation: SetStyle) -> bool:
    targets = edit.find_all(operation.targets)
    for target in targets:
        topology = edit.topology()
        element = edit.draft.elements[target]
        if operation.shape in _SWAPS and element["type"] in OUTLINES:
            _swap_outline(edit, topology, target, _SWAPS[operation.shape])
        if operation.fill is not None and element["type"] in OUTLINES:
            _fill(edit, element, operation.fill)
        if operation.color is not None:
            _color(edit, topology, element, operation.color)
        if operation.line is not None and element["type"] != "text":
            element["strokeStyle"] = operation.line
        if operation.bold is not None and element["type"] != "text":
            element["strokeWidth"] = 4 if operation.bold else edit.look.stroke_width
        _keep_readable(edit, topology, target)
    return bool(targets)


def _swap_outline(edit: Editing, topology: Topology, target: str, outline: str) -> None:
    element = edit.draft.elements[target]
    if element["type"] == outline or topology.parts(target) or target in topology.areas:
        return
    element |= {"type": outline, "roundness": edit.writer.roundness(outline)}
    words = topology.text_of(target)
    if words:
        refit(edit, edit.topology(), target, str(words.get("originalText") or words["text"]))
    follow(edit.draft, {target})


def _fill(edit: Editing, element: dict[str, Any], fill: str) -> None:
    if fill == "none":
        element["backgroundColor"] = "transparent"
        return
    if element["backgroundColor"] == "transparent":
        hue = nearest_hue(element["strokeColor"])
        element["backgroundColor"] = PALETTE.get(hue, PALETTE["gray"])[1]
    element["fillStyle"] = fill
    del edit


def _color(edit: Editing, topology: Topology, element: dict[str, Any], color: str) -> None:
    if element["type"] == "text":
        element["strokeColor"] = edit.look.line(color).ink
    elif element["type"] in OUTLINES:
        area = element["id"] in topology.areas
        paint = edit.look.area(color) if area else edit.look.shape(color)
        if element["backgroundColor"] != "transparent":
            element["backgroundColor"] = paint.background
        element["strokeColor"] = paint.stroke
    else:
        element["strokeColor"] = edit.look.line(color).stroke


def _keep_readable(edit: Editing, topology: Topology, target: str) -> None:
    """Text on a repainted shape gets an ink that can be read there."""
    element = edit.draft.elements[target]
    text = topology.text_of(target)
    if element["type"] in OUTLINES:
        inks = [part for part in topology.parts(target) if part in edit.draft.elements]
        inks += [text["id"]] if text else []
        for part in inks:
            if edit.draft.elements[part]["type"] == "text":
                ink = ink_on(rgb(element["backgroundColor"]))
                edit.draft.elements[part]["strokeColor"] = ink
    elif text is not None:
        hue = nearest_hue(element["strokeColor"])
        edit.draft.elements[text["id"]]["strokeColor"] = edit.look.line(hue).ink
