"""Share links: made, listed, renewed, revoked and opened. Only a hash of each is kept."""

from typing import Any

from app.domain.access.ids import OwnedCanvasId
from app.domain.errors import NotFound, RateLimited
from app.models import share_links
from app.runtime import runtime
from app.services.access_service import Actor
from app.services.canvas_lock import lock_canvas
from app.services.member_service import join_as
from app.services.unit_of_work import unit_of_work
from app.utils.secret_tokens import hash_secret, new_secret

MAX_LINKS = 20
DAY = 86_400
HOUR = 3_600


def create_link(actor: Actor, canvas_id: OwnedCanvasId, role: str, days: int) -> dict[str, Any]:
    """A link that works for `days`; its address is shown once."""
    secret = new_secret()
    with unit_of_work():
        lock_canvas(canvas_id)
        share_links.forget_ended(canvas_id)
        if share_links.count_links(canvas_id) >= MAX_LINKS:
            raise RateLimited(HOUR, f"A canvas has at most {MAX_LINKS} share links. Revoke one.")
        link = share_links.add(canvas_id, role, hash_secret(secret), actor.id, days * DAY)
    return _view(link) | {"url": _address(secret)}


def list_links(canvas_id: OwnedCanvasId) -> list[dict[str, Any]]:
    return [_view(link) for link in share_links.links_of(canvas_id, MAX_LINKS)]


def rotate_link(canvas_id: OwnedCanvasId, link_id: str, days: int) -> dict[str, Any]:
    """A new address for the same link, valid for `days` from now; the old one ends at once.

    Raises:
        NotFound: this canvas has no such link.
    """
    secret = new_secret()
    with unit_of_work():
        link = share_links.renew(canvas_id, link_id, hash_secret(secret), days * DAY)
        if link is None:
            raise NotFound("There is no such share link.")
    return _view(link) | {"url": _address(secret)}


def revoke_link(canvas_id: OwnedCanvasId, link_id: str) -> None:
    """End a link. People who joined by it stay members until removed."""
    with unit_of_work():
        if not share_links.revoke(canvas_id, link_id):
            raise NotFound("There is no such share link.")


def open_link(actor: Actor, secret: str) -> dict[str, Any]:
    """Become a member in the link's role; a role that may more is kept.

    Raises:
        NotFound: unknown, expired or revoked.
    """
    with unit_of_work() as work:
        lock_canvas(_usable(secret).canvas_id)
        link = _usable(secret)  # it may have been revoked while we waited
        return join_as(work, link.canvas_id, actor.id, link.role)


def _usable(secret: str) -> Any:
    link = share_links.opened_by(hash_secret(secret))
    if link is None:
        raise NotFound("This link is not valid any more. Ask for a new one.")
    return link


def _address(secret: str) -> str:
    settings = runtime().settings
    # After `#`, so that no server log or referrer ever holds the secret.
    return f"{settings.base_url}/share#{secret}"


def _view(link: Any) -> dict[str, Any]:
    return {
        "id": link.id,
        "role": link.role,
        "created_at": link.created_at.isoformat(),
        "expires_at": link.expires_at.isoformat(),
    }
