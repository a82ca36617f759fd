"""Bodies: JSON, well formed and of bounded depth, before any schema looks at them; or pictures."""

from typing import Any

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.utils import fast_json

RAW = frozenset({"files.upload_picture"})  # not JSON: read, and bounded, by the route itself
LARGE = {"copies.import_document": 20 * 1024 * 1024}
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


class FastJson(DefaultJSONProvider):
    """What Flask reads and answers."""

    def dumps(self, obj: Any, **_style: Any) -> str:
        return fast_json.dumps(obj)

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        return fast_json.loads(s)


def install_body_checks(app: Flask) -> None:
    """A body that is not JSON is refused here: 415 for its type, 400 for its form."""
    app.json = FastJson(app)

    @app.before_request
    def _check() -> None:
        if request.method not in WITH_BODY or request.url_rule is None:
            return
        if request.endpoint in RAW:
            return
        if not request.content_length and not request.headers.get("Transfer-Encoding"):
            return
        if not request.is_json:
            raise UnsupportedMediaType
        if request.endpoint in LARGE:
            request.max_content_length = LARGE[request.endpoint]
        if not isinstance(request.get_json(), dict):
            raise BadRequest
