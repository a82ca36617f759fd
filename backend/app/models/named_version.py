"""Named versions: a canvas as it was, kept whole however long ago."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.sql_time import UtcDateTime, utc_now


class NamedVersion(Model):
    """The scene after change `seq`: `scene` is its elements as compressed JSON."""

    __tablename__ = "named_version"

    canvas_id: Mapped[str] = mapped_column(
        ForeignKey("canvas.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    scene: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    file_ids: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
