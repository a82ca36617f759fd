"""The history: versions looked at, compared, gone back to and named, seen by everybody at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.person import Invite, Person, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def open_history(person: Person) -> Locator:
    person.button("History").click()
    panel = person.page.get_by_role("region", name="History", exact=True)
    expect(panel.get_by_role("list", name="Versions", exact=True)).to_be_visible()
    return panel


def versions(panel: Locator) -> Locator:
    return panel.get_by_role("list", name="Versions", exact=True).get_by_role("listitem")


def draw_two_versions(ana: Person) -> str:
    """`a -> b`, then a cache between them."""
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ana.text("Change what is here").click()
    ana.draw("add cache between a and b")
    ana.wait_for_objects(8)
    return address


def test_a_version_is_looked_at_compared_and_restored_for_everybody(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = draw_two_versions(ana)
    ana.share_with(ben, "editor")
    ben.open(address)
    panel = open_history(ana)
    expect(versions(panel)).to_have_count(2)
    versions(panel).first.get_by_role("button").first.click()
    preview = ana.page.get_by_role("region", name=re.compile("^Preview: "))
    # The cache, its label and two arrows; the list and the preview count alike.
    expect(versions(panel).first.locator("[data-kind=added]")).to_have_text("+4")
    expect(preview.get_by_text("4 added", exact=True)).to_be_visible()
    expect(preview.get_by_text("1 removed", exact=True)).to_be_visible()  # the arrow in its place
    expect(preview.locator("rect[data-kind=added]")).to_have_count(3)  # a label has no own mark
    preview.get_by_role("switch", name="Show what changed", exact=True).click(force=True)
    expect(preview.locator("rect[data-kind]")).to_have_count(0)
    versions(panel).last.get_by_role("button").first.click()
    expect(preview.get_by_role("img").get_by_text("Cache", exact=True)).to_have_count(0)

    panel.get_by_role("button", name="Restore", exact=True).click()
    panel.get_by_role("group").get_by_role("button", name="Restore", exact=True).click()
    for person in (ana, ben):
        person.wait_for_objects(5)
    expect(preview).not_to_be_visible()
    expect(versions(panel)).to_have_count(3)
    expect(versions(panel).first).to_contain_text("Restored by Ana")
    ana.page.get_by_role("alert").get_by_role("button", name="Undo", exact=True).click()
    for person in (ana, ben):
        person.wait_for_objects(8)


def test_the_focus_goes_back_to_what_opened_the_history(invite: Invite) -> None:
    ana = invite("Ana")
    draw_two_versions(ana)
    opener = ana.button("History")
    for _ in range(2):  # loaded just now, and known already
        panel = open_history(ana)
        expect(panel.get_by_role("heading", name="History", exact=True)).to_be_focused()
        panel.get_by_role("button", name="Close the history", exact=True).press("Enter")
        expect(panel).to_have_count(0)
        expect(opener).to_be_focused()


def test_the_history_grows_while_it_is_open(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    panel = open_history(ana)
    expect(versions(panel)).to_have_count(1)
    ben.draw("c -> d")
    expect(versions(panel)).to_have_count(2, timeout=20_000)
    expect(versions(panel).first).to_contain_text("Ben")


def test_a_card_shows_what_its_job_changed(invite: Invite) -> None:
    ana = invite("Ana")
    draw_two_versions(ana)
    ana.page.reload()
    ana.wait_for_objects(8)
    card = ana.card("add cache between a and b")
    card.get_by_role("button", name="Show what changed", exact=True).click()
    preview = ana.page.get_by_role("region", name=re.compile("^Preview: "))
    expect(preview.locator("rect[data-kind=added]")).to_have_count(3)
    ana.page.keyboard.press("Escape")
    expect(preview).not_to_be_visible()


def test_a_viewer_may_look_but_not_go_back(invite: Invite) -> None:
    ana, vic = invite("Ana"), invite("Vic")
    address = draw_two_versions(ana)
    ana.share_with(vic, "viewer")
    vic.page.goto(address)
    vic.wait_for_objects(8)
    panel = open_history(vic)
    versions(panel).last.get_by_role("button").first.click()
    expect(vic.page.get_by_role("region", name=re.compile("^Preview: "))).to_be_visible()
    expect(panel.get_by_role("button", name="Restore", exact=True)).to_have_count(0)
    expect(panel.get_by_role("button", name="Save version", exact=True)).to_have_count(0)


def test_a_named_version_is_found_again_and_loses_its_name(invite: Invite) -> None:
    ana = invite("Ana")
    draw_two_versions(ana)
    panel = open_history(ana)
    panel.get_by_label("Name what is here now", exact=True).fill("With a cache")
    panel.get_by_role("button", name="Save version", exact=True).click()
    expect(versions(panel).first).to_contain_text("With a cache")
    versions(panel).last.get_by_role("button").first.click()
    panel.get_by_role("button", name="Name", exact=True).click()
    panel.get_by_label("Name of the version", exact=True).fill("Without")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(ana.page.get_by_role("region", name="Preview: Without", exact=True)).to_be_visible()
    panel.get_by_text("Named", exact=True).click()
    expect(versions(panel)).to_have_count(2)
    expect(versions(panel).last).to_contain_text("Without")
    expect(versions(panel).last.locator("img")).to_be_visible()
    panel.get_by_role("button", name="Remove the name", exact=True).click()
    expect(versions(panel)).to_have_count(1)
    expect(versions(panel)).to_contain_text("With a cache")


def test_long_instructions_do_not_push_the_canvas_aside(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw(" -> ".join(f"step {number} of a long way" for number in range(12)))
    ana.wait_for_objects(35)
    panel = open_history(ana)
    box, row = panel.bounding_box(), versions(panel).first.bounding_box()
    assert box
    assert row
    assert box["width"] <= 360
    assert row["x"] + row["width"] <= box["x"] + box["width"]
