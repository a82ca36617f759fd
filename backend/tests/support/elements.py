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
