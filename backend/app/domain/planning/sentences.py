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
    "several_fit": {
        "en": '"{words}" could mean several shapes ({names}). Select the one that you mean, or use its name.',
        "de": "„{words}“ kann mehrere Formen meinen ({names}). Wähl die gemeinte aus, oder nenn sie beim Namen.",
        "fr": "« {words} » peut désigner plusieurs formes ({names}). Sélectionnez la bonne, ou nommez-la.",
        "es": "«{words}» puede ser varias formas ({names}). Selecciona la que quieres, o nómbrala.",
    },
    "none_called": {
        "en": 'There is nothing called "{words}" on the canvas.',
        "de": "Auf der Zeichenfläche heißt nichts „{words}“.",
        "fr": "Rien ne s'appelle « {words} » sur le tableau.",
        "es": "No hay nada llamado «{words}» en el lienzo.",
    },
    "closest": {
        "en": 'There is nothing called "{words}" on the canvas. The closest labels are {names}.',
        "de": "Auf der Zeichenfläche heißt nichts „{words}“. Am nächsten kommen {names}.",
        "fr": "Rien ne s'appelle « {words} » sur le tableau. Le plus proche : {names}.",
        "es": "No hay nada llamado «{words}» en el lienzo. Lo más parecido: {names}.",
    },
    "edit_unread": {
        "en": 'The offline planner cannot read "{words}" as a change of what is there, so nothing was changed. '
        "It understands commands like: {example}.",
        "de": "Der Offline-Planer kann „{words}“ nicht als Änderung lesen, darum wurde nichts geändert. "
        "Er versteht Befehle wie: {example}.",
        "fr": "Le planificateur hors ligne ne sait pas lire « {words} » comme un changement ; rien n'a changé. "
        "Il comprend des ordres comme : {example}.",
        "es": "El planificador sin conexión no sabe leer «{words}» como un cambio; no se cambió nada. "
        "Entiende órdenes como: {example}.",
    },
    "which_one": {
        "en": 'It is not clear what "{words}" means here. Use its name.',
        "de": "Es ist nicht klar, was „{words}“ hier meint. Nenn den Namen.",
        "fr": "On ne sait pas ce que « {words} » désigne ici. Donnez son nom.",
        "es": "No está claro a qué se refiere «{words}». Usa su nombre.",
    },
    "moved_up": {
        "en": "{names} moved up below {words}.",
        "de": "{names}: jetzt direkt unter {words}.",
        "fr": "{names} : maintenant sous {words}.",
        "es": "{names}: ahora debajo de {words}.",
    },
    "deleted_along": {
        "en": "Deleted along with it: {names}.",
        "de": "Mit gelöscht: {names}.",
        "fr": "Supprimé avec : {names}.",
        "es": "Eliminado también: {names}.",
    },
    "under_whom": {
        "en": 'Say below what "{words}" belongs, for example: add {words} under {names}.',
        "de": "Sag, unter was „{words}“ gehört, zum Beispiel: füge {words} unter {names} ein.",
        "fr": "Dites sous quoi placer « {words} », par exemple : add {words} under {names}.",
        "es": "Di debajo de qué va «{words}», por ejemplo: add {words} under {names}.",
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
    "not_drawn": {
        "en": "The language model's answer was not drawn, also after asking again. {why}",
        "de": "Die Antwort des Sprachmodells wurde nicht gezeichnet, auch nach einer Rückfrage nicht. {why}",
        "fr": "La réponse du modèle de langage n'a pas été dessinée, même après une seconde demande. {why}",
        "es": "La respuesta del modelo de lenguaje no se dibujó, tampoco tras volver a preguntar. {why}",
    },
    "unconnected": {
        "en": "It has no connections between its shapes.",
        "de": "Darin ist nichts miteinander verbunden.",
        "fr": "Rien n'y est relié.",
        "es": "En ella nada está conectado.",
    },
    "loose": {
        "en": "These are connected to nothing: {names}.",
        "de": "Das ist mit nichts verbunden: {names}.",
        "fr": "Ceci n'est relié à rien : {names}.",
        "es": "Esto no está conectado con nada: {names}.",
    },
    "repeated": {
        "en": 'It says "{words}" {count} times over.',
        "de": "Darin steht {count}-mal „{words}“.",
        "fr": "« {words} » y figure {count} fois.",
        "es": "«{words}» aparece {count} veces.",
    },
    "series": {
        "en": "It counts on endlessly: {count} shapes differ only in a number.",
        "de": "Es wird endlos weitergezählt: {count} Formen unterscheiden sich nur in einer Zahl.",
        "fr": "Elle compte sans fin : {count} formes ne diffèrent que par un nombre.",
        "es": "Cuenta sin fin: {count} formas solo se diferencian en un número.",
    },
    "example": {
        "en": "It is an example that the model was shown, not what was asked for.",
        "de": "Das ist ein Beispiel, das dem Modell gezeigt wurde, nicht das, was gefragt war.",
        "fr": "C'est un exemple montré au modèle, pas ce qui était demandé.",
        "es": "Es un ejemplo que se mostró al modelo, no lo que se pidió.",
    },
    "wordless": {
        "en": "Most of its shapes say nothing.",
        "de": "Die meisten Formen darin sind leer.",
        "fr": "La plupart de ses formes sont vides.",
        "es": "La mayoría de sus formas están vacías.",
    },
    "missing": {
        "en": "These names are missing: {names}.",
        "de": "Diese Namen fehlen: {names}.",
        "fr": "Ces noms manquent : {names}.",
        "es": "Faltan estos nombres: {names}.",
    },
    "oversized": {
        "en": "It has {count} shapes, far more than were asked for.",
        "de": "Sie hat {count} Formen, weit mehr als gefragt waren.",
        "fr": "Elle a {count} formes, bien plus que demandé.",
        "es": "Tiene {count} formas, muchas más de las pedidas.",
    },
    "foreign": {
        "en": "It is in another language than the instruction.",
        "de": "Sie ist in einer anderen Sprache als die Anweisung.",
        "fr": "Elle est dans une autre langue que l'instruction.",
        "es": "Está en otro idioma que la instrucción.",
    },
    "strays": {
        "en": "A change was about something that is not on the canvas.",
        "de": "Eine Änderung betraf etwas, das nicht auf der Zeichenfläche ist.",
        "fr": "Un changement visait quelque chose qui n'est pas sur le canevas.",
        "es": "Un cambio se refería a algo que no está en el lienzo.",
    },
    "deletes": {
        "en": "It would delete {count} shapes, which nobody asked for.",
        "de": "Sie würde {count} Formen löschen, was niemand verlangt hat.",
        "fr": "Elle supprimerait {count} formes, ce que personne n'a demandé.",
        "es": "Eliminaría {count} formas, lo que nadie ha pedido.",
    },
    "partial": {
        "en": "The language model's answer could not be read to its end; the first part was drawn.",
        "de": "Die Antwort des Sprachmodells war nicht bis zum Ende lesbar; gezeichnet wurde der erste Teil.",
        "fr": "La réponse du modèle de langage n'était pas lisible jusqu'au bout ; le début a été dessiné.",
        "es": "La respuesta del modelo de lenguaje no se pudo leer hasta el final; se dibujó la primera parte.",
    },
    "from_mermaid": {
        "en": "The language model answered with a Mermaid diagram, which was drawn.",
        "de": "Das Sprachmodell antwortete mit einem Mermaid-Diagramm; das wurde gezeichnet.",
        "fr": "Le modèle de langage a répondu par un diagramme Mermaid, qui a été dessiné.",
        "es": "El modelo de lenguaje respondió con un diagrama Mermaid, que se dibujó.",
    },
}  # fmt: skip
CODES = frozenset(_HOW)


def say(code: str, language: Language, **values: str) -> str:
    """The sentence of a code in a language. Raises KeyError for a code that is not here."""
    return _HOW[code][language].format(**values)
