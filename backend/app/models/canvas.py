"""Canvases: the order of their changes lives in this row."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.ids import new_id
from app.models.sql_time import UtcDateTime, utc_now
from app.models.user import User


class Canvas(Model):
    """`head_seq` is the number of the newest change; clients older than `min_seq`, or of another
    `epoch`, cannot be brought up to date by a delta and get a snapshot."""

    __tablename__ = "canvas"
    __table_args__ = (Index("ix_canvas_owner_updated", "owner_id", "updated_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    head_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    min_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    epoch: Mapped[str] = mapped_column(String(36), default=new_id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())

    owner: Mapped[User] = relationship()
