"""One route for each kind of job that people ask for, made of what the kind says of itself."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint
from flask import request

from app.domain.access.policy import AGENT
from app.domain.errors import Conflict, Invalid, NotFound
from app.routes.answers.jobs import AcceptedJob
from app.routes.describe import answers, refuses, takes
from app.routes.guards import current_actor
from app.services.jobs.kind import Door, JobInput, JobKind
from app.services.jobs.kinds import JOB_KINDS
from app.services.jobs.submission import Submission, submit
from app.services.jobs.views import accepted_view

View = Callable[..., tuple[dict[str, Any], int]]
MAX_KEY = 200
IDEMPOTENCY = {
    "Idempotency-Key": {
        "description": "Sent again with the same body, it answers with the same job; with another "
        "body it is a `conflict`.",
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
    }
}


def job_requests() -> APIBlueprint:
    blueprint = APIBlueprint("job_requests", __name__, url_prefix=AGENT, tag="AI jobs")
    for kind in JOB_KINDS.values():
        if kind.door:
            view = _described(_view(kind, kind.door), kind.door)
            taking = blueprint.input(kind.request, arg_name="body")(view)
            blueprint.post(kind.door.path, endpoint=kind.door.operation)(taking)
    return blueprint


def _view(kind: JobKind[Any, Any], door: Door) -> View:
    def ask(body: JobInput) -> tuple[dict[str, Any], int]:
        submission = Submission(current_actor().id, kind, body, body.kept(), _key())
        return accepted_view(submit(submission), door.accepted), 202

    ask.__doc__ = f"{door.summary}\n\n{door.description}"
    return ask


def _described(view: View, door: Door) -> View:
    view = refuses(NotFound, Conflict)(view)
    view = answers(AcceptedJob, 202, "Accepted: the job is stored and will run.")(view)
    return takes(headers=IDEMPOTENCY, example=door.example)(view)


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (1 <= len(key) <= MAX_KEY and key.isprintable()):
        raise Invalid(fields={"Idempotency-Key": f"1 to {MAX_KEY} printable characters"})
    return key
