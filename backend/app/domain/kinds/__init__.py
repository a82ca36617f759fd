"""Every kind of diagram: one folder each, and one line below."""

from app.domain.kinds import (
    architecture,
    er,
    flowchart,
    grid,
    kanban,
    matrix,
    mindmap,
    sequence,
    state,
    table,
    timeline,
    tree,
    wireframe,
)
from app.domain.planning.kinds import Registry, Unnamed
from app.domain.scene.kinds import Kinds

KINDS: Kinds = Registry(
    flowchart.KIND,
    tree.KIND,
    mindmap.KIND,
    architecture.KIND,
    er.KIND,
    sequence.KIND,
    state.KIND,
    timeline.KIND,
    kanban.KIND,
    matrix.KIND,
    table.KIND,
    wireframe.KIND,
    grid.KIND,
    unnamed=Unnamed(
        steps=flowchart.KIND.id,
        shapes=grid.KIND.id,
        one_root=tree.KIND.id,
        several_roots=mindmap.KIND.id,
    ),
)
