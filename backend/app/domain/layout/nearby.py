"""Rectangles that can be asked for by place, for checks of many against many."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from app.domain.layout.geometry import Rect


class Nearby:
    """Keeps rectangles sorted along both axes; a question scans the axis with fewer candidates."""

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        self._rects = dict(rects)
        self._by_x = sorted((rect.x, key) for key, rect in rects.items())
        self._by_y = sorted((rect.y, key) for key, rect in rects.items())
        self._widest = max((rect.width for rect in rects.values()), default=0.0)
        self._highest = max((rect.height for rect in rects.values()), default=0.0)

    def meeting(self, area: Rect) -> list[str]:
        """Keys, in order, of the rectangles that overlap the area."""
        across = _window(self._by_x, area.x - self._widest, area.right)
        down = _window(self._by_y, area.y - self._highest, area.bottom)
        fewer = across if len(across) <= len(down) else down
        return sorted(key for _, key in fewer if self._rects[key].overlaps(area))


def _window(keys: list[tuple[float, str]], low: float, high: float) -> list[tuple[float, str]]:
    return keys[bisect_left(keys, (low,)) : bisect_right(keys, (high,))]
