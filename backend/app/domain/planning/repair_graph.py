"""Makes a valid graph of what a model wrote: unique ids, known ends, known groups."""

from collections.abc import Mapping
from typing import Any

from app.domain.errors import TooLarge
from app.domain.planning.builder import Arrow
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.plan import MAX_EDGES, MAX_GROUPS, MAX_NODES, Edge, Graph, Group, Node
from app.domain.planning.repair_hierarchy import MEMBERS, flattened, members, named
from app.domain.planning.repair_values import (
    COLOR_WORDS,
    DIRECTIONS,
    LINES,
    SHAPES,
    Remarks,
    choose,
    first,
    objects,
    ref,
    refs,
    text,
    whole,
)
from app.domain.planning.text import key, vocabulary

_ARROWS: dict[str, Arrow] = {
    "end": "end", "none": "none", "both": "both", "start": "start", "forward": "end", "->": "end",
    "back": "start", "backward": "start", "<-": "start", "<->": "both", "bidirectional": "both",
    "-": "none", "--": "none", "line": "none", "to": "end", "from": "start",
}  # fmt: skip
_NODE_KEYS = vocabulary(
    """
    id key label text title name shape type color colour fill group parent_group subgraph lane
    parent
    rows fields attributes columns members details items column col row style
    """
)
_EDGE_KEYS = vocabulary(
    """
    id source from src start target to dst end label text name line style arrow arrows color
    colour
    """
)
_GROUP_KEYS = vocabulary(
    """
    id key label title name parent group color colour nodes members children cards items
    """
)
_GRAPH_KEYS = vocabulary(
    """
    op kind type direction layout title label nodes participants actors entities steps states root
    edges links connections arrows messages relations relationships transitions groups subgraphs
    lanes columns
    """
)


# What models call the lists of a graph, each kind by its own words.
_NODE_LISTS = ("nodes", "participants", "actors", "entities", "steps", "states")
_EDGE_LISTS = (
    "edges", "links", "connections", "arrows", "messages", "relations", "relationships",
    "transitions",
)  # fmt: skip


