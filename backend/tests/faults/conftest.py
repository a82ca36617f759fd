"""A server set-up: PostgreSQL, Redis and worker processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import MakeApp
from tests.support.people import People, add_people
from tests.support.redis_server import RedisServer
from tests.support.worker_processes import Workers

LEASE_SECONDS = 3


@pytest.fixture
def app(make_postgres_app: MakeApp, redis_server: RedisServer) -> Flask:
    """The web process's side: it accepts jobs and runs none."""
    return make_postgres_app(redis_url=redis_server.url, job_lease_seconds=LEASE_SECONDS)


@pytest.fixture
def people(app: Flask) -> People:
    return add_people(app)


@pytest.fixture
def workers(app: Flask, tmp_path: Path) -> Iterator[Workers]:
    workers = Workers(app, tmp_path / "steering")
    yield workers
    workers.close()
