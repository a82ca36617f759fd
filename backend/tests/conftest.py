"""Fixtures for everyone: `app`, `people`, `user`, `canvas`, `client`, and real services."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from app import create_app
from app.extensions import db
from app.models.canvas import Canvas
from app.models.user import User
from tests.support.breadth import ALL
from tests.support.databases import PostgresTemplate, SqliteTemplate, settings_for
from tests.support.described import DescribedClient
from tests.support.people import People, add_canvas, add_people
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

MakeApp = Callable[..., Flask]

# `make test` tries the same inputs each time, `make test-all` more and others. In neither does it
# matter how long one takes: a test that is about time says so itself.
settings.register_profile(
    "sample",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile("breadth", settings.get_profile("sample"), derandomize=False)
settings.load_profile("breadth" if ALL else "sample")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite-template"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture(scope="session")
def postgres_template(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> PostgresTemplate:
    return PostgresTemplate(postgres_server, tmp_path_factory.mktemp("postgres-template"))


@pytest.fixture(scope="session")
def shared_redis() -> Iterator[RedisServer]:
    server = RedisServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def redis_server(shared_redis: RedisServer) -> Iterator[RedisServer]:
    """Running and empty before the test, whatever the test before did to it."""
    if not shared_redis.answers():
        shared_redis.start()
    shared_redis.client.flushall()
    yield shared_redis
    shared_redis.resume()


def _described(app: Flask) -> Flask:
    """Whose every answer to a test is held to the OpenAPI document."""
    app.test_client_class = DescribedClient
    return app


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def make_sqlite_app(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[MakeApp]:
    """An application on the test's own SQLite file; called twice, two processes' worth of it."""
    data_dir = tmp_path / "data"
    sqlite_template.copy_to(data_dir)
    apps: list[Flask] = []

    def make(**changes: Any) -> Flask:
        apps.append(_described(create_app(settings_for(data_dir, **changes))))
        return apps[-1]

    yield make
    for made in apps:
        _close(made)


@pytest.fixture
def make_postgres_app(postgres_template: PostgresTemplate, tmp_path: Path) -> Iterator[MakeApp]:
    """An application on the test's own PostgreSQL database."""
    database = postgres_template.create()
    apps: list[Flask] = []

    def make(**changes: Any) -> Flask:
        url = postgres_template.server.url(database)
        settings = settings_for(tmp_path / "data", database_url=url, **changes)
        apps.append(_described(create_app(settings)))
        return apps[-1]

    yield make
    for made in apps:
        _close(made)
    postgres_template.drop(database)


@pytest.fixture
def app(make_sqlite_app: MakeApp) -> Flask:
    return make_sqlite_app()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)],
)
def make_any_app(request: pytest.FixtureRequest) -> MakeApp:
    """The same test on both databases."""
    fixture = "make_sqlite_app" if request.param == "sqlite" else "make_postgres_app"
    return request.getfixturevalue(fixture)  # type: ignore[no-any-return]


@pytest.fixture
def any_app(make_any_app: MakeApp) -> Flask:
    return make_any_app()


@pytest.fixture
def people(request: pytest.FixtureRequest) -> People:
    return add_people(_app_of(request))


@pytest.fixture
def user(people: People) -> User:
    return people.ana


@pytest.fixture
def canvas(request: pytest.FixtureRequest, people: People) -> Canvas:
    return add_canvas(_app_of(request), people)


@pytest.fixture
def client(request: pytest.FixtureRequest) -> FlaskClient:
    return _app_of(request).test_client()


def _app_of(request: pytest.FixtureRequest) -> Flask:
    """The test's own application: `any_app` where it asks for both databases, else `app`."""
    name = "any_app" if "any_app" in request.fixturenames else "app"
    return request.getfixturevalue(name)  # type: ignore[no-any-return]
