"""Elements as a browser sends them."""

from typing import Any


def rectangle(element_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": element_id,
        "type": "rectangle",
        "x": 10,
        "y": 20,
        "width": 120,
        "height": 60,
        "angle": 0,
        "strokeColor": "#1e1e1e",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2,
        "strokeStyle": "solid",
        "roughness": 1,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "index": "a0",
        "roundness": {"type": 3},
        "seed": 7,
        "version": 1,
        "versionNonce": 5,
        "isDeleted": False,
        "boundElements": [],
        "updated": 1,
        "link": None,
        "locked": False,
        **changes,
    }


def creation(element_id: str, **changes: Any) -> dict[str, Any]:
    return {"id": element_id, "create": True, "set": rectangle(element_id, **changes)}


def label(
    element_id: str, container_id: str, text: str = "Label", **changes: Any
) -> dict[str, Any]:
    """A text bound to a shape or an arrow."""
    font = {"fontSize": 20, "fontFamily": 5, "textAlign": "center", "verticalAlign": "middle"}
    words = {"text": text, "originalText": text, "lineHeight": 1.25, "autoResize": True}
    return rectangle(
        element_id, type="text", containerId=container_id, **{**font, **words, **changes}
    )


def arrow(element_id: str, start: str, end: str, **changes: Any) -> dict[str, Any]:
    """An arrow bound to objects at both ends."""
    ends = {
        "startBinding": {"elementId": start, "focus": 0, "gap": 4},
        "endBinding": {"elementId": end, "focus": 0, "gap": 4},
    }
    line = {"type": "arrow", "points": [[0, 0], [100, 0]], **ends}
    return rectangle(element_id, **{**line, **changes})


def image(element_id: str, file_id: str | None, **changes: Any) -> dict[str, Any]:
    shown = {"type": "image", "status": "saved", "scale": [1, 1], "fileId": file_id}
    return rectangle(element_id, **{"roundness": None, **shown, **changes})
