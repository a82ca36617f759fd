"""Who talks to whom: the verbs that connect two things, and what is a group of things instead."""

import re

from app.domain.planning.offline.sections import named
from app.domain.planning.offline.tokens import T, tokenize

GENERIC = r"(?:talks?|connects?|links?|is\s+connected|are\s+connected|speaks?)\s+(?:to|with)"
VERBS = (
    r"calls?|uses?|depends?\s+on|reads?\s+from"
    r"|writes?\s+to|reads?\s+and\s+writes?(?:\s+to)?|(?:stores?|caches?)\s+(?:\w+\s+)?in"
    r"|sends?\s+(?:\w+\s+){0,3}?to|queries|query"
    r"|publish(?:es)?\s+(?:\w+\s+)?to|subscribes?\s+to|feeds?|pushes\s+(?:\w+\s+)?to|pulls?\s+from|forwards?\s+to"
    r"|routes?\s+(?:\w+\s+)?to|accesses|access|syncs?\s+with|replicates?\s+to|fetch(?:es)?\s+from|listens?\s+to"
    r"|authenticates?\s+(?:with|against|via)|notif(?:y|ies)|consumes?(?:\s+from)?|triggers?"
)
VERB = re.compile(
    rf"\s+(?:(?:all|both|each)\s+)?(?:(?P<plain>{GENERIC})|(?P<verb>{VERBS}))\s+", re.IGNORECASE
)


def has_arrow(part: str) -> bool:
    return any(token.kind is T.ARROW for token in tokenize(part))


def is_group(part: str) -> bool:
    head = named(part)
    return bool(head and head[1] and not has_arrow(part) and not VERB.search(head[0]))
