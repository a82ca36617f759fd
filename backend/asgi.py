"""The server for any ASGI host: `uvicorn asgi:application` (as `collabcanvas serve` does)."""

from app import create_server

application = create_server()
