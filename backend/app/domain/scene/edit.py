"""Edit operations by name: each changes what it names and nothing else."""

from collections.abc import Callable
from typing import Any

from app.domain.scene import (
    edit_arrange,
    edit_copy,
    edit_links,
    edit_relayout,
    edit_size,
    edit_structure,
    edit_swap,
    edit_text,
)
from app.domain.scene.editing import Editing

_OPERATIONS: dict[str, Callable[[Editing, Any], bool]] = {
    "add": edit_structure.add,
    "add_group": edit_structure.add_group,
    "set_text": edit_text.set_text,
    "set_style": edit_text.set_style,
    "delete": edit_structure.delete,
    "connect": edit_links.connect,
    "disconnect": edit_links.disconnect,
    "insert_between": edit_links.insert_between,
    "move_relative": edit_arrange.move_relative,
    "move_aside": edit_arrange.move_aside,
    "align": edit_arrange.align,
    "distribute": edit_arrange.distribute,
    "resize": edit_size.resize,
    "swap": edit_swap.swap,
    "duplicate": edit_copy.duplicate,
    "relayout": edit_relayout.relayout,
    "group": edit_structure.group,
    "note": edit_structure.note,
}


# What is said of an operation that changed nothing and gave no reason of its own.
_NOT_DONE = {
    "align": "At least two shapes are needed to align them.",
    "distribute": "At least three shapes are needed to spread them evenly.",
    "group": "There was nothing to group.",
    "delete": "There was nothing to delete.",
    "relayout": "There was nothing to tidy.",
}
_OTHERWISE = "One of the changes could not be made."


def apply(edit: Editing, operation: Any) -> bool:
    """Carries out one operation on the draft; False, and a remark, if it could not be."""
    said = len(edit.remarks)
    done = _OPERATIONS[operation.op](edit, operation)
    if not done and len(edit.remarks) == said:
        edit.remarks.append(_NOT_DONE.get(operation.op, _OTHERWISE))
    return done
