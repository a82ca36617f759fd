"""CollabCanvas: a whiteboard on which AI works as durable background jobs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application. Imported lazily, so that the domain loads without a web framework."""
    from app.factory import create_app as build

    return build(settings)
