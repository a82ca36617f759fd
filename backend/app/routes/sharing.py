"""Share links, and handing a canvas over."""

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field, StringConstraints

from app.routes.guards import current_actor
from app.routes.schemas import Body, Id
from app.services import member_service, share_link_service

DAYS = 30
MOST_DAYS = 365

sharing_bp = APIBlueprint("sharing", __name__, url_prefix="/api", tag="Sharing")


class RenewalIn(Body):
    days: int = Field(default=DAYS, ge=1, le=MOST_DAYS, strict=True)


class ShareLinkIn(RenewalIn):
    role: Literal["editor", "viewer"] = "viewer"


class OpenIn(Body):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class TransferIn(Body):
    user_id: Id


@sharing_bp.get("/canvases/<canvas_id>/share-links")
@sharing_bp.doc(summary="Share links that still work, without their addresses")
def share_links(canvas_id: str) -> dict[str, Any]:
    return {"success": True, "share_links": share_link_service.list_links(canvas_id)}


@sharing_bp.post("/canvases/<canvas_id>/share-links")
@sharing_bp.input(ShareLinkIn)
@sharing_bp.doc(summary="A link to view or edit; its address is shown once")
def create_share_link(canvas_id: str, json_data: ShareLinkIn) -> tuple[dict[str, Any], int]:
    link = share_link_service.create_link(
        current_actor(), canvas_id, json_data.role, json_data.days
    )
    return {"success": True, "share_link": link}, 201


@sharing_bp.post("/canvases/<canvas_id>/share-links/<link_id>/rotate")
@sharing_bp.input(RenewalIn)
@sharing_bp.doc(summary="A new address for a link; the old one ends")
def rotate_share_link(canvas_id: str, link_id: str, json_data: RenewalIn) -> dict[str, Any]:
    link = share_link_service.rotate_link(canvas_id, link_id, json_data.days)
    return {"success": True, "share_link": link}


@sharing_bp.delete("/canvases/<canvas_id>/share-links/<link_id>")
@sharing_bp.doc(summary="Revoke a link")
def revoke_share_link(canvas_id: str, link_id: str) -> dict[str, Any]:
    share_link_service.revoke_link(canvas_id, link_id)
    return {"success": True}


@sharing_bp.post("/share-links/open")
@sharing_bp.input(OpenIn)
@sharing_bp.doc(summary="Become a member by a share link")
def open_share_link(json_data: OpenIn) -> dict[str, Any]:
    return {"success": True, **share_link_service.open_link(current_actor(), json_data.token)}


@sharing_bp.post("/canvases/<canvas_id>/transfer")
@sharing_bp.input(TransferIn)
@sharing_bp.doc(summary="Make another member the owner, and oneself an editor")
def transfer(canvas_id: str, json_data: TransferIn) -> dict[str, Any]:
    members = member_service.transfer(current_actor(), canvas_id, json_data.user_id)
    return {"success": True, "members": members}
