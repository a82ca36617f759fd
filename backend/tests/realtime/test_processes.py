"""Two web processes on PostgreSQL and Redis: one canvas, whoever is connected where."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from app.realtime import neighbours
from tests.conftest import MakeApp
from tests.support.breadth import promptly
from tests.support.elements import creation
from tests.support.installation import Installation
from tests.support.people import People, add_canvas, add_people
from tests.support.processes import wait_until
from tests.support.redis_server import RedisServer
from tests.support.signing_in import bearer
from tests.support.socket_client import Tab

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]
AT_ONCE = promptly(2.0)  # well before the 5 seconds of the upkeep


class Site:
    """Both processes and the tabs on them."""

    def __init__(self, app: Any, folder: Path) -> None:
        self.app, self.people = app, add_people(app)
        settings = app.config["SETTINGS"]
        shared = {
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "SECRET_KEY": settings.secret_key,
            "LOG_LEVEL": "WARNING",
        }
        self.nodes = [Installation(folder / name, **shared) for name in ("one", "two")]
        self.tabs: list[Tab] = []

    def start(self) -> "Site":
        for node in self.nodes:
            node.start(worker=False)
        return self

    def tab(self, node: int, person: Any) -> Tab:
        self.tabs.append(Tab(self.nodes[node].url, self.app, person))
        return self.tabs[-1]

    def close(self) -> None:
        for tab in self.tabs:
            tab.close()
        for node in self.nodes:
            node.stop()


@pytest.fixture
def site(make_postgres_app: MakeApp, redis_server: RedisServer, tmp_path: Path) -> Iterator[Site]:
    running = Site(make_postgres_app(redis_url=redis_server.url), tmp_path)
    try:
        yield running.start()
    finally:
        running.close()


def names(tab: Tab) -> set[str]:
    return {member["name"] for member in tab.next("presence")["members"]}


def wait_for_names(tab: Tab, expected: set[str], seconds: float = 60) -> None:
    found: list[set[str]] = []
    wait_until(lambda: found.append(names(tab)) or found[-1] == expected, seconds, str(expected))


def test_two_processes_are_one_place(site: Site) -> None:
    people: People = site.people
    canvas = add_canvas(site.app, people)
    ana, ben, vic = site.tab(0, people.ana), site.tab(1, people.ben), site.tab(1, people.vic)
    for tab, name in ((ana, "a"), (ben, "b"), (vic, "v")):
        assert tab.join(canvas.id, name)["ok"]
    for tab in (ana, ben, vic):
        wait_for_names(tab, {"Ana", "Ben", "Vic"})

    ana.push(canvas.id, 1, creation("a"), client_id="a")
    ben.push(canvas.id, 1, creation("b"), client_id="b")
    assert [ben.next("scene_update")["from"], ana.next("scene_update")["from"]] == [1, 1]
    ben.client.emit("cursor", {"canvas_id": canvas.id, "x": 1, "y": 2})
    assert [c["name"] for c in ana.next("cursors")["by_socket"].values()] == ["Ben"]

    owner = bearer(site.app, people.ana)
    address = f"{site.nodes[0].url}/api/canvases/{canvas.id}"
    member = f"{address}/permissions/{{0}}"
    requests.patch(member.format(people.ben.id), json={"role": "viewer"}, headers=owner, timeout=60)
    assert ben.next("role_changed", AT_ONCE)["role"] == "viewer"
    assert ben.push(canvas.id, 2, creation("c"), client_id="b")["code"] == "not_allowed"

    requests.delete(member.format(people.vic.id), headers=owner, timeout=60)
    ana.push(canvas.id, 2, creation("d"), client_id="a")
    assert vic.next("removed", AT_ONCE)["canvas_id"] == canvas.id
    while ben.next("scene_update")["to"] < 3:
        pass
    assert vic.push(canvas.id, 1, creation("v"), client_id="v")["code"] == "not_joined"
    heard = [data for name, data in list(vic.heard.queue) if name == "scene_update"]
    assert all(frame["to"] < 3 for frame in heard)
    wait_for_names(ana, {"Ana", "Ben"})

    requests.delete(address, headers=owner, timeout=60)
    assert ben.next("canvas_deleted", AT_ONCE)["canvas_id"] == canvas.id
    assert ana.next("canvas_deleted", AT_ONCE)["canvas_id"] == canvas.id
    assert ben.push(canvas.id, 3, creation("e"), client_id="b")["code"] == "not_joined"


def test_who_was_in_a_process_that_died_is_missed_soon(site: Site) -> None:
    people: People = site.people
    canvas = add_canvas(site.app, people)
    ana, ben = site.tab(0, people.ana), site.tab(1, people.ben)
    ana.join(canvas.id, "a")
    ben.join(canvas.id, "b")
    wait_for_names(ana, {"Ana", "Ben"})
    os.kill(site.nodes[1]._processes[0].pid, signal.SIGKILL)
    while (
        ana.next("presence", promptly(neighbours.FORGET_SECONDS + 10))["members"][-1]["name"]
        != "Ana"
    ):
        pass
