"""Finds what an edit command means on the canvas: names, "the selection", "all diamonds"."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.errors import NotUnderstood, Suggestion
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.lexicon import COLORS
from app.domain.planning.names import Match, closest, match, stems
from app.domain.planning.offline import target_words as said
from app.domain.planning.offline.help import refusal
from app.domain.planning.offline.paths import branch, connected
from app.domain.planning.offline.remaining import without
from app.domain.planning.offline.shapes import SHAPES
from app.domain.planning.offline.synonyms import same_thing
from app.domain.planning.request import SceneContext, SceneEdge, SceneNode
from app.domain.planning.speech import Language
from app.domain.planning.text import nice, split_top, unquote, words


@dataclass
class Targets:
    """The canvas, with what this very instruction has added and renamed so far."""

    context: SceneContext
    kinds: PlanKinds
    added: list[SceneNode] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    copied: list[str] = field(default_factory=list)  # by the last command that made copies
    named: list[str] = field(default_factory=list)  # by the command before this one
    steps: int = 0  # commands before this one
    instruction: str = ""
    remarks: list[str] = field(default_factory=list)
    language: Language = "en"

    @property
    def nodes(self) -> list[SceneNode]:
        known = [*self.context.nodes, *self.added]
        return [replace(node, label=self.renamed.get(node.alias, node.label)) for node in known]

    def selected(self, phrase: str = "it") -> list[str]:
        if self.copied:
            return self.copied
        if said.PRONOUN.fullmatch(phrase) and (self.named or self.steps):
            if not self.named:
                raise refusal("which_one", self.language, words=phrase)
            return self.named
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
        parts = split_top(phrase, said.LIST)
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
        if said.SELECTION.fullmatch(phrase):
            chosen = self.selected(phrase)
            if len(chosen) > 1:
                raise NotUnderstood("Several shapes are selected; name the one that you mean.")
            return chosen[0]
        exact = self._exact(phrase)
        if exact:
            return self._only(phrase, exact)
        ranked = [(match(said.bare(phrase), node.label), node) for node in self.nodes if node.label]
        best = max((quality for quality, _ in ranked), default=Match.NONE)
        if best <= Match.FUZZY:
            meant = [
                n.alias for n in self.nodes if n.label and same_thing(said.bare(phrase), n.label)
            ]
            if meant:
                return self._only(phrase, meant)
        if best is Match.NONE:
            edge = self._edge_called(phrase)
            if edge:
                return edge
            raise self.unknown(phrase)
        return self._only(phrase, [node.alias for quality, node in ranked if quality is best])

    def known(self, phrase: str) -> str | None:
        """The one shape that the phrase surely names, if there is one."""
        phrase = phrase.strip().rstrip(".! ")
        if not phrase or said.SELECTION.fullmatch(phrase):
            return (
                self.named[0] if len(self.named) == 1 and said.PRONOUN.fullmatch(phrase) else None
            )
        exact = self._exact(phrase)
        if exact:
            return exact[0] if len(exact) == 1 else None
        name = said.bare(phrase)
        alike = [n.alias for n in self.nodes if n.label and match(name, n.label) >= Match.HEAD]
        alike = alike or [n.alias for n in self.nodes if n.label and same_thing(name, n.label)]
        return alike[0] if len(alike) == 1 else None

    def any_known(self, phrase: str) -> bool:
        """Whether a list of names has one of something that is there."""
        return any(self.known(part) for part in (phrase, *split_top(phrase, said.LIST)))

    def any_exact(self, phrase: str) -> bool:
        """As `any_known`, of names that are written in full."""
        return any(self._exact(part) for part in (phrase, *split_top(phrase, said.LIST)))

    def _edge_called(self, phrase: str) -> str | None:
        """The arrow with this label, where no shape is called so."""
        found = said.EDGE_NAME.fullmatch(phrase)
        name = ((found["a"] or found["b"]) if found else phrase).strip()
        name = unquote(name) or name
        same = [
            e.alias for e in self.context.edges if e.label and match(name, e.label) is Match.EXACT
        ]
        return same[0] if len(same) == 1 else None

    def _only(self, phrase: str, aliases: list[str]) -> str:
        if len(aliases) == 1:
            return aliases[0]
        chosen = [alias for alias in aliases if any(
            node.alias == alias and node.selected for node in self.nodes)]  # fmt: skip
        if len(chosen) == 1:
            return chosen[0]
        labels = list(dict.fromkeys(n.label for n in self.nodes if n.alias in aliases))
        names = ", ".join(f'"{label}"' for label in labels[:4])
        raise refusal(
            "several_fit", self.language, self._instead(phrase, labels[:4]),
            words=phrase[:80], names=names,
        )  # fmt: skip

    def _instead(self, phrase: str, labels: Sequence[str]) -> tuple[Suggestion, ...]:
        """The same instruction with each of these labels in the place of the phrase."""
        if phrase not in self.instruction or len(set(labels)) < 2:
            return ()
        return tuple(
            Suggestion(label, self.instruction.replace(phrase, f'"{label}"', 1)) for label in labels
        )

    def _exact(self, phrase: str) -> list[str]:
        for wanted in dict.fromkeys((phrase, said.bare(phrase))):
            name = unquote(wanted) or wanted
            same = [node.alias for node in self.nodes if node.label == name]
            if same:
                return same
            alike = [n.alias for n in self.nodes if n.label and match(name, n.label) is Match.EXACT]
            if alike:
                return alike
        return [node.alias for node in self.nodes if node.alias == phrase]

    def unknown(self, phrase: str) -> NotUnderstood:
        labels = [node.label for node in self.nodes if node.label]
        if not labels:
            return refusal("none_called", self.language, words=phrase[:80])
        near = closest(said.bare(phrase), labels)
        names = ", ".join(f'"{label}"' for label in near)
        offers = self._instead(phrase, near)
        return refusal("closest", self.language, offers, words=phrase[:80], names=names)

    def _special(self, phrase: str) -> list[str] | None:
        """Aliases for "the selection", "everything", "all arrows", "all red circles"."""
        if said.SELECTION.fullmatch(phrase):
            return self.selected(phrase)
        if said.ALL.fullmatch(phrase):
            return self._some([node.alias for node in self.nodes], phrase)
        if said.ARROWS.fullmatch(phrase):
            return self._some([edge.alias for edge in self.context.edges], phrase)
        if said.NOTES.fullmatch(phrase) and not self._exact(phrase):
            notes = [node.alias for node in self.nodes if node.note]
            if notes:
                return notes
        edge = self.edge_phrase(phrase)
        if edge:
            return [edge.alias]
        if said.EDGE_NAME.fullmatch(phrase) and not self._exact(phrase):
            called = self._edge_called(phrase)
            if called:
                return [called]
        return self._filtered(phrase)

    @staticmethod
    def _some(aliases: list[str], phrase: str) -> list[str]:
        if not aliases:
            raise NotUnderstood(f'There is nothing on the canvas that "{phrase[:80]}" could mean.')
        return aliases

    def _filtered(self, phrase: str) -> list[str] | None:
        found = said.FILTER.fullmatch(phrase)
        if not found or self._exact(phrase):
            return None
        shape = SHAPES.get(said.singular_shape(found["shape"].lower()))
        color = COLORS.get((found["color"] or "").lower())
        plural = found["shape"].lower().endswith("s") or phrase.lower().startswith(
            ("all", "every", "each")
        )
        generic = (
            said.singular_shape(found["shape"].lower()) in said.GENERIC_SHAPES
            or found["shape"] == "ones"
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
        rest = said.EVERY.sub("", phrase)
        if rest == phrase and not (words(phrase) and words(phrase)[-1].endswith("s")):
            return []
        wanted = set(stems(said.bare(rest)))
        found = [node.alias for node in self.nodes if wanted and wanted <= set(stems(node.label))]
        return found if len(found) > 1 or rest != phrase else []

    def edge_phrase(self, phrase: str) -> SceneEdge | None:
        """The arrow in "the arrow from A to B" or "the connection between A and B"."""
        found = said.ARROW_BETWEEN.fullmatch(phrase)
        if not found:
            return None
        a, b = self.one(found["a"]), self.one(found["b"])
        between = [e for e in self.context.edges if {e.source, e.target} == {a, b}]
        if between:
            return between[0]
        raise NotUnderstood(f'There is no arrow between "{found["a"]}" and "{found["b"]}".')

    def is_parent(self, alias: str) -> bool:
        """Whether this has others below it in a hierarchy."""
        return self.is_hierarchy(alias) and any(e.source == alias for e in self.context.edges)

    def is_hierarchy(self, alias: str) -> bool:
        """Whether the arrows around it make a tree that branches somewhere, without labels."""
        near = connected(alias, self.context)
        edges = [edge for edge in self.context.edges if {edge.source, edge.target} & near]
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

    def row_of(self, aliases: list[str]) -> list[str]:
        """The groups of the drawing that these groups are parts of, in reading order."""
        own = [node for node in self.context.nodes if node.shape == "group" and node.kind]
        chosen = [node for node in own if node.alias in aliases]
        if not chosen or len(chosen) < len(aliases):
            return []
        return [node.alias for node in own if node.drawing == chosen[0].drawing]

    def kinds_of(self, aliases: Sequence[str]) -> set[str]:
        return {node.kind for node in self.context.nodes if node.alias in aliases and node.kind}

    def forget(self, gone: Sequence[str]) -> None:
        """What is deleted is not there for later commands."""
        self.context = without(self.context, gone)
        self.added = [node for node in self.added if node.alias not in gone]

    def is_edge(self, alias: str) -> bool:
        return any(edge.alias == alias for edge in self.context.edges)

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
