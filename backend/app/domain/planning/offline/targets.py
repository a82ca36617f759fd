"""Finds what an edit command means on the canvas: names, "the selection", "all diamonds"."""

import re
from dataclasses import dataclass, field, replace

from app.domain.errors import NotUnderstood
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.lexicon import COLORS
from app.domain.planning.names import Match, closest, match, stems
from app.domain.planning.offline.paths import branch
from app.domain.planning.offline.shapes import SHAPES
from app.domain.planning.request import SceneContext, SceneEdge, SceneNode
from app.domain.planning.text import nice, split_top, unquote, words

_SELECTION = re.compile(
    r"(?:it|this|these|that|those|them|the\s+cop(?:y|ies)|(?:the\s+|my\s+)?(?:current\s+)?selection"
    r"|(?:the\s+|all\s+)?selected(?:\s+\w+)?|what\s+is\s+selected"
    r"|(?:this|these|those)\s+(?:\w+\s+)?(?:shapes?|nodes?|box(?:es)?|elements?|objects?|ones?|items?|things?))",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:everything|(?:all|every|each)(?:\s+(?:of\s+)?(?:the\s+)?(?:shapes?|nodes?|box(?:es)?|elements?|objects?"
    r"|things?|items?|them|it|steps?|cards?))?|the\s+(?:whole\s+|entire\s+)?(?:canvas|drawing|diagram|board|scene)"
    r"|the\s+(?:shapes|nodes|boxes|elements|objects)|all\s+of\s+(?:it|them))",
    re.IGNORECASE,
)
_ARROWS = re.compile(
    r"(?:(?:all|every|each)\s+)?(?:(?:of\s+)?the\s+)?(?:arrows?|connections?|connectors?|edges?|lines?)",
    re.I,
)
_FILTER = re.compile(
    r"(?:all|every|each|the)\s+(?:of\s+the\s+)?(?:(?P<color>[a-z]+)\s+)?(?P<shape>[a-z-]+)(?:\s+shapes?)?",
    re.I,
)
_NOUN = re.compile(
    r"\s+(?:box|node|shape|step|card|element|circle|ellipse|diamond|rectangle|sticky\s+note|note|label|text"
    r"|object|button|decision)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an|my|our)\s+", re.IGNORECASE)
_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_GENERIC_SHAPES = frozenset(["shape", "node", "element", "object", "thing", "item"])


@dataclass
class Targets:
    """The canvas, with what this very instruction has added and renamed so far."""

    context: SceneContext
    kinds: PlanKinds
    added: list[SceneNode] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    copied: list[str] = field(default_factory=list)  # by the last command that made copies

    @property
    def nodes(self) -> list[SceneNode]:
        known = [*self.context.nodes, *self.added]
        return [replace(node, label=self.renamed.get(node.alias, node.label)) for node in known]

    def selected(self) -> list[str]:
        if self.copied:
            return self.copied
        chosen = [node.alias for node in self.context.selected]
        if not chosen and self.added:
            return [self.added[-1].alias]
        if not chosen:
            raise NotUnderstood("Nothing is selected. Select shapes first, or name them.")
        return chosen

    def many(self, phrase: str) -> list[str]:
        """Aliases of all that the phrase names, in order, each once. Raises NotUnderstood."""
        phrase = phrase.strip().rstrip(".! ")
        special = self._special(phrase)
        if special is not None:
            return special
        exact = self._exact(phrase) or branch(phrase, self.context)
        if exact:
            return exact
        parts = split_top(phrase, _LIST)
        if len(parts) > 1:
            found = [alias for part in parts for alias in self.many(part)]
            return list(dict.fromkeys(found))
        return self._plural(phrase) or [self.one(phrase)]

    def each(self, phrase: str) -> list[str]:
        """As `many`, but a name means only the first of several shapes that are called so."""
        found = self.many(phrase)
        if self._special(phrase.strip().rstrip(".! ")) is not None:
            return found
        return list({self.label(alias) or alias: alias for alias in reversed(found)}.values())[::-1]

    def one(self, phrase: str) -> str:
        """The alias of the one node that the phrase names. Raises NotUnderstood."""
        phrase = phrase.strip().rstrip(".! ")
        if _SELECTION.fullmatch(phrase):
            chosen = self.selected()
            if len(chosen) > 1:
                raise NotUnderstood("Several shapes are selected; name the one that you mean.")
            return chosen[0]
        exact = self._exact(phrase)
        if exact:
            return self._only(phrase, exact)
        ranked = [(match(_bare(phrase), node.label), node) for node in self.nodes if node.label]
        best = max((quality for quality, _ in ranked), default=Match.NONE)
        if best is Match.NONE:
            raise self._unknown(phrase)
        return self._only(phrase, [node.alias for quality, node in ranked if quality is best])

    def _only(self, phrase: str, aliases: list[str]) -> str:
        if len(aliases) == 1:
            return aliases[0]
        chosen = [alias for alias in aliases if any(
            node.alias == alias and node.selected for node in self.nodes)]  # fmt: skip
        if len(chosen) == 1:
            return chosen[0]
        labels = dict.fromkeys(node.label for node in self.nodes if node.alias in aliases)
        names = ", ".join(f'"{label}"' for label in list(labels)[:4])
        raise NotUnderstood(
            f'"{phrase[:80]}" could mean several shapes ({names}). Select the one that you mean.'
        )

    def _exact(self, phrase: str) -> list[str]:
        for wanted in dict.fromkeys((phrase, _bare(phrase))):
            name = unquote(wanted) or wanted
            same = [node.alias for node in self.nodes if node.label == name]
            if same:
                return same
            alike = [n.alias for n in self.nodes if n.label and match(name, n.label) is Match.EXACT]
            if alike:
                return alike
        return [node.alias for node in self.nodes if node.alias == phrase]

    def _unknown(self, phrase: str) -> NotUnderstood:
        labels = [node.label for node in self.nodes if node.label]
        if not labels:
            return NotUnderstood(f'There is nothing called "{phrase[:80]}" on the canvas.')
        near = ", ".join(f'"{label}"' for label in closest(_bare(phrase), labels))
        return NotUnderstood(
            f'There is nothing called "{phrase[:80]}" on the canvas. The closest labels are {near}.'
        )

    def _special(self, phrase: str) -> list[str] | None:
        """Aliases for "the selection", "everything", "all arrows", "all red circles"."""
        if _SELECTION.fullmatch(phrase):
            return self.selected()
        if _ALL.fullmatch(phrase):
            return self._some([node.alias for node in self.nodes], phrase)
        if _ARROWS.fullmatch(phrase):
            return self._some([edge.alias for edge in self.context.edges], phrase)
        edge = self.edge_phrase(phrase)
        if edge:
            return [edge.alias]
        return self._filtered(phrase)

    @staticmethod
    def _some(aliases: list[str], phrase: str) -> list[str]:
        if not aliases:
            raise NotUnderstood(f'There is nothing on the canvas that "{phrase[:80]}" could mean.')
        return aliases

    def _filtered(self, phrase: str) -> list[str] | None:
        found = _FILTER.fullmatch(phrase)
        if not found or self._exact(phrase):
            return None
        shape = SHAPES.get(_singular_shape(found["shape"].lower()))
        color = COLORS.get((found["color"] or "").lower())
        plural = found["shape"].lower().endswith("s") or phrase.lower().startswith(
            ("all", "every", "each")
        )
        generic = (
            _singular_shape(found["shape"].lower()) in _GENERIC_SHAPES or found["shape"] == "ones"
        )
        if (shape is None and not generic) or (found["color"] and color is None):
            return None
        meant = [
            node.alias
            for node in self.nodes
            if (generic or node.shape == shape) and (color is None or node.color == color)
        ]
        if not plural:  # "the decision" is clear where there is one
            return meant if len(meant) == 1 and shape is not None else None
        return self._some(meant, phrase)

    def _plural(self, phrase: str) -> list[str]:
        """ "all servers" and "the servers" as every label with the word server."""
        bare = re.sub(
            r"^(?:all|every|each)\s+(?:of\s+)?(?:the\s+)?", "", phrase, flags=re.IGNORECASE
        )
        if bare == phrase and not (words(phrase) and words(phrase)[-1].endswith("s")):
            return []
        wanted = set(stems(_bare(bare)))
        found = [node.alias for node in self.nodes if wanted and wanted <= set(stems(node.label))]
        return found if len(found) > 1 or bare != phrase else []

    def edge_phrase(self, phrase: str) -> SceneEdge | None:
        """The arrow in "the arrow from A to B" or "the connection between A and B"."""
        found = re.fullmatch(
            r"(?:the\s+)?(?:arrow|connection|connector|edge|line|link)\s+(?:(?:from|between)\s+)(?P<a>.+?)"
            r"\s+(?:to|and)\s+(?P<b>.+)",
            phrase,
            re.IGNORECASE,
        )
        if not found:
            return None
        a, b = self.one(found["a"]), self.one(found["b"])
        for edge in self.context.edges:
            if {edge.source, edge.target} == {a, b}:
                return edge
        raise NotUnderstood(f'There is no arrow between "{found["a"]}" and "{found["b"]}".')

    def is_parent(self, alias: str) -> bool:
        """Whether this has others below it in a hierarchy."""
        return self.is_hierarchy and any(edge.source == alias for edge in self.context.edges)

    @property
    def is_hierarchy(self) -> bool:
        """Whether all arrows make a forest that branches somewhere, without labels."""
        edges = self.context.edges
        sources = [edge.source for edge in edges]
        ends = [edge.target for edge in edges]
        return (
            not any(edge.label for edge in edges)
            and len(set(ends)) == len(ends)
            and len(set(sources)) < len(sources)
        )

    def parent(self, alias: str) -> str | None:
        return next((e.source for e in self.context.edges if e.target == alias), None)

    def is_group(self, alias: str) -> bool:
        return any(node.alias == alias and node.shape == "group" for node in self.nodes)

    def label(self, alias: str) -> str:
        return next((node.label for node in self.nodes if node.alias == alias), alias)

    def add(self, label: str, shape: str = "rectangle") -> str:
        """Remember a node that this instruction adds; its id for later commands."""
        taken = {node.alias for node in self.nodes}
        number = len(self.added) + 1
        while f"new{number}" in taken:
            number += 1
        self.added.append(SceneNode(alias=f"new{number}", label=nice(label), shape=shape))
        return f"new{number}"


def _bare(phrase: str) -> str:
    quoted = unquote(phrase)
    if quoted is not None:
        return quoted
    shorter = _NOUN.sub("", _ARTICLE.sub("", phrase.strip()))
    inner = unquote(shorter)
    return inner if inner is not None else shorter or phrase


def _singular_shape(word: str) -> str:
    for ending in ("es", "s"):
        if word.endswith(ending) and (
            word[: -len(ending)] in SHAPES or word[: -len(ending)] in _GENERIC_SHAPES
        ):
            return word[: -len(ending)]
    return word
