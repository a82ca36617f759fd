"""Merging: one change onto one stored object. Pure; the order is the caller's."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.scene.validate import validate_element, validate_set
from app.domain.sync.groups import is_writable, of_group_with, touched_groups
from app.domain.sync.messages import Change


@dataclass(frozen=True)
class StoredObject:
    """A row as the merge sees it: the element and, per group, the number of the change that made
    its value. An undo, a redo and a restore make nothing: they give values back to who made them.
    """

    element: dict[str, Any]
    group_seq: dict[str, int]


@dataclass(frozen=True)
class Merged:
    """`set` is published to everybody (empty: nothing changed); `inverse` would take it back."""

    stored: StoredObject
    set: dict[str, Any]
    inverse: dict[str, Any]


class Gone(LookupError):
    """The object does not exist (any more), so it cannot be changed."""


def merge(existing: StoredObject | None, change: Change, *, seq: int, updated_ms: int) -> Merged:
    """Apply `change` as number `seq` of its canvas.

    Raises:
        Gone: a change without `create` on an object that does not exist.
        ElementRejected: the result would not be a valid element.
    """
    if existing is None:
        if not change.create:
            raise Gone(change.id)
        return _create(change, seq, updated_ms)
    props = validate_set(_writable(change), existing.element)
    groups = touched_groups(props)
    if not groups:
        return Merged(stored=existing, set={}, inverse={})
    before = {group: of_group_with(props, existing.element, group) for group in groups}
    origins = {group: existing.group_seq.get(group, 0) for group in groups}
    element = {**existing.element, **props}
    stamp = _stamp(change, existing.element, seq, updated_ms)
    element.update(stamp)
    # Clients that joined after the deletion do not have the object, so it comes back whole.
    comes_back = existing.element["isDeleted"] and not element["isDeleted"]
    inverse: dict[str, Any] = {"id": change.id, "created": False, "groups": before}
    inverse["origins"] = origins
    if element["isDeleted"] != existing.element["isDeleted"]:
        inverse["deleted"] = element["isDeleted"]
    return Merged(
        stored=StoredObject(element, {**existing.group_seq, **_origins(change, groups, seq)}),
        set=dict(element) if comes_back else {**props, **stamp},
        inverse=inverse,
    )


def _create(change: Change, seq: int, updated_ms: int) -> Merged:
    element = validate_element({**change.set, "id": change.id})
    element.update(_stamp(change, {"version": 0}, seq, updated_ms))
    groups = touched_groups(element)
    return Merged(
        stored=StoredObject(element, _origins(change, groups, seq)),
        set=dict(element),
        inverse={"id": change.id, "created": True, "groups": {}},
    )


def _origins(change: Change, groups: Iterable[str], seq: int) -> dict[str, int]:
    """What only gives values back makes none, also of a group that older rows do not know."""
    return {group: change.origins.get(group, 0 if change.origins else seq) for group in groups}


def _writable(change: Change) -> dict[str, Any]:
    return {name: value for name, value in change.set.items() if is_writable(name)}


MAX_VERSION_LEAD = 1_000_000


def _stamp(
    change: Change, existing: Mapping[str, Any], seq: int, updated_ms: int
) -> dict[str, Any]:
    """Version and nonce are the server's, and always newer than what any editor holds.

    The nonce is derived, not random: the same change gives the same bytes.
    """
    stored, proposed = existing.get("version", 0), change.set.get("version", 0)
    if not isinstance(proposed, int) or proposed > stored + MAX_VERSION_LEAD:
        proposed = 0
    nonce = zlib.crc32(f"{change.id}:{seq}".encode()) & 0x7FFFFFFF
    return {
        "version": max(stored, proposed) + 1,
        "versionNonce": nonce or 1,
        "updated": updated_ms,
    }
