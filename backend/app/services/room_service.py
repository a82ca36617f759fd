"""What open canvases have to know: the newest change, and who may be there."""

from collections.abc import Collection
from dataclasses import dataclass, field

from app.domain.access.policy import Role
from app.models import roles, scene_rows


@dataclass
class RoomFacts:
    """`seq` is the number of the newest change; `roles` are the members' by their ids."""

    seq: int
    roles: dict[str, Role] = field(default_factory=dict)


def room_facts(canvas_ids: Collection[str]) -> dict[str, RoomFacts]:
    """Of each canvas that exists, by its id."""
    facts = {row.id: RoomFacts(row.head_seq) for row in scene_rows.heads_of(canvas_ids)}
    for member in roles.members_of(canvas_ids):
        if member.canvas_id in facts:
            facts[member.canvas_id].roles[member.user_id] = Role(member.role)
    return facts
