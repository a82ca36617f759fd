"""The jobs of a canvas: everybody's, after a reload too, and never with an empty undo."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.person import Person
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e
Invite = Callable[[str], Person]


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    present: list[Person] = []

    def arrive(name: str) -> Person:
        present.append(Person(browser, embedded, name).sign_up())
        return present[-1]

    yield arrive
    for person in present:
        person.close()
    for person in present:
        assert person.complaints == [], person.name
        assert person.elsewhere == [], person.name


def card_of(person: Person, name: str) -> Locator:
    return person.page.get_by_role("article", name=name)


def test_everybodys_jobs_are_there_after_a_reload(invite: Invite) -> None:
    ana, ben, vic = invite("Ana"), invite("Ben"), invite("Vic")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ana.share_with(vic, "viewer")
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ben.open(address)
    expect(card_of(ben, "a -> b")).to_contain_text("asked for by Ana")
    expect(card_of(ben, "a -> b").get_by_role("button", name="Undo")).to_be_visible()
    vic.page.goto(address)
    vic.wait_for_objects(5)
    seen = vic.context.request.get(address.replace("/canvas/", "/api/canvases/") + "/jobs").json()
    assert [job["request_data"] for job in seen["jobs"]] == [{}]  # not for a viewer to read


def test_ones_own_undo_leaves_no_undo_on_the_card_until_it_is_redone(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    undo = card_of(ana, "a -> b").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    ana.page.locator(".excalidraw canvas.interactive").click(position={"x": 200, "y": 700})
    ana.page.keyboard.press("Control+z")
    ana.wait_for_objects(0)
    expect(card_of(ana, "a -> b")).to_contain_text("No longer on the canvas")
    expect(undo).not_to_be_visible()
    ana.page.keyboard.press("Control+Shift+z")
    ana.wait_for_objects(5)
    expect(undo).to_be_visible()
    ana.page.keyboard.press("Control+z")
    ana.wait_for_objects(0)
    expect(ana.page.get_by_text("Connected", exact=True)).to_be_visible()
    ana.page.wait_for_timeout(600)  # the deletion reaches the server before the page goes
    ana.page.reload()
    expect(card_of(ana, "a -> b")).to_contain_text("No longer on the canvas", timeout=20_000)
