"""Versions of a canvas."""

from typing import Literal

from app.routes.answers.base import Answer, Count, Person, Success, Time
from app.routes.answers.canvases import SceneElement


class Version(Answer):
    """A version of a canvas, named by the number of its last change."""

    version: Count
    kind: Literal["edit", "job", "undo", "redo", "restore", "named"]
    """`named`: only the name and the scene are left of it."""
    name: str | None
    named_by: Person | None
    named_at: Time | None
    authors: list[Person]
    job_id: str | None
    instructions: str | None
    """What the job was asked for; only for those who may edit, while the job is kept."""
    restores: Count | None
    """The version that was gone back to."""
    changes: Count
    added: Count
    """Objects, as `changed` and `removed`."""
    changed: Count
    removed: Count
    started_at: Time | None
    """Null where only the name and the scene are left."""
    ended_at: Time | None
    thumbnail: str
    """The address of a small picture, which never changes."""


class VersionList(Success):
    versions: list[Version]
    next_before: Count | None
    """Asks for older ones as `before`; null when there are none."""


class VersionAnswer(Success):
    version: Version


class VersionScene(Success):
    version: Count
    name: str | None
    objects: list[SceneElement]


class Restored(Success):
    version: Count
    """The new version, which looks like the old one."""
    changes: Count
    """How many objects changed."""
