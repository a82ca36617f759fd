"""The server for any ASGI host: `uvicorn asgi:application` (`collabcanvas serve` does it for you)."""

from app import create_server

application = create_server()
