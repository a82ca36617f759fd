"""Where labels belong once what they hang on, or they themselves, were put somewhere else. Pure."""

from app.domain.scene.elements import ElementView, label_center, neat
from app.domain.sync.follow import has_moved
from app.domain.sync.references import Props

# How much of what a shape grows by is before its label, and of what a label grows by before it.
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
_PADDING = 5
_AXES = (("x", "width", "textAlign"), ("y", "height", "verticalAlign"))


def shifted(
    label: ElementView, before: ElementView, after: ElementView, now: ElementView | None = None
) -> Props:
    """Where the label of a shape belongs once the shape was moved or sized; `now`: with other words
    by then, of another size."""
    now = now or label
    return {
        axis: neat(
            label[axis]
            + after[axis]
            - before[axis]
            + (after[size] - before[size] + label[size] - now[size]) * _SHARES[label[align]]
        )
        for axis, size, align in _AXES
    }


def settled(
    label: tuple[ElementView | None, ElementView], shape: tuple[ElementView | None, ElementView]
) -> Props:
    """The place of a label that was put elsewhere without its shape, or the shape without it; each
    as (before, now), before None: it was not there. Empty: it is where it belongs."""
    (label_before, words), (before, now) = label, shape
    if now["type"] == "arrow":
        return {} if before == now and label_before == words else _on_arrow(words, now)
    if label_before is None or before is None:
        return {} if _is_inside(words, now) else _at_home(words, now)
    is_moved = has_moved(label_before, words), has_moved(before, now)
    if not any(is_moved) or (all(is_moved) and _is_inside(words, now)):
        return {}
    return shifted(label_before, before, now, words)


def _on_arrow(label: ElementView, arrow: ElementView) -> Props:
    x, y = label_center(dict(arrow))
    return {"x": neat(x - label["width"] / 2), "y": neat(y - label["height"] / 2)}


def _at_home(label: ElementView, shape: ElementView) -> Props:
    return {
        axis: neat(
            shape[axis]
            + _PADDING
            + (shape[size] - 2 * _PADDING - label[size]) * _SHARES[label[align]]
        )
        for axis, size, align in _AXES
    }


def _is_inside(label: ElementView, shape: ElementView) -> bool:
    return all(
        shape[axis] <= label[axis] + label[size] / 2 <= shape[axis] + shape[size]
        for axis, size, _ in _AXES
    )
