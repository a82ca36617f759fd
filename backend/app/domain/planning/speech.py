"""The languages that instructions are written in, told by the small words that belong to one."""

import re
from typing import Literal

from app.domain.planning.text import vocabulary

Language = Literal["en", "de", "fr", "es"]

OWN_WORDS: dict[Language, frozenset[str]] = {
    "en": vocabulary(
        """
        the a an and or of for with is are to in if then otherwise else please draw make create
        each every which who has have many talks calls reports thanks hi hello yes no
        """
    ),
    "de": vocabulary(
        """
        der die das den dem ein eine einen einer eines und oder mit ist sind zu wenn dann sonst
        bitte zeichne zeichnen male erstelle erstellen mach mache je jede jeder jeweils welche hat
        haben viele spricht ruft berichtet berichten danke hallo ja nein von vom für nicht kein
        keine wir ich danach ablauf spalten platz karten zeitleiste zeitstrahl tabelle organigramm
        flussdiagramm sequenzdiagramm zustandsdiagramm datenmodell architektur raster formular
        """
    ),
    "fr": vocabulary(
        """
        le la les un une des du et ou avec est sont si alors sinon dessine dessinez crée créer fais
        chaque qui plusieurs appelle parle merci bonjour oui non pour nous je puis ensuite dans au
        aux sur organigramme logigramme colonnes lignes tableau frise carte mentale diagramme
        """
    ),
    "es": vocabulary(
        """
        el los las una unos y o con es son si entonces dibuja dibujar crea haz cada que tiene tienen
        muchos muchas llama habla gracias hola sí para nosotros luego después en del organigrama
        flujo columnas filas tabla mapa línea tablero diagrama de por
        """
    ),
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> Language:
    """The language that most of the small words of a text belong to; English if none has most."""
    words = [word.casefold() for word in _WORD.findall(text[:2_000])]
    score = {code: sum(word in own for word in words) for code, own in OWN_WORDS.items()}
    score["de"] += len(re.findall(r"\w*[äöüß]\w*", text[:2_000])) // 2
    best = max(score.values())
    return "en" if score["en"] == best else next(c for c, n in score.items() if n == best)
