"""The embedded server is killed while people draw: nothing acknowledged is lost or done twice."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.authors import Author, sign_up
from tests.support.faults import TRIALS
from tests.support.installation import Installation
from tests.support.processes import wait_until
from tests.support.slowness import slowly

KILLS = max(2, 3 * TRIALS)
AUTHORS = 4

pytestmark = pytest.mark.timeout(120 + KILLS * 30)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Installation]:
    running = Installation(tmp_path / "data", LOG_LEVEL="WARNING")
    yield running.start(worker=False)
    running.stop()


@pytest.mark.rule("S2", "S3")
def test_kill_9_loses_nothing_acknowledged_and_applies_nothing_twice(
    embedded: Installation,
) -> None:
    ana = sign_up(embedded.url, "Ana")
    made = requests.post(f"{embedded.url}/api/canvases", json={}, headers=ana, timeout=20)
    canvas_id = made.json()["canvas"]["id"]
    authors = [Author(embedded.url, ana, canvas_id, f"tab{n}") for n in range(AUTHORS)]
    for author in authors:
        author.start()
    rng = random.Random(7)  # noqa: S311
    for _ in range(KILLS):
        before = [author.acknowledged for author in authors]
        wait_until(lambda b=before: _all_went_on(authors, b), 30, "everybody draws")
        slowly(rng.random() * 0.5)  # the kill hits any moment of a tick
        embedded.kill_server()
        embedded.start(worker=False)
    before = [author.acknowledged for author in authors]
    wait_until(lambda: _all_went_on(authors, before), 30, "everybody draws again")
    for author in authors:
        author.done.set()
    for author in authors:
        author.join(30)
    address = f"{embedded.url}/api/canvases/{canvas_id}/objects"
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
