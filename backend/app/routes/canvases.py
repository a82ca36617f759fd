"""Canvases: their list, their objects, their members."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, g

from app.routes.guards import current_actor
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
from app.services.ai_job_service import AIJobService
from app.services.job_views import job_views
from app.services.scene_reading import read_scene

canvases_bp = APIBlueprint("canvases", __name__, url_prefix="/api", tag="Canvases")


@canvases_bp.get("/canvases")
@canvases_bp.input(CanvasesQuery, location="query")
@canvases_bp.doc(summary="Own and shared canvases, newest change first")
def list_canvases(query_data: CanvasesQuery) -> dict[str, Any]:
    page = canvas_service.list_canvases(current_actor(), query_data.limit, query_data.cursor)
    return {"success": True, **page}


@canvases_bp.post("/canvases")
@canvases_bp.input(CanvasIn)
@canvases_bp.doc(summary="New canvas", responses={201: "Created"})
def create_canvas(json_data: CanvasIn) -> tuple[dict[str, Any], int]:
    canvas_id = canvas_service.create_canvas(current_actor().id, json_data.title)
    return {"success": True, "canvas": canvas_service.get_canvas(current_actor(), canvas_id)}, 201


@canvases_bp.get("/canvases/<canvas_id>")
@canvases_bp.doc(summary="One canvas")
def get_canvas(canvas_id: str) -> dict[str, Any]:
    return {"success": True, "canvas": canvas_service.get_canvas(current_actor(), canvas_id)}


@canvases_bp.patch("/canvases/<canvas_id>")
@canvases_bp.input(CanvasPatch)
@canvases_bp.doc(summary="Rename")
def rename_canvas(canvas_id: str, json_data: CanvasPatch) -> dict[str, Any]:
    canvas = canvas_service.rename_canvas(current_actor(), canvas_id, json_data.title)
    return {"success": True, "canvas": canvas}


@canvases_bp.delete("/canvases/<canvas_id>")
@canvases_bp.doc(summary="Delete with everything on it")
def delete_canvas(canvas_id: str) -> dict[str, Any]:
    canvas_service.delete_canvas(canvas_id)
    return {"success": True}


@canvases_bp.get("/canvases/<canvas_id>/objects")
@canvases_bp.input(ObjectsQuery, location="query")
@canvases_bp.doc(summary="The scene, or what changed in it since a sequence number")
def objects(canvas_id: str, query_data: ObjectsQuery) -> dict[str, Any]:
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
@canvases_bp.doc(summary="Everybody's jobs on a canvas, newest first")
def jobs(canvas_id: str, query_data: JobsQuery) -> dict[str, Any]:
    listed = AIJobService().get_canvas_jobs(
        canvas_id, query_data.limit, query_data.offset, status=query_data.status
    )
    return {"success": True, "jobs": job_views(listed, current_actor().id)}


@canvases_bp.get("/canvases/<canvas_id>/export")
@canvases_bp.input(ExportQuery, location="query")
@canvases_bp.doc(summary="The scene as a file")
def export(canvas_id: str, query_data: ExportQuery) -> Response:
    title = canvas_service.canvas_title(canvas_id)
    file = export_service.export_scene(canvas_id, title, query_data.format)
    response = Response(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


@canvases_bp.get("/canvases/<canvas_id>/permissions")
@canvases_bp.doc(summary="Members and their roles")
def members(canvas_id: str) -> dict[str, Any]:
    return {"success": True, "role": g.role, "members": member_service.list_members(canvas_id)}


@canvases_bp.post("/canvases/<canvas_id>/permissions")
@canvases_bp.input(ShareIn)
@canvases_bp.doc(summary="Share with an address: a member at once, or an invitation")
def share(canvas_id: str, json_data: ShareIn) -> tuple[dict[str, Any], int]:
    shared = member_service.share(current_actor(), canvas_id, json_data.email, json_data.role)
    return {"success": True, **shared}, 201


@canvases_bp.patch("/canvases/<canvas_id>/permissions/<user_id>")
@canvases_bp.input(RoleIn)
@canvases_bp.doc(summary="Change a member's role")
def change_role(canvas_id: str, user_id: str, json_data: RoleIn) -> dict[str, Any]:
    member = member_service.change_role(canvas_id, user_id, json_data.role)
    return {"success": True, "member": member}


@canvases_bp.delete("/canvases/<canvas_id>/permissions/<user_id>")
@canvases_bp.doc(summary="Remove a member, or leave")
def remove_member(canvas_id: str, user_id: str) -> dict[str, Any]:
    member_service.remove_member(current_actor(), canvas_id, user_id)
    return {"success": True}


@canvases_bp.get("/canvases/<canvas_id>/invitations")
@canvases_bp.doc(summary="Open invitations")
def invitations(canvas_id: str) -> dict[str, Any]:
    return {"success": True, "invitations": member_service.list_invitations(canvas_id)}


@canvases_bp.post("/canvases/<canvas_id>/invitations")
@canvases_bp.input(ShareIn)
@canvases_bp.doc(summary="Invite an address; the link is shown once")
def invite(canvas_id: str, json_data: ShareIn) -> tuple[dict[str, Any], int]:
    invitation = member_service.invite(current_actor(), canvas_id, json_data.email, json_data.role)
    return {"success": True, "invitation": invitation}, 201


@canvases_bp.delete("/canvases/<canvas_id>/invitations/<invitation_id>")
@canvases_bp.doc(summary="Withdraw an invitation")
def withdraw(canvas_id: str, invitation_id: str) -> dict[str, Any]:
    member_service.withdraw_invitation(canvas_id, invitation_id)
    return {"success": True}


@canvases_bp.post("/invitations/accept")
@canvases_bp.input(AcceptIn)
@canvases_bp.doc(summary="Join by an invitation made for this account's address")
def accept(json_data: AcceptIn) -> dict[str, Any]:
    return {"success": True, **member_service.accept_invitation(current_actor(), json_data.token)}
