"""Where a process description is while it is read: open ends, open questions, jumps."""

import re
from dataclasses import dataclass, field

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import Arrow, GraphBuilder
from app.domain.planning.lexicon import OPPOSITES
from app.domain.planning.names import Match, resolve, stems
from app.domain.planning.offline.jumps import Jump, step_number
from app.domain.planning.plan import LineStyle, Shape
from app.domain.planning.text import key, nice, vocabulary, words

Tail = tuple[str, str]
_TERMINAL = vocabulary(
    """
    start begin end stop finish finished exit done ende
    """
)


@dataclass
class Decision:
    """A question: which answers have a branch, where finished branches ended."""

    node: str
    text: str
    before: str | None
    asked: bool
    used: set[str] = field(default_factory=set)
    ends: list[Tail] = field(default_factory=list)

    @property
    def switch(self) -> bool:
        """Its branches are named by cases, not by yes and no."""
        return bool(self.used - {"yes", "no"})

    def missing(self) -> str | None:
        """The polar answer without a branch, if its opposite has one."""
        if self.switch or len(self.used) != 1:
            return None
        return "no" if "yes" in self.used else "yes"

    def polarity(self, condition: str) -> str | None:
        """Whether a condition says yes or no to this question in its own words."""
        plain = [word for word in words(condition) if word not in ("not", "isn't", "doesn't")]
        negated = len(plain) != len(words(condition))
        wanted, own = set(stems(" ".join(plain))), set(stems(self.text))
        if wanted and wanted <= own:
            return "no" if negated else "yes"
        for good, bad in OPPOSITES:
            good_stems, bad_stems = set(stems(good)), set(stems(bad))
            if (good_stems <= own and bad_stems <= wanted and not bad_stems <= own) or (
                bad_stems <= own and good_stems <= wanted and not good_stems <= own
            ):
                return "yes" if negated else "no"
        return None


