"""Property groups: what of an element belongs together when several change it at once (S5).

A job that saw an older scene, an undo and a restore leave or take a group as one. A person's edit
sends the groups of `whole` as one, so that an origin never mixes with somebody else's points; of
the others it sends the properties that it changed, so that two may colour one shape.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.scene.validate import unset
from app.domain.sync.vocabulary import FIXED_PROPERTIES, PROPERTY_GROUPS, SERVER_PROPERTIES

GROUPS = PROPERTY_GROUPS["whole"] | PROPERTY_GROUPS["by_property"]

# Neither belongs to a group: what the server writes with every commit orders nothing.
_UNGROUPED = frozenset({*SERVER_PROPERTIES, *FIXED_PROPERTIES})

# Follows from what others hang on (references.py): nobody's edit, so nothing yields to it.
DERIVED = "bound"

# Said of an object without anybody having edited it: others' arrows hang on it, it was renumbered.
PASSIVE_GROUPS = frozenset({"order", DERIVED})

_GROUP_OF = {prop: group for group, props in GROUPS.items() for prop in props}


def group_of(prop: str) -> str:
    """The group of a property; one that is not known here (a newer editor's) is its own group."""
    return _GROUP_OF.get(prop, prop)


def is_writable(prop: str) -> bool:
    """Whether a change may set the property."""
    return prop not in _UNGROUPED


def touched_groups(props: Iterable[str]) -> set[str]:
    return {group_of(prop) for prop in props if is_writable(prop)}


def of_group_with(names: Iterable[str], element: Mapping[str, Any], group: str) -> dict[str, Any]:
    """The same with these names, as far as they are of the group, whether it has them or not."""
    added = {name: unset(name) for name in names if group_of(name) == group}
    return added | of_group(element, group)


def of_group(element: Mapping[str, Any], group: str) -> dict[str, Any]:
    """The properties of one group that the element has."""
    names = GROUPS.get(group, (group,))
    return {name: element[name] for name in names if name in element}
