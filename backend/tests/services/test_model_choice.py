"""A job may name a model where the operator offers several."""

from typing import Any

import pytest
from flask import Flask
from pydantic import ValidationError

from app.adapters.language_models.offers import offers
from app.config.settings import Settings, UnsafeSettings
from app.domain.errors import Invalid
from app.factory import runtime_of
from app.services import doctor_service
from app.services.jobs.single_run import run_named
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


@pytest.mark.parametrize("model", ["anthropic:claude", "openai", "openai:", "nonsense", "=Nothing"])
def test_models_of_another_vendor_do_not_start(model: str) -> None:
    with pytest.raises((UnsafeSettings, ValidationError), match="AI_MODELS"):
        Settings(ai_model="openai:large", ai_models=(model,))


@pytest.mark.parametrize("written", ["Offline", " OFFLINE ", "", "offline"])
def test_offline_is_offline_however_it_is_written(make_sqlite_app: MakeApp, written: str) -> None:
    app = make_sqlite_app(ai_model=written, ai_daily_tokens=1)
    answer = app.test_client().get("/api/config").get_json()
    assert answer["planner"] == {"name": "offline", "offline": True}
    assert answer["models"] == [{"id": "offline", "label": "Offline", "offline": True}]
    settings = app.config["SETTINGS"]
    with app.app_context():
        (finding,) = [f for f in doctor_service.examine(settings) if f.what == "Model"]
    assert (finding.verdict, finding.sentence) == (
        "ok",
        "offline planner: no language model is used.",
    )
    assert done(app, add_people(app).ana.id) == "offline"


@pytest.mark.parametrize("written", ["openai:large", "OpenAI: large", "gpt"])
def test_the_doctor_says_what_the_start_would(make_sqlite_app: MakeApp, written: str) -> None:
    app = make_sqlite_app(ai_model=written)
    with app.app_context():
        findings = doctor_service.examine(app.config["SETTINGS"])
        with pytest.raises(UnsafeSettings) as refused:
            runtime_of(app).planner()
    (finding,) = [finding for finding in findings if finding.what == "Model"]
    assert (finding.verdict, finding.sentence) == ("bad", str(refused.value))


def test_offered_models_may_be_written_loosely_too() -> None:
    settings = Settings(ai_model=" OpenAI:large", ai_models=("OPENAI: small = Quick", " Offline"))
    assert settings.ai_model == "openai:large"
    assert [(offer.id, offer.label, offer.offline) for offer in offers(settings)] == [
        ("openai:large", "large", False),
        ("openai:small", "Quick", False),
        ("offline", "Offline", True),
    ]
