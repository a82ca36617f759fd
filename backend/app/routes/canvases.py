"""Canvases: their list, their objects, their members."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from app.domain.access.ids import EditableCanvasId, OwnedCanvasId, ViewableCanvasId
from app.domain.access.policy import Rule
from app.domain.errors import Conflict, NotFound
from app.domain.formats import exports
from app.domain.formats.excalidraw import EXCALIDRAW
from app.routes.answers.base import Success
from app.routes.answers.canvases import (
    CanvasAnswer,
    CanvasList,
    Entry,
    ExcalidrawDocument,
    InvitationAnswer,
    InvitationList,
    MemberAnswer,
    MemberList,
    Scene,
    SharedWith,
)
from app.routes.answers.jobs import JobList
from app.routes.describe import BINARY, TEXT, MediaTypes, answers, refuses, takes
from app.routes.guards import current_actor, current_role
from app.routes.schemas import (
    AcceptIn,
    CanvasesQuery,
    CanvasIn,
    CanvasPatch,
    ExportQuery,
    JobsQuery,
    ObjectsQuery,
    RoleIn,
    ShareIn,
)
from app.services import canvas_service, export_service, member_service
from app.services.access_service import check
from app.services.jobs.lists import list_jobs
from app.services.jobs.views import job_views
from app.services.scene_reading import read_scene
from app.utils.attachments import attachment

canvases_bp = APIBlueprint("canvases", __name__, url_prefix="/api", tag="Canvases")

SHARED = {"email": "ben@example.org", "role": "editor"}
DOWNLOAD = {"Content-Disposition": "The file's name."}


def exported_content() -> MediaTypes:
    """What each format's file is, by media type."""
    known: MediaTypes = {EXCALIDRAW.media_type: ExcalidrawDocument}
    plain = {found.media_type: BINARY if found.binary else TEXT for found in exports().values()}
    return {**plain, **known}


@canvases_bp.get("/canvases")
@canvases_bp.input(CanvasesQuery, location="query")
@answers(CanvasList, says="A page of canvases.")
def list_canvases(query_data: CanvasesQuery) -> dict[str, Any]:
    """Own and shared canvases, newest change first

    `next_cursor` of one page asks for the next as `cursor`.
    """
    page = canvas_service.list_canvases(current_actor(), query_data.limit, query_data.cursor)
    return {"success": True, **page}


@canvases_bp.post("/canvases")
@canvases_bp.input(CanvasIn)
@takes(example={"title": "Sign-up flow"})
@answers(CanvasAnswer, 201, "The canvas.")
def create_canvas(json_data: CanvasIn) -> tuple[dict[str, Any], int]:
    """New canvas

    An empty one, owned by the person who asks.
    """
    canvas_id = canvas_service.create_canvas(current_actor().id, json_data.title)
    return {"success": True, "canvas": canvas_service.get_canvas(current_actor(), canvas_id)}, 201


@canvases_bp.get("/canvases/<canvas_id>")
@answers(CanvasAnswer, says="The canvas.")
def get_canvas(canvas_id: ViewableCanvasId) -> dict[str, Any]:
    """One canvas"""
    return {"success": True, "canvas": canvas_service.get_canvas(current_actor(), canvas_id)}


@canvases_bp.patch("/canvases/<canvas_id>")
@canvases_bp.input(CanvasPatch)
@answers(CanvasAnswer, says="The canvas.")
def rename_canvas(canvas_id: EditableCanvasId, json_data: CanvasPatch) -> dict[str, Any]:
    """Rename a canvas"""
    canvas = canvas_service.rename_canvas(current_actor(), canvas_id, json_data.title)
    return {"success": True, "canvas": canvas}


@canvases_bp.delete("/canvases/<canvas_id>")
@answers(Success, says="Deleted.")
def delete_canvas(canvas_id: OwnedCanvasId) -> dict[str, Any]:
    """Delete a canvas with everything on it

    Its objects, pictures, history and members' access are gone for good. Its jobs end.
    """
    canvas_service.delete_canvas(canvas_id)
    return {"success": True}


@canvases_bp.get("/canvases/<canvas_id>/objects")
@canvases_bp.input(ObjectsQuery, location="query")
@answers(Scene, says="The objects.")
def get_objects(canvas_id: ViewableCanvasId, query_data: ObjectsQuery) -> dict[str, Any]:
    """The scene, or what changed in it since a sequence number

    With `epoch` and `since` only what changed after that `seq`, if that is still known (`mode` is
    `delta`); else all objects (`snapshot`).
    """
    scene = read_scene(canvas_id, epoch=query_data.epoch, since=query_data.since)
    return {
        "success": True,
        "epoch": scene.epoch,
        "seq": scene.seq,
        "min_seq": scene.min_seq,
        "mode": scene.mode,
        "objects": scene.objects,
    }


