"""Wireframes: screens and forms with their parts stacked."""

from app.domain.kinds.wireframe.layout import arrange
from app.domain.kinds.wireframe.reading import WORDS, read_wireframe
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
        "de": phrases(
            """
            formular, anmeldeformular, anmeldeseite, drahtmodell, dialogfenster
            """
        ),
        "fr": phrases(
            """
            maquette, formulaire, maquette d'écran
            """
        ),
        "es": phrases(
            """
            formulario, maqueta
            """
        ),
        "cjk": phrases(
            """
            线框图, ワイヤーフレーム
            """
        ),
    },
    everyday=vocabulary("form dialog formular maquette formulaire formulario maqueta"),
    aliases=phrases("ui, mockup, form"),
    phrase="a wireframe",
    example="login form with e-mail, password, Remember me checkbox and a Sign in button",
    translated={
        "de": ("ein Wireframe", "Formular mit Name, Passwort"),
        "fr": ("une maquette", "formulaire avec nom, mot de passe"),
        "es": ("un wireframe", "formulario con nombre, contraseña"),
    },
    icon="browser",
    instead_of={"screen": 15, "website": 16, "app": 17},
    labels="anything",
    same_names=True,
    readers=(Reader(20, read_wireframe, WORDS),),
    arrange=arrange,
    roles=_roles,
    least=(80, 40),
)
