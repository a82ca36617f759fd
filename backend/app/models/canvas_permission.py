"""Members: who may do what on a canvas."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.canvas import Canvas
from app.models.sql_time import UtcDateTime, utc_now
from app.models.user import User


class CanvasPermission(Model):
    __tablename__ = "canvas_permission"
    __table_args__ = (CheckConstraint("role IN ('owner', 'editor', 'viewer')", name="role"),)

    canvas_id: Mapped[str] = mapped_column(
        ForeignKey("canvas.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())

    canvas: Mapped[Canvas] = relationship()
    user: Mapped[User] = relationship()
