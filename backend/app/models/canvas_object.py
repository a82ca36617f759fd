"""Objects: one stored Excalidraw element a row; a deleted one stays as a tombstone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.sql_time import UtcDateTime, utc_now


class CanvasObject(Model):
    """`group_seq` says for each property group which change wrote it last (docs/protocol.md)."""

    __tablename__ = "canvas_object"
    __table_args__ = (Index("ix_canvas_object_canvas_seq", "canvas_id", "seq"),)

    canvas_id: Mapped[str] = mapped_column(
        ForeignKey("canvas.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    group_seq: Mapped[dict[str, int]] = mapped_column(JSON)
    seq: Mapped[int] = mapped_column(BigInteger)
    deleted: Mapped[bool] = mapped_column(default=False)
    updated_by: Mapped[str | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())
