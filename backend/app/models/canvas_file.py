"""Pictures on canvases, kept in the database: every web machine has them, and so does a backup."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.sql_time import UtcDateTime, utc_now


class CanvasFile(Model):
    """`id` is the digest of what was uploaded; `content` was made from it, `small` for previews.

    `kept_at`: when it was last uploaded, or found in use by the housekeeping.
    """

    __tablename__ = "canvas_file"
    __table_args__ = (
        CheckConstraint("media_type IN ('image/png', 'image/jpeg')", name="media_type"),
        Index("ix_canvas_file_user_id", "user_id"),
        Index("ix_canvas_file_kept_at", "kept_at"),
    )

    canvas_id: Mapped[str] = mapped_column(
        ForeignKey("canvas.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    size: Mapped[int] = mapped_column()  # bytes of `content` and `small`
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
