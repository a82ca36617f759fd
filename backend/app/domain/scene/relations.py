"""Who is connected to whom, in which direction: a scene as a graph to walk through."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.scene.kinds import Kind, Kinds
from app.domain.scene.topology import Connector, Topology, in_reading_order


@dataclass(frozen=True)
class Flow:
    """A connected part with decisions in it. `starts` are its marked ones."""

    nodes: list[str]
    starts: frozenset[str]
    has_end: bool


class Relations:
    """Read-only. An arrow without heads connects, but leads nowhere."""

    def __init__(self, topology: Topology, kinds: Kinds) -> None:
        self.topology = topology
        self._kinds = kinds
        self._exits: dict[str, list[Connector]] = defaultdict(list)
        self._entries: dict[str, list[Connector]] = defaultdict(list)
        self._links: dict[str, list[Connector]] = defaultdict(list)
        for link in topology.connectors:
            self._add(link)
        self.nodes = in_reading_order(list(self._links), topology)

    def _add(self, link: Connector) -> None:
        if link.source is None or link.target is None:
            return
        a, b = self.topology.owner(link.source), self.topology.owner(link.target)
        arrow = self.topology.by_id[link.id]
        ways = [(a, b)] if arrow.get("endArrowhead") else []
        ways += [(b, a)] if arrow.get("startArrowhead") else []
        for source, target in ways:
            directed = Connector(link.id, source, target, link.label)
            self._exits[source].append(directed)
            self._entries[target].append(directed)
        for end in {a, b}:
            self._links[end].append(Connector(link.id, a, b, link.label))

    def exits(self, node: str) -> list[Connector]:
        return self._exits.get(node, [])

    def entries(self, node: str) -> list[Connector]:
        return self._entries.get(node, [])

    def links_of(self, node: str) -> list[Connector]:
        return self._links.get(node, [])

    def type_of(self, node: str) -> str:
        return str(self.topology.by_id[node]["type"])

    @cached_property
    def components(self) -> list[list[str]]:
        """What is connected, each part in reading order."""
        seen: set[str] = set()
        found: list[list[str]] = []
        for start in self.nodes:
            if start in seen:
                continue
            part, waiting = {start}, [start]
            while waiting:
                node = waiting.pop()
                ends = {end for link in self._links[node] for end in (link.source, link.target)}
                fresh = {end for end in ends if end is not None} - part
                part |= fresh
                waiting += fresh
            seen |= part
            found.append([node for node in self.nodes if node in part])
        return found

    @cached_property
    def flows(self) -> list[Flow]:
        return [
            self._flow(part)
            for part in self.components
            if any(self.type_of(node) == "diamond" for node in part)
        ]

    def _flow(self, part: list[str]) -> Flow:
        ellipses = [node for node in part if self.type_of(node) == "ellipse"]
        starts = {node for node in ellipses if self.exits(node) and not self.entries(node)}
        ends = any(self.entries(node) and not self.exits(node) for node in ellipses)
        return Flow(part, frozenset(starts), ends)

    def kind_of(self, part: Sequence[str]) -> Kind | None:
        """The kind of diagram that most of these were drawn as; None if nobody says."""
        marks = (self.topology.by_id[node].get("customData") or {} for node in part)
        drawn_as = Counter(mark["kind"] for mark in marks if mark.get("kind") in self._kinds)
        return self._kinds[drawn_as.most_common(1)[0][0]] if drawn_as else None

    def reached(self, starts: Iterable[str]) -> set[str]:
        """What the arrows lead to from these, themselves included."""
        found = set(starts)
        waiting = list(found)
        while waiting:
            ends = {str(link.target) for link in self.exits(waiting.pop())} - found
            found |= ends
            waiting += ends
        return found

    def _core(self, part: Sequence[str]) -> list[str]:
        """Without what no circle can pass: what nothing leads to, or what leads nowhere."""
        left = set(part)
        while True:
            passed = {
                node
                for node in left
                if any(link.target in left for link in self.exits(node))
                and any(link.source in left for link in self.entries(node))
            }
            if passed == left:
                return [node for node in part if node in left]
            left = passed

    def circles(self, part: Sequence[str]) -> list[list[str]]:
        """The largest parts in which every shape leads to every other, and to itself."""
        core = self._core(part)
        ahead = {node: self.reached(str(link.target) for link in self.exits(node)) for node in core}
        rest = [node for node in core if node in ahead[node]]
        found: list[list[str]] = []
        while rest:
            first = rest[0]
            circle = [node for node in rest if node in ahead[first] and first in ahead[node]]
            found.append(circle)
            rest = [node for node in rest if node not in circle]
        return found
