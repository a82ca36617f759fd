"""How the web process answers HTTP and WebSockets: what uvicorn is told, also by the tests."""

from typing import Any

MAX_MESSAGE_BYTES = 1024 * 1024
# A connection that the server ends is one that a proxy may be sending on. nginx keeps idle ones
# for 60 seconds, Caddy for 120: theirs have to end first, or people see a 502 now and then.
KEEP_ALIVE_SECONDS = 125


def uvicorn_options(grace_seconds: int) -> dict[str, Any]:
    """Options of `uvicorn.Config`; `grace_seconds` is what open requests get when it stops."""
    return {
        "ws": "app.realtime.wire:Wire",
        "ws_per_message_deflate": False,  # of every message; the wire compresses large ones
        "ws_ping_interval": None,  # Socket.IO's own pings do that
        "ws_max_size": MAX_MESSAGE_BYTES,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "lifespan": "on",
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": grace_seconds,
    }
