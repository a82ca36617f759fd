"""Share links, and handing a canvas over."""

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field, StringConstraints

from app.domain.access.ids import OwnedCanvasId
from app.domain.errors import Conflict, NotFound
from app.routes.answers.base import Success
from app.routes.answers.canvases import Entry, ShareLinkAnswer, ShareLinkList, Transferred
from app.routes.describe import answers, refuses
from app.routes.guards import current_actor
from app.services import member_service, share_link_service
from app.utils.fields import Body, Id, Whole

DAYS = 30
MOST_DAYS = 365

sharing_bp = APIBlueprint("sharing", __name__, url_prefix="/api", tag="Sharing")


class RenewalIn(Body):
    days: Whole = Field(default=DAYS, ge=1, le=MOST_DAYS)


class ShareLinkIn(RenewalIn):
    role: Literal["editor", "viewer"] = "viewer"


class OpenIn(Body):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class TransferIn(Body):
    user_id: Id


@sharing_bp.get("/canvases/<canvas_id>/share-links")
@answers(ShareLinkList, says="Links, newest first.")
def list_share_links(canvas_id: OwnedCanvasId) -> dict[str, Any]:
    """Share links that still work, without their addresses"""
    return {"success": True, "share_links": share_link_service.list_links(canvas_id)}


@sharing_bp.post("/canvases/<canvas_id>/share-links")
@sharing_bp.input(ShareLinkIn)
@answers(ShareLinkAnswer, 201, "The link.")
def create_share_link(
    canvas_id: OwnedCanvasId, json_data: ShareLinkIn
) -> tuple[dict[str, Any], int]:
    """A link to view or edit; its address is shown once

    At most 20 on a canvas.
    """
    link = share_link_service.create_link(
        current_actor(), canvas_id, json_data.role, json_data.days
    )
    return {"success": True, "share_link": link}, 201


@sharing_bp.post("/canvases/<canvas_id>/share-links/<link_id>/rotate")
@sharing_bp.input(RenewalIn)
@answers(ShareLinkAnswer, says="The link.")
def rotate_share_link(
    canvas_id: OwnedCanvasId, link_id: str, json_data: RenewalIn
) -> dict[str, Any]:
    """A new address for a link; the old one ends"""
    link = share_link_service.rotate_link(canvas_id, link_id, json_data.days)
    return {"success": True, "share_link": link}


@sharing_bp.delete("/canvases/<canvas_id>/share-links/<link_id>")
@answers(Success, says="Revoked.")
def revoke_share_link(canvas_id: OwnedCanvasId, link_id: str) -> dict[str, Any]:
    """Revoke a share link

    People who joined by it stay members until removed.
    """
    share_link_service.revoke_link(canvas_id, link_id)
    return {"success": True}


@sharing_bp.post("/share-links/open")
@sharing_bp.input(OpenIn)
@answers(Entry, says="The canvas, and the role on it.")
@refuses(NotFound)
def open_share_link(json_data: OpenIn) -> dict[str, Any]:
    """Become a member by a share link

    `token` is the part of the address after `#`. A role that may do more is kept.
    """
    return {"success": True, **share_link_service.open_link(current_actor(), json_data.token)}


@sharing_bp.post("/canvases/<canvas_id>/transfer")
@sharing_bp.input(TransferIn)
@answers(Transferred, says="The members.")
@refuses(Conflict)
def transfer_canvas(canvas_id: OwnedCanvasId, json_data: TransferIn) -> dict[str, Any]:
    """Make another member the owner, and oneself an editor"""
    members = member_service.transfer(current_actor(), canvas_id, json_data.user_id)
    return {"success": True, "members": members}
