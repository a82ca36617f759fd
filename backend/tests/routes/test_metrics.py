"""Metrics: what is counted, and who is told."""

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from app.services.ai_job_service import AIJobService
from tests.conftest import MakeApp
from tests.support.people import People


def families(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    return {
        family.name: {tuple(s.labels.values()): s.value for s in family.samples}
        for family in text_string_to_metric_families(text)
    }


def test_requests_and_jobs_are_counted(any_app: Flask, people: People) -> None:
    with any_app.app_context():
        AIJobService().create_canvas_job(people.ana.id, {"instructions": "a -> b"})
    client = any_app.test_client()
    client.get("/api/canvases/secret-id")
    text = client.get("/metrics").text
    found = families(text)
    assert found["cc_http_requests"][("GET", "/api/canvases/<canvas_id>", "4xx")] == 1
    assert found["cc_jobs"][("queued",)] == 1
    assert found["cc_job_oldest_queued_seconds"][()] >= 0
    assert "secret-id" not in text


@pytest.mark.parametrize(
    ("settings", "header", "status"),
    [
        ({"metrics_token": "m"}, "Bearer m", 200),
        ({"metrics_token": "m"}, "Bearer x", 404),
        ({"metrics_token": "m"}, None, 404),
        ({"host": "0.0.0.0"}, None, 404),  # noqa: S104  what an operator might set
        ({}, None, 200),
    ],
)
def test_only_the_monitoring_is_told(
    make_sqlite_app: MakeApp, settings: dict[str, str], header: str | None, status: int
) -> None:
    client = make_sqlite_app(**settings).test_client()
    headers = {"Authorization": header} if header else {}
    assert client.get("/metrics", headers=headers).status_code == status
