"""The server is restarted while people work: the page says so, and heals without being reloaded."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import EDITOR, Person
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Of its own: others would miss its server."""
    running = Installation(tmp_path / "restarted").start(worker=False)
    yield running
    running.stop()


@pytest.fixture
def ana(browser: Browser, installation: Installation) -> Iterator[Person]:
    person = Person(browser, installation, "Ana").sign_up()
    yield person
    person.close()


def test_a_canvas_is_worked_on_through_a_restart(ana: Person) -> None:
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ana.page.evaluate("window.sameDocument = true")
    ana.installation.stop_server()
    badge = ana.page.get_by_role("status").filter(has_text="Server restarts")
    expect(badge).to_be_visible(timeout=10_000)
    expect(ana.card("a -> b")).to_be_visible()
    draw_rectangle(ana)
    ana.wait_for_objects(6)
    expect(ana.text(re.compile("[(]1 unsent[)]$"))).to_be_visible()
    ana.draw("c -> d")
    expect(ana.text(re.compile("^The server cannot be reached."))).to_be_visible()

    ana.installation.start(worker=False)
    expect(ana.text("Connected")).to_be_visible(timeout=30_000)
    ana.button("Draw").click()  # the words were kept
    ana.wait_for_objects(11)
    assert ana.page.evaluate("window.sameDocument") is True
    stored = ana.context.request.get(address.replace("/canvas/", "/api/canvases/") + "/objects")
    assert len(stored.json()["objects"]) == 11


def test_other_pages_say_so_and_ask_again_when_it_is_back(ana: Person) -> None:
    page = ana.page
    ana.new_canvas()
    page.get_by_role("link", name="All canvases", exact=True).click()
    canvases = page.get_by_role("list", name="Canvases", exact=True).get_by_role("listitem")
    expect(canvases).to_have_count(1)
    ana.installation.stop_server()
    expect(page.get_by_role("status").filter(has_text="Server restarts")).to_be_visible()
    expect(canvases).to_have_count(1)
    page.get_by_role("link", name="Jobs", exact=True).click()
    expect(page.get_by_role("status", name="Loading", exact=True)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Server restarts")).to_be_visible()

    ana.installation.start(worker=False)
    expect(page.get_by_text("No job yet", exact=True)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="Server restarts")).to_have_count(0)


def test_a_page_that_was_opened_too_early_finds_the_server_by_itself(ana: Person) -> None:
    page = ana.page
    page.route("**/api/config", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/api/config")
    expect(page.get_by_role("heading", name="Canvases", exact=True)).to_be_visible(timeout=10_000)


def draw_rectangle(person: Person) -> None:
    surface = person.page.locator(EDITOR)
    surface.click(position={"x": 700, "y": 600})
    person.page.keyboard.press("r")
    person.page.mouse.move(700, 650)
    person.page.mouse.down()
    person.page.mouse.move(850, 750, steps=5)
    person.page.mouse.up()
