"""Whatever is sent to a route, right or wrong: its answer is one that its document describes.

Requests are made up from the OpenAPI document. To who is signed in, the ids in an address are now
and then those of what is there, so that more than "not found" is seen.
"""

from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from app.domain.sync.messages import parse_changes
from app.models import Canvas
from app.services.scene_service import Push, commit_pushes
from tests.support.breadth import examples
from tests.support.described import closed, document
from tests.support.elements import creation
from tests.support.jobs import submit
from tests.support.people import People
from tests.support.signing_in import bearer

SETTINGS = settings(
    max_examples=examples(3, 12),  # of each operation, right and wrong
    phases=[Phase.explicit, Phase.generate],
)
PATHS = document().spec["paths"]
OPERATIONS = [(method.upper(), path) for path, methods in PATHS.items() for method in methods]
# What may be refused although it fits its schema, and why no schema can say more.
CHOOSY = {
    "register": "whether mail could reach an address",
    "share_canvas": "whether mail could reach an address",
    "create_invitation": "whether mail could reach an address",
    "list_canvases": "a cursor is one that the server gave",
    "create_canvas_with_ai": "a model is one that is offered",
    "modify_canvas_with_ai": "a model is one that is offered",
    "rename_canvas": "of a title something has to be left that can be shown",
    "accept_invitation": "a token is one that the server gave",
    "open_share_link": "a token is one that the server gave",
    "get_job_result": "the job has to be completed",
    "cancel_job": "the job has to be waiting or running",
    "retry_job": "the job has to have failed",
    "upload_picture": "the bytes have to be a picture",
}


@dataclass(frozen=True)
class World:
    """What addresses may name. Only who made anything else learns its id: made-up ones will do."""

    canvas_id: str
    job_id: str
    user_id: str
    version: int

    def put_into(self, case: Case) -> None:
        for name in case.path_parameters.keys() & vars(self).keys():
            case.path_parameters[name] = getattr(self, name)
        if isinstance(case.body, dict) and "canvas_id" in case.body:
            case.body["canvas_id"] = self.canvas_id


@pytest.fixture
def world(app: Flask, people: People, canvas: Canvas) -> World:
    with app.app_context():
        changes = parse_changes([creation("box-1")])
        commit_pushes(canvas.id, [Push(people.ana.id, changes, "tab", 1)])
    job_id = submit(app, people.ana.id, canvas_id=canvas.id)
    return World(canvas.id, job_id, people.ben.id, 1)


def schema_of(app: Flask) -> OpenApiSchema:
    schema = schemathesis.openapi.from_dict(closed(document().spec))
    schema.app = app
    return schema


def can_be_wrong(described: dict[str, Any]) -> bool:
    """Whether there is anything in a request that could be."""
    return bool(described["parameters"] or "requestBody" in described)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_person_is_answered_as_the_document_says_right_or_wrong(
    method: str, path: str, app: Flask, people: People, world: World
) -> None:
    operation = schema_of(app)[path][method]
    described = PATHS[path][method.lower()]
    mine = bearer(app, people.ana)
    choosy = [positive_data_acceptance] if described["operationId"] in CHOOSY else []

    @SETTINGS
    @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), st.integers(0, 3))
    def ask(case: Case, kind: int) -> None:
        if kind:
            world.put_into(case)
        if isinstance(case.query.get("wait"), int | float):
            case.query["wait"] = min(case.query["wait"], 0.05)  # the rest would only take time
        case.call_and_validate(headers=mine, excluded_checks=[ignored_auth, *choosy])

    @SETTINGS
    @given(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def ask_wrongly(case: Case) -> None:
        case.call_and_validate(headers=mine, excluded_checks=[ignored_auth])

    ask()
    if can_be_wrong(described):
        ask_wrongly()


def test_nobody_is_refused_wherever_the_document_asks_for_an_account(app: Flask) -> None:
    schema = schema_of(app)
    for method, path in OPERATIONS:
        ask_as_nobody(schema[path][method], PATHS[path][method.lower()]["security"])


def ask_as_nobody(operation: Any, security: list[dict[str, Any]]) -> None:
    guarded = {"bearer": []} in security and {} not in security

    @settings(SETTINGS, max_examples=2)
    @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: Case) -> None:
        case.cookies = {}
        case.headers.pop("Authorization", None)
        response = case.call()
        unaware = [ignored_auth, positive_data_acceptance]
        case.validate_response(response, excluded_checks=unaware)
        assert response.status_code == 401 or not guarded

    ask()
