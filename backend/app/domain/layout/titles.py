"""Where the titles of regions go: at the left, unless a route runs there."""

from collections.abc import Collection

from app.domain.layout.geometry import Rect, path_crosses
from app.domain.layout.model import Arrangement, Size, Sketch, TitlePlace

INSET = 5.0  # the editor's own, between a shape's border and its words
AIR = 3.0
SIDES: tuple[TitlePlace, ...] = ("left", "right", "center")


def rect(region: Rect, title: Size, side: TitlePlace) -> Rect:
    """The place of a title in the top of its region."""
    spare = region.width - 2 * INSET - title[0]
    x = {"left": 0.0, "center": spare / 2, "right": spare}[side]
    return Rect(region.x + INSET + x, region.y + INSET, *title)


def place(result: Arrangement, sketch: Sketch) -> set[str]:
    """Chooses the side of every title; returns the regions whose title is struck at any side."""
    labels = _labels(result, sketch)
    struck = set()
    for region in sketch.regions:
        area = result.regions.get(region.id)
        if area is None or not region.title[0]:
            continue
        sides = [side for side in SIDES if _clear(rect(area, region.title, side), result, labels)]
        result.titles[region.id] = sides[0] if sides else "left"
        if not sides:
            struck.add(region.id)
    return struck


def stretch(result: Arrangement, sketch: Sketch, struck: Collection[str]) -> None:
    """Lets regions whose title is in the way of a route reach further to a side, as far as the
    title needs to stand clear of it, if nothing is there."""
    labels = _labels(result, sketch)
    for region in sketch.regions:
        if region.id not in struck:
            continue
        area, (width, height) = result.regions[region.id], region.title
        for by in (0.5, 1.0, 1.5):
            wide, high = by * (width + 2 * INSET), by * (height + 2 * INSET)
            tries: tuple[tuple[Rect, TitlePlace], ...] = (
                (Rect(area.x - wide, area.y, area.width + wide, area.height), "left"),
                (Rect(area.x, area.y, area.width + wide, area.height), "right"),
                (Rect(area.x, area.y - high, area.width, area.height + high), "left"),
            )
            for place, side in tries:
                title = rect(place, region.title, side)
                if _clear(title, result, labels) and _is_alone(place, region.id, result):
                    result.regions[region.id], result.titles[region.id] = place, side
                    break
            else:
                continue
            break


def _is_alone(place: Rect, region: str, result: Arrangement) -> bool:
    """Whether a region there holds what it held, and nothing else."""
    before = result.regions[region]
    others = [r for key, r in result.regions.items() if key != region]
    for rect in (*result.boxes.values(), *others):
        outer = rect.contains(before)
        if rect.contains(place) if outer else before.contains(rect):
            continue
        if outer or place.inflated(AIR).overlaps(rect):
            return False
    return True


def walls(result: Arrangement, sketch: Sketch) -> list[Rect]:
    """The places of all titles as they are."""
    return [
        rect(result.regions[region.id], region.title, result.titles.get(region.id, "left"))
        for region in sketch.regions
        if region.id in result.regions and region.title[0]
    ]


def _labels(result: Arrangement, sketch: Sketch) -> list[Rect]:
    return [
        Rect(route.label[0] - size[0] / 2, route.label[1] - size[1] / 2, *size)
        for link in sketch.links
        if (size := link.label) and (route := result.routes.get(link.id)) and route.label
    ]


def _clear(title: Rect, result: Arrangement, labels: Collection[Rect]) -> bool:
    wide = title.inflated(AIR)
    if any(wide.overlaps(label) for label in labels):
        return False
    return not any(path_crosses(route.points, wide) for route in result.routes.values())
