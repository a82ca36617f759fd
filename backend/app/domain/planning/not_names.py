"""What can never be a name: relative pronouns, counts, commands, conditions, greetings, comments.

`is_no_name` judges names that were drawn; `what_is_it` judges a clause before it is read.
"""

import re
from enum import Enum
from typing import Literal

from app.domain.planning.lexicon import COLORS, NUMBERS
from app.domain.planning.text import words

_NUMBER_WORDS = (
    "zwei|drei|vier|fünf|sechs|sieben|acht|deux|trois|quatre|cinq|sept|huit|dos|tres|cuatro|cinco"
    "|seis|siete|ocho"
)
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)}|ein|eine|einen|une?|una|{_NUMBER_WORDS})"
_THINGS = (
    "ideas?|examples?|cards?|items?|notes?|stick(?:y|ies)|sticky\\s+notes?|post-?its?|branches|sub-?branches|departments?"
    "|teams?|steps?|box(?:es)?|columns?|rows?|people|persons?|points?|topics?|sub-?topics?|stor(?:y|ies)|activit(?:y|ies)"
    "|tasks?|pages?|screens?|questions?|employees?|managers?|members?|nodes?|levels?|tickets?|entries|entry|shapes?"
    "|details?|facts?|bullets?|slots?|placeholders?|children|reports?|places?"
    "|ideen?|beispiele?n?|karten?|zettel|notizen?|äste|zweige|abteilungen|schritte|kästchen|spalten|punkte|einträge"
    "|aufgaben|plätze|stichpunkte|unterpunkte|themen"
    "|idées?|exemples?|cartes?|fiches?|notes?|étapes?|points?|tâches?|éléments?|emplacements?"
    "|ideas?|ejemplos?|tarjetas?|notas?|pasos?|puntos?|tareas?|elementos?|huecos?"
)
_EACH = (
    r"(?:each|apiece|(?:per|in\s+each|for\s+each|in\s+every|for\s+every|under\s+each|to\s+each|on\s+each)(?:\s+\w+){0,3}"
    r"|(?:pro|je|in\s+jede[rmsn]?|für\s+jede[ns]?)(?:\s+\w+){0,2}|jeweils|chacune?|(?:par|dans\s+chaque|pour\s+chaque)\s+\w+"
    r"|cada\s+un[oa]|(?:por|en\s+cada|para\s+cada)\s+\w+)"
)
_WITH = r"(?:and\s+|und\s+|et\s+|y\s+)?(?:with\s+|mit\s+|avec\s+|con\s+)?"
COUNT = re.compile(
    rf"{_WITH}(?:(?P<before>je|jeweils|chacune?|cada\s+un[oa]\s+con|each\s+with)\s+)?(?:(?:about|around|at\s+least|up\s+to|max\.?|min\.?)\s+)?(?P<count>{NUMBER})\s+"
    rf"(?:(?P<what>\w+)\s+){{0,2}}?(?P<thing>{_THINGS})(?P<each>\s+{_EACH})?",
    re.IGNORECASE,
)
ROOM = re.compile(
    rf"(?:(?:and|each|with|und|mit|et|y|con|avec|please|bitte)\s+)*(?:(?:leave|keep|reserve|have|lass(?:e|en)?|laisse[rz]?|deja)\s+)?(?:jeweils\s+|je\s+)?"
    rf"(?:(?:the|some|enough|empty|genug|de\s+la)\s+)?(?:spaces?|room|platz|place|espacio|sitio)\s+(?:for|für|pour|para)\s+"
    rf"(?:(?:je|about|up\s+to)\s+)?(?P<count>{NUMBER})\s+(?:more\s+|weitere\s+)?(?:{_THINGS})(?:\s+{_EACH})?(?:\s+(?:lassen|frei|freilassen|freihalten|left|free))?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:and\s+|und\s+|et\s+|y\s+)?(?:(?:which|whose|whom)\b[^?]*|that\s+(?:we|they|you|i|he|she)\s.*|(?:who|that)(?:\s+(?:\w+ed\s|\w+s|have|are|can|will|then|also|in\s+turn)\b.*|\s*$)"
    r"|where\s+(?:(?:an?|the|each|every|all)\s.*|\w+\s+(?:is|are|can|has|will|does)\b.*)"
    r"|(?:each|every|both|all|one)\s+(?:with|of\s+(?:which|them|these|those|the)|having|has|have|in|on|its)\b.*"
    r"|(?:jede[rs]?|jeweils|je)\s+(?:mit|davon|hat)\b.*|welche[rsnm]?\b.*|beide\s+(?:in|mit)\b.*"
    r"|(?:qui|dont|chacune?|lequel|laquelle)\b.*|(?:cuy[oa]s?|cada\s+un[oa]|el\s+cual|la\s+cual|que\s+\S+)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(
    r"(?:and\s+|but\s+|und\s+)?(?:if|unless|otherwise|whenever|provided\s+that|in\s+case|wenn|falls|sofern|sonst|sinon|si\s+\S+|si\s+no\b"
    r"|sino\b|\u5982\u679c|\u5426\u5219)\b.*|(?:else|or\s+else)\s.+",
    re.IGNORECASE | re.DOTALL,
)
_COLOR = "|".join(COLORS)
_LOOKS = (
    rf"nice(?:r|ly)?|prett(?:y|ier)|beautiful(?:ly)?|simple|clear(?:ly)?|clean|readable|colou?rful|colou?red|big(?:ger)?|large(?:r)?|small(?:er)?"
    rf"|compact|professional(?:ly)?|tidy|neat(?:ly)?|short|short(?:er)?|fun|modern|{_COLOR}|bunt|schön|übersichtlich|einfach|groß|klein|farbig"
    rf"|joli|beau|simple|clair|lisible|coloré|bonito|sencillo|claro|legible|colorido"
)
_DRAWN = (
    r"diagrams?|(?:flow|org)?charts?|drawings?|pictures?|arrows?|box(?:es)?|shapes?|colou?rs?|colou?r-cod\w+|fonts?|layout|style|background|legend"
    r"|(?:a|the)\s+title|spaces?|room|lines?|icons?|slides?|canvas|whiteboard|left\s+to\s+right|top\s+to\s+bottom|landscape|pastel\w*"
    r"|farben?|pfeile?|kästchen|kasten|diagramm|platz|legende|titel|symbole?|couleurs?|flèches?|boîtes?|diagramme|légende|titre|espace"
    r"|color(?:es)?|flechas?|cajas?|diagrama|leyenda|título|espacio"
)
_WISH = re.compile(
    rf"(?:(?:and|also|but|please|then|und|bitte|ansonsten)[\s,]+)*"
    rf"(?:(?:make|keep|draw|let|get)\s+(?:it|them|this|everything|that|the\s+(?:whole\s+thing|result))\b(?:\s+\w+){{0,4}}?\s+(?:{_LOOKS})\b.*"
    rf"|(?:make|keep|draw)\s+(?:it|them)\s+(?:{_LOOKS})\b.*"
    rf"|(?:it|this|they|everything|das|es)\s+(?:should|must|has\s+to|needs?\s+to|can|may|soll|sollte|muss|darf)\b.*"
    rf"|(?:sort|order|rank|number|group|list)\s+(?:them|it|everything|these|the\s+(?:cards|items|boxes))\b.*"
    rf"|(?:make|use|using|keep|leave|add|put|give|draw|show|include|colou?r|highlight|mark|arrange|style|format|place|align|label|number|don['\u2019]t|do\s+not|try)\s"
    rf"(?:[\w\s-]*?\s)?(?:{_DRAWN})\b.*"
    rf"|(?:in|with)\s+(?:(?:bright|nice|different|our|the|pastel|corporate|company)\s+)*(?:colou?rs?|{_COLOR}|black\s+and\s+white)(?:\s+(?:boxes|arrows|lines))?"
    rf"|(?:mach|mache|nutze|benutze|nimm|verwende|lass|lasse|füge|zeichne|male|stelle?|halte?)\s.*?\b(?:{_DRAWN}|{_LOOKS})\b.*"
    rf"|(?:fais|rends|utilise|laisse|ajoute|garde|mets)\s.*?\b(?:{_DRAWN}|{_LOOKS})\b.*"
    rf"|(?:haz(?:lo)?|usa|deja|añade|pon|mantén)\s.*?\b(?:{_DRAWN}|{_LOOKS})\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_GREETING = re.compile(
    r"(?i:hi|hello|hey|hiya|dear\s+\w+|good\s+(?:morning|afternoon|evening|day)|hallo|guten\s+(?:morgen|tag|abend)|moin|servus|liebe[rs]?\s+\w+"
    r"|sehr\s+geehrte\w*|bonjour|salut|bonsoir|hola|buen(?:os|as)\s+\w+)(?:\s+(?:there|team|all|everyone|everybody|folks|zusammen|alle|liebes|à\s+tous"
    r"|a\s+todos|[A-Z]\w+)){0,3}",
)
_THANKS = re.compile(
    r"(?:(?:many\s+|vielen\s+|herzlichen\s+|muchas\s+)?(?:thanks|thank\s+you|thx|ty|cheers|danke(?:sch\u00f6n)?|dank|merci|gracias)"
    r"|(?:all\s+the\s+best|best|kind|warm|best\s+wishes)(?:\s+(?:regards|wishes))?|regards|sincerely|yours|viele\s+gr\u00fc\u00dfe|liebe\s+gr\u00fc\u00dfe|lg|mfg"
    r"|(?:mit\s+)?(?:freundlichen|besten)\s+gr\u00fc\u00dfen|gru\u00df|cordialement|bien\s+\u00e0\s+(?:vous|toi)|(?:un\s+)?saludos?|cordiales\s+saludos)"
    r"(?:\s+(?:a\s+lot|so\s+much|very\s+much|in\s+advance|everyone|all|team|again|im\s+voraus|sehr|beaucoup|d'avance|de\s+antemano"
    r"|for\s+(?:your|the)\s+\w+|for\s+helping))?",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"(?:(?:and|but|oh|so|by\s+the\s+way|btw|fyi|note\s+that|ps:?|p\.s\.:?|note:|übrigens)[\s,:]+)*"
    r"(?:(?:this|that|it|these|those)(?:['\u2019]s|\s+(?:is|was|will\s+be|would\s+be|are))\s+(?:just\s+|only\s+|all\s+|really\s+|not\s+)?"
    r"(?:for|a|an|the|my|our|what|how|all|about|urgent|important|due|needed|meant|draft|fine|ok|okay|everything|enough|based|part|so|very|due|from)\b.*"
    r"|there\s+(?:is|are|was|were|will\s+be)\s.*"
    r"|(?:i|we|my\s+\w+|our\s+\w+|you)\s+(?:['\u2019]?(?:d|ll|ve|m|re)\s|need|want|wants|would|hope|think|have\s+(?:been|to|a|an|the|no|\w+\s+\w+s)|am|are\s+(?:not|still|just|a|the|in)"
    r"|will\s+(?:use|present|show|discuss|need)|use\s+(?:this|it)|like|likes|love|don['\u2019]t|do\s+not|can['\u2019]t|know|guess|asked|said|told|started|started|talked|discussed)\b.*"
    r"|(?:i|we)['\u2019](?:d|ll|ve|m|re)\s.*"
    r"|(?:my|our)\s+\w+\s+(?:will|has|had|is|are|was|wants?|needs?|can|could|should|would|must|said|says|asked|likes?|thinks?)\b.*"
    r"|(?:mein\w*|unser\w*)\s+\w+\s+(?:wird|hat|ist|will|braucht|kann|soll|muss|möchte)\b.*|(?:mon|ma|notre)\s+\w+\s+(?:va|a|est|veut|doit|peut)\b.*|(?:mi|nuestr[oa])\s+\w+\s+(?:va|ha|es|está|quiere|debe|puede)\b.*"
    r"|let\s+me\s+know\b.*|(?:attached|as\s+(?:discussed|agreed|promised)|here(?:['\u2019]s|\s+(?:is|are)))\b.*|no\s+(?:hurry|rush|need)\b.*|take\s+your\s+time\b.*|(?:the\s+)?(?:rest|details|deadline|meeting|presentation|workshop)\s+(?:is|are|will|can|comes?|follows?|starts?)\b.*"
    r"|(?:needed|wanted|due|required|meant|intended|asap|as\s+soon\s+as\s+possible)\b.*|enjoy\b.*|(?:all|everything)\s+(?:with)?in\s.*"
    r"|for\s+(?:\d+(?:st|nd|rd|th)?\s+)?(?:grade|graders|year|beginners|kids|children|adults|everyone|everybody)\b.*"
    r"|for\s+(?:my|our|the|a)\s+(?:boss|team|meeting|presentation|class|workshop|slides?|report|investors?|customers?|board|colleagues?|management|students|lesson|thesis)\b.*"
    r"|(?:nothing|nobody|everything|everyone|anything)\s+(?:else\s+)?\w+s\b.*"
    r"|(?:thank\s+you|hope)\s+\w+.*|(?:more|details)\s+(?:later|to\s+come|to\s+follow).*|(?:etc|and\s+so\s+on)\b.*"
    r"|(?:das|dies|es|hier)\s+(?:ist|sind|wäre|wird|war|brauche\w*)\b.*|(?:ich|wir|mein\w*\s+\w+)\s+(?:brauch\w*|möcht\w*|hätt\w*|will|wollen|würd\w*|hab\w*|bin|sind|hoff\w*|denk\w*)\b.*|es\s+(?:gibt|geht|eilt)\b.*"
    r"|(?:für|fürs)\s+(?:meine\w*|unsere\w*|die|den|das|ein\w*)?\s*(?:chef\w*|team|meeting|präsentation|besprechung|kurs|unterricht|klasse|kunden|vortrag)\b.*"
    r"|(?:c['\u2019]est|ce\s+sont|il\s+y\s+a|j['\u2019]ai|je\s+(?:veux|voudrais|suis)|nous\s+(?:avons|voulons|sommes)|on\s+a|pour\s+(?:mon|ma|notre|la|le)\s+(?:chef|équipe|réunion|présentation|cours|classe))\b.*"
    r"|(?:es\s+(?:para|un|una)|esto\s+es|son\s+para|hay|tengo|quiero|necesito|necesitamos|queremos|para\s+(?:mi|la|el|nuestra)\s+(?:jefe|jefa|equipo|reunión|presentación|clase))\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_COUNTED_IN_PARENTHESES = re.compile(
    rf"\((?:{NUMBER}\s+(?:\w+\s+)?(?:{_THINGS})|empty|leer|vide|vac\u00edo)\)$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}[.)]\s+\w")
