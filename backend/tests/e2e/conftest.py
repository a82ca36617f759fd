"""A real Chromium and the real program, embedded and with PostgreSQL, Redis and a worker."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

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

ONE_ADDRESS = {"RATE_LIMITS": "false"}  # all people of the tests sign up from there


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One for all tests: each signs up people of its own, who see nothing of each other."""
    running = Installation(tmp_path_factory.mktemp("embedded"), **ONE_ADDRESS).start(worker=False)
    yield running
    running.stop()


def start_distributed(
    folder: Path, postgres_server: PostgresServer, redis_url: str
) -> Installation:
    """On a database of its own."""
    return Installation(
        folder,
        DATABASE_URL=postgres_server.new_database(f"e2e_{uuid.uuid4().hex}"),
        REDIS_URL=redis_url,
        **ONE_ADDRESS,
    ).start(worker=True)


@pytest.fixture(scope="session")
def distributed(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    shared_redis: RedisServer,
) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("distributed")
    running = start_distributed(folder, postgres_server, shared_redis.url)
    yield running
    running.stop()


@pytest.fixture(params=["embedded", pytest.param("distributed", marks=pytest.mark.services)])
def installation(request: pytest.FixtureRequest) -> Installation:
    """The same test on both ways to run."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]
