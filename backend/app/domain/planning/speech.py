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
        füge lösche entferne benenne verbinde verschiebe vertausche färbe dupliziere hinzu
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


_SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "wide": re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "devanagari": re.compile(r"[\u0900-\u097f]"),
}
_FEWEST_LETTERS = 8


def script_of(text: str) -> str | None:
    """The script that nearly all letters of a text are of, if there are some and it has a name."""
    letters = {name: len(script.findall(text[:4_000])) for name, script in _SCRIPTS.items()}
    best = max(letters, key=letters.__getitem__)
    clear = letters[best] >= _FEWEST_LETTERS and letters[best] * 10 >= sum(letters.values()) * 8
    return best if clear else None


def scores_of(text: str) -> dict[Language, int]:
    """How many of the small words of a text belong to each language."""
    words = [word.casefold() for word in _WORD.findall(text[:2_000])]
    score = {code: sum(word in own for word in words) for code, own in OWN_WORDS.items()}
    score["de"] += len(re.findall(r"\w*[äöüß]\w*", text[:2_000])) // 2
    return score


def language_of(text: str) -> Language:
    """The language that most of the small words of a text belong to; English if none has most."""
    score = scores_of(text)
    best = max(score.values())
    return "en" if score["en"] == best else next(c for c, n in score.items() if n == best)
