"""Collects nodes by label, edges and groups while a text is read, and bounds them."""

from collections.abc import Callable, Collection
from typing import Literal

from app.domain.errors import TooLarge
from app.domain.planning.plan import (
    MAX_EDGES,
    MAX_GROUPS,
    MAX_NODES,
    Color,
    Direction,
    Edge,
    Graph,
    Group,
    LineStyle,
    Node,
    Shape,
)
from app.domain.planning.text import key, nice, shorten

LABEL_LIMIT = 400
ID_LIMIT = 80
ROW_LIMIT = 200
ROWS_LIMIT = 60
Arrow = Literal["end", "none", "both", "start"]


class GraphBuilder:
    """Ids are n1, n2 ... and g1, g2 ... in order of appearance; the same label is the same node.

    `tidy` turns what was read into a label.
    """

    def __init__(
        self,
        kind: str,
        direction: Direction = "down",
        title: str = "",
        tidy: Callable[[str], str] = nice,
    ) -> None:
        self.tidy = tidy
        self.kind = kind
        self.direction: Direction = direction
        self.title = title
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.groups: list[Group] = []
        self.remarks: list[str] = []
        # Parts of the text, word for word: what its reader set aside, and what it read as
        # something else than a name (a date, a count).
        self.left: list[str] = []
        self.used: list[str] = []
        self._by_key: dict[tuple[str, str | None], str] = {}
        self._index: dict[str, int] = {}
        self._joined: set[tuple[str, str, str]] = set()

    def find(self, label: str, scope: str | None = None) -> str | None:
        return self._by_key.get((key(self.tidy(label)), scope))

    def node(
        self,
        label: str,
        *,
        shape: Shape = "rectangle",
        group: str | None = None,
        scope: str | None = None,
        color: Color = "default",
        rows: list[str] | None = None,
    ) -> str:
        """The id of the node with this label; made if it is new (within `scope`, if given)."""
        known = self.find(label, scope)
        if known is not None:
            self._enrich(known, shape, group)
            return known
        return self.fresh(label, shape=shape, group=group, scope=scope, color=color, rows=rows)

    def fresh(
        self,
        label: str,
        *,
        shape: Shape = "rectangle",
        group: str | None = None,
        scope: str | None = None,
        color: Color = "default",
        rows: list[str] | None = None,
        column: int | None = None,
        row: int | None = None,
        name: str | None = None,
    ) -> str:
        """A new node, even if its label is known already. `name` is the wanted id."""
        if len(self.nodes) >= MAX_NODES:
            raise TooLarge(f"More than {MAX_NODES} shapes at once are too many. Ask for less.")
        node = Node(
            id=self._free(name, "n", self._index),
            label=self._fit(self.tidy(label)),
            shape=shape,
            group=group,
            color=color,
            rows=[shorten(line, ROW_LIMIT) for line in (rows or [])[:ROWS_LIMIT]],
            column=column,
            row=row,
        )
        self._index[node.id] = len(self.nodes)
        self.nodes.append(node)
        self._by_key.setdefault((key(node.label), scope), node.id)
        return node.id

    @staticmethod
    def _free(name: str | None, letter: str, taken: Collection[str]) -> str:
        """The wanted id if it can be one and is free, else the next number."""
        if name and len(name) <= ID_LIMIT and name not in taken and not name.isspace():
            return name.strip()
        number = len(taken) + 1
        while f"{letter}{number}" in taken:
            number += 1
        return f"{letter}{number}"

    def _fit(self, label: str) -> str:
        if len(label) > LABEL_LIMIT:
            self.remarks.append(f"A label was shortened to {LABEL_LIMIT} characters.")
        return shorten(label, LABEL_LIMIT)

    def _enrich(self, node_id: str, shape: Shape, group: str | None) -> None:
        node = self.get(node_id)
        changes: dict[str, str] = {}
        if shape != "rectangle" and node.shape == "rectangle":
            changes["shape"] = shape
        if group is not None and node.group is None:
            changes["group"] = group
        if changes:
            self.replace(node.model_copy(update=changes))

    def get(self, node_id: str) -> Node:
        return self.nodes[self._index[node_id]]

    def replace(self, node: Node) -> None:
        self.nodes[self._index[node.id]] = node

    def edge(
        self,
        source: str,
        target: str,
        label: str = "",
        *,
        line: LineStyle = "solid",
        arrow: Arrow = "end",
        repeat: bool = False,
    ) -> None:
        """Connect two ids. The same edge twice is one edge, unless `repeat` (messages in time)."""
        identity = (source, target, key(label) if label else "")
        if identity in self._joined and not repeat:
            return
        if len(self.edges) >= MAX_EDGES:
            raise TooLarge(f"More than {MAX_EDGES} arrows at once are too many. Ask for less.")
        self._joined.add(identity)
        self.edges.append(
            Edge(source=source, target=target, label=self._fit(label), line=line, arrow=arrow)
        )

    def group(self, label: str, parent: str | None = None, color: Color = "default") -> str:
        """The id of the group with this label."""
        label = self._fit(self.tidy(label))
        for group in self.groups:
            if key(group.label) == key(label) and group.parent == parent:
                return group.id
        return self.new_group(label, parent, color=color)

    def new_group(
        self,
        label: str,
        parent: str | None = None,
        name: str | None = None,
        color: Color = "default",
    ) -> str:
        """A new group, even if its label is known already. `name` is the wanted id."""
        if len(self.groups) >= MAX_GROUPS:
            raise TooLarge(f"More than {MAX_GROUPS} groups at once are too many. Ask for less.")
        group_id = self._free(name, "g", {group.id for group in self.groups})
        self.groups.append(
            Group(id=group_id, label=self._fit(self.tidy(label)), parent=parent, color=color)
        )
        return group_id

    def regroup(self, group_id: str, **changes: object) -> None:
        """Give a group other properties."""
        self.groups = [
            group.model_copy(update=changes) if group.id == group_id else group
            for group in self.groups
        ]

    def reindex(self) -> None:
        """After nodes were taken out of `nodes`."""
        self._index = {node.id: index for index, node in enumerate(self.nodes)}

    def retarget(self, old: str, new: str) -> None:
        """Let all edges that end at `old` end at `new`."""
        self.edges = [
            edge.model_copy(update={"target": new}) if edge.target == old else edge
            for edge in self.edges
        ]
        self._joined = {
            (source, new if target == old else target, label)
            for source, target, label in self._joined
        }

    def outgoing(self, node_id: str) -> list[Edge]:
        return [edge for edge in self.edges if edge.source == node_id]

    def build(self) -> Graph:
        return Graph(
            kind=self.kind,
            direction=self.direction,
            title=self._fit(self.title),
            nodes=self.nodes,
            edges=self.edges,
            groups=self.groups,
        )
