"""Invitations: bound to one e-mail address, used once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.canvas import Canvas
from app.models.ids import new_id
from app.models.sql_time import UtcDateTime, utc_now


class Invitation(Model):
    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("role IN ('editor', 'viewer')", name="role"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    canvas_id: Mapped[str] = mapped_column(ForeignKey("canvas.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    role: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    canvas: Mapped[Canvas] = relationship()
