"""Routes for links in layouts that place boxes without regard to them."""

from collections.abc import Iterable

from app.domain.layout.geometry import Rect
from app.domain.layout.model import Arrangement, Link, Route
from app.domain.layout.route import label_spot, loop, route


def connect(result: Arrangement, links: Iterable[Link]) -> None:
    """Adds a route around all boxes for every link that finds one; the others stay undrawn."""
    places = {**result.regions, **result.boxes}
    for link in links:
        source, target = places.get(link.source), places.get(link.target)
        if source is None or target is None or link.id in result.routes:
            continue
        walls = [
            rect
            for key, rect in result.boxes.items()
            if key not in (link.source, link.target)
            and not (_inside(rect, link.source, result) or _inside(rect, link.target, result))
        ]
        walls += [bar.rect for bar in result.bars.values()]
        points = loop(source, walls) if link.source == link.target else route(source, target, walls)
        if points:
            taken = [*result.boxes.values(), *(bar.rect for bar in result.bars.values())]
            label = label_spot(points, link.label, taken) if link.label else None
            result.routes[link.id] = Route(points, link.source, link.target, label)


def _inside(rect: Rect, key: str, result: Arrangement) -> bool:
    region = result.regions.get(key)
    return region is not None and region.contains(rect)