class GraphRepair:
    """One graph at a time; `names` maps what edges may call a node to its id, `there` the aliases
    of the canvas to labels."""

    def __init__(self, remarks: Remarks, there: Mapping[str, str] | None = None) -> None:
        self._remarks = remarks
        self._there = there or {}
        self._stand_ins: list[Node] = []
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._groups: dict[str, Group] = {}
        self._group_labels: dict[str, str] = {}
        self._member_of: dict[str, str] = {}

    def repair(self, part: dict[str, Any], kinds: PlanKinds) -> Graph | None:
        """The graph, or None if it has no shapes. Raises TooLarge."""
        self._remarks.unknown([name for name in part if name not in _GRAPH_KEYS])
        written = objects(first(part, "groups", "subgraphs", "lanes", "columns"))
        for group in written:
            self._group(group)
        root = part.get("root")
        parts = flattened(
            [*([root] if isinstance(root, dict) else []), *objects(first(part, *_NODE_LISTS))]
        )
        nodes = self._nodes([*parts, *members(written, [named(node) for node in parts])])
        edges = self._edges(first(part, *_EDGE_LISTS))
        edges += self._edges_to_children(parts, edges)
        nodes += self._stand_ins
        if not nodes and not self._groups:
            return None
        wanted = first(part, "kind", "type")
        kind = kinds[choose(kinds.called, wanted) or kinds.unnamed.steps]
        if wanted is not None and choose(kinds.called, wanted) is None:
            self._remarks.say(f"An unknown kind of drawing was drawn as {kind.phrase}.")
        graph, repaired = kind.repair(
            Graph(
                kind=kind.id,
                direction=choose(DIRECTIONS, first(part, "direction", "layout")) or "down",
                title=text(first(part, "title", "label")),
                nodes=nodes,
                edges=edges,
                groups=self._ordered_groups(),
            )
        )
        if repaired:
            self._remarks.say(repaired)
        return graph

    # -- nodes ---------------------------------------------------------------------------

    def single(self, part: dict[str, Any]) -> Node | None:
        """One node by itself."""
        return next(iter(self._nodes(flattened(objects([part])))), None)

    def _nodes(self, parts: list[dict[str, Any]]) -> list[Node]:
        if len(parts) > MAX_NODES:
            raise TooLarge(f"More than {MAX_NODES} shapes at once are too many. Ask for less.")
        return [node for part in parts if (node := self._node(part)) is not None]

    def _node(self, part: dict[str, Any]) -> Node | None:
        self._remarks.unknown([name for name in part if name not in _NODE_KEYS])
        label = text(first(part, "label", "text", "title", "name", "id"))
        wanted = named(part)
        node_id = self._fresh(wanted or f"n{len(self._names) + 1}")
        if node_id != wanted and wanted:
            if self._labels.get(key(label)) == self._names.get(wanted):
                return None
            self._remarks.say("Shapes with the same id got ids of their own.")
        self._names.setdefault(wanted or node_id, node_id)
        self._names.setdefault(node_id, node_id)
        self._labels.setdefault(key(label), node_id)
        return Node(
            id=node_id,
            label=label,
            shape=self._pick(SHAPES, first(part, "shape", "type"), "shape") or "rectangle",
            color=self._pick(COLOR_WORDS, first(part, "color", "colour", "fill"), "color")
            or "default",
            group=self._group_of(part, wanted or node_id),
            rows=_rows(
                first(
                    part, "rows", "fields", "attributes", "columns", "members", "details", "items"
                )
            ),
            column=whole(first(part, "column", "col"), 200),
            row=whole(part.get("row"), 500),
        )

    def _fresh(self, wanted: str) -> str:
        taken = set(self._names.values())
        if wanted not in taken:
            return wanted
        number = 2
        while f"{wanted[:70]}-{number}" in taken:
            number += 1
        return f"{wanted[:70]}-{number}"

    def _pick(self, table: Any, value: Any, what: str) -> Any:
        found = choose(table, value)
        if found is None and isinstance(value, str) and value.strip():
            self._remarks.say(f"An unknown {what} was replaced by the usual one.")
        return found

    # -- groups --------------------------------------------------------------------------

    def _group(self, part: dict[str, Any]) -> None:
        self._remarks.unknown([name for name in part if name not in _GROUP_KEYS])
        label = text(first(part, "label", "title", "name", "id"))
        group_id = ref(first(part, "id", "key", "label", "title", "name"))
        if not group_id or group_id in self._groups or len(self._groups) >= MAX_GROUPS:
            self._remarks.drop("group")
            return
        color = self._pick(COLOR_WORDS, first(part, "color", "colour"), "color") or "default"
        parent = ref(first(part, "parent", "group")) or None
        self._groups[group_id] = Group(id=group_id, label=label, parent=parent, color=color)
        self._group_labels.setdefault(key(label), group_id)
        for member in refs(first(part, *MEMBERS) or []):
            self._member_of.setdefault(member, group_id)

    def _group_of(self, part: dict[str, Any], name: str) -> str | None:
        """The group that a node names by id or label; a new one if it is not declared."""
        wanted = ref(first(part, "group", "parent_group", "subgraph", "lane"))
        wanted = wanted or self._member_of.get(name, "") or self._known_group(part.get("parent"))
        if not wanted or wanted in self._groups:
            return wanted or None
        known = self._group_labels.get(key(wanted))
        if known is None and len(self._groups) < MAX_GROUPS:
            self._groups[wanted] = Group(id=wanted, label=wanted)
            self._group_labels[key(wanted)] = known = wanted
        return known

    def _known_group(self, value: Any) -> str:
        name = ref(value)
        return name if name in self._groups else self._group_labels.get(key(name), "")

    def _ordered_groups(self) -> list[Group]:
        """Groups whose parents exist and lead to a top; others stand at the top themselves."""
        found: list[Group] = []
        for group in self._groups.values():
            parent = group.parent if group.parent in self._groups else None
            if parent is None and group.parent:
                parent = self._group_labels.get(key(group.parent))
            found.append(group.model_copy(update={"parent": parent}))
        self._groups = {group.id: group for group in found}
        return [self._without_cycle(group) for group in found]

    def _without_cycle(self, group: Group) -> Group:
        seen, above = {group.id}, group.parent
        while above is not None:
            if above in seen:
                free = group.model_copy(update={"parent": None})
                self._groups[group.id] = free
                self._remarks.say("A group inside itself was moved to the top.")
                return free
            seen.add(above)
            above = self._groups[above].parent
        return group

    # -- edges ---------------------------------------------------------------------------

    def _edges(self, value: Any) -> list[Edge]:
        parts = (
            [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
        )
        if len(parts) > MAX_EDGES:
            raise TooLarge(f"More than {MAX_EDGES} arrows at once are too many. Ask for less.")
        return [edge for part in parts if (edge := self._edge(part)) is not None]

    def _edges_to_children(self, parts: list[dict[str, Any]], given: list[Edge]) -> list[Edge]:
        """Edges for nodes that name their parent themselves, unless that is a group."""
        ends = {(edge.source, edge.target) for edge in given}
        found = [
            Edge(source=source, target=target)
            for part in parts
            if part.get("parent") is not None and not self._known_group(part["parent"])
            if (source := self._end(part["parent"])) and (target := self._end(named(part)))
            if source != target and (source, target) not in ends
        ]
        if len(given) + len(found) > MAX_EDGES:
            raise TooLarge(f"More than {MAX_EDGES} arrows at once are too many. Ask for less.")
        return found

    def _edge(self, part: dict[str, Any]) -> Edge | None:
        self._remarks.unknown([name for name in part if name not in _EDGE_KEYS])
        source = self._end(first(part, "source", "from", "src", "start"))
        target = self._end(first(part, "target", "to", "dst", "end"))
        if source is None or target is None:
            self._remarks.drop("arrow")
            return None
        return Edge(
            source=source,
            target=target,
            label=text(first(part, "label", "text", "name")),
            line=choose(LINES, first(part, "line", "style")) or "solid",
            arrow=_arrow(first(part, "arrow", "arrows")),
            color=choose(COLOR_WORDS, first(part, "color", "colour")) or "default",
        )

    def _end(self, value: Any) -> str | None:
        """The node that an edge names, by id or else by label."""
        name = ref(value)
        known = self._names.get(name) or self._labels.get(key(name)) if name else None
        return known or (self._stand_in(name) if name in self._there else None)

    def _stand_in(self, alias: str) -> str:
        """A node for a shape of the canvas that an edge names by its alias."""
        self._stand_ins.append(Node(id=alias, label=self._there[alias]))
        self._names[alias] = alias
        return alias


def _arrow(value: Any) -> Arrow:
    if value is False:
        return "none"
    return choose(_ARROWS, value) or "end"


def _rows(value: Any) -> list[str]:
    """Rows from strings, or from objects like {"name": "id", "type": "int"}."""
    if not isinstance(value, list):
        return []
    lines = [
        " ".join(text(word, 200) for word in row.values())
        if isinstance(row, dict)
        else text(row, 200)
        for row in value[:60]
    ]
    return [text(line, 200) for line in lines if line.strip()]
