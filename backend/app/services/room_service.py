"""What open canvases have to know: the newest change, and who may be there."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.domain.access.policy import Role
from app.extensions import db
from app.models import Canvas, CanvasPermission


@dataclass
class RoomFacts:
    seq: int
    roles: dict[str, Role] = field(default_factory=dict)


def room_facts(canvas_ids: Iterable[str]) -> dict[str, RoomFacts]:
    """Per canvas that exists: its head and its members' roles."""
    ids = list(canvas_ids)
    heads = db.session.execute(select(Canvas.id, Canvas.head_seq).where(Canvas.id.in_(ids)))
    facts = {canvas_id: RoomFacts(seq) for canvas_id, seq in heads}
    members = db.session.execute(
        select(CanvasPermission.canvas_id, CanvasPermission.user_id, CanvasPermission.role).where(
            CanvasPermission.canvas_id.in_(ids)
        )
    )
    for canvas_id, user_id, role in members:
        if canvas_id in facts:
            facts[canvas_id].roles[user_id] = Role(role)
    return facts
