"""Who may do what: the one table that HTTP routes and socket events are both held to."""

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class Rule(StrEnum):
    """What a door asks of the person who comes."""

    PUBLIC = "public"  # anyone, signed in or not
    SIGNED_IN = "signed_in"  # any account; the use case scopes to the actor's own rows
    CANVAS_VIEW = "canvas.view"
    CANVAS_EDIT = "canvas.edit"
    CANVAS_MANAGE = "canvas.manage"  # members, deletion
    JOB_VIEW = "job.view"  # its requester, and members of its canvas (editors: what was asked for)
    JOB_CANCEL = "job.cancel"  # its requester, editors of its canvas, and operators
    JOB_STEER = "job.steer"  # its requester, and editors of its canvas: undo, redo
    JOB_RETRY = "job.retry"  # its requester
    OPERATOR = "operator"  # runs the installation


_ALL, _EDITORS, _OWNERS = (
    frozenset(Role),
    frozenset({Role.OWNER, Role.EDITOR}),
    frozenset({Role.OWNER}),
)

GRANTS: dict[Rule, frozenset[Role]] = {
    Rule.CANVAS_VIEW: _ALL,
    Rule.CANVAS_EDIT: _EDITORS,
    Rule.CANVAS_MANAGE: _OWNERS,
}

# What operators may do to anybody's job. They may not read what was asked for, nor what was drawn.
OF_OPERATORS = frozenset({Rule.JOB_CANCEL})

AGENT = "/api/ai-agent"
CANVAS = "/api/canvases/<canvas_id>"

DOORS: dict[str, Rule] = {
    # the page and its parts
    "GET /": Rule.PUBLIC,
    "GET /<path:path>": Rule.PUBLIC,
    "GET /health": Rule.PUBLIC,
    "GET /ready": Rule.PUBLIC,
    "GET /metrics": Rule.PUBLIC,  # METRICS_TOKEN guards it, in the use case
    "GET /docs": Rule.PUBLIC,
    "GET /api/openapi.json": Rule.PUBLIC,
    "GET /api/config": Rule.PUBLIC,
    # accounts
    "POST /api/auth/register": Rule.PUBLIC,
    "POST /api/auth/login": Rule.PUBLIC,
    "POST /api/auth/logout": Rule.PUBLIC,
    "GET /api/auth/oidc/start": Rule.PUBLIC,
    "GET /api/auth/oidc/callback": Rule.PUBLIC,
    "GET /api/auth/me": Rule.SIGNED_IN,
    "PATCH /api/auth/me": Rule.SIGNED_IN,
    "GET /api/auth/sessions": Rule.SIGNED_IN,
    "DELETE /api/auth/sessions/<session_id>": Rule.SIGNED_IN,
    "GET /api/auth/tokens": Rule.SIGNED_IN,
    "POST /api/auth/tokens": Rule.SIGNED_IN,
    "DELETE /api/auth/tokens/<token_id>": Rule.SIGNED_IN,
    # jobs; what asks for one follows from its kind (`routes.doors`)
    f"GET {AGENT}/job/<job_id>/status": Rule.JOB_VIEW,
    f"GET {AGENT}/job/<job_id>/result": Rule.JOB_VIEW,
    f"POST {AGENT}/job/<job_id>/cancel": Rule.JOB_CANCEL,
    f"POST {AGENT}/job/<job_id>/undo": Rule.JOB_STEER,
    f"POST {AGENT}/job/<job_id>/redo": Rule.JOB_STEER,
    f"PUT {AGENT}/job/<job_id>/taken-back": Rule.JOB_STEER,
    f"POST {AGENT}/job/<job_id>/retry": Rule.JOB_RETRY,
    f"GET {AGENT}/jobs": Rule.SIGNED_IN,
    f"GET {AGENT}/jobs/stats": Rule.SIGNED_IN,
    # the installation; for everybody else these do not exist
    "GET /api/operator/jobs": Rule.OPERATOR,
    "GET /api/operator/workers": Rule.OPERATOR,
    "GET /api/operator/queue": Rule.OPERATOR,
    # canvases
    "GET /api/canvases": Rule.SIGNED_IN,
    "POST /api/canvases": Rule.SIGNED_IN,
    f"GET {CANVAS}": Rule.CANVAS_VIEW,
    f"PATCH {CANVAS}": Rule.CANVAS_EDIT,
    f"DELETE {CANVAS}": Rule.CANVAS_MANAGE,
    f"GET {CANVAS}/objects": Rule.CANVAS_VIEW,
    f"GET {CANVAS}/export": Rule.CANVAS_VIEW,
    f"GET {CANVAS}/jobs": Rule.CANVAS_VIEW,
    f"GET {CANVAS}/permissions": Rule.CANVAS_VIEW,
    f"POST {CANVAS}/permissions": Rule.CANVAS_MANAGE,
    f"PATCH {CANVAS}/permissions/<user_id>": Rule.CANVAS_MANAGE,
    f"DELETE {CANVAS}/permissions/<user_id>": Rule.CANVAS_VIEW,  # oneself; others: CANVAS_MANAGE
    f"GET {CANVAS}/invitations": Rule.CANVAS_MANAGE,
    f"POST {CANVAS}/invitations": Rule.CANVAS_MANAGE,
    f"DELETE {CANVAS}/invitations/<invitation_id>": Rule.CANVAS_MANAGE,
    "POST /api/invitations/accept": Rule.SIGNED_IN,
    f"POST {CANVAS}/transfer": Rule.CANVAS_MANAGE,
    f"GET {CANVAS}/share-links": Rule.CANVAS_MANAGE,
    f"POST {CANVAS}/share-links": Rule.CANVAS_MANAGE,
    f"POST {CANVAS}/share-links/<link_id>/rotate": Rule.CANVAS_MANAGE,
    f"DELETE {CANVAS}/share-links/<link_id>": Rule.CANVAS_MANAGE,
    "POST /api/share-links/open": Rule.SIGNED_IN,
    f"GET {CANVAS}/versions": Rule.CANVAS_VIEW,
    f"GET {CANVAS}/versions/<int:version>": Rule.CANVAS_VIEW,
    f"POST {CANVAS}/versions/<int:version>/restore": Rule.CANVAS_EDIT,
    f"POST {CANVAS}/files": Rule.CANVAS_EDIT,
    f"GET {CANVAS}/files/<file_id>": Rule.CANVAS_VIEW,
    f"GET {CANVAS}/thumbnail": Rule.CANVAS_VIEW,
    f"POST {CANVAS}/duplicate": Rule.CANVAS_VIEW,
    f"POST {CANVAS}/import": Rule.CANVAS_EDIT,
    f"POST {CANVAS}/review": Rule.CANVAS_VIEW,
    f"POST {CANVAS}/versions": Rule.CANVAS_EDIT,
    f"PATCH {CANVAS}/versions/<int:version>": Rule.CANVAS_EDIT,
    f"DELETE {CANVAS}/versions/<int:version>": Rule.CANVAS_EDIT,
    f"GET {CANVAS}/versions/<int:version>/thumbnail": Rule.CANVAS_VIEW,
    # socket events
    "socket connect": Rule.SIGNED_IN,
    "socket disconnect": Rule.PUBLIC,
    "socket join_canvas": Rule.CANVAS_VIEW,
    "socket leave_canvas": Rule.SIGNED_IN,
    "socket scene_update": Rule.CANVAS_EDIT,
    "socket cursor": Rule.CANVAS_VIEW,
}


def may(role: Role | None, rule: Rule) -> bool:
    """Whether a member with this role passes; None is a stranger."""
    return role is not None and role in GRANTS[rule]
