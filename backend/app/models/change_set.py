"""Change sets: what one edit or one job did to a canvas, with what undoes it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.ids import new_id
from app.models.sql_time import UtcDateTime, utc_now

MARKED = "undoes IS NOT NULL OR redoes IS NOT NULL OR restores IS NOT NULL"


class ChangeSet(Model):
    """Covers the changes `first_seq..last_seq`.

    `inverse` lists, per object, the property groups as they were before, and which change had made
    them so. `undoes` names the change set that this one took back, `redoes` the one that it did
    again. A settled one was read by the housekeeping, which gathers
    edits of several `authors` that followed each other into one.
    """

    __tablename__ = "change_set"
    __table_args__ = (
        Index("ix_change_set_canvas_seq", "canvas_id", "last_seq"),
        Index(
            "ix_change_set_marks",
            "canvas_id",
            "last_seq",
            sqlite_where=text(MARKED),
            postgresql_where=text(MARKED),
        ),
        Index(
            "ix_change_set_unsettled",
            "created_at",
            sqlite_where=text("settled = false"),
            postgresql_where=text("settled = false"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    canvas_id: Mapped[str] = mapped_column(ForeignKey("canvas.id", ondelete="CASCADE"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    job_id: Mapped[str | None] = mapped_column(String(36), index=True)
    first_seq: Mapped[int] = mapped_column(BigInteger)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    inverse: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    undoes: Mapped[str | None] = mapped_column(String(36))
    redoes: Mapped[str | None] = mapped_column(String(36))
    restores: Mapped[int | None] = mapped_column(BigInteger)  # the version that it went back to
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    authors: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    settled: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
