"""What the drawing tests share: real tools, short names for plan parts, checks of a drawing."""

from collections.abc import Sequence
from typing import Any

from app.adapters.elk import ElkEngine
from app.adapters.fonts import FontMeasure
from app.domain.kinds import KINDS
from app.domain.layout.tools import Tools
from app.domain.planning.plan import Edge, Graph, Group, Node, Plan
from app.domain.scene.compose import Drawing, DrawRequest, compose

TOOLS = Tools(FontMeasure(), ElkEngine())
Scene = list[dict[str, Any]]


def node(key: str, label: str | None = None, shape: str = "rectangle", **more: Any) -> Node:
    return Node.model_validate({"id": key, "label": label or key, "shape": shape, **more})


def edge(source: str, target: str, label: str = "", **more: Any) -> Edge:
    return Edge.model_validate({"source": source, "target": target, "label": label, **more})


def group(key: str, label: str | None = None, **more: Any) -> Group:
    return Group.model_validate({"id": key, "label": label or key, **more})


def graph(kind: str, nodes: Sequence[Node], edges: Sequence[Edge] = (), **more: Any) -> Graph:
    return Graph.model_validate({"kind": kind, "nodes": nodes, "edges": edges, **more})


def draw(
    *operations: Any, scene: Scene | None = None, style: str = "modern", colors: str = "default",
    seed: str = "job-1", **more: Any,
) -> Drawing:  # fmt: skip
    plan = Plan.model_validate({"operations": list(operations)})
    return compose(plan, scene or [], DrawRequest(seed, style, colors, **more), TOOLS, KINDS)


def applied(scene: Scene, drawing: Drawing) -> Scene:
    """The scene after the drawing's changes, as a server would store it."""
    elements = {element["id"]: dict(element) for element in scene}
    for change in drawing.changes:
        if change.get("create"):
            assert change["id"] not in elements
            elements[change["id"]] = dict(change["set"])
        else:
            elements[change["id"]] |= change["set"]
    return [element for element in elements.values() if not element["isDeleted"]]


def drawn(*operations: Any, **more: Any) -> Scene:
    """The elements of a drawing on an empty canvas."""
    return applied([], draw(*operations, **more))


def find(scene: Scene, label: str) -> dict[str, Any]:
    """The shape (or arrow) with this label."""
    for element in scene:
        if element["type"] == "text" and element["originalText"] == label:
            container = element["containerId"]
            return next((e for e in scene if e["id"] == container), element)
    raise AssertionError(f"nothing is labelled {label}")


def arrows_between(scene: Scene, source: str, target: str) -> Scene:
    ends = find(scene, source)["id"], find(scene, target)["id"]
    return [
        e
        for e in scene
        if e["type"] == "arrow"
        and (e["startBinding"]["elementId"], e["endBinding"]["elementId"]) == ends
    ]


SIGN_UP = graph(
    "flowchart",
    [
        node("open", "Visitor opens landing page"), node("form", "Fills sign-up form"),
        node("valid", "Is the email valid?", "diamond"), node("error", "Show error"),
        node("mail", "Send verification mail"), node("verified", "Verified?", "diamond"),
        node("home", "Dashboard"), node("again", "Resend"),
    ],
    [
        edge("open", "form"), edge("form", "valid"), edge("valid", "error", "no"),
        edge("error", "form"), edge("valid", "mail", "yes"), edge("mail", "verified"),
        edge("verified", "home", "yes"), edge("verified", "again", "no"), edge("again", "mail"),
    ],
)  # fmt: skip
