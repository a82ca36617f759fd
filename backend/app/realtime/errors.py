"""The only place where sockets turn errors into answers."""

import secrets
from typing import Any

from app.domain.errors import Conflict, DomainError, OutOfOrder
from app.services.unit_of_work import as_unavailable
from app.utils.logger import SmartLogger


class NotJoined(Conflict):
    """The same for everybody, so it reveals nothing about the canvas. The client joins (again)."""

    code = "not_joined"
    message = "Join the canvas first."


def refusal(error: Exception, event: str) -> dict[str, Any]:
    """The acknowledgement of an event that was not carried out."""
    error = as_unavailable(error) or error
    if isinstance(error, DomainError):
        answer: dict[str, Any] = {"ok": False, "code": error.code, "error": error.message}
        if isinstance(error, OutOfOrder):
            answer["last_n"] = error.last_n
        return answer | ({"fields": error.fields} if error.fields else {})
    error_id = secrets.token_hex(8)
    SmartLogger().log_error("unexpected_socket_error", error, error_id=error_id, event_name=event)
    return {
        "ok": False,
        "code": "internal",
        "error": "Something went wrong on our side.",
        "error_id": error_id,
    }
