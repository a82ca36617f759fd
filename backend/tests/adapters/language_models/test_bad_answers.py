"""Answers that a model should not have given, through the real client: none becomes "done"."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import InvalidOutput, JobFailure
from app.domain.planning.sentences import say
from app.domain.planning.speech import language_of
from tests.adapters.language_models.test_recordings import request_of
from tests.support.model_client import Asking, ask, planner_for
from tests.support.model_server import ModelServer, Reply

FOLDER = Path(__file__).parents[2] / "recordings" / "bad"
BAD = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def replay(recording: dict[str, Any]) -> tuple[Asking, ModelServer]:
    """The last answer is given again and again."""
    finish = recording.get("finish", "stop")
    replies = [Reply(answer, chunk=500, finish=finish) for answer in recording["answers"]]
    with ModelServer(*replies) as server:
        return ask(planner_for(server), request_of(recording)), server


def named(outcome: str) -> list[str]:
    return [name for name, recording in BAD.items() if outcome in recording]


def test_every_recording_says_what_has_to_become_of_it() -> None:
    outcomes = {"failed", "remark", "repaired"}
    assert all(len(outcomes & recording.keys()) == 1 for recording in BAD.values())


@pytest.mark.parametrize("name", named("failed"))
def test_a_bad_answer_that_stays_bad_fails(name: str) -> None:
    recording = BAD[name]
    asking, server = replay(recording)
    failure = asking.failure
    assert isinstance(failure, JobFailure), asking.planned
    if recording["failed"] is None:
        return
    assert isinstance(failure, InvalidOutput)
    assert failure.values["reason"] == recording["failed"]
    assert failure.values["language"] == language_of(recording["instruction"])
    assert len(server.asked) <= 3
    if not recording.get("finish"):
        complaint = server.asked[1].body["messages"][-1]["content"]
        assert "could not be used" in complaint
        assert len(server.asked) == 3


@pytest.mark.parametrize("name", named("remark"))
def test_an_answer_with_a_lesser_fault_is_drawn_with_a_remark(name: str) -> None:
    recording = BAD[name]
    asking, server = replay(recording)
    assert asking.planned is not None, asking.failure
    start = say(recording["remark"], "en", names="\n").partition("\n")[0]
    assert any(remark.startswith(start.rstrip(".")) for remark in asking.planned.remarks)
    assert len(server.asked) == 2


@pytest.mark.parametrize("name", named("repaired"))
def test_an_answer_that_is_better_the_second_time_is_drawn_without_a_remark(name: str) -> None:
    asking, server = replay(BAD[name])
    assert asking.planned is not None, asking.failure
    assert asking.planned.remarks == ()
    assert len(server.asked) == 2


def test_an_answer_that_goes_on_and_on_is_not_continued() -> None:
    _, server = replay(BAD["loops_until_it_is_cut"])
    assert all("cut off" not in json.dumps(asked.body["messages"][-1]) for asked in server.asked)


def test_a_worse_second_answer_does_not_spoil_the_first() -> None:
    lesser, worse = BAD["one_name_missing"]["answers"][0], "I cannot do that."
    with ModelServer(Reply(lesser), Reply(worse)) as server:
        asking = ask(planner_for(server), request_of(BAD["one_name_missing"]))
    assert asking.planned is not None, asking.failure
    assert [node.label for node in asking.graph.nodes] == ["Ingest", "Clean", "Train", "Evaluate"]


def test_a_shape_is_named_by_its_label_never_by_our_alias() -> None:
    asking, _ = replay(BAD["one_edit_of_nothing"])
    assert asking.planned is not None
    assert asking.planned.plan.summary == "Worker is green now."
