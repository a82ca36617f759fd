"""Kinds of diagrams: the cores know none of them, and every room is registered and complete."""

import ast
import re

import pytest

from app.domain.kinds import KINDS
from app.domain.planning.offline import plan_offline
from app.domain.planning.plan import Graph
from app.domain.planning.request import PlanRequest
from app.domain.scene.kinds import Kind
from tests.architecture.sources import APP, name_of, python_files, tree

ROOMS = APP / "domain" / "kinds"
# (file, literal): why it is no kind of diagram there.
HOMONYMS = {
    ("backend/app/domain/planning/offline/edit_structure.py", "state"): "people say it for a box",
    ("backend/app/adapters/oidc.py", "state"): "OAuth's own word",
}


def test_outside_its_room_no_module_names_a_kind() -> None:
    named = {
        (name_of(path), node.value)
        for path in python_files(APP)
        if ROOMS not in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in KINDS.ids
    }
    assert named == HOMONYMS.keys()


def test_every_room_is_registered() -> None:
    rooms = {path.name for path in ROOMS.iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(KINDS.ids)


@pytest.mark.parametrize("kind", list(KINDS), ids=KINDS.ids)
def test_a_record_shows_people_how_to_ask_for_it(kind: Kind) -> None:
    assert re.fullmatch(r"an? [a-z ]+", kind.phrase)
    assert re.fullmatch(r"[a-z0-9-]+", kind.icon)
    assert kind.names["en"]
    drawn = plan_offline(PlanRequest(kind.example), KINDS, ()).plan.operations
    assert [op.kind for op in drawn if isinstance(op, Graph)] == [kind.id]
