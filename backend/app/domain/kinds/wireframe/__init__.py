"""Wireframes: screens and forms with their parts stacked."""

from app.domain.kinds.wireframe.layout import arrange
from app.domain.kinds.wireframe.reading import read_wireframe
from app.domain.planning.kinds import Reader
from app.domain.planning.text import phrases, vocabulary
from app.domain.scene.diagram import Diagram
from app.domain.scene.kinds import Kind


def _roles(diagram: Diagram) -> dict[str, str]:
    """Buttons are colored, pictures gray, the rest is paper."""
    look = {"default": "card", "gray": "step"}
    plain = [node for node in diagram.nodes if node.shape == "rectangle"]
    return {node.id: look.get(node.color, "header") for node in plain}


KIND = Kind(
    id="wireframe",
    names={
        "en": phrases(
            """
            wireframe, wire frame, mockup, mock-up, mock up, form, dialog, ui sketch,
            login screen, login page, wireframes, dialogue box, dialog box
            """
        ),
    },
    everyday=vocabulary("form dialog"),
    aliases=phrases("ui, mockup, form"),
    phrase="a wireframe",
    example="login form with e-mail, password, Remember me checkbox and a Sign in button",
    icon="browser",
    instead_of={"screen": 15, "website": 16, "app": 17},
    readers=(Reader(20, read_wireframe),),
    arrange=arrange,
    roles=_roles,
    least=(80, 40),
)
