"""One place checks who may; what it has checked has a type of its own, which nobody else makes."""

import ast
import os
from inspect import Parameter, Signature
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from mypy import api

from app.domain.access import ids
from app.domain.access.ids import (
    PROOFS,
    CancellableJobId,
    EditableCanvasId,
    OwnedCanvasId,
    OwnJobId,
    SteerableJobId,
    ViewableCanvasId,
    proves,
)
from app.domain.access.policy import DOORS, GRANTS, Rule
from app.routes.guards import hold_routes_to_the_table
from tests.architecture.sources import APP, calls, functions, name_of, python_files, tree

SERVICES = APP / "services"
CHECKED = frozenset(name for name, found in vars(ids).items() if hasattr(found, "__supertype__"))
# Functions of services that take a canvas as a plain string, and why.
PLAIN = {
    "access_service": "checks it",
    "canvas_lock": "shows nothing, changes nothing",
    "scene_events": "the members hear of it, whoever they are",
    "drawing_result.result_of": "only names it",
    "file_service.require_space": "counts",
    "history_upkeep.settle": "upkeep",
    "job_changes.apply_job_changes": "as scene_service.apply_changes",
    "kind.read": "reads a request",
    "lists.list_jobs": "narrows one's own, those on a canvas that the door checked, or everybody's",
    "member_service.join_as": "the link or the invitation lets in",
    "scene_batch.lock": "as canvas_lock",
    "scene_service.commit_pushes": "checks every author under the lock (rule S9)",
    "scene_service.apply_changes": "checks the author under the lock (rule S9)",
    "submission.of_program": "a request, which the submission checks",
    "thumbnail_service.get": "a memory",
    "thumbnail_service.canvas_address": "only names it",
    "undo_ledger.ledger_of": "shows nothing, changes nothing",
}


def test_a_use_case_takes_a_canvas_that_was_checked_or_says_why_not() -> None:
    plain = {
        f"{path.stem}.{function.name}"
        for path in python_files(SERVICES)
        if path.stem not in PLAIN
        for function in functions(path)
        if not function.name.startswith("_")
        for taken in [*function.args.args, *function.args.kwonlyargs]
        if taken.arg in {"canvas_id", "source_id", "target_id"} and taken.annotation
        if not {name.removesuffix(" | None") for name in [ast.unparse(taken.annotation)]} & CHECKED
    }
    assert plain == {name for name in PLAIN if "." in name}


def test_a_plain_string_and_a_weaker_identifier_are_not_taken_for_a_checked_one(
    tmp_path: Path,
) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text(
        """
from app.domain.access.ids import EditableCanvasId, OwnedCanvasId, ViewableCanvasId

def rename(canvas_id: EditableCanvasId) -> None: ...

def route(plain: str, viewed: ViewableCanvasId, owned: OwnedCanvasId) -> None:
    rename(owned)
    rename(viewed)
    rename(plain)
"""
    )
    said, _, status = api.run(["--strict", "--cache-dir", os.devnull, str(probe)])
    wrong = [line for line in said.splitlines() if "[arg-type]" in line]
    assert (status, len(wrong)) == (1, 2), said
    assert [line.split(":")[1] for line in wrong] == ["8", "9"]


def test_checked_identifiers_are_made_by_the_access_module_only() -> None:
    makers = {
        name_of(path) for path in python_files(APP) if CHECKED & {name for name, _ in calls(path)}
    }
    assert {"ViewableCanvasId", "OwnJobId", "OperatorId"} <= CHECKED
    assert makers == {"backend/app/services/access_service.py"}


def test_no_cast_makes_a_checked_identifier() -> None:
    """But the guard's, of the operator whom it has itself let in."""
    casts = {
        (name_of(path), node.args[0].value)
        for path in python_files(APP)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "cast"
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value in CHECKED
    }
    assert casts == {("backend/app/routes/guards.py", "OperatorId")}


@pytest.mark.parametrize(("passed", "wanted"), list(product(GRANTS, GRANTS)))
def test_an_identifier_proves_what_its_rule_grants_and_no_more(passed: Rule, wanted: Rule) -> None:
    assert proves(passed, PROOFS[wanted]) is (GRANTS[passed] <= GRANTS[wanted])


def test_who_asked_for_a_job_may_do_whatever_others_may_do_to_it() -> None:
    assert proves(Rule.JOB_RETRY, SteerableJobId)
    assert proves(Rule.JOB_STEER, CancellableJobId)
    assert not proves(Rule.JOB_CANCEL, SteerableJobId)
    assert not proves(Rule.JOB_STEER, OwnJobId)
    assert not proves(Rule.JOB_VIEW, ViewableCanvasId)


def test_every_rule_of_the_table_says_what_it_proves() -> None:
    without = {Rule.PUBLIC, Rule.SIGNED_IN, Rule.OPERATOR}
    assert set(DOORS.values()) == PROOFS.keys() | without
    for door, rule in DOORS.items():
        if "<canvas_id>" in door or "<job_id>" in door:
            assert rule in PROOFS, door


@pytest.mark.parametrize(
    ("door", "taken"),
    [
        ("GET /api/canvases/<canvas_id>", EditableCanvasId),
        ("PATCH /api/canvases/<canvas_id>", OwnedCanvasId),
        ("PATCH /api/canvases/<canvas_id>", str),
        ("POST /api/ai-agent/job/<job_id>/cancel", SteerableJobId),
        ("GET /api/nobody-listed-it/<canvas_id>", ViewableCanvasId),
    ],
)
def test_a_route_that_takes_more_than_its_door_checks_does_not_start(door: str, taken: Any) -> None:
    method, _, address = door.partition(" ")
    name = "job_id" if "<job_id>" in address else "canvas_id"

    def view(**_: Any) -> str:
        raise AssertionError("only its signature is looked at")

    parameter = Parameter(name, Parameter.KEYWORD_ONLY, annotation=taken)
    view.__signature__ = Signature([parameter])  # type: ignore[attr-defined]
    app = Flask("too-much")
    app.add_url_rule(address, view_func=view, methods=[method])
    with pytest.raises(RuntimeError, match=name):
        hold_routes_to_the_table(app)
