"""Share links: made, listed, renewed, revoked and opened. Only a hash of each is kept."""

from typing import Any

from sqlalchemy import delete, func, select, update

from app.domain.errors import NotFound, RateLimited
from app.extensions import db
from app.models import ShareLink
from app.models.ids import new_id
from app.models.sql_time import utc_after, utc_now
from app.runtime import runtime
from app.services import scene_events
from app.services.access_service import Actor
from app.services.canvas_lock import lock_canvas
from app.services.member_service import join_as
from app.services.unit_of_work import unit_of_work
from app.utils.secret_tokens import hash_secret, new_secret

MAX_LINKS = 20
DAY = 86_400
HOUR = 3_600


def create_link(actor: Actor, canvas_id: str, role: str, days: int) -> dict[str, Any]:
    """A link that works for `days`; its address is told once."""
    secret = new_secret()
    with unit_of_work():
        lock_canvas(canvas_id)
        ended = (ShareLink.canvas_id == canvas_id, ShareLink.expires_at <= utc_now())
        db.session.execute(delete(ShareLink).where(*ended))
        count = select(func.count()).where(ShareLink.canvas_id == canvas_id)
        if db.session.execute(count).scalar_one() >= MAX_LINKS:
            raise RateLimited(HOUR, f"A canvas has at most {MAX_LINKS} share links. Revoke one.")
        link = ShareLink(
            id=new_id(),
            canvas_id=canvas_id,
            role=role,
            secret_hash=hash_secret(secret),
            created_by=actor.id,
            expires_at=utc_after(days * DAY),
        )
        db.session.add(link)
    return _view(link) | {"url": _address(secret)}


def list_links(canvas_id: str) -> list[dict[str, Any]]:
    query = (
        select(ShareLink)
        .where(ShareLink.canvas_id == canvas_id, ShareLink.expires_at > utc_now())
        .order_by(ShareLink.created_at.desc())
        .limit(MAX_LINKS)
    )
    return [_view(link) for link in db.session.execute(query).scalars()]


def rotate_link(canvas_id: str, link_id: str, days: int) -> dict[str, Any]:
    """A new address for the same link, valid for `days` from now; the old one ends at once.

    Raises:
        NotFound: this canvas has no such link.
    """
    secret = new_secret()
    with unit_of_work():
        renewed = db.session.execute(
            update(ShareLink)
            .where(ShareLink.id == link_id, ShareLink.canvas_id == canvas_id)
            .values(secret_hash=hash_secret(secret), expires_at=utc_after(days * DAY))
            .returning(ShareLink.id)
            .execution_options(synchronize_session=False)
        ).all()
        if not renewed:
            raise NotFound("There is no such share link.")
    link = db.session.get_one(ShareLink, link_id, populate_existing=True)
    return _view(link) | {"url": _address(secret)}


def revoke_link(canvas_id: str, link_id: str) -> None:
    """End a link. Who came by it stays a member until removed."""
    with unit_of_work():
        gone = db.session.execute(
            delete(ShareLink)
            .where(ShareLink.id == link_id, ShareLink.canvas_id == canvas_id)
            .returning(ShareLink.id)
        ).all()
        if not gone:
            raise NotFound("There is no such share link.")


def open_link(actor: Actor, secret: str) -> dict[str, Any]:
    """Become a member in the link's role; who already may more keeps that.

    Raises:
        NotFound: unknown, expired or revoked.
    """
    with unit_of_work() as work:
        row = _usable(secret)
        lock_canvas(row.canvas_id)
        row = _usable(secret)  # it may have been revoked while we waited
        canvas_id = row.canvas_id
        role = join_as(canvas_id, actor.id, row.role)
        work.after_commit(lambda: scene_events.role_changed(canvas_id, actor.id, role))
    return {"canvas_id": canvas_id, "role": role}


def _usable(secret: str) -> Any:
    row = db.session.execute(
        select(ShareLink.canvas_id, ShareLink.role).where(
            ShareLink.secret_hash == hash_secret(secret), ShareLink.expires_at > utc_now()
        )
    ).one_or_none()
    if row is None:
        raise NotFound("This link is not valid any more. Ask for a new one.")
    return row


def _address(secret: str) -> str:
    settings = runtime().settings
    # After `#`, so that no server log or referrer ever holds the secret.
    return f"{settings.base_url}/share#{secret}"


def _view(link: ShareLink) -> dict[str, Any]:
    return {
        "id": link.id,
        "role": link.role,
        "created_at": link.created_at.isoformat(),
        "expires_at": link.expires_at.isoformat(),
    }
