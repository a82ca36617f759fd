"""The OpenAPI document is valid and complete, and its examples fit."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from jsonschema_rs import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.routes.doors import doors
from tests.conftest import MakeApp
from tests.support.described import document

UNDESCRIBED = {"GET /", "GET /<path:path>", "GET /docs", "GET /api/openapi.json"}


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document().spec["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_document_is_valid_openapi() -> None:
    assert document().spec["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document().spec).validate()


def test_every_route_of_the_api_is_in_it() -> None:
    described = {name.replace("{", "<").replace("}", ">") for name, _ in operations()}
    listed = {door.replace("int:", "") for door in doors() if not door.startswith("socket ")}
    assert described == listed - UNDESCRIBED


def test_every_route_says_what_it_does_and_what_it_answers() -> None:
    tags = {tag["name"] for tag in document().spec["tags"]}
    for name, operation in operations():
        assert operation["summary"], name
        assert not operation["summary"].endswith("."), name
        assert set(operation["tags"]) <= tags, name
        assert any(status < "400" for status in operation["responses"]), name
        for status in operation["responses"]:
            method, path = name.split()
            told = document().answer(path, method, int(status))
            assert told is not None
            assert told["description"], name
            assert all(content["schema"] for content in told.get("content", {}).values()), name


def test_what_asks_for_waiting_says_how_long_and_what_needs_an_account_says_how() -> None:
    for name, operation in operations():
        method, path = name.split()
        for status in (429, 503):
            told = document().answer(path, method, status)
            assert told is not None
            assert "Retry-After" in told.get("headers", {}) or path == "/ready", name
        rule = doors()[
            name.replace("{version}", "{int:version}").replace("{", "<").replace("}", ">")
        ]
        assert ({"session": []} in operation["security"]) == (
            rule != "public" or name in {"GET /api/config", "POST /api/auth/logout"}
        ), name


def examples(part: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every example in the document, with its schema."""
    if isinstance(part, list):
        for item in part:
            yield from examples(item)
    elif isinstance(part, dict):
        if "schema" in part:
            named = part.get("examples", {})
            yield from ((part["schema"], example["value"]) for example in named.values())
            if "example" in part:
                yield part["schema"], part["example"]
        elif isinstance(part.get("examples"), list):
            yield from ((part, example) for example in part["examples"])
        for item in part.values():
            yield from examples(item)


def test_every_example_fits_its_schema() -> None:
    found = list(examples(document().spec))
    assert len(found) > 20
    for schema, example in found:
        whole = {"allOf": [schema], "components": {"schemas": document().schemas}}
        assert Draft202012Validator(whole, validate_formats=True).is_valid(example), example


def test_the_document_does_not_depend_on_who_asks_for_it_first(app: Flask) -> None:
    first = app.test_client().get("/api/openapi.json", headers={"Host": "elsewhere.example"})
    assert "elsewhere.example" not in first.text
    assert "servers" not in first.json


def test_the_cookie_has_the_name_that_browsers_get(make_sqlite_app: MakeApp) -> None:
    secure = make_sqlite_app(public_url="https://canvas.example").test_client()
    schemes = secure.get("/api/openapi.json").json["components"]["securitySchemes"]
    assert schemes["session"]["name"] == "__Host-collabcanvas_session"
