"""What an answer is judged by: its words, what was asked for, and what is on the canvas."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.errors import JobFailure
from app.domain.planning.accounting import LITTLE, quoted
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.lexicon import NUMBERS
from app.domain.planning.names import squashed, stems
from app.domain.planning.offline import plan_offline
from app.domain.planning.plan import Add, Graph, InsertBetween, Node, Plan
from app.domain.planning.request import PlanRequest
from app.domain.planning.text import key, words

# Where these stand, names are spelled out; in prose, a model may say it in other words.
_SPELLED_OUT = re.compile(
    r"-+>|=+>|[\u2192\u21d2]|:\s|:\n|\n\s*(?:[-*\u2022]|\d+[.)])\s", re.MULTILINE
)
_TEXTS = frozenset({"label", "title", "text", "rows"})


@dataclass(frozen=True)
class Defect:
    """`words` are for the model, `reason` is the code of the sentence for the person, made with
    `values`. What is `fatal` is not drawn."""

    words: str
    reason: str
    fatal: bool
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """A plan, and everything that rules ask about it."""

    plan: Plan
    request: PlanRequest
    kinds: PlanKinds

    @property
    def graphs(self) -> list[Graph]:
        return [one for one in self.plan.operations if isinstance(one, Graph)]

    @cached_property
    def nodes(self) -> list[Node]:
        """All that it draws new."""
        return [node for op in ("graph", "add", "insert_between") for node in self.drawn_by(op)]

    def drawn_by(self, op: str) -> list[Node]:
        found: list[Node] = []
        for one in self.plan.operations:
            if one.op == op:
                found += one.nodes if isinstance(one, Graph) else []
                found += [one.node] if isinstance(one, Add | InsertBetween) else []
        return found

    @cached_property
    def texts(self) -> list[str]:
        """Everything in it that people will read on the canvas."""
        return list(_texts(self.plan.model_dump(include={"title", "operations"})))

    @cached_property
    def there(self) -> list[str]:
        """What is written on the canvas."""
        return [part.label for part in self.request.context.parts if part.label]

    @cached_property
    def known_before(self) -> str:
        """The words that it may have from elsewhere: the request, the canvas, earlier requests."""
        earlier = (f"{job.instruction}\n{job.summary}" for job in self.request.earlier)
        return "\n".join([self.request.instruction, *self.there, *earlier])

    @cached_property
    def largest_number(self) -> int:
        """How many the instruction speaks of: its largest number, or the product of a grid's."""
        said = [NUMBERS.get(word, 0) for word in words(self.request.instruction)]
        said += [int(digits) for digits in re.findall(r"\d{1,4}", self.request.instruction)]
        pairs = re.findall(
            r"(\d{1,3})\s*(?:x|\u00d7|by|mal|par|por)\s*(\d{1,3})", self.request.instruction
        )
        return max([0, *said, *(int(a) * int(b) for a, b in pairs)])

    @cached_property
    def read_offline(self) -> Plan | None:
        """The same instruction as the offline planner reads it, where it can."""
        try:
            return plan_offline(PlanRequest(self.request.instruction), self.kinds, ()).plan
        except JobFailure:
            return None

    @cached_property
    def spelled_out(self) -> list[str]:
        """The names that the person wrote down as names."""
        instruction = self.request.instruction
        names = quoted(instruction)
        read = self.read_offline
        if self.request.mode == "create" and read and _SPELLED_OUT.search(instruction):
            graphs = (one for one in read.operations if isinstance(one, Graph))
            labels = (node.label for graph in graphs for node in graph.nodes)
            names += [label for label in labels if not LITTLE & set(words(label))]
        return [name for name in dict.fromkeys(names) if name.strip()]

    def mentions(self, label: str) -> bool:
        """Whether the person wrote this."""
        return squashed(label) in squashed(self.request.instruction) if label.strip() else False

    def as_written(self, name: str) -> str:
        """A name with the capitals that the person gave it."""
        found = re.search(re.escape(name), self.request.instruction, re.IGNORECASE)
        return found[0] if found else name

    def says(self, name: str) -> bool:
        """Whether a name is in the drawing, at least half of its words."""
        shown = "\n".join([*self.texts, *(self.there if self.request.mode == "modify" else [])])
        if squashed(name) in squashed(shown):
            return True
        wanted, have = stems(name), set(stems(shown))
        return sum(word in have for word in wanted) * 2 >= len(wanted)


JudgingRule = Callable[[Answer], Defect | None]


def same(label: str) -> str:
    return squashed(label) or key(label)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name in _TEXTS:
                yield from [part] if isinstance(part, str) else part or ()
            else:
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
