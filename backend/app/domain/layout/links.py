"""Routes for links in layouts that place boxes without regard to them."""

from collections.abc import Iterable

from app.domain.layout import titles
from app.domain.layout.geometry import Point, Rect
from app.domain.layout.model import Arrangement, Link, Route, Sketch
from app.domain.layout.route import label_spot, loop, route


def route_links(result: Arrangement, sketch: Sketch, links: Iterable[Link] | None = None) -> None:
    """Adds a route around all boxes for every link (default: all of the sketch) that finds one;
    the others stay undrawn. A label that has no room on its route is left without a place."""
    places = {**result.regions, **result.boxes}
    sizes = {link.id: link.label for link in sketch.links}
    fixed = [bar.rect for bar in result.bars.values()]
    fixed += titles.walls(result, sketch)
    fixed += [r for r in result.regions.values() if not any(map(r.contains, result.boxes.values()))]
    taken = [*result.boxes.values(), *fixed]
    taken += [_label(route.label, sizes.get(key)) for key, route in result.routes.items()]
    for link in sketch.links if links is None else links:
        source, target = places.get(link.source), places.get(link.target)
        if source is None or target is None or link.id in result.routes:
            continue
        walls = [rect for rect in fixed if rect not in (source, target)]
        walls += [
            rect
            for key, rect in result.boxes.items()
            if key not in (link.source, link.target)
            and not (_inside(rect, link.source, result) or _inside(rect, link.target, result))
        ]
        if link.source == link.target:
            points = loop(source, walls, link.label)
        else:
            points = route(source, target, walls)
        if points:
            spot = label_spot(points, link.label, taken) if link.label else None
            taken.append(_label(spot, link.label))
            result.routes[link.id] = Route(points, link.source, link.target, spot)


def _label(center: Point | None, size: tuple[float, float] | None) -> Rect:
    if center is None or size is None:
        return Rect(0, 0, 0, 0)
    return Rect(center[0] - size[0] / 2, center[1] - size[1] / 2, *size)


def _inside(rect: Rect, key: str, result: Arrangement) -> bool:
    region = result.regions.get(key)
    return region is not None and region.contains(rect)
