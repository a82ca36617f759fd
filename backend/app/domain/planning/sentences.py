"""What planners say to people: every remark and refusal by code, in four languages."""

# ruff: noqa: E501 - a sentence stands on one line

from app.domain.planning.speech import Language

_HOW: dict[str, dict[Language, str]] = {
    "empty": {
        "en": "The instruction is empty. Try: receive order -> check stock -> ship.",
        "de": "Die Anweisung ist leer. Versuch: Bestellung -> Lager prüfen -> versenden.",
        "fr": "L'instruction est vide. Essayez : commande -> vérifier le stock -> expédier.",
        "es": "La instrucción está vacía. Prueba: pedido -> revisar existencias -> enviar.",
    },
    "content": {
        "en": "To draw {kind}, the offline planner needs its content spelled out. Example: {example}",
        "de": "Für {kind} braucht der Offline-Planer den ausgeschriebenen Inhalt. Beispiel: {example}",
        "fr": "Pour {kind}, le planificateur hors ligne a besoin du contenu écrit. Exemple : {example}",
        "es": "Para {kind}, el planificador sin conexión necesita el contenido escrito. Ejemplo: {example}",
    },
    "nearest": {
        "en": "The offline planner reads content that is spelled out (arrows, lists, tables, Mermaid); "
        "it has no ideas of its own. The nearest thing that it can draw is {kind}. Example: {example}",
        "de": "Der Offline-Planer liest ausgeschriebenen Inhalt (Pfeile, Listen, Tabellen, Mermaid); "
        "eigene Ideen hat er nicht. Am nächsten kommt {kind}. Beispiel: {example}",
        "fr": "Le planificateur hors ligne lit un contenu écrit (flèches, listes, tableaux, Mermaid) ; "
        "il n'a pas d'idées à lui. Le plus proche est {kind}. Exemple : {example}",
        "es": "El planificador sin conexión lee contenido escrito (flechas, listas, tablas, Mermaid); "
        "no tiene ideas propias. Lo más parecido es {kind}. Ejemplo: {example}",
    },
    "edit": {
        "en": "The offline planner did not recognise this as a change or as a drawing. "
        "It understands commands like: {example}.",
        "de": "Der Offline-Planer hat das weder als Änderung noch als Zeichnung erkannt. "
        "Er versteht Befehle wie: {example}.",
        "fr": "Le planificateur hors ligne n'y a reconnu ni un changement ni un dessin. "
        "Il comprend des ordres comme : {example}.",
        "es": "El planificador sin conexión no lo reconoció como cambio ni como dibujo. "
        "Entiende órdenes como: {example}.",
    },
    "unread": {
        "en": 'The offline planner cannot read "{words}", so nothing was drawn. Leave it out, or say '
        "it with arrows, a list or shorter sentences.",
        "de": "Der Offline-Planer kann „{words}“ nicht lesen, darum wurde nichts gezeichnet. Lass es "
        "weg, oder schreib es mit Pfeilen, als Liste oder in kürzeren Sätzen.",
        "fr": "Le planificateur hors ligne ne sait pas lire « {words} » ; rien n'a été dessiné. "
        "Retirez-le, ou écrivez-le avec des flèches, une liste ou des phrases plus courtes.",
        "es": "El planificador sin conexión no sabe leer «{words}»; no se dibujó nada. Quítalo, o "
        "escríbelo con flechas, una lista o frases más cortas.",
    },
    "left_out": {
        "en": 'This was not drawn: "{words}".',
        "de": "Das wurde nicht gezeichnet: „{words}“.",
        "fr": "Ceci n'a pas été dessiné : « {words} ».",
        "es": "Esto no se dibujó: «{words}».",
    },
    "no_ideas": {
        "en": 'The offline planner has no ideas of its own: "{words}" was left out.',
        "de": "Der Offline-Planer hat keine eigenen Ideen: „{words}“ wurde weggelassen.",
        "fr": "Le planificateur hors ligne n'a pas d'idées à lui : « {words} » a été omis.",
        "es": "El planificador sin conexión no tiene ideas propias: se omitió «{words}».",
    },
    "to_fill_in": {
        "en": 'The places asked for by "{words}" are empty: their content is yours to fill in.',
        "de": "Die Plätze aus „{words}“ sind leer: Den Inhalt trägst du ein.",
        "fr": "Les places de « {words} » sont vides : à vous d'y écrire.",
        "es": "Los sitios de «{words}» están vacíos: el contenido lo pones tú.",
    },
    "pasted": {
        "en": "This is {format}, which cannot be read yet. Describe it in words, or paste Mermaid.",
        "de": "Das ist {format}; das kann noch nicht gelesen werden. Beschreib es, oder füge Mermaid ein.",
        "fr": "C'est {format}, que l'on ne sait pas encore lire. Décrivez-le, ou collez du Mermaid.",
        "es": "Esto es {format}, que aún no se puede leer. Descríbelo, o pega Mermaid.",
    },
    "second_diagram": {
        "en": "Only the first diagram was drawn; this one was not: {words}.",
        "de": "Nur das erste Diagramm wurde gezeichnet; dieses nicht: {words}.",
        "fr": "Seul le premier diagramme a été dessiné ; celui-ci non : {words}.",
        "es": "Solo se dibujó el primer diagrama; este no: {words}.",
    },
    "no_messages": {
        "en": "No messages were named, so the sequence diagram has life lines only.",
        "de": "Es wurden keine Nachrichten genannt; das Sequenzdiagramm hat nur Lebenslinien.",
        "fr": "Aucun message n'est nommé ; le diagramme de séquence n'a que des lignes de vie.",
        "es": "No se nombró ningún mensaje; el diagrama de secuencia solo tiene líneas de vida.",
    },
}  # fmt: skip
CODES = frozenset(_HOW)


def say(code: str, language: Language, **values: str) -> str:
    """The sentence of a code in a language. Raises KeyError for a code that is not here."""
    return _HOW[code][language].format(**values)
