"""The founding document's names for jobs: other people's scripts rely on them."""

import importlib
import inspect

import pytest
from flask import Flask

from app.models import User
from app.models.ai_job import AIJob
from tests.support.jobs import job_row, submit

NAMES = {
    "app.models.ai_job": ["AIJob"],
    "app.services.ai_job_service": ["AIJobService"],
    "app.services.ai_agent_service": ["AIAgentService"],
    "app.tasks": [
        "process_canvas_creation_job",
        "process_canvas_modification_job",
        "cleanup_old_jobs",
    ],
    "app.config.redis_config": ["RedisConfig", "redis_config"],
    "app.utils.logger": ["SmartLogger"],
    "app.extensions": ["db", "socketio"],
    "worker": ["main"],
}

PARAMETERS = {
    "create_canvas_job": ["user_id", "request_data", "priority"],
    "get_job": ["job_id", "user_id"],
    "get_user_jobs": ["user_id", "limit", "offset"],
    "cancel_job": ["job_id", "user_id"],
    "retry_failed_job": ["job_id", "user_id"],
    "cleanup_old_jobs": ["days"],
    "get_job_statistics": [],
}

COLUMNS = {
    *("id", "user_id", "canvas_id", "job_type", "status", "priority", "request_data"),
    *("result_data", "error_message", "rq_job_id", "retry_count", "max_retries"),
    *("created_at", "started_at", "completed_at"),
}

INDEXES = {
    "idx_ai_job_user_status": ["user_id", "status"],
    "idx_ai_job_created_at": ["created_at"],
    "idx_ai_job_priority": ["priority", "created_at"],
    "idx_ai_job_type": ["job_type"],
}


@pytest.mark.parametrize(("module", "names"), NAMES.items())
def test_everything_is_imported_from_where_it_was(module: str, names: list[str]) -> None:
    for name in names:
        assert hasattr(importlib.import_module(module), name)


@pytest.mark.parametrize(("method", "parameters"), PARAMETERS.items())
def test_the_service_takes_what_it_took(method: str, parameters: list[str]) -> None:
    from app.services.ai_job_service import AIJobService

    taken = list(inspect.signature(getattr(AIJobService, method)).parameters)[1:]
    assert taken[: len(parameters)] == parameters


def test_drawing_at_once_takes_what_it_took() -> None:
    from app.services.ai_agent_service import AIAgentService

    taken = list(inspect.signature(AIAgentService.create_canvas_from_query).parameters)
    assert taken == ["self", "query", "user_id", "canvas_id", "style", "color_scheme"]


def test_the_table_has_the_columns_and_indexes_it_had() -> None:
    table = AIJob.__table__
    assert table.name == "ai_jobs"
    assert set(table.columns.keys()) >= COLUMNS
    indexes = {index.name: [column.name for column in index.columns] for index in table.indexes}
    assert indexes.items() >= INDEXES.items()


def test_a_job_as_json_has_the_keys_it_had(app: Flask, user: User) -> None:
    job = job_row(app, submit(app, user.id))
    assert set(job.to_dict()) == COLUMNS - {"rq_job_id"}
    assert job.to_dict()["status"] == "queued"


def test_the_ticket_is_one_queue_called_ai_tasks() -> None:
    from app.config.redis_config import QUEUE_NAME, RedisConfig

    config = RedisConfig("redis://127.0.0.1:1/0")
    assert QUEUE_NAME == config.get_queue().name == "ai_tasks"
    assert config.test_connection() is False
