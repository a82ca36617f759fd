"""Sentences of the OpenAPI document that belong to no single route."""

from typing import Any

ABOUT = """\
Whiteboards that a team hosts itself, with AI as durable background jobs.

Programs send `Authorization: Bearer TOKEN`; a token comes from `POST /api/auth/register`,
`POST /api/auth/login` or `POST /api/auth/tokens`. Browsers have an HttpOnly cookie instead, with
which everything but reading must come from the server's own page: on this page, requests can be
tried as the person who is signed in.

An error is `{"error": "a sentence", "code": "a_stable_id"}`, of a 422 with `fields`. Any route may
answer 500 with an `error_id` that leads to the server's log. Answers may get more keys in later
versions: ignore those that you do not know. Everybody has 1,200 requests a minute; routes with
bounds of their own say so. Above that the answer is 429, and `Retry-After` says how many seconds
to wait.

Live events travel over Socket.IO, which this document does not describe.
"""

TAGS = {
    "AI jobs": "Ask for a drawing, watch it being made, stop it, repeat it, take it back.",
    "Canvases": "Canvases, their objects, copies and files.",
    "Sharing": "Members, invitations and links.",
    "History": "Versions of a canvas: looked at, named, gone back to.",
    "Pictures": "PNG, JPEG, WebP and GIF on a canvas.",
    "Accounts": "Register, sign in, sign-ins and API tokens.",
    "Operators": "For those who run the installation; for everybody else these do not exist.",
    "Health": "For machines that watch the server, and what a client has to know first.",
}

# How people prove who they are, and what the rules of the permission table ask of them.
WHO = {
    "bearer": "For programs: the token of a sign-in, or an API token.",
    "session": "For browsers: an HttpOnly cookie, set by registering and signing in. With it, "
    "everything but reading must come from the server's own page.",
    "metrics": "`METRICS_TOKEN` of the settings.",
    "job.view": "For the job's requester.",
    "job.cancel": "For the job's requester, the editors of its canvas, and operators.",
    "job.steer": "For the job's requester, and the editors of its canvas.",
    "job.retry": "For the job's requester.",
    "operator": "For operators.",
}

_ID = {"type": "string"}
_PARAMETERS: dict[str, dict[str, Any]] = {
    "user_id": {"description": "The id of a member's account.", "schema": _ID},
    "session_id": {"description": "The id of a sign-in.", "schema": _ID},
    "token_id": {"description": "The id of an API token.", "schema": _ID},
    "link_id": {"description": "The id of a share link.", "schema": _ID},
    "file_id": {"description": "The SHA-256 of a picture, in hexadecimal digits.", "schema": _ID},
    "version": {
        "description": "The number of a version's last change.",
        "schema": {"type": "integer", "minimum": 0},
    },
}


def parameter_of(name: str) -> dict[str, Any]:
    """A part of an address: what is said of it here, or else that it is the id of a thing."""
    if name in _PARAMETERS or not name.endswith("_id"):
        return _PARAMETERS[name]
    thing = name.removesuffix("_id")
    article = "an" if thing[0] in "aeiou" else "a"
    return {"description": f"The id of {article} {thing}.", "schema": _ID}


HEADERS: dict[int, dict[str, Any]] = {
    401: {
        "WWW-Authenticate": {
            "description": "How to prove who you are.",
            "schema": {"type": "string"},
        }
    },
    429: {
        "Retry-After": {
            "description": "Seconds to wait.",
            "schema": {"type": "integer", "minimum": 1},
        }
    },
    503: {
        "Retry-After": {
            "description": "Seconds to wait.",
            "schema": {"type": "integer", "minimum": 1},
        }
    },
}
