"""A job may name a model where the operator offers several."""

from typing import Any

import pytest
from flask import Flask
from pydantic import ValidationError

from app.config.settings import Settings, UnsafeSettings
from app.domain.errors import Invalid
from app.factory import runtime_of
from app.services.single_run import run_named
from tests.conftest import MakeApp
from tests.support.jobs import job_row, submit
from tests.support.people import add_people
from tests.support.planners import ScriptedPlanner, boxes, use_planner

OFFERED = {
    "ai_model": "openai:large",
    "ai_models": ("openai:small=Quick", "offline"),
    "ai_base_url": "http://127.0.0.1:9/v1",
}


def done(app: Flask, user_id: str, **request: Any) -> str:
    """The planner that the job was planned by."""
    with app.app_context():
        from app.services.ai_job_service import AIJobService

        job_id = AIJobService().create_canvas_job(user_id, {"instructions": "a -> b"} | request)
        run_named(job_id)
    result = job_row(app, job_id).result_data
    assert result is not None
    return str(result["planner"])


def test_the_page_is_told_which_models_there_are(make_sqlite_app: MakeApp) -> None:
    answer = make_sqlite_app(**OFFERED).test_client().get("/api/config").get_json()
    assert answer["models"] == [
        {"id": "openai:large", "label": "large", "offline": False},
        {"id": "openai:small", "label": "Quick", "offline": False},
        {"id": "offline", "label": "Offline", "offline": True},
    ]
    plain = make_sqlite_app().test_client().get("/api/config").get_json()
    assert plain["models"] == [{"id": "offline", "label": "Offline", "offline": True}]


def test_a_job_is_planned_by_the_model_that_it_names(make_sqlite_app: MakeApp) -> None:
    app = make_sqlite_app(**OFFERED)
    ana = add_people(app).ana
    use_planner(app, ScriptedPlanner(boxes("A"), name="openai:large"))
    runtime_of(app).use_planner(ScriptedPlanner(boxes("B"), name="openai:small"), "openai:small")
    assert done(app, ana.id) == "openai:large"
    assert done(app, ana.id, model="openai:large") == "openai:large"
    assert done(app, ana.id, model="openai:small") == "openai:small"
    assert done(app, ana.id, model="offline") == "offline"


def test_a_model_that_is_not_offered_is_refused(make_sqlite_app: MakeApp) -> None:
    app = make_sqlite_app(**OFFERED)
    ana = add_people(app).ana
    with pytest.raises(Invalid) as refused:
        done(app, ana.id, model="openai:huge")
    assert "model" in refused.value.fields
    assert submit(app, ana.id)


def test_a_model_that_is_offered_no_more_gives_way_to_the_installations_own(
    make_sqlite_app: MakeApp,
) -> None:
    app = make_sqlite_app(**OFFERED)
    own = ScriptedPlanner(boxes("A"))
    use_planner(app, own)
    assert runtime_of(app).planner("openai:gone") is own


@pytest.mark.parametrize("model", ["anthropic:claude", "openai", "openai:", "nonsense"])
def test_models_of_another_vendor_do_not_start(model: str) -> None:
    with pytest.raises((UnsafeSettings, ValidationError), match="AI_MODELS"):
        Settings(ai_model="openai:large", ai_models=(model,))
