"""Groups that stand one behind the other along the flow, made equally broad: tiers in line."""

from collections import defaultdict
from itertools import combinations

from app.domain.layout.geometry import Rect
from app.domain.layout.model import Arrangement, Region, Sketch


def broaden(result: Arrangement, sketch: Sketch) -> None:
    """Widens the regions of one parent to their common breadth, where nothing else is in the way
    and no link ends at one of them."""
    siblings: dict[str | None, list[Region]] = defaultdict(list)
    for region in sketch.regions:
        siblings[region.parent].append(region)
    ends = {end for link in sketch.links for end in (link.source, link.target)}
    for group in siblings.values():
        keys = [region.id for region in group if region.id in result.regions]
        if len(keys) > 1 and not ends.intersection(keys):
            _broaden(keys, result, across=sketch.direction in ("right", "left"))


def _broaden(keys: list[str], result: Arrangement, *, across: bool) -> None:
    rects = {key: result.regions[key] for key in keys}
    if across:
        top = min(rect.y for rect in rects.values())
        bottom = max(rect.bottom for rect in rects.values())
        wide = {key: Rect(r.x, top, r.width, bottom - top) for key, r in rects.items()}
    else:
        left = min(rect.x for rect in rects.values())
        right = max(rect.right for rect in rects.values())
        wide = {key: Rect(left, r.y, right - left, r.height) for key, r in rects.items()}
    foreign = [*result.boxes.values(), *result.regions.values()]
    free = all(
        not rect.overlaps(other) or rects[key].contains(other) or other.contains(rect)
        for key, rect in wide.items()
        for other in foreign
        if other not in rects.values()
    )
    if free and not any(a.overlaps(b) for a, b in combinations(wide.values(), 2)):
        result.regions |= wide
