"""A real Chromium and the real program, embedded and with PostgreSQL, Redis and a worker."""

import shutil
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.installation import Installation
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "the browser tests need Chromium on the PATH; `make test` installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


expect.set_options(timeout=15_000)  # a page is awaited, not timed: the machine may have other work

ONE_ADDRESS = {"RATE_LIMITS": "false"}  # all people of a module sign up from there


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    running = Installation(tmp_path_factory.mktemp("embedded"), **ONE_ADDRESS).start(worker=False)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def distributed(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    shared_redis: RedisServer,
) -> Iterator[Installation]:
    """With a database and a Redis that no other module has written to."""
    shared_redis.client.flushall()
    running = Installation(
        tmp_path_factory.mktemp("distributed"),
        DATABASE_URL=postgres_server.new_database(f"e2e_{uuid.uuid4().hex}"),
        REDIS_URL=shared_redis.url,
        **ONE_ADDRESS,
    ).start(worker=True)
    yield running
    running.stop()


@pytest.fixture(params=["embedded", pytest.param("distributed", marks=pytest.mark.services)])
def installation(request: pytest.FixtureRequest) -> Installation:
    """The same test on both ways to run."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]
