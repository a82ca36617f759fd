"""A scene made simple enough for a small picture of it, however large it is."""

from collections.abc import Sequence

from app.domain.scene.elements import ElementView, rect_of

MAX_ELEMENTS = 1_500
MAX_POINTS = 60
MAX_LETTERS = 300
MAX_PICTURES = 30


def simplified_scene(elements: Sequence[ElementView]) -> list[ElementView]:
    """The largest elements, with fewer points and letters; pictures last to lose their place."""
    largest = sorted(elements, key=_extent, reverse=True)[:MAX_ELEMENTS]
    pictures = [e["id"] for e in largest if e["type"] == "image"][MAX_PICTURES:]
    dropped = set(pictures)
    return [_thinned(element) for element in largest if element["id"] not in dropped]


def _extent(element: ElementView) -> float:
    rect = rect_of(element)
    return max(rect.width, rect.height)


def _thinned(element: ElementView) -> ElementView:
    points = element.get("points") or []
    if len(points) > MAX_POINTS:
        step = len(points) // MAX_POINTS + 1
        return {**element, "points": [*points[:-1:step], points[-1]]}
    if len(element.get("text") or "") > MAX_LETTERS:
        return {**element, "text": element["text"][:MAX_LETTERS]}
    return element
