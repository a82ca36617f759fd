"""Reads a process: arrows, sequences, questions with branches, jumps. Gives a flowchart."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.offline import conditions, jumps, labels
from app.domain.planning.offline.flow_state import FlowState
from app.domain.planning.offline.tokens import T, Token, TokenCursor, tokenize
from app.domain.planning.plan import Direction, Kind
from app.domain.planning.text import key, nice

_POLAR_START = re.compile(
    r"(yes|no|y|n|true|false)(?:\s*[:,=]\s*|\s+-\s+|\s+|$)(.*)", re.IGNORECASE | re.DOTALL
)
_ORDINAL = re.compile(r"(?:first(?:ly)?|next|finally|lastly|secondly|step\s+\d+\s*:)[,:]?\s+", re.I)
_SUBJECT = re.compile(r"^(?:the\s+|(?:it|this|that)(?:\s+is|['\u2019]s)\s+|they\s+are\s+)", re.I)


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
                self._if(token.text)
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
        if self.link.kind in (T.SEP, T.COMMA) or not self.builder.nodes:
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
            text = self._without_label(text)
        elif not self.builder.nodes and self.has_arrows and not self.builder.title:
            self.builder.title, text = labels.title_and_step(text)
        if labels.is_check(text):
            self.state.ask(nice(text), asked=False)
            self.branching = False
            return
        for part in jumps.parts(text):
            jump = jumps.jump(part) if self.builder.nodes else None
            if jump is None:
                self.state.step(part)
            else:
                self.state.follow(jump, part)

    def _without_label(self, text: str) -> str:
        """ "b: label" after an arrow: the label goes to the arrow."""
        if any(label for _, label in self.state.cursor):
            return text
        target, label = labels.target_and_label(text)
        if label:
            self.state.label_cursor(label)
        return target

    # -- conditions ----------------------------------------------------------------------

    def _if(self, word: str) -> None:
        token = self.ahead.peek()
        if token is None or token.kind is not T.TEXT:
            raise NotUnderstood('After "if", write the answer or the condition, then what happens.')
        self.ahead.take()
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
            self._begin(answer, reading.label)
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
            if top and missing and (not state.cursor or (boundary and not top.asked)):
                state.take(top, missing, missing)
            label = _SUBJECT.sub("", condition.strip(), count=1)
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
