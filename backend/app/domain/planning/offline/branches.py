"""Reads conditions of a process: "if", "otherwise", "unless", before or behind what they guard."""

import re
from abc import ABC, abstractmethod

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.offline import conditions
from app.domain.planning.offline.flow_state import FlowState
from app.domain.planning.offline.tokens import T, Token, TokenCursor, tokenize
from app.domain.planning.text import key, nice

_SUBJECT = re.compile(r"^(?:the\s+|(?:it|this|that)(?:\s+is|['\u2019]s)\s+|they\s+are\s+)", re.I)


class BranchReader(ABC):
    """The tokens, the state of the drawing, and how the text so far is linked to what comes.

    `fresh`: a branch has just begun, so the next text is its first step; `branching`: the text is
    inside a branch; `drawn_arrow`: an arrow stood somewhere already; `clause_arrows`: in this
    clause; `fanned`: what stood
    behind the last arrow is an enumeration.
    """

    def __init__(self, text: str, builder: GraphBuilder) -> None:
        tokens = tokenize(text)
        self.ahead = TokenCursor(tokens)
        self.builder = builder
        self.state = FlowState(self.builder)
        self.has_arrows = any(token.kind is T.ARROW for token in tokens)
        self.link: Token = Token(T.SEP)
        self.link_before = self.link
        self.fresh = False
        self.branching = False
        self.clause_arrows = False
        self.fanned = False
        self.drawn_arrow = False
        self.drawn_then = False

    @abstractmethod
    def draw(self, text: str, after_arrow: bool = False) -> None:
        """Draw a step, a question or a jump."""

    def begin(self, answer: str, label: str) -> None:
        self.state.answer(answer, label)
        self.fresh = self.branching = True

    def read_if(self, word: str) -> None:
        token = self.ahead.peek()
        if token is None or token.kind is not T.TEXT:
            raise NotUnderstood('After "if", write the answer or the condition, then what happens.')
        self.ahead.take()
        self.link_before = self.link
        boundary = self.link.kind in (T.COMMA, T.SEP) or not self.builder.nodes
        if word == "when" and not self.builder.nodes and self.ahead.next_is(T.COMMA):
            self._trigger(token.text)
            return
        negated = word == "unless"
        if self._guarded(token.text, negated):
            return
        reading = conditions.read(token.text, self.state, explicit=self._condition_ends_here())
        self.link = Token(T.TEXT)
        if reading.answer:
            answer = _flip(reading.answer) if negated else reading.answer
            self.begin(answer, reading.label)
        else:
            self._condition(reading.label, boundary, negated)
        if reading.action:
            self._text_after_condition(reading.action)

    def _guarded(self, condition: str, negated: bool) -> bool:
        """ "show error if invalid, otherwise save": the condition stands behind its step."""
        follower = self.ahead.peek(1) if self.ahead.next_is(T.COMMA) else self.ahead.peek()
        ends = follower is None or follower.kind in (T.SEP, T.ELSE)
        if not ends or self.link.kind is not T.TEXT or not self.builder.nodes:
            return False
        if conditions.polar(condition) or conditions.has_action(condition) or ":" in condition:
            return False
        top = self.state.stack[-1] if self.state.stack else None
        if top and self.state.cursor == [(top.node, "")]:
            return False
        question = nice(_SUBJECT.sub("", condition.strip(), count=1)) + "?"
        self.branching = self.state.guard(question, "no" if negated else "yes") or self.branching
        return True

    def _trigger(self, text: str) -> None:
        """ "When the order arrives, ..." at the very beginning is what happens first."""
        self.state.step(re.sub(r"^the\s+", "", text, flags=re.IGNORECASE))
        self.link = Token(T.TEXT)

    def _condition_ends_here(self) -> bool:
        """Whether the whole text after "if" is the condition, by what follows it."""
        if self.ahead.next_is(T.COMMA):
            follower = self.ahead.peek(1)
            return follower is not None and follower.kind in (T.TEXT, T.THEN, T.ARROW)
        if self.ahead.next_is(T.ARROW):
            return not conditions.has_action(self.ahead.last_text())
        return self.ahead.next_is(T.THEN)

    def _condition(self, condition: str, boundary: bool, negated: bool) -> None:
        state = self.state
        top = state.stack[-1] if state.stack else None
        if top and (top.switch or (top.asked and not top.used)):
            state.take(top, key(condition), condition)
        else:
            missing = top.missing() if top else None
            if top and self.link_before.text == "." and {"yes", "no"} <= top.used:
                state.narrow(condition)
            goes_on = top is not None and state.mentions_end(condition, top)
            if (
                top
                and missing
                and not goes_on
                and (not state.cursor or (boundary and not top.asked))
            ):
                state.take(top, missing, missing)
            label = _SUBJECT.sub("", condition.strip(), count=1)
            state.ask(nice(label) + "?", asked=False)
            state.take(state.stack[-1], "no" if negated else "yes", "no" if negated else "yes")
        self.fresh = self.branching = True

    def _text_after_condition(self, action: str) -> None:
        self.draw(action)
        self.fresh = False

    def read_else(self) -> None:
        if self.ahead.next_is(T.COMMA):
            self.ahead.take()
        if self.ahead.next_is(T.IF):
            return
        for decision in reversed(self.state.stack):
            answer = "otherwise" if decision.switch else decision.missing() or (
                "no" if not decision.used else None)  # fmt: skip
            if answer and answer not in decision.used:
                self.state.take(decision, answer, answer)
                self.fresh = self.branching = True
                return
        raise NotUnderstood(
            'There is no condition that "otherwise" could belong to. '
            'Write it like "if paid, ship the order, otherwise send a reminder".'
        )


def _flip(answer: str) -> str:
    return "no" if answer == "yes" else "yes"
