"""Reads a process: arrows, sequences, questions with branches, jumps. Gives a flowchart."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.offline import conditions, jumps
from app.domain.planning.offline.flow_state import FlowState
from app.domain.planning.offline.tokens import T, Token, TokenCursor, tokenize
from app.domain.planning.plan import Direction, Kind
from app.domain.planning.text import key, nice

_POLAR_START = re.compile(
    r"(yes|no|y|n|true|false)(?:\s*[:,=]\s*|\s+-\s+|\s+|$)(.*)", re.IGNORECASE | re.DOTALL
)
_CHECK = re.compile(
    r"(?:(?:the\s+)?\w+\s+)?(?:checks?|verif(?:y|ies)|decides?|determines?|validates?|tests?|sees?)"
    r"\s+(?:if|whether)\s+(?P<condition>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ORDINAL = re.compile(r"(?:first(?:ly)?|next|finally|lastly|secondly|step\s+\d+\s*:)[,:]?\s+", re.I)
_NUMBERED = re.compile(
    r"(?:step|phase|part|stage|day|week|month|level|version|v|q|h|no)\.?\s*\d*$", re.I
)


class FlowReader:
    """One pass over the tokens; each token is looked at a constant number of times."""

    def __init__(self, text: str, builder: GraphBuilder) -> None:
        tokens = tokenize(text)
        self.ahead = TokenCursor(tokens)
        self.builder = builder
        self.state = FlowState(self.builder)
        self.has_arrows = any(token.kind is T.ARROW for token in tokens)
        self.link: Token = Token(T.SEP)
        self.fresh = False
        self.branching = False
        self.clause_arrows = False

    def read(self) -> GraphBuilder:
        while (token := self.ahead.take()) is not None:
            self._take(token)
        self._mark_questions()
        return self.builder

    def _take(self, token: Token) -> None:
        match token.kind:
            case T.TEXT:
                self._text(token.text)
            case T.ARROW:
                self._arrow(token)
            case T.IF:
                self._if(negated=token.text == "unless")
            case T.ELSE:
                self._else()
            case T.ASK:
                pass
            case T.THEN:
                self._then(token)
            case T.COMMA | T.SEP:
                self.clause_arrows = self.clause_arrows and token.kind is T.COMMA
                self.link = token

    # -- links ---------------------------------------------------------------------------

    def _arrow(self, token: Token) -> None:
        polar = conditions.polar(token.label)
        if polar and self.link.kind is not T.TEXT and self.state.lacking(polar):
            self.state.answer(polar, token.label)
        elif polar and self.state.stack and self.state.cursor == [(self.state.stack[-1].node, "")]:
            self.state.take(self.state.stack[-1], polar, token.label)
        elif token.label:
            self._case(token.label)
        self.state.line, self.state.arrow = token.line, token.arrow
        self.link = token
        self.clause_arrows = True

    def _case(self, label: str) -> None:
        stack = self.state.stack
        if stack and (self.link.kind is not T.TEXT or self.state.cursor == [(stack[-1].node, "")]):
            self.state.take(stack[-1], key(label), label)
        else:
            self.state.label_cursor(label)

    def _then(self, token: Token) -> None:
        if self.link.kind is T.SEP and self.state.stack and not self.fresh:
            self.state.join()
        self.link = token

    # -- texts ---------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self.link.kind is T.SEP or not self.builder.nodes:
            text = _ORDINAL.sub("", text, count=1).strip() or text
        if self._answered(text):
            return
        self._place(text)
        self.link = Token(T.TEXT)
        self.fresh = False

    def _answered(self, text: str) -> bool:
        """ "yes: send mail" after a question is a branch."""
        match = _POLAR_START.fullmatch(text)
        if not match or self.ahead.next_is(T.ASK) or self.fresh or not self.state.stack:
            return False
        answer = conditions.polar(match[1])
        if answer is None or self.state.lacking(answer) is None:
            return False
        if self.link.kind is T.ARROW and not self._at_fresh_question():
            return False
        self._begin(answer, match[1])
        if match[2].strip():
            self._text(match[2].strip())
        return True

    def _at_fresh_question(self) -> bool:
        stack = self.state.stack
        return (
            bool(stack)
            and self.state.cursor == [(stack[-1].node, "")]
            and self.ahead.next_is(T.ARROW)
        )

    def _begin(self, answer: str, label: str) -> None:
        self.state.answer(answer, label)
        self.fresh = self.branching = True

    def _place(self, text: str) -> None:
        """Decide where a text belongs, then draw it."""
        if self.fresh or self.link.kind in (T.ARROW, T.THEN):
            self._draw(text, after_arrow=self.link.kind is T.ARROW)
        elif self.link.kind is T.COMMA:
            self._after_comma(text)
        else:
            self._after_separator(text)

    def _after_comma(self, text: str) -> None:
        if self.branching or not self.has_arrows or self.ahead.next_is(T.ASK):
            self._draw(text)
        elif self.ahead.segment_has_arrow():
            ends = [] if self.clause_arrows else self.state.cursor
            self._begin_chain(text)
            self.state.cursor = [*ends, *self.state.cursor]
        else:
            self._fan(text)

    def _fan(self, text: str) -> None:
        for part in re.split(r"^and\s+|\s+and\s+(?=\S+$)", text):
            if part.strip():
                self.state.beside(part)

    def _after_separator(self, text: str) -> None:
        known = self.builder.find(text + "?" if self.ahead.next_is(T.ASK) else text)
        if self.state.stack and not (known and self.ahead.segment_has_arrow()):
            if self.branching and not self._sibling_ahead() and not jumps.jump(text):
                self.state.join()
                self.branching = False
            self._draw(text)
        elif (known is not None and self.ahead.segment_has_arrow()) or self._starts_new_chain():
            self._begin_chain(text)
        else:
            self._draw(text)

    def _begin_chain(self, text: str) -> None:
        """A chain of its own, at a known node or at a new one."""
        self.branching = False
        known = self.builder.find(text + "?" if self.ahead.next_is(T.ASK) else text)
        self.state.resume(known)
        if known is None:
            self._draw(text)
        elif self.ahead.next_is(T.ASK):
            self.ahead.take()

    def _starts_new_chain(self) -> bool:
        if not self.has_arrows or self.ahead.next_is(T.ASK):
            return False
        return self.link.text != "." or self.ahead.segment_has_arrow()

    def _sibling_ahead(self) -> bool:
        """Whether the innermost open question gets its other answer later on."""
        decision = self.state.stack[-1] if self.state.stack else None
        missing = decision.missing() if decision else None
        if decision is None or missing is None:
            return False
        condition = self.ahead.next_condition()
        if condition is None:
            return False
        return condition == "" or conditions.answer_at_start(condition, decision) == missing

    # -- steps and questions -------------------------------------------------------------

    def _draw(self, text: str, after_arrow: bool = False) -> None:
        if self.ahead.next_is(T.ASK):
            self.ahead.take()
            self.state.ask(nice(text) + "?")
            self.branching = False
            return
        if after_arrow:
            text = self._labelled_target(text)
        elif not self.builder.nodes:
            text = self._take_title(text)
        check = _CHECK.fullmatch(text)
        if check:
            self.state.ask(nice(text), asked=False)
            self.branching = False
            return
        for part in jumps.parts(text):
            jump = jumps.jump(part) if self.builder.nodes else None
            if jump is None:
                self.state.step(part)
            else:
                self.state.follow(jump, part)

    def _labelled_target(self, text: str) -> str:
        """ "b: label" after an arrow: the label goes to the arrow."""
        left, colon, right = text.rpartition(": ")
        if not colon or not left.strip() or not right.strip() or _NUMBERED.match(left.strip()):
            return text
        if any(label for _, label in self.state.cursor) or text.lstrip()[0] in "\"'(":
            return text
        self.state.label_cursor(right.strip())
        return left

    def _take_title(self, text: str) -> str:
        left, colon, right = text.partition(": ")
        titled = colon and right.strip() and self.has_arrows and not self.builder.title
        if not titled or len(left) > 60 or _NUMBERED.match(left.strip()):
            return text
        self.builder.title = nice(left)
        return right

    # -- conditions ----------------------------------------------------------------------

    def _if(self, negated: bool = False) -> None:
        token = self.ahead.peek()
        if token is None or token.kind is not T.TEXT:
            raise NotUnderstood('After "if", write the answer or the condition, then what happens.')
        self.ahead.take()
        boundary = self.link.kind in (T.COMMA, T.SEP) or not self.builder.nodes
        reading = conditions.read(token.text, self.state, explicit=self._condition_ends_here())
        self.link = Token(T.TEXT)
        if reading.answer:
            answer = _flip(reading.answer) if negated else reading.answer
            self._begin(answer, reading.label)
        else:
            self._condition(reading.label, boundary, negated)
        if reading.action:
            self._text_after_condition(reading.action)

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
            if top and missing and (not state.cursor or (boundary and not top.asked)):
                state.take(top, missing, missing)
            label = re.sub(r"^the\s+", "", condition.strip(), flags=re.IGNORECASE)
            state.ask(nice(label) + "?", asked=False)
            state.take(state.stack[-1], "no" if negated else "yes", "no" if negated else "yes")
        self.fresh = self.branching = True

    def _text_after_condition(self, action: str) -> None:
        self._draw(action)
        self.fresh = False

    def _else(self) -> None:
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

    def _mark_questions(self) -> None:
        """A step whose arrows are labelled yes and no is a question."""
        for node in list(self.builder.nodes):
            answers = {conditions.polar(edge.label) for edge in self.builder.outgoing(node.id)}
            if {"yes", "no"} <= answers and node.shape == "rectangle":
                self.builder.replace(node.model_copy(update={"shape": "diamond"}))


def _flip(answer: str) -> str:
    return "no" if answer == "yes" else "yes"


def read_flow(
    text: str,
    *,
    kind: Kind = "flowchart",
    direction: Direction = "down",
    title: str = "",
    builder: GraphBuilder | None = None,
) -> GraphBuilder:
    """Read a process into a new builder, or into a given one."""
    return FlowReader(text, builder or GraphBuilder(kind, direction, title)).read()
