"""The web process is killed while people draw: nothing acknowledged is lost, nothing done twice.

`CC_KILLS=100` asks for more repetitions than the suite has time for.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.authors import Author, sign_up
from tests.support.installation import Installation
from tests.support.postgres_server import PostgresServer
from tests.support.processes import wait_until
from tests.support.redis_server import RedisServer

KILLS = int(os.environ.get("CC_KILLS", "2"))
AUTHORS = 4

pytestmark = pytest.mark.timeout(120 + KILLS * 30)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    running = Installation(tmp_path / "data", LOG_LEVEL="WARNING")
    yield running.start(worker=False)
    running.stop()


@pytest.fixture
def distributed(
    tmp_path: Path, postgres_server: PostgresServer, redis_server: RedisServer
) -> Iterator[Installation]:
    database = f"kills_{time.time_ns()}"
    with postgres_server.connect() as connection:
        connection.execute(f"CREATE DATABASE {database}")  # type: ignore[arg-type]
    running = Installation(
        tmp_path / "data",
        DATABASE_URL=postgres_server.url(database),
        REDIS_URL=redis_server.url,
        LOG_LEVEL="WARNING",
    )
    yield running.start(worker=False)
    running.stop()


@pytest.mark.parametrize(
    "kind", ["embedded", pytest.param("distributed", marks=pytest.mark.services)]
)
def test_kill_9_loses_nothing_acknowledged_and_applies_nothing_twice(
    kind: str, request: pytest.FixtureRequest
) -> None:
    installation: Installation = request.getfixturevalue(kind)
    ana = sign_up(installation.url, "Ana")
    made = requests.post(f"{installation.url}/api/canvases", json={}, headers=ana, timeout=20)
    canvas_id = made.json()["canvas"]["id"]
    authors = [Author(installation.url, ana, canvas_id, f"tab{n}") for n in range(AUTHORS)]
    for author in authors:
        author.start()
    rng = random.Random(7)  # noqa: S311
    for _ in range(KILLS):
        before = [author.acknowledged for author in authors]
        wait_until(lambda b=before: _all_went_on(authors, b), 30, "everybody draws")
        time.sleep(rng.random() * 0.5)  # the kill hits any moment of a tick
        installation.kill_server()
        installation.start(worker=False)
    before = [author.acknowledged for author in authors]
    wait_until(lambda: _all_went_on(authors, before), 30, "everybody draws again")
    for author in authors:
        author.done.set()
    for author in authors:
        author.join(30)
    address = f"{installation.url}/api/canvases/{canvas_id}/objects"
    scene = requests.get(address, headers=ana, timeout=20).json()
    last = {author.name: author.acknowledged for author in authors}
    assert [lost for author in authors for lost in author.lost] == []
    assert {o["id"] for o in scene["objects"]} == {i for a in authors for i in a.objects()}
    assert scene["seq"] == Author.CHANGES * sum(last.values())
    assert {o["id"]: o["x"] for o in scene["objects"] if o["id"].endswith("-1")} == {
        f"{name}-1": n for name, n in last.items()
    }
    assert sum(last.values()) > AUTHORS * KILLS


def _all_went_on(authors: list[Author], before: list[int]) -> bool:
    return all(a.acknowledged > then + 2 for a, then in zip(authors, before, strict=True))
