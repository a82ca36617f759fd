"""Share links: a person who signs in and opens one becomes a member in its role."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.ids import new_id
from app.models.sql_time import UtcDateTime, utc_now


class ShareLink(Model):
    __tablename__ = "share_link"
    __table_args__ = (CheckConstraint("role IN ('editor', 'viewer')", name="role"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    canvas_id: Mapped[str] = mapped_column(ForeignKey("canvas.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
