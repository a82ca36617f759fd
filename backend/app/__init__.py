"""CollabCanvas: a whiteboard on which AI works as durable background jobs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from app.config.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The Flask application. Imported lazily, so that the domain loads without a web framework."""
    from app.factory import create_app as build

    return build(settings)


def create_server(settings: "Settings | None" = None) -> Any:
    """The ASGI application: pages, API and sockets; with its own workers if there is no Redis."""
    from app.factory import create_server as build

    return build(settings)
