"""The words that both ends of synchronisation share: contract/sync.json, by `make types`."""

# fmt: off
PROPERTY_GROUPS = {
    "whole": {
        "geometry": (
            "x", "y", "width", "height", "angle", "points", "scale", "crop", "startBinding",
            "endBinding", "lastCommittedPoint", "elbowed", "fixedSegments", "startIsSpecial",
            "endIsSpecial", "pressures", "simulatePressure",
        ),
        "text": (
            "text", "originalText", "fontSize", "fontFamily", "textAlign", "verticalAlign",
            "lineHeight", "autoResize", "baseline",
        ),
    },
    "by_property": {
        "style": (
            "type", "strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle",
            "roughness", "opacity", "roundness", "startArrowhead", "endArrowhead", "seed",
        ),
        "order": (
            "index",
        ),
        "grouping": (
            "frameId", "groupIds",
        ),
        "links": (
            "containerId", "link", "fileId", "status", "customData", "locked",
        ),
        "bound": (
            "boundElements",
        ),
        "deleted": (
            "isDeleted",
        ),
    },
}
SERVER_PROPERTIES = (
    "version", "versionNonce", "updated",
)
FIXED_PROPERTIES = (
    "id",
)
CLIENT_EVENTS = (
    "join_canvas", "leave_canvas", "scene_update", "cursor",
)
SERVER_EVENTS = (
    "scene_update", "head", "presence", "cursors", "role_changed", "removed", "canvas_deleted",
    "server_restart", "ai_job_update", "ai_job_complete", "ai_job_error",
)
REFUSALS = {
    "busy": (
        "rate_limited", "unavailable", "internal",
    ),
    "rejoin": (
        "not_joined", "out_of_order",
    ),
    "forbidden": (
        "not_authenticated", "not_allowed", "not_found",
    ),
    "invalid": (
        "invalid", "invalid_element", "conflict",
    ),
}
BOUNDS = {
    "batch_changes": 500,
    "object_bytes": 1_000_000,
    "points": 10_000,
}
