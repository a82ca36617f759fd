"""Reads a process: arrows, sequences, questions with branches, jumps. Gives a flowchart."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.lexicon import VERBS, bare_verb
from app.domain.planning.offline import conditions, jumps, labels
from app.domain.planning.offline.branches import BranchReader
from app.domain.planning.offline.tokens import T, Token
from app.domain.planning.text import key, nice, vocabulary, words

FLOW_WORDS = vocabulary(
    """
    then followed after that this afterwards next finally lastly subsequently both either
    cases case way first firstly zuerst erst danach dann anschließend zuletzt schließlich
    d'abord puis ensuite enfin primero luego después finalmente otherwise s'il s'ils else sonst
    andernfalls sinon contrario lo if when unless wenn falls si yes no ja nein oui non sí y n
    true false so okay ok it not does isn't they are step steps go goes back to loop loops
    jump jumps come comes return returns start starts again over restart restarts repeat
    repeats retry retries try tries begin begins skip continue continues proceed proceeds move
    moves end ends process flow user visitor customer client system he she we you straight
    right one beginning everything scratch check checks verify decide decides determine see
    sees whether that redo redoes heads sends redirects answer 如果 否则 然后 是 否 は い
    """
)

_POLAR_START = re.compile(
    r"(yes|no|y|n|true|false|ja|nein|oui|non|s\u00ed|si|\u662f|\u5426|\u306f\u3044|\u3044\u3044\u3048)(?:\s*[:,=]\s*|\s+-\s+|\s+|$)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ANSWER = re.compile(r"(?:yes|no|ja|nein|oui|non|s\u00ed)\s*:\s", re.IGNORECASE)
_PAIR = re.compile(r"([^\W\d_]+)\s+and\s+([^\W\d_]+)", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:first(?:ly)?|zuerst|erst|d'abord|primero|zuletzt|schlie\u00dflich|enfin|finalmente|por\s+\u00faltimo|next|finally|lastly|secondly|step\s+\d+\s*:)[,:]?\s+",
    re.I,
)

_FIRST = re.compile(r"(?:first|erst)\s+(?!,)", re.IGNORECASE)  # "..., first shift" is a name
_WE = re.compile(
    r"^(?:we|you|i)\s+(?!(?:are|am|have|had|can|could|should|must|will|would|need|want|were|do|did|may)\b)(?=[a-z])",
    re.I,
)
_STATEMENT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|should|must|will|would|ist|sind|war|hat|haben|kann|soll|muss|wird"
    r"|est|sont|doit|peut|está|están|tiene|debe|puede)\b",
    re.IGNORECASE,
)


def _acts(text: str) -> bool:
    """Whether somebody does something in a sentence."""
    return any(bare_verb(word) in VERBS for word in words(text)[:6])


class FlowReader(BranchReader):
    """One pass over the tokens; each token is looked at a constant number of times."""

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
                self.read_if(token.text)
            case T.ELSE:
                self.read_else()
            case T.ASK:
                pass
            case T.THEN:
                self._then(token)
            case T.COMMA | T.SEP:
                self.clause_arrows = self.clause_arrows and token.kind is T.COMMA
                self.fanned = self.fanned and token.kind is T.COMMA
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
        self.fanned = False
        self.drawn_arrow = True
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
        self.drawn_then = True

    # -- texts ---------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self.link.kind in (T.SEP, T.COMMA) or not self.builder.nodes:
            begins = not self.builder.nodes or not _FIRST.match(text)
            text = (_ORDINAL.sub("", text, count=1).strip() or text) if begins else text
        text = _WE.sub("", text, count=1)
        if self._answered(text):
            return
        self._place(text)
        self.link = Token(T.TEXT)
        self.fresh = False

    def _answered(self, text: str) -> bool:
        """ "yes: send mail" after a question is a branch."""
        match = _POLAR_START.fullmatch(text)
        if not match or self.fresh or not self.state.stack:
            return False
        if self.ahead.next_is(T.ASK) and not _ANSWER.match(text):  # "no: is it cold?"
            return False
        answer = conditions.polar(match[1])
        if answer is None or self.state.lacking(answer) is None:
            return False
        if self.link.kind is T.ARROW and not self._at_fresh_question():
            return False
        self.begin(answer, match[1])
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

    def _place(self, text: str) -> None:
        """Decide where a text belongs, then draw it."""
        if self.fresh or self.link.kind in (T.ARROW, T.THEN):
            self.draw(text, after_arrow=self.link.kind is T.ARROW)
        elif self.link.kind is T.COMMA:
            self._after_comma(text)
        else:
            self._after_separator(text)

    def _after_comma(self, text: str) -> None:
        pair = None if self.has_arrows or self.branching else _PAIR.fullmatch(text)
        if pair and self.ahead.peek() is None:  # "cart, payment and receipt": the last two
            self.draw(pair[1])
            self.draw(pair[2])
            return
        if (
            self.branching
            or not self.has_arrows
            or self.ahead.next_is(T.ASK)
            or (self.ahead.question_comes_first() and not self.clause_arrows)
        ):
            self.draw(text)
        elif self.ahead.segment_has_arrow() and not self.fanned:
            ends = [] if self.clause_arrows else self.state.cursor
            self._begin_chain(text)
            self.state.cursor = [*ends, *self.state.cursor]
        else:
            self._fan(text)

    def _fan(self, text: str) -> None:
        """ "a -> b, c" goes to both, and "a -> b, c, d -> e" from all three to e."""
        self.fanned = True
        for part in re.split(r"^and\s+|\s+and\s+(?=\S+$)", text):
            if part.strip():
                self.state.beside(part)

    def _after_separator(self, text: str) -> None:
        if self._is_statement(text):
            self.builder.left.append(text)
            return
        known = self.builder.find(text + "?" if self.ahead.next_is(T.ASK) else text)
        if self.state.stack and not (known and self.ahead.segment_has_arrow()):
            if self.branching and not self._sibling_ahead() and not jumps.jump(text):
                self.state.join()
                self.branching = False
            self.draw(text)
        elif (known is not None and self.ahead.segment_has_arrow()) or self._starts_new_chain():
            self._begin_chain(text)
        else:
            self.draw(text)

    def _is_statement(self, text: str) -> bool:
        """A sentence behind arrows that has none itself: it says something about the drawing."""
        return (
            (
                self.link.text in (".", "!")
                or (self.link.text == ";" and self.drawn_arrow and bool(_STATEMENT.search(text)))
            )
            and not self.ahead.segment_has_arrow()
            and not self.ahead.next_is(T.ASK, T.COMMA, T.IF, T.THEN)
            and jumps.jump(text) is None
            and (
                self.drawn_arrow
                or (self.drawn_then and not _acts(text))
                or (self.drawn_then and _STATEMENT.search(text) is not None)
            )
        )

    def _begin_chain(self, text: str) -> None:
        """A chain of its own, at a known node or at a new one."""
        self.branching = False
        known = self.builder.find(text + "?" if self.ahead.next_is(T.ASK) else text)
        self.state.resume(known)
        if known is None:
            self.draw(text)
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

    def draw(self, text: str, after_arrow: bool = False) -> None:
        if self.ahead.next_is(T.ASK):
            if not self.builder.nodes and not self.builder.title:
                self.builder.title, text = labels.title_and_step(text)
            self.ahead.take()
            self.state.ask(nice(text) + "?")
            self.branching = False
            return
        if after_arrow:
            text = self._without_label(text)
        elif not self.builder.nodes and not self.builder.title:
            self.builder.title, text = labels.title_and_step(text)
        if labels.is_check(text):
            self.state.ask(nice(text), asked=False)
            self.branching = False
            return
        for part in jumps.parts(text):
            jump = jumps.jump(part) if self.builder.nodes else None
            if jump and jump.kind == "again" and self.link.kind is T.ARROW and " " not in part:
                jump = None if part.casefold() in ("retry", "repeat") else jump
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

    def _mark_questions(self) -> None:
        """A step whose arrows are labelled yes and no is a question."""
        for node in list(self.builder.nodes):
            answers = {conditions.polar(edge.label) for edge in self.builder.outgoing(node.id)}
            if {"yes", "no"} <= answers and node.shape == "rectangle":
                self.builder.replace(node.model_copy(update={"shape": "diamond"}))


def read_flow(text: str, builder: GraphBuilder, listed: bool = False) -> GraphBuilder:
    """Read a process into the builder. `listed`: every line is a step."""
    reader = FlowReader(text, builder)
    reader.drawn_then = listed
    return reader.read()
