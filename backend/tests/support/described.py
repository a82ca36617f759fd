"""A client that holds every answer it gets to the API's OpenAPI document, exactly.

The document leaves answers open to new keys. Here they are closed: a key that the document does not
have, or that is not sent although the document promises it, fails the test that asked.
"""

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app import create_app
from tests.support.databases import settings_for

Json = dict[str, Any]

# What any route may answer, which the document says once, in words.
EVERYWHERE = frozenset({405, 500})
ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
_OPENS = ("additionalProperties", "unevaluatedProperties")


class NotDescribed(AssertionError):
    """The server sent what its document does not say."""


class DescribedClient(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        document().check(response)
        return response


class Document:
    """The OpenAPI document of an installation with default settings, and its routes."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            app = create_app(settings_for(Path(directory)))
        self.spec: Json = app.spec  # type: ignore[attr-defined]
        self.routes = app.url_map.bind("localhost")
        self.schemas = closed(self.spec["components"]["schemas"])
        self._validators: dict[tuple[str, str, int, str], Draft202012Validator] = {}

    def check(self, response: TestResponse) -> None:
        """Raises NotDescribed. Addresses that are no routes of the API are left alone."""
        method, status = response.request.method, response.status_code
        path = self.path_of(method, response.request.path)
        if path is None:
            return
        where = f"{method} {path} {status}"
        described = self.answer(path, method, status)
        if described is None:
            raise NotDescribed(f"{where}: the document has no such answer")
        for name in described.get("headers", {}):
            if name not in response.headers and name != "Set-Cookie":
                raise NotDescribed(f"{where}: {name} is described, but was not sent")
        content = described.get("content", {})
        kind = response.mimetype
        if content and kind not in content:
            raise NotDescribed(f"{where}: {kind} is not one of {sorted(content)}")
        if content and "json" in kind:
            validator = self._validator(path, method, status, content[kind]["schema"])
            for error in validator.iter_errors(json.loads(response.data)):
                at = "/".join(str(step) for step in error.instance_path)
                raise NotDescribed(f"{where}: {at or 'the body'}: {error.message[:500]}")

    def path_of(self, method: str, address: str) -> str | None:
        """The document's path for an address, if it is one of a described route."""
        if method not in {"GET", "POST", "PUT", "PATCH", "DELETE"}:
            return None
        try:
            rule = self.routes.match(address, method, return_rule=True)[0].rule
        except HTTPException:
            return None
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)
        return path if path in self.spec["paths"] else None

    def answer(self, path: str, method: str, status: int) -> Json | None:
        """What the document says about an answer, its reference followed."""
        if status in EVERYWHERE:
            return ERROR
        found: Json | None = self.spec["paths"][path][method.lower()]["responses"].get(str(status))
        if found and "$ref" in found:
            found = self.spec["components"]["responses"][found["$ref"].rsplit("/", 1)[1]]
        return found

    def _validator(self, path: str, method: str, status: int, schema: Json) -> Draft202012Validator:
        key = (path, method, status, json.dumps(schema))
        if key not in self._validators:
            whole = {"allOf": [closed(schema)], "components": {"schemas": self.schemas}}
            self._validators[key] = Draft202012Validator(whole, validate_formats=True)
        return self._validators[key]


@cache
def document() -> Document:
    return Document()


def closed(schema: Any) -> Any:
    """The same schema, in which objects have the keys that are listed and no others."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(part) for key, part in schema.items()}
    listed = schema.get("properties")
    if isinstance(listed, dict) and not any(word in schema for word in _OPENS):
        made["additionalProperties"] = False
    return made
