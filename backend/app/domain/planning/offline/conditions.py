"""Tells the condition from the action in what follows "if"."""

import re
from dataclasses import dataclass

from app.domain.errors import NotUnderstood
from app.domain.planning.lexicon import NO, YES, action_start, starts_with_verb
from app.domain.planning.offline.flow_state import Decision, FlowState
from app.domain.planning.text import key, vocabulary

_POLAR = re.compile(
    r"(?:the\s+answer\s+is\s+)?(?P<word>yes|no|ja|nein|oui|non|s\u00ed|si(?=\s*[:,]|$)|\u662f|\u4e0d\u662f|\u5426|\u306f\u3044|\u3044\u3044\u3048|yep|nope|true|false|so|okay|ok|it\s+is(?:\s+not|n['\u2019]t)?"
    r"|it\s+isn['\u2019]t|it['\u2019]s\s+not|it\s+does(?:\s+not|n['\u2019]t)?|they\s+are(?:\s+not|n['\u2019]t)?|not)"
    r"(?P<mark>\s*[:,]\s*|\s+-\s+|\s+|$)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SHOWN = vocabulary(
    "yes no true false ja nein oui non s\u00ed si "
    "\u662f \u5426 \u4e0d\u662f \u306f\u3044 \u3044\u3044\u3048"
)
_COLON = re.compile(r"\s*:\s+|:$")


@dataclass(frozen=True)
class Condition:
    """`answer` is yes or no where the words say so; `label` what stands at the arrow or in the
    question; `action` what follows in the same text."""

    answer: str | None
    label: str
    action: str


def polar(label: str) -> str | None:
    """Whether a whole label says yes or no."""
    word = key(label) if label else ""
    return "yes" if word in YES else "no" if word in NO else None


def has_action(text: str) -> bool:
    at = action_start(text)
    return at is not None and (" " in text[at:].strip())


def _polar_of(word: str) -> str:
    plain = re.sub(r"\s+", " ", word.casefold().replace("\u2019", "'"))
    if plain in NO or plain.endswith((" not", "n't")):
        return "no"
    return "yes"


def answer_at_start(text: str, decision: Decision) -> str | None:
    """The answer that a text after "if" gives to this question, if any."""
    match = _POLAR.fullmatch(text)
    if match:
        return _polar_of(match["word"])
    return decision.polarity(_condition_of(text))


def _condition_of(text: str) -> str:
    colon = _COLON.search(text)
    if colon:
        return text[: colon.start()]
    start = action_start(text)
    return text if start is None else text[:start].strip()


def read(text: str, state: FlowState, explicit: bool) -> Condition:
    """Read what stands between "if" and the next separator. `explicit`: a comma or "then"
    follows, so that all of it is the condition."""
    polar = _POLAR.fullmatch(text)
    if polar and _is_answer(polar, state, explicit):
        word = re.sub(r"\s+", " ", polar["word"])
        return Condition(_polar_of(word), _shown(word), polar["rest"].strip())
    condition, action = _cut(text, state, explicit)
    top = state.stack[-1] if state.stack else None
    answer = top.polarity(condition) if top else None
    if top and answer and not top.switch:
        return Condition(answer, answer, action)
    return Condition(None, condition, action)


def _shown(word: str) -> str:
    return word if word.casefold() in _SHOWN else _polar_of(word)


def _is_answer(polar: re.Match[str], state: FlowState, explicit: bool) -> bool:
    """ "if no email was given" is a condition, "if no show error" an answer."""
    rest, word = polar["rest"].strip(), polar["word"].casefold()
    if not rest or polar["mark"].strip() or word in _SHOWN - {"no"}:
        return True
    if " " in word and (explicit or " " not in rest):
        return False
    if starts_with_verb(rest):
        return True
    if word == "no":
        decision = state.lacking("no")
        answered = decision is not None and "yes" in decision.used
        return decision is not None and decision.asked and (answered or not explicit)
    return False


def _cut(text: str, state: FlowState, explicit: bool) -> tuple[str, str]:
    colon = _COLON.search(text)
    if colon:
        return text[: colon.start()].strip(), text[colon.end() :].strip()
    if explicit:
        return text, ""
    start = action_start(text)
    if start is not None:
        return text[:start].strip(" -"), text[start:].strip()
    top = state.stack[-1] if state.stack else None
    first, _, rest = text.partition(" ")
    if top and top.asked and (top.switch or not top.used) and rest:
        return first, rest.strip()
    raise NotUnderstood(
        f'In "if {text[:80]}", it is not clear where the condition ends. '
        'Put a comma after it: "if the payment fails, show an error".'
    )
