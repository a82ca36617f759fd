"""Presence: who is here, and seeing what another person sees."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.support.installation import Installation
from tests.support.processes import stays

pytestmark = pytest.mark.e2e


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def lost(person: Person) -> bool:
    """The editor offers to scroll back when nothing of the drawing is in view."""
    return person.text("Scroll back to content").is_visible()


def scroll(person: Person, by: int) -> None:
    person.page.locator(EDITOR).hover(position={"x": 500, "y": 600})
    person.page.mouse.wheel(0, by)


def test_the_view_follows_another_person_until_one_moves_oneself(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ana.share_with(ben, "viewer")
    ben.page.goto(address)
    ben.wait_for_objects(5)
    ana.page.get_by_role("button", name=re.compile("^Here now: ")).click()
    expect(ana.menuitem("Follow Ben")).to_contain_text("Can view")
    ana.page.keyboard.press("Escape")

    scroll(ana, 5_000)
    expect(ana.text("Scroll back to content")).to_be_visible()
    assert not lost(ben)
    ben.button("Follow Ana").click()
    banner = ben.text("You see what Ana sees.")
    expect(banner).to_be_visible()
    expect(ben.text("Scroll back to content")).to_be_visible()  # at once, as she rests
    scroll(ana, -5_000)
    expect(ben.text("Scroll back to content")).not_to_be_visible()

    scroll(ben, 5_000)
    expect(banner).not_to_be_visible()
    expect(ben.text("Scroll back to content")).to_be_visible()
    scroll(ana, 10)
    stays(lambda: lost(ben), 0.5, "nobody moves the view any more", ben.pause)


def test_following_ends_with_the_button_and_when_the_other_one_leaves(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    face = ben.button("Follow Ana")
    banner = ben.text("You see what Ana sees.")
    face.click()
    expect(face).to_have_attribute("aria-pressed", "true")
    ben.button("Stop").click()
    expect(banner).not_to_be_visible()
    face.click()
    expect(banner).to_be_visible()
    ana.page.goto(ana.installation.url)
    expect(banner).not_to_be_visible()
    expect(face).not_to_be_visible()
