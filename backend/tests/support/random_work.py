"""Random edits of people, and random operations of jobs, on one small drawing."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain.planning.plan import (
    Add,
    Align,
    Connect,
    Delete,
    Disconnect,
    Duplicate,
    GroupTogether,
    InsertBetween,
    MoveRelative,
    Node,
    Note,
    Operation,
    Plan,
    Relayout,
    Resize,
    SetStyle,
    SetText,
    Swap,
)
from app.domain.sync.messages import Change
from tests.support.elements import arrow, label, rectangle

BOXES = ("a", "b", "c", "d")
LINES = (("a", "b"), ("b", "c"), ("a", "c"))
Elements = dict[str, dict[str, Any]]
T = TypeVar("T", bound=str)


def drawing() -> list[Change]:
    """Four labelled boxes, three arrows between them, one of these labelled."""
    made = []
    for number, key in enumerate(BOXES):
        x, y = 300.0 * (number % 2), 200.0 * (number // 2)
        made.append(rectangle(key, x=x, y=y, index=f"a{number}"))
        made.append(label(f"{key}-text", key, key.upper(), x=x, y=y + 15, index=f"a{number}V"))
    for number, (start, end) in enumerate(LINES):
        at = {e["id"]: (e["x"], e["y"]) for e in made}
        (x0, y0), (x1, y1) = at[start], at[end]
        points = [[0, 0], [x1 - x0, y1 - y0]]
        place = {"x": x0 + 60, "y": y0 + 30, "points": points}
        made.append(arrow(start + end, start, end, index=f"a{number + 5}", **place))
    made.append(label("ab-text", "ab", "then", x=200, y=20, index="a9"))
    return [Change(element["id"], element, create=True) for element in made]


@dataclass
class RandomWork:
    """`rng` decides; every name and place is new, so that an edit is found again."""

    rng: random.Random
    serial: int = 0

    def _pick(self, options: Iterable[T]) -> T:
        return self.rng.choice(sorted(options))

    def _name(self, prefix: str) -> str:
        self.serial += 1
        return f"{prefix}{self.serial}"

    # -- people

    def edit(self, scene: Elements) -> list[Change]:
        """One thing that somebody does; empty: there is nothing to do it to."""
        boxes = [key for key, element in scene.items() if element["type"] == "rectangle"]
        if not boxes:
            return []
        kinds: list[Callable[[dict[str, Any], Elements], list[Change]]] = [
            self._move, self._drag, self._drag, self._recolor, self._widen, self._retype,
            self._delete, self._delete_line, self._tie, self._label, self._frame, self._group,
            self._reorder,
        ]  # fmt: skip
        return self.rng.choice(kinds)(scene[self._pick(boxes)], scene)

    def _far(self) -> dict[str, float]:
        self.serial += 1
        return {"x": 40.0 * self.rng.randint(-30, 30), "y": 900.0 + self.serial * 90}

    def _move(self, box: dict[str, Any], _scene: Elements) -> list[Change]:
        """As a program does that knows of nothing else; the server brings along the rest."""
        return [Change(box["id"], {**_size(box), **self._far()})]

    def _drag(self, box: dict[str, Any], scene: Elements) -> list[Change]:
        far = self._far()
        return [Change(box["id"], {**_size(box), **far}), *_along(box, far, scene)]

    def _recolor(self, box: dict[str, Any], _scene: Elements) -> list[Change]:
        return [Change(box["id"], {"backgroundColor": self._pick(("#ff0000", "#00ff00"))})]

    def _widen(self, box: dict[str, Any], _scene: Elements) -> list[Change]:
        wide = {**_size(box), "x": box["x"], "y": box["y"], "width": 333.0}
        return [Change(box["id"], wide)]

    def _retype(self, _box: dict[str, Any], scene: Elements) -> list[Change]:
        texts = [key for key, element in scene.items() if element.get("containerId")]
        words = self._name("Word")
        edit = {"text": words, "originalText": words}
        return [Change(self._pick(texts), edit)] if texts else []

    def _delete(self, box: dict[str, Any], scene: Elements) -> list[Change]:
        texts = [key for key, e in scene.items() if e.get("containerId") == box["id"]]
        gone = [box["id"], *(texts if self.rng.random() < 0.5 else ())]
        return [Change(key, {"isDeleted": True}) for key in gone]

    def _delete_line(self, _box: dict[str, Any], scene: Elements) -> list[Change]:
        lines = [key for key, element in scene.items() if element["type"] == "arrow"]
        return [Change(self._pick(lines), {"isDeleted": True})] if lines else []

    def _tie(self, box: dict[str, Any], scene: Elements) -> list[Change]:
        key = self._name("line")
        other = scene[self._pick(k for k, e in scene.items() if e["type"] == "rectangle")]
        points = [[0, 0], [other["x"] - box["x"], other["y"] - box["y"]]]
        place = {"x": box["x"] + 5, "y": box["y"] + 5, "points": points}
        return [Change(key, arrow(key, box["id"], other["id"], **place), create=True)]

    def _label(self, box: dict[str, Any], _scene: Elements) -> list[Change]:
        key = self._name("text")
        place = {"x": box["x"] + 5, "y": box["y"] + 5}
        return [Change(key, label(key, box["id"], key, **place), create=True)]

    def _frame(self, box: dict[str, Any], _scene: Elements) -> list[Change]:
        key = self._name("frame")
        frame = rectangle(key, type="frame", name=key, x=box["x"] - 20, y=box["y"] - 20)
        return [Change(key, frame, create=True), Change(box["id"], {"frameId": key})]

    def _group(self, box: dict[str, Any], scene: Elements) -> list[Change]:
        key = self._name("group")
        return [Change(each, {"groupIds": [key]}) for each in {box["id"], self._pick(scene)}]

    def _reorder(self, box: dict[str, Any], _scene: Elements) -> list[Change]:
        self.serial += 1
        return [Change(box["id"], {"index": f"aB{self.serial}1"})]

    # -- jobs

    def plan(self, scene: Elements) -> Plan | None:
        words = [e["text"] for e in scene.values() if e["type"] == "text" and e.get("containerId")]
        labels = sorted({word for word in words if words.count(word) == 1})
        if len(labels) < 2:
            return None
        count = self.rng.randint(1, 2)
        return Plan(operations=[self.operation(labels) for _ in range(count)])

    def operation(self, labels: list[str]) -> Operation:
        one, other = self._pick(labels), self._pick(labels)
        targets = self.rng.sample(labels, self.rng.randint(1, min(3, len(labels))))
        fresh = self._name("New")
        node = Node(id=fresh, label=fresh)
        made: dict[str, Operation] = {
            "add": Add(node=node, near=one, connect_from=one),
            "align": Align(targets=targets, edge="left"),
            "connect": Connect(source=one, target=other, label=self._pick(("", "so"))),
            "delete": Delete(targets=targets),
            "disconnect": Disconnect(source=one, target=other),
            "duplicate": Duplicate(targets=targets, connected=self._pick((False, True))),
            "group": GroupTogether(targets=targets, label=fresh),
            "insert": InsertBetween(node=node, source=one, target=other),
            "move": MoveRelative(targets=[one], side="right", anchor=other),
            "note": Note(text=fresh, near=one),
            "relayout": Relayout(direction=self._pick(("down", "right"))),
            "resize": Resize(targets=targets, width=2, height=1.5),
            "style": SetStyle(targets=targets, color="red"),
            "dashed": SetStyle(targets=targets, line="dashed", shape="ellipse"),
            "text": SetText(target=one, text=fresh),
            "swap": Swap(one=one, other=other),
        }
        return made[self._pick(made)]


def _size(box: dict[str, Any]) -> dict[str, Any]:
    return {"width": box["width"], "height": box["height"], "angle": 0}


def _along(box: dict[str, Any], far: dict[str, float], scene: Elements) -> list[Change]:
    """As an editor brings along the label and the near ends of arrows."""
    dx, dy = far["x"] - box["x"], far["y"] - box["y"]
    changes = []
    for key, element in scene.items():
        if element.get("containerId") == box["id"]:
            size = {"width": element["width"], "height": element["height"], "angle": 0}
            place = {"x": element["x"] + dx, "y": element["y"] + dy, **size}
            changes.append(Change(key, place))
        elif element["type"] == "arrow":
            at_start, at_end = (
                (element[end] or {}).get("elementId") == box["id"]
                for end in ("startBinding", "endBinding")
            )
            if at_start == at_end:
                continue
            ends = [element["points"][0], element["points"][-1]]
            width, height = ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]
            sign = -1 if at_start else 1
            points = [[0, 0], [width + sign * dx, height + sign * dy]]
            start = {"x": element["x"] + dx * at_start, "y": element["y"] + dy * at_start}
            keep = {k: element[k] for k in ("startBinding", "endBinding", "angle")}
            size = {"width": abs(points[1][0]), "height": abs(points[1][1])}
            changes.append(Change(key, {**keep, **start, **size, "points": points}))
    return changes