_LEFT_OVER = re.compile(r"(?:and|plus)\s+(?:an?|the|some)\s", re.IGNORECASE)
_SHOWN = re.compile(r"\d{1,3}\s+[\w\s]+\s(?:shown|displayed|visible|listed)", re.IGNORECASE)
_ANY_EACH = re.compile(
    rf"{_WITH}(?:(?:leave|add|draw|put|have|give)\s+)?(?:(?P<before>je|jeweils|chacune?\s+avec|cada\s+un[oa]\s+con|each\s+(?:with|has|having))\s+)?(?:(?:about|at\s+least|at\s+most|up\s+to|max\.?|min\.?)\s+)?(?P<count>{NUMBER})\s+"
    rf"(?P<thing>\w+(?:\s+\w+){{0,2}}?)(?P<each>\s+{_EACH})?",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:it|they|this|that|these|those|he|she|we|i|you|them|both|which|who|each(?:\s+\w+)?|every(?:\s+\w+)?|(?:either|neither)(?:\s+\w+)?"
    r"|sie|er|jede[rs]?(?:\s+\w+)?|il|elle|ils|elles|chaque\s+\w+|cada\s+\w+)",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:but|only|aber|nur|mais|pero|solo|sólo|seulement|except|außer|sauf|excepto)\s.*|.*\b(?:except|unless|but\s+only|only\s+if|only\s+when|außer\s+wenn|nur\s+wenn|sauf\s+si|excepto\s+si)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_SUBCLAUSE = re.compile(
    r",\s*(?:who|whose|which|where|welche[rs]?|qui|dont|cuy[oa])\b", re.IGNORECASE
)
_TWO_SENTENCES = re.compile(r"[^\W\d_]{3,}[.!?]\s+[A-Z]")
_MANY = re.compile(
    rf"(?:\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|several|many|some|a\s+few|{_NUMBER_WORDS}|mehrere|einige|plusieurs|vari[oa]s)\s+(?:[\w-]+\s+){{0,2}}[\w-]+",
    re.IGNORECASE,
)
_PLACING = re.compile(
    r"(?:please\s+)?(?:put|place|move|add)\s.*\s(?:in|into|to|under|between)\s.*", re.I | re.S
)
_RELATION = re.compile(
    r"^\w+s\s+(?:to|from)\s|^(?:both|they|it|each|every)\s+\S+\s+\S|\w\s+(?:under|below|beneath|unter)\s+\w|\S\s+(?:is|are|was|were)\s+\S|\b(?:reports?\s+(?:directly\s+)?(?:in)?to|talks?\s+to|belongs?\s+to|depends?\s+on|routes?\s+to|has\s+(?:many|its|an?)|have\s+(?:many|their)"
    r"|berichte(?:t|n)\s+an|untersteh(?:t|en)|spricht\s+mit|sprechen\s+mit|gehör(?:t|en)\s+zu|hat\s+(?:viele|eine?n?)|haben\s+viele"
    r"|dépend(?:ent)?\s+de|relève(?:nt)?\s+de|parle(?:nt)?\s+à|a\s+plusieurs|ont\s+plusieurs|reportan?\s+a|depende(?:n)?\s+de|hablan?\s+con|tienen?\s+much[oa]s)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 9
_LONGEST_CLAUSE = 300


Labels = Literal["names", "phrases", "steps", "anything"]


class Aside(Enum):
    """What a clause says that is no part of the drawing."""

    GREETING = "greeting"
    THANKS = "thanks"
    ROOM = "room"
    COUNT = "count"
    WISH = "wish"
    COMMENT = "comment"


def what_is_it(clause: str) -> Aside | None:
    """What a whole clause says besides the drawing; None for what may be content."""
    clause = clause.strip(" \t\n.,;!()\u00a1")
    if not clause or len(clause) > _LONGEST_CLAUSE:
        return None
    for pattern, aside in (
        (_THANKS, Aside.THANKS),
        (_GREETING, Aside.GREETING),
        (ROOM, Aside.ROOM),
        (_WISH, Aside.WISH),
        (_COMMENT, Aside.COMMENT),
    ):
        if pattern.fullmatch(clause):
            return aside
    counted = counted_in(clause)
    return Aside.COUNT if counted and (counted["each"] or counted["before"]) else None


def _hangs_on(part: str) -> bool:
    """Whether what stands behind a comma of a label belongs to a sentence, not to a name."""
    if any(one.fullmatch(part) for one in (_RELATIVE, _CONDITION, _LIMIT)):
        return True
    return what_is_it(part) is not None


def counted_in(clause: str) -> re.Match[str] | None:
    """The count in a clause of which `what_is_it` says that it is one."""
    return COUNT.fullmatch(clause) or _ANY_EACH.fullmatch(clause)


def _is_piece(label: str) -> bool:
    """Whether a label is torn out of a sentence, whatever kind of drawing it stands in."""
    if _COUNTED_IN_PARENTHESES.search(label):
        return True
    if any(one.fullmatch(label) for one in (_RELATIVE, _CONDITION, _LIMIT)):
        return True
    if _PRONOUN.fullmatch(label) and not (label.isupper() and len(label) > 1):  # "IT", "US"
        return True
    return any(_hangs_on(part) for part in label.split(", ")[1:]) or bool(_SUBCLAUSE.search(label))


def is_no_name(label: str, labels: Labels) -> bool:
    """Whether a label is a piece of a sentence that the kind's grammar does not expect there."""
    label = label.strip()
    if labels == "anything":
        return _SHOWN.fullmatch(label) is not None or _LEFT_OVER.match(label) is not None
    if _is_piece(label):
        return True
    aside = what_is_it(label)
    if aside in (Aside.ROOM, Aside.COUNT, Aside.COMMENT):
        return True
    if labels == "steps":  # "draw the lines" can be a step
        return False
    if aside is Aside.WISH or COUNT.fullmatch(label) or _PLACING.fullmatch(label):
        return True
    torn = label.count("(") != label.count(")")
    if torn or _TWO_SENTENCES.search(label) or _NUMBERED.search(label):
        return True
    return labels == "names" and (
        _RELATION.search(label) is not None
        or _MANY.fullmatch(label) is not None
        or len(words(label)) > _LONGEST_NAME
    )
