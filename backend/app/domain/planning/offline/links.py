"""Who talks to whom: the verbs that connect two things, and what is a group of things instead."""

import re

from app.domain.planning.offline.sections import named
from app.domain.planning.offline.tokens import T, tokenize

GENERIC = (
    r"(?:talks?|connects?|links?|is\s+connected|are\s+connected|speaks?)\s+(?:to|with)"
    r"|(?:spricht|sprechen|redet|kommuniziert|kommunizieren)\s+mit|parle(?:nt)?\s+(?:\u00e0|avec)"
    r"|hablan?\s+con"
)
VERBS = (
    r"calls?|uses?|depends?\s+on|reads?\s+from"
    r"|writes?\s+to|reads?\s+and\s+writes?(?:\s+to)?|(?:stores?|caches?)\s+(?:\w+\s+)?in"
    r"|sends?\s+(?:\w+\s+){0,3}?to|queries|query"
    r"|publish(?:es)?\s+(?:\w+\s+)?to|subscribes?\s+to|feeds?|pushes\s+(?:\w+\s+)?to|pulls?\s+from|forwards?\s+to"
    r"|routes?\s+(?:\w+\s+)?to|accesses|access|syncs?\s+with|replicates?\s+to|fetch(?:es)?\s+from|listens?\s+to"
    r"|authenticates?\s+(?:with|against|via)|notif(?:y|ies)|consumes?(?:\s+from)?|triggers?"
    r"|(?:prox(?:y|ies)|delegates?|dispatches|submits?|delivers?|streams?|exports?|loads?|posts?|redirects?|passes)\s+(?:\w+\s+)?(?:to|from|into)"
    r"|verbinde(?:t|n)\s+sich\s+mit|ruf(?:t|en)|nutz(?:t|en)|verwende(?:t|n)|(?:liest|lesen)\s+(?:aus|von)|schreib(?:t|en)\s+(?:in|an)"
    r"|sende(?:t|n)\s+(?:\w+\s+)?an|leite(?:t|n)\s+(?:\w+\s+)?an|appelle(?:nt)?|utilise(?:nt)?|(?:lit|lisent)\s+(?:dans|depuis)"
    r"|\u00e9cri(?:t|vent)\s+dans|envoie(?:nt)?\s+(?:\w+\s+)?\u00e0|llaman?\s+a|usan?|leen?\s+de|escriben?\s+en|env\u00edan?\s+(?:\w+\s+)?a"
)
VERB = re.compile(
    rf"\s+(?:(?:all|both|each)\s+)?(?:(?P<plain>{GENERIC})|(?P<verb>{VERBS}))\s+", re.IGNORECASE
)


def has_arrow(part: str) -> bool:
    return any(token.kind is T.ARROW for token in tokenize(part))


def is_group(part: str) -> bool:
    head = named(part)
    return bool(head and head[1] and not has_arrow(part) and not VERB.search(head[0]))
