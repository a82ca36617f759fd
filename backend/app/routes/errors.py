"""The only place where HTTP turns errors into answers."""

import secrets
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import jsonify
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.domain import errors
from app.routes.methods import allowed_methods
from app.services.unit_of_work import as_unavailable
from app.utils.logger import SmartLogger

STATUS: dict[type[errors.DomainError], int] = {
    errors.NotAuthenticated: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.JobFailure: 422,
    errors.RateLimited: 429,
    errors.Unavailable: 503,
}
PLAIN = {
    400: ("bad_request", "The request could not be read: it is not valid JSON."),
    404: ("not_found", "Not found."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "The request is too large."),
    415: ("unsupported_media_type", "Send JSON with Content-Type: application/json."),
}
BUSY_RETRY_SECONDS = 5


def install_errors(app: APIFlask) -> None:
    app.register_error_handler(errors.DomainError, _domain)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)
    app.error_processor(_validation)


def body(sentence: str, code: str, **more: Any) -> dict[str, Any]:
    return {"error": sentence, "code": code} | {key: value for key, value in more.items() if value}


def _domain(error: errors.DomainError) -> ResponseReturnValue:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    response = jsonify(body(error.message, error.code, fields=error.fields))
    response.status_code = status
    if isinstance(error, errors.RateLimited):
        response.headers["Retry-After"] = str(error.retry_after)
    elif status == 503:
        response.headers["Retry-After"] = str(BUSY_RETRY_SECONDS)
    elif status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    allowed = allowed_methods() if status == 405 else []
    if status == 405 and not allowed:
        status = 404
    code, sentence = PLAIN.get(status, (f"http_{status}", "The request was refused."))
    if status >= 500:
        return _unknown(error)
    headers = {"Allow": ", ".join(allowed)} if allowed else {}
    return jsonify(body(sentence, code)), status, headers


def _validation(error: HTTPError) -> Any:
    """APIFlask's own errors: a body or a query that does not fit its schema."""
    if error.status_code != 422:
        return _http(_as_http(error))
    detail = error.detail if isinstance(error.detail, dict) else {}
    return jsonify(body(errors.Invalid.message, errors.Invalid.code, fields=_fields(detail))), 422


def _as_http(error: HTTPError) -> HTTPException:
    wrapped = HTTPException()
    wrapped.code = error.status_code
    return wrapped


def _fields(detail: dict[str, Any]) -> dict[str, str]:
    """Field name -> sentence, from `{place: {field: [sentence, ...]}}` (never the values)."""
    found: dict[str, str] = {}
    for fields in detail.values():
        for name, sentences in fields.items() if isinstance(fields, dict) else ():
            found.setdefault("body" if name == "_schema" else name, str(sentences[0]))
    return found


def _unknown(error: Exception) -> ResponseReturnValue:
    """An error nobody expected: its id leads to the log, nothing else leaves the server."""
    outage = as_unavailable(error)
    if outage is not None:
        SmartLogger().log_warning("database_unavailable", error=type(error).__name__)
        return _domain(outage)
    error_id = secrets.token_hex(8)
    SmartLogger().log_error("unexpected_error", error, error_id=error_id)
    answer = body("Something went wrong on our side.", "internal", error_id=error_id)
    return jsonify(answer), 500