class FlowState:
    """`cursor` holds the open ends that the next step continues: (node, label of its arrow)."""

    def __init__(self, builder: GraphBuilder) -> None:
        self.builder = builder
        self.cursor: list[Tail] = []
        self.fan: list[Tail] = []
        self.stack: list[Decision] = []
        self.decisions: dict[str, Decision] = {}
        self.line: LineStyle = "solid"
        self.arrow: Arrow = "end"

    def labels(self) -> list[str]:
        return [node.label for node in self.builder.nodes]

    def step(self, label: str, shape: Shape = "rectangle") -> str:
        """Draw a step after all open ends; it is the only open end then."""
        if shape == "rectangle" and key(label) in _TERMINAL:
            shape = "ellipse"
        if shape == "rectangle" and label.rstrip(" ])}\"'").endswith("?"):
            shape = "diamond"
        node = self.builder.node(label, shape=shape)
        self.fan = self.cursor
        self._connect(node)
        self.cursor = [(node, "")]
        return node

    def _connect(self, node: str) -> None:
        for source, label in self.cursor:
            if self.arrow == "start":
                self.builder.edge(node, source, label, line=self.line)
            else:
                self.builder.edge(source, node, label, line=self.line, arrow=self.arrow)
        self.line, self.arrow = "solid", "end"

    def beside(self, label: str) -> None:
        """One more step after the same ends as the step before ("a -> b, c")."""
        before, self.cursor = self.cursor, self.fan
        node = self.step(label)
        self.cursor = [*before, (node, "")]

    def ask(self, text: str, asked: bool = True) -> Decision:
        """A question that can be answered by branches from now on."""
        known = self.builder.find(text)
        if known in self.decisions:
            decision = self.decisions[known]
            if self.cursor:
                self._connect(known)
        else:
            before = self.cursor[0][0] if self.cursor else None
            node = self.step(text, "diamond")
            decision = Decision(node, text, before, asked)
            self.decisions[node] = decision
        self.cursor = [(decision.node, "")]
        if decision in self.stack:
            self.stack.remove(decision)
        self.stack.append(decision)
        return decision

    def guard(self, condition: str, answer: str) -> bool:
        """ "show error if invalid": a question before the step just drawn. False if there is no
        such step."""
        if len(self.cursor) != 1 or self.cursor[0][0] != self.builder.nodes[-1].id:
            return False
        step = self.cursor[0][0]
        incoming = [edge.source for edge in self.builder.edges if edge.target == step]
        question = self.builder.node(condition, shape="diamond")
        if question == step:
            return False
        self.builder.retarget(step, question)
        self.builder.edge(question, step, answer)
        decision = Decision(question, condition, incoming[0] if incoming else None, asked=False)
        decision.used.add(answer)
        self.decisions[question] = decision
        self.stack.append(decision)
        return True

    def label_cursor(self, label: str) -> None:
        self.cursor = [(node, label or old) for node, old in self.cursor]

    def lacking(self, answer: str) -> Decision | None:
        """The innermost question that has no branch for this answer yet."""
        for decision in reversed(self.stack):
            if answer not in decision.used and not decision.switch:
                return decision
        return None

    def answer(self, answer: str, label: str) -> None:
        """Begin the yes or no branch of the innermost question that lacks it."""
        decision = self.lacking(answer)
        if decision is None and len(self.cursor) == 1:
            decision = self._make_question(self.cursor[0][0])
        if decision is None:
            raise NotUnderstood(
                f'There is no question that "{label}" could answer. '
                'Write it like "is it valid? if yes continue, if no stop".'
            )
        self.take(decision, answer, label)

    def _make_question(self, node_id: str) -> Decision:
        node = self.builder.get(node_id)
        self.builder.replace(node.model_copy(update={"shape": "diamond"}))
        incoming = [edge.source for edge in self.builder.edges if edge.target == node_id]
        decision = Decision(node_id, node.label, incoming[0] if incoming else None, asked=True)
        self.decisions[node_id] = decision
        self.stack.append(decision)
        return decision

    def take(self, decision: Decision, answer: str, label: str) -> None:
        """Continue from this question; everything inside its earlier branch becomes its end."""
        open_ends = self.cursor
        while self.stack and self.stack[-1] is not decision:
            inner = self.stack.pop()
            open_ends = [*open_ends, *inner.ends, *self._missing(inner)]
        decision.ends += [end for end in open_ends if end != (decision.node, "")]
        decision.used.add(answer)
        self.cursor = [(decision.node, label)]

    @staticmethod
    def _missing(decision: Decision) -> list[Tail]:
        answer = decision.missing()
        return [(decision.node, answer)] if answer else []

    def join(self) -> None:
        """All branches are over: the next step continues every end that is still open."""
        ends = list(self.cursor)
        for decision in reversed(self.stack):
            ends += [*decision.ends, *self._missing(decision)]
            decision.ends = []
        self.stack.clear()
        self.cursor = list(dict.fromkeys(ends))

    def mentions_end(self, condition: str, decision: Decision) -> bool:
        """Whether a condition is about the step just drawn, rather than about this question."""
        ends = [node for node, _ in self.cursor if node != decision.node]
        wanted = set(stems(condition)) - set(stems(decision.text))
        return any(wanted & set(stems(self.builder.get(node).label)) for node in ends)

    def narrow(self, condition: str) -> None:
        """A new question after finished branches: behind the one branch whose end it mentions,
        or else behind all of them."""
        self.join()
        wanted = set(stems(condition))
        near = [end for end in self.cursor if wanted & set(stems(self.builder.get(end[0]).label))]
        if len(near) == 1:
            self.cursor = near

    def resume(self, node: str | None) -> None:
        """Begin a new chain, at a known node or nowhere."""
        self.stack.clear()
        self.cursor = [(node, "")] if node else []
        if node in self.decisions:
            self.stack.append(self.decisions[node])

    def follow(self, jump: Jump, phrase: str) -> None:
        """Lead all open ends to the jump's target; nothing is open after a jump back."""
        target = self._target(jump)
        if target is None:
            self.step("End" if jump.kind == "end" else self._named(jump, phrase),
                      "ellipse" if jump.kind == "end" else "rectangle")  # fmt: skip
            if jump.kind == "end":
                self.cursor = []
            return
        self._connect(target)
        self.cursor = []

    @staticmethod
    def _named(jump: Jump, phrase: str) -> str:
        target = re.sub(r"^the\s+", "", jump.target, flags=re.IGNORECASE)
        return nice(target) if jump.kind in ("back", "go") else phrase

    def _target(self, jump: Jump) -> str | None:
        nodes = self.builder.nodes
        if jump.kind == "first":
            return nodes[0].id if nodes and self.cursor else None
        if jump.kind == "again":
            return self._previous()
        if jump.kind == "end":
            return self.builder.find("End")
        number = step_number(jump.target)
        if number is not None and 1 <= number <= len(nodes):
            return nodes[number - 1].id
        here = {node for node, _ in self.cursor}
        others = [node for node in nodes if node.id not in here] or nodes
        least = Match.HEAD if jump.kind == "go" else Match.FUZZY
        index = resolve(jump.target, [node.label for node in others], least)
        return None if index is None else others[index].id

    def _previous(self) -> str | None:
        """What "try again" repeats: the step before the innermost question."""
        for decision in reversed(self.stack):
            if decision.before is not None:
                return decision.before
        return self.stack[0].node if self.stack and self.cursor else None
