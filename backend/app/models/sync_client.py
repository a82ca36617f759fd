"""Browsers' outboxes: the last batch of each that was applied, so that none is applied twice."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.sql_time import UtcDateTime, utc_now


class SyncClient(Model):
    __tablename__ = "sync_client"
    __table_args__ = (Index("ix_sync_client_seen_at", "seen_at"),)

    canvas_id: Mapped[str] = mapped_column(
        ForeignKey("canvas.id", ondelete="CASCADE"), primary_key=True
    )
    client_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    last_n: Mapped[int] = mapped_column(BigInteger, default=0)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())