@canvases_bp.get("/canvases/<canvas_id>/jobs")
@canvases_bp.input(JobsQuery, location="query")
@answers(JobList, says="A page of jobs.")
def canvas_jobs(canvas_id: ViewableCanvasId, query_data: JobsQuery) -> dict[str, Any]:
    """Everybody's jobs on a canvas, newest first

    What was asked for is shown to its requester and to editors only.
    """
    listed = list_jobs(
        query_data.limit, query_data.offset, canvas_id=canvas_id, status=query_data.status
    )
    return {"success": True, "jobs": job_views(listed, current_actor().id)}


@canvases_bp.get("/canvases/<canvas_id>/export")
@canvases_bp.input(ExportQuery, location="query")
@answers(exported_content, says="The file.", headers=DOWNLOAD)
def export_canvas(canvas_id: ViewableCanvasId, query_data: ExportQuery) -> Response:
    """The scene as a file

    SVG and PNG look as in the editor, with the pictures embedded.
    """
    title = canvas_service.canvas_title(canvas_id)
    file = export_service.export_scene(canvas_id, title, query_data.format)
    response = Response(file.content, mimetype=file.media_type)
    response.headers["Content-Disposition"] = attachment(file.name)
    return response


@canvases_bp.get("/canvases/<canvas_id>/permissions")
@answers(MemberList, says="Members, in the order in which they joined.")
def list_members(canvas_id: ViewableCanvasId) -> dict[str, Any]:
    """Members and their roles"""
    return {
        "success": True,
        "role": current_role(),
        "members": member_service.list_members(canvas_id),
    }


@canvases_bp.post("/canvases/<canvas_id>/permissions")
@canvases_bp.input(ShareIn)
@takes(example=SHARED)
@answers(SharedWith, 201, "The member, or the invitation.")
@refuses(Conflict)
def share_canvas(canvas_id: OwnedCanvasId, json_data: ShareIn) -> tuple[dict[str, Any], int]:
    """Share with an address: a member at once, or an invitation"""
    shared = member_service.share(current_actor(), canvas_id, json_data.email, json_data.role)
    return {"success": True, **shared}, 201


@canvases_bp.patch("/canvases/<canvas_id>/permissions/<user_id>")
@canvases_bp.input(RoleIn)
@answers(MemberAnswer, says="The member.")
@refuses(Conflict)
def change_role(canvas_id: OwnedCanvasId, user_id: str, json_data: RoleIn) -> dict[str, Any]:
    """Change a member's role

    Acts at once on the sockets that they have open. The owner's role changes by `transfer` only.
    """
    member = member_service.change_role(canvas_id, user_id, json_data.role)
    return {"success": True, "member": member}


@canvases_bp.delete("/canvases/<canvas_id>/permissions/<user_id>")
@answers(Success, says="Removed.")
@refuses(Conflict)
def remove_member(canvas_id: ViewableCanvasId, user_id: str) -> dict[str, Any]:
    """Remove a member, or leave

    Everybody may remove themselves, but the owner; only the owner may remove others.
    """
    if user_id == current_actor().id:
        member_service.leave(current_actor(), canvas_id)
    else:
        owned = check(canvas_id, current_role(), Rule.CANVAS_MANAGE)
        member_service.remove_member(owned, user_id)
    return {"success": True}


@canvases_bp.get("/canvases/<canvas_id>/invitations")
@answers(InvitationList, says="Invitations, newest first.")
def list_invitations(canvas_id: OwnedCanvasId) -> dict[str, Any]:
    """Open invitations"""
    return {"success": True, "invitations": member_service.list_invitations(canvas_id)}


@canvases_bp.post("/canvases/<canvas_id>/invitations")
@canvases_bp.input(ShareIn)
@takes(example=SHARED)
@answers(InvitationAnswer, 201, "The invitation.")
def create_invitation(canvas_id: OwnedCanvasId, json_data: ShareIn) -> tuple[dict[str, Any], int]:
    """Invite an address; the link is shown once

    For 14 days, for the account with this address. It replaces an earlier one.
    """
    invitation = member_service.invite(current_actor(), canvas_id, json_data.email, json_data.role)
    return {"success": True, "invitation": invitation}, 201


@canvases_bp.delete("/canvases/<canvas_id>/invitations/<invitation_id>")
@answers(Success, says="Withdrawn.")
def withdraw_invitation(canvas_id: OwnedCanvasId, invitation_id: str) -> dict[str, Any]:
    """Withdraw an invitation"""
    member_service.withdraw_invitation(canvas_id, invitation_id)
    return {"success": True}


@canvases_bp.post("/invitations/accept")
@canvases_bp.input(AcceptIn)
@answers(Entry, says="The canvas, and the role on it.")
@refuses(NotFound)
def accept_invitation(json_data: AcceptIn) -> dict[str, Any]:
    """Join by an invitation made for this account's address

    `token` is the part of the link after `#`.
    """
    return {"success": True, **member_service.accept_invitation(current_actor(), json_data.token)}
