"""What the server really says has the shapes in `contract/`, which the client's tests read too."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.domain.errors import JobFailure
from app.domain.planning.progress import Phase, progress
from app.domain.scene.effects import Effect, effects_in_words
from app.domain.sync.messages import parse_changes, parse_cursor, parse_join, parse_push
from app.factory import asgi_of
from app.models import Canvas
from app.routes.answers.jobs import Job
from app.services.ai_job_service import AIJobService
from app.services.jobs.views import job_view
from app.services.scene_service import Push, commit_pushes
from tests.support.elements import creation
from tests.support.jobs import heard_events
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.socket_client import Tab

CONTRACT = Path(__file__).parents[3] / "contract"


def examples(file: str) -> dict[str, Any]:
    text = (CONTRACT / f"{file}.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


SCENE, JOBS, PRESENCE = examples("scene"), examples("job_events"), examples("presence")


# Whose keys depend on the request, or are names of sockets and clients.
FREE = {"result", "result_data", "request_data", "by_socket", "acks", "set"}


def same_keys(real: Any, example: Any, path: str = "") -> None:
    """The same keys, all the way down; of lists, the first items; values may differ."""
    if real is None:
        return
    if isinstance(example, dict) and path not in FREE:
        assert set(real) == set(example), path
        for key, value in example.items():
            same_keys(real[key], value, key)
    elif isinstance(example, list) and example and isinstance(example[0], dict) and real:
        same_keys(real[0], example[0], path)


def test_what_a_client_sends_is_understood() -> None:
    push = parse_push(SCENE["scene_update_from_client"])
    assert push.changes
    assert parse_cursor(PRESENCE["cursor_from_client"]).selected == ("box-1",)
    assert parse_join(SCENE["join_canvas"]).client_id


def test_frames_are_as_in_the_contract(app: Flask, people: People, canvas: Canvas) -> None:
    with heard_events() as heard, app.app_context():
        changes = parse_changes([creation("a")])
        commit_pushes(canvas.id, [Push(people.ana.id, changes, "tab", 1)])
    same_keys(heard[0][1], SCENE["scene_update_change"])


def test_job_events_and_jobs_are_as_in_the_contract(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with heard_events() as heard, app.app_context():
        service = AIJobService()
        job_id = service.create_canvas_job(
            people.ana.id, {"instructions": "a -> b"}, canvas_id=canvas.id
        )
        job = service.get_job(job_id)
        assert job is not None
        view = job_view(job, people.ana.id)
    event, private, room = heard[0]
    assert (event, room) == ("ai_job_update", f"user:{people.ana.id}")
    same_keys(private, JOBS["ai_job_update_queued"])
    [public] = [data for _, data, to in heard if to == f"canvas:{canvas.id}"]
    assert set(private) - set(public) == {"instructions"}
    same_keys(view, JOBS["job_over_http"])


EXAMPLES = JOBS | {"openapi": Job.model_config["json_schema_extra"]["examples"][0]}  # type: ignore[index,call-overload]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_a_job_says_what_the_program_would_say(name: str) -> None:
    job = EXAMPLES[name]
    if job["status"] == "failed":
        assert job["message"] == job["error"]
        assert (job["error_code"], job["error"]) in sentences(JobFailure)
        return
    planned, drawn = job["planned"], job["drawn"]
    effects = (job.get("result") or job.get("result_data") or {}).get("effects", [])
    phase = job["phase"] if job["status"] == "processing" else "planning"
    running = progress(Phase(phase), planned, drawn)
    said = {
        "queued": ("Waiting for a worker", 0),
        "processing": (running.message, running.percent),
        "completed": (effects_in_words(Effect(**effect) for effect in effects), 100),
        "cancelled": ("Cancelled", running.percent),  # it keeps how far it had come
    }
    assert (job["message"], job["progress"]) == said[job["status"]]


def sentences(kind: type[JobFailure]) -> set[tuple[str, str]]:
    return {(kind.code, kind.message)}.union(*map(sentences, kind.__subclasses__()))


def test_every_event_of_a_job_has_the_same_keys() -> None:
    events = [JOBS[name] for name in JOBS if name.startswith("ai_job_")]
    assert len(events) > 5
    assert {frozenset(event) | {"instructions"} for event in events} == {frozenset(events[0])}


def test_a_job_begins_and_is_cancelled_in_the_words_of_the_contract(
    app: Flask, people: People
) -> None:
    with heard_events() as heard, app.app_context():
        job_id = AIJobService().create_canvas_job(people.ana.id, {"instructions": "a -> b"})
        AIJobService().cancel_job(job_id, people.ana.id)
    said = [data["message"] for _, data, room in heard if room == f"user:{people.ana.id}"]
    assert said == [JOBS[f"ai_job_update_{state}"]["message"] for state in ("queued", "cancelled")]


@pytest.fixture
def live(app: Flask) -> Any:
    server = LiveServer(app, asgi_of(app)).start()
    yield server
    server.stop()


def test_answers_over_the_socket_are_as_in_the_contract(
    live: LiveServer, app: Flask, people: People, canvas: Canvas
) -> None:
    with Tab(live.url, app, people.ana) as ana:
        ana.push(canvas.id, 1, creation("a"))
        joined = ana.join(canvas.id)
        ana.push(canvas.id, 1, creation("a"))
        same_keys({**joined, "objects": [], "members": []}, {**SCENE["join_canvas_ack"]})
        same_keys(ana.push(canvas.id, 2, creation("b")), SCENE["scene_update_ack"])
        same_keys(ana.next("presence"), PRESENCE["presence"])
    with Tab(live.url, app, people.vic) as vic:
        vic.join(canvas.id)
        assert vic.push(canvas.id, 1, creation("c")) == SCENE["scene_update_refused"]
