"""The OpenAPI document: what the routes say of themselves, and what follows from the doors.

Who may, and how everybody else is refused, comes from the permission table and from the limits,
so that the document cannot promise anything else than what holds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from apiflask import APIFlask
from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from app.domain import errors
from app.domain.access.policy import GRANTS, Rule
from app.routes.answers.base import Error
from app.routes.bodies import RAW, WITH_BODY
from app.routes.describe import JSON, AnswerSpec, Description, MediaTypes, Refusal, description_of
from app.routes.document_texts import ABOUT, HEADERS, TAGS, WHO, parameter_of
from app.routes.doors import doors, job_limits
from app.routes.errors import PLAIN, STATUS
from app.routes.field_texts import texts_by_model
from app.routes.guards import LIMITS, METRICS, SAFE_METHODS
from app.utils.browser import cookie_name

SCHEMAS = "#/components/schemas/{model}"
ACCOUNT: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}]
# Doors that are open to all, but answer differently to people who are signed in.
ASKS_WHO = frozenset({"GET /api/config", "POST /api/auth/logout"})

Json = dict[str, Any]


class _Plain(GenerateJsonSchema):
    """Without titles that repeat the names, and without defaults that mean "left out"."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            del made["default"]
        return made


def install_document(app: APIFlask, *, https: bool) -> None:
    app.config["AUTO_SERVERS"] = False  # else the first request decides it for everybody
    app.config["AUTO_VALIDATION_ERROR_RESPONSE"] = False
    app.config["AUTO_404_RESPONSE"] = False
    app.description = ABOUT
    app.security_schemes = {
        "bearer": {"type": "http", "scheme": "bearer", "description": WHO["bearer"]},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie_name(secure=https),
            "description": WHO["session"],
        },
        "metrics": {"type": "http", "scheme": "bearer", "description": WHO["metrics"]},
    }

    @app.spec_processor
    def _complete(spec: Json | str) -> Json:
        assert isinstance(spec, dict)  # noqa: S101 - SPEC_FORMAT is json
        spec["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
        for operation in operations(app, spec):
            operation.complete()
        order = [door.split(" ", 1)[1].replace("<int:", "<") for door in doors()]
        paths = {path.replace("{", "<").replace("}", ">"): path for path in spec["paths"]}
        spec["paths"] = {
            paths[route]: spec["paths"][paths[route]] for route in order if route in paths
        }
        spec["components"]["responses"] = dict(_shared())
        schemas = spec["components"]["schemas"]
        for unused in ("HTTPError", "ValidationError"):
            schemas.pop(unused, None)
        schemas |= _schemas(app)
        spec["components"] = {
            name: dict(sorted(part.items())) for name, part in spec["components"].items()
        }
        return spec


def operations(app: Flask, spec: Json) -> Iterator["_Operation"]:
    rules, limits = doors(), LIMITS | job_limits()
    for route in app.url_map.iter_rules():
        path = spec["paths"].get(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule))
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
            if path is not None:
                view = app.view_functions[route.endpoint]
                door = f"{method} {route.rule}"
                found = path[method.lower()]
                description = description_of(view)
                yield _Operation(
                    route.endpoint, door, rules[door], limits.get(door), description, found
                )


@dataclass(frozen=True)
class _Operation:
    """One route and method, with what the document has of it so far."""

    endpoint: str
    door: str
    rule: Rule
    limit: str | None
    description: Description
    found: Json

    def complete(self) -> None:
        found = self.found
        found["operationId"] = self.endpoint.rsplit(".", 1)[-1]
        found["description"] = "\n\n".join(self._sentences())
        found["security"] = self._security()
        found["parameters"] = [
            parameter | (parameter_of(parameter["name"]) if parameter["in"] == "path" else {})
            for parameter in (*found["parameters"], *self._headers())
        ]
        if self.description.body:
            found["requestBody"] = {"required": True, "content": _content(self.description.body)}
        elif "requestBody" in found:
            found["requestBody"]["required"] = True
        if self.description.example is not None:
            body = found["requestBody"]["content"][JSON]
            body["examples"] = {"short": {"value": self.description.example}}
        found["responses"] = dict(sorted(self._responses().items()))

    def _sentences(self) -> Iterator[str]:
        if self.found.get("description"):
            yield self.found["description"]
        if self.rule in GRANTS:
            roles = ", ".join(
                role for role in ("owner", "editor", "viewer") if role in GRANTS[self.rule]
            )
            yield f"Roles: {roles}."
        elif self.rule.value in WHO:
            yield WHO[self.rule.value]
        if self.limit:
            count, period = self.limit.split("/")
            yield f"At most {count} in {_spaced(period)}."

    def _security(self) -> list[dict[str, list[str]]]:
        if self.door == f"GET {METRICS}":
            return [{}, {"metrics": []}]
        if self.door in ASKS_WHO:
            return [{}, *ACCOUNT]
        return [] if self.rule is Rule.PUBLIC else ACCOUNT

    def _headers(self) -> Iterator[Json]:
        for name, parameter in self.description.headers.items():
            yield {"in": "header", "name": name, "required": False, **parameter}

    def _responses(self) -> Json:
        responses = {str(answer.status): _answer(answer) for answer in self.description.answers}
        by_status: dict[int, list[tuple[str, str]]] = {}
        for status, code, sentence in self._refusals():
            reasons = by_status.setdefault(status, [])
            if (code, sentence) not in reasons:
                reasons.append((code, sentence))
        for status, reasons in by_status.items():
            # What also is an answer when all is well (/ready) is described as that.
            responses.setdefault(str(status), _refused(status, reasons))
        return responses

    def _refusals(self) -> Iterator[tuple[int, str, str]]:
        kinds: list[type[errors.DomainError] | Refusal] = []
        if not self.door.endswith(METRICS):  # elsewhere a wrong Bearer is refused at any door
            kinds.append(errors.NotAuthenticated)
        method = self.door.partition(" ")[0]
        unsafe = method not in SAFE_METHODS
        if self.rule is not Rule.PUBLIC and (
            unsafe or self.rule in {Rule.CANVAS_EDIT, Rule.CANVAS_MANAGE}
        ):
            kinds.append(errors.NotAllowed)
        if "<" in self.door or self.rule is Rule.OPERATOR:
            kinds.append(errors.NotFound)
        statuses = [413] if self.endpoint in RAW else [400, 413, 415]
        if method in WITH_BODY:
            kinds += [Refusal(status, *PLAIN[status]) for status in statuses]
        if self.found.get("requestBody") or any(
            parameter["in"] == "query" for parameter in self.found["parameters"]
        ):
            kinds.append(errors.Invalid)
        kinds += [*self.description.refusals, errors.RateLimited, errors.Unavailable]
        for kind in kinds:
            yield _reason(kind)


