"""What the provider can do wrong, each with the class and sentence that the person gets."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from structlog.testing import capture_logs

from app.adapters.language_models.breaker import FAILURES_TO_OPEN, OPEN_SECONDS
from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.planner import ModelPlanner
from app.adapters.language_models.providers.openai import OPENAI
from app.domain.errors import (
    InvalidOutput,
    JobFailure,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
    QuotaExceeded,
    TooLarge,
)
from tests.support.model_client import KEY, ask, failure_of, planner_for
from tests.support.model_server import ModelServer, Reply, failing


@pytest.mark.parametrize(
    ("reply", "expected", "words", "requests"),
    [
        (failing(401), ProviderRefused, "AI_API_KEY", 1),
        (failing(403), ProviderRefused, "AI_API_KEY", 1),
        (failing(404, "model_not_found"), ProviderRefused, "AI_MODEL", 1),
        (failing(400), ProviderRefused, "AI_MODEL", 3),
        (failing(400, "context_length_exceeded"), TooLarge, "fewer objects", 5),
        (failing(413), ProviderRefused, "rejected", 1),
        (failing(402), QuotaExceeded, "operator", 1),
        (failing(429, "insufficient_quota"), QuotaExceeded, "operator", 1),
        (failing(500), ProviderUnavailable, "error", 3),
        (failing(502), ProviderUnavailable, "error", 1),
        (failing(503), ProviderUnavailable, "error", 1),
        (
            Reply(body=b"<html>PROVIDER TEXT</html>", content_type="text/html"),
            ProviderRefused,
            "AI_BASE_URL",
            1,
        ),
        (
            Reply(body=b'{"choices": []}', content_type="application/json"),
            ProviderRefused,
            "AI_BASE_URL",
            1,
        ),
        (Reply(headers={"Content-Encoding": "gzip"}, body=b"x"), ProviderRefused, "AI_BASE_URL", 1),
        (Reply(body=b"data: PROVIDER TEXT, no JSON\n\n"), ProviderUnavailable, "error", 1),
        (Reply(abort_after=0), ProviderUnavailable, "reached", 1),
        (
            Reply(body=b"short", repeat_body=2, abort_after=1, headers={"Content-Length": "500"}),
            ProviderUnavailable,
            "reached",
            1,
        ),
        (Reply("nothing that could be read"), InvalidOutput, "could not be read", 4),
    ],
    ids=lambda value: None if isinstance(value, int | str | type) else "",
)
def test_every_fault_has_its_class_and_a_sentence_of_our_own(
    reply: Reply, expected: type[JobFailure], words: str, requests: int
) -> None:
    with ModelServer(reply) as server:
        failure = failure_of(planner_for(server))
    assert type(failure) is expected, failure.message
    assert words in failure.message
    assert failure.message.endswith(".")
    assert "PROVIDER TEXT" not in failure.message
    assert "secret" not in failure.message
    assert KEY not in failure.message
    assert len(server.asked) == requests


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        (None, None),
        ("soon", None),
        ("-3", None),
        ("9" * 400, None),
        ("1e308", None),
    ],
)
def test_the_providers_wish_to_wait_is_passed_on_if_it_makes_sense(
    header: str | None, seconds: float | None
) -> None:
    headers = {"Retry_After": header} if header is not None else {}
    with ModelServer(failing(429, **headers)) as server:
        failure = failure_of(planner_for(server))
    assert type(failure) is ProviderRateLimited
    assert failure.retryable
    assert failure.retry_after == seconds
    assert len(server.asked) == 1, "when to try again is the job's decision"


def test_a_date_to_wait_for_becomes_seconds() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    with ModelServer(failing(503, Retry_After=then)) as server:
        failure = failure_of(planner_for(server))
    assert failure.retry_after == pytest.approx(90, abs=5)


def test_nobody_listens_at_the_address() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}/v1"
        failure = failure_of(ModelPlanner(Endpoint(OPENAI, "x", url, KEY)))
    assert type(failure) is ProviderUnavailable
    assert failure.message == "The language model could not be reached."


def test_a_host_that_does_not_exist_is_unreachable() -> None:
    endpoint = Endpoint(OPENAI, "x", "http://model.invalid/v1", KEY)
    assert type(failure_of(ModelPlanner(endpoint))) is ProviderUnavailable


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_wherever_it_leads(status: int) -> None:
    with ModelServer() as target:
        away = Reply(status=status, headers={"Location": f"{target.url}/v1/x"}, body=b"")
        with ModelServer(away) as server:
            failure = failure_of(planner_for(server))
    assert type(failure) is ProviderRefused
    assert "AI_BASE_URL" in failure.message
    assert target.asked == []


def test_an_outage_after_success_does_not_cost_the_endpoint_its_best_form() -> None:
    with ModelServer(Reply(), failing(500), Reply()) as server:
        planner = planner_for(server)
        ask(planner)
        assert type(failure_of(planner)) is ProviderUnavailable
        ask(planner)
    assert [asked.body["response_format"]["type"] for asked in server.asked] == ["json_schema"] * 3


def test_an_endpoint_that_keeps_failing_is_left_alone_and_then_tried_again() -> None:
    now = [0.0]
    script = [failing(503)] * FAILURES_TO_OPEN + [Reply()]
    with ModelServer(*script) as server:
        planner = planner_for(server, clock=lambda: now[0])
        for _ in range(FAILURES_TO_OPEN):
            failure_of(planner)
        refused = failure_of(planner)
        assert type(refused) is ProviderUnavailable
        assert refused.retry_after == OPEN_SECONDS
        assert len(server.asked) == FAILURES_TO_OPEN
        now[0] += OPEN_SECONDS
        assert ask(planner).planned is not None
        assert ask(planner).planned is not None


def test_answers_that_cannot_be_read_do_not_open_the_circuit() -> None:
    with ModelServer(Reply("?")) as server:
        planner = planner_for(server)
        failures = [failure_of(planner) for _ in range(FAILURES_TO_OPEN + 1)]
    assert {type(failure) for failure in failures} == {InvalidOutput}


def test_a_refusal_by_the_model_is_not_repaired() -> None:
    with ModelServer(Reply("I can", finish="content_filter")) as server:
        failure = failure_of(planner_for(server))
    assert type(failure) is InvalidOutput
    assert "declined" in failure.message
    assert len(server.asked) == 1


def test_thinking_until_the_limit_without_an_answer_says_so() -> None:
    with ModelServer(Reply("<think>" + "hmm " * 500, finish="length")) as server:
        failure = failure_of(planner_for(server))
    assert type(failure) is TooLarge
    assert "ran out of room" in failure.message


def test_the_log_has_what_the_provider_wrote_without_secrets(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with ModelServer(failing(401)) as server, capture_logs() as events:
        failure = failure_of(planner_for(server))
    assert [event["status"] for event in events] == [401]
    written = f"{events} {caplog.text}"
    assert "PROVIDER TEXT" in written
    assert "secret" not in written
    assert KEY not in written
    assert failure.__cause__ is None