def _reason(kind: type[errors.DomainError] | Refusal) -> tuple[int, str, str]:
    if isinstance(kind, Refusal):
        return kind.status, kind.code, kind.sentence
    status = next(STATUS[base] for base in kind.__mro__ if base in STATUS)
    return status, kind.code, kind.message


def _answer(answer: AnswerSpec) -> Json:
    response: Json = {"description": answer.says}
    if answer.content:
        response["content"] = _content(answer.content)
    if answer.headers:
        response["headers"] = {
            name: {"description": says, "schema": {"type": "string"}}
            for name, says in answer.headers.items()
        }
    return response


def _refused(status: int, reasons: list[tuple[str, str]]) -> Json:
    name, common = _SHARED[status]
    if reasons == [common]:
        return {"$ref": f"#/components/responses/{name}"}
    return _refusal(status, reasons)


def _refusal(status: int, reasons: list[tuple[str, str]]) -> Json:
    content = _content({JSON: Error})
    content[JSON]["examples"] = {
        code: {"summary": sentence, "value": {"error": sentence, "code": code}}
        for code, sentence in reasons
    }
    response: Json = {
        "description": "\n\n".join(f"`{code}`: {sentence}" for code, sentence in reasons),
        "content": content,
    }
    if status in HEADERS:
        response["headers"] = HEADERS[status]
    return response


def _named(kind: type[errors.DomainError]) -> tuple[str, tuple[str, str]]:
    return kind.__name__, (kind.code, kind.message)


# What most routes refuse with, by status: its name in the document, code and sentence.
_SHARED: dict[int, tuple[str, tuple[str, str]]] = {
    400: ("NotReadable", PLAIN[400]),
    401: _named(errors.NotAuthenticated),
    403: _named(errors.NotAllowed),
    404: _named(errors.NotFound),
    409: _named(errors.Conflict),
    413: ("TooLarge", PLAIN[413]),
    415: ("NotJson", PLAIN[415]),
    422: _named(errors.Invalid),
    429: _named(errors.RateLimited),
    503: _named(errors.Unavailable),
}


def _shared() -> Iterator[tuple[str, Json]]:
    for status, (name, reason) in _SHARED.items():
        yield name, _refusal(status, [reason])


def _content(content: MediaTypes) -> Json:
    return {
        kind: {
            "schema": {"$ref": SCHEMAS.format(model=schema.__name__)}
            if isinstance(schema, type)
            else dict(schema)
        }
        for kind, schema in content.items()
    }


def _schemas(app: Flask) -> Json:
    models: set[type[BaseModel]] = {Error}
    models.update(_models(description_of(view) for view in app.view_functions.values()))
    ordered = sorted(models, key=lambda model: model.__name__)
    _, made = models_json_schema(
        [(model, "serialization") for model in ordered],
        ref_template=SCHEMAS,
        schema_generator=_Plain,
    )
    texts = texts_by_model()
    for name, schema in made["$defs"].items():
        schema.pop("title", None)
        for field, text in texts.get(name, {}).items():
            schema["properties"][field]["description"] = text
    found: Json = made["$defs"]
    return found


def _models(descriptions: Iterable[Description]) -> Iterator[type[BaseModel]]:
    for description in descriptions:
        for answer in description.answers:
            yield from (body for body in answer.content.values() if isinstance(body, type))


def _spaced(period: str) -> str:
    """`10minutes` as words."""
    return re.sub(r"^(\d+)", r"\1 ", period) if period[0].isdigit() else f"1 {period}"
