"""The main path, as people walk it: an instruction becomes a drawing that everybody sees."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Invite, visitors
from tests.support.installation import Installation
from tests.support.processes import stays

pytestmark = pytest.mark.e2e

SIGN_UP = (
    "Flowchart: visitor opens landing page -> fills sign-up form -> is the email valid? "
    "if no show error and go back to the form, if yes send verification mail -> verified? "
    "if yes dashboard, if no resend"
)
EXPECTED_ARROWS = {
    ("Visitor opens landing page", "", "Fills sign-up form"),
    ("Fills sign-up form", "", "Is the email valid?"),
    ("Is the email valid?", "no", "Show error"),
    ("Show error", "", "Fills sign-up form"),
    ("Is the email valid?", "yes", "Send verification mail"),
    ("Send verification mail", "", "Verified?"),
    ("Verified?", "yes", "Dashboard"),
    ("Verified?", "no", "Resend"),
}
OBJECTS = 28  # 8 shapes with their texts, 8 arrows, 4 arrow labels


@pytest.fixture
def invite(browser: Browser, installation: Installation) -> Iterator[Invite]:
    with visitors(browser, installation) as arrive:
        yield arrive


def labels(scene: list[dict[str, Any]]) -> dict[str, str]:
    """Element id -> the words in or on it."""
    return {
        element["containerId"]: " ".join(element["originalText"].split())
        for element in scene
        if element["type"] == "text" and element["containerId"]
    }


def arrows(scene: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    words = labels(scene)
    return {
        (
            words[element["startBinding"]["elementId"]],
            words.get(element["id"], ""),
            words[element["endBinding"]["elementId"]],
        )
        for element in scene
        if element["type"] == "arrow"
    }


def test_an_instruction_becomes_the_drawing_that_was_meant(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw(SIGN_UP)
    scene = ana.wait_for_objects(OBJECTS)
    kinds = Counter(element["type"] for element in scene)
    assert kinds == {"rectangle": 6, "diamond": 2, "arrow": 8, "text": 12}
    assert arrows(scene) == EXPECTED_ARROWS
    card = ana.page.get_by_role("article", name=re.compile("^Flowchart: visitor opens"))
    expect(card.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
    expect(card.get_by_role("button", name="Undo", exact=True)).to_be_visible()


def test_the_editor_changes_nothing_of_what_was_drawn(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw(SIGN_UP)
    ana.wait_for_objects(OBJECTS)
    received = ana.page.evaluate("window.collabcanvas.session()")
    versions = {e["id"]: e["version"] for e in received}

    def is_as_it_was_drawn() -> bool:
        """No browser has answered the drawing with a correction."""
        return {e["id"]: e["version"] for e in ana.stored()} == versions

    stays(is_as_it_was_drawn, 1.5, "the drawing is what it was", ana.pause)


def test_both_members_see_jobs_edits_and_undo(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    ana.draw("a -> b")
    ben.wait_for_objects(5)
    ben.page.keyboard.press("Escape")
    ben.page.locator(".excalidraw canvas.interactive").click(position={"x": 700, "y": 600})
    ben.page.keyboard.press("r")
    ben.page.mouse.move(700, 650)
    ben.page.mouse.down()
    ben.page.mouse.move(850, 750, steps=5)
    ben.page.mouse.up()
    ana.wait_for_objects(6)
    ben.card("a -> b").get_by_role("button", name="Undo", exact=True).click()
    for person in (ana, ben):
        [left] = person.wait_for_objects(1)
        assert left["type"] == "rectangle"
    ana.page.reload()
    ana.wait_for_objects(1)


def test_what_is_not_understood_fails_with_advice_and_draws_nothing(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("a poem about love")
    card = ana.card("a poem about love")
    expect(card).to_contain_text("Example:", timeout=20_000)
    assert ana.scene() == []
    expect(card.get_by_role("button", name="Retry", exact=True)).to_have_count(
        0
    )  # would fail alike
    card.get_by_role("button", name="Change the instruction", exact=True).click()
    words = ana.instructions
    expect(words).to_be_focused()
    expect(words).to_have_value("a poem about love")


def test_a_viewer_sees_but_cannot_draw(invite: Invite) -> None:
    ana, vic = invite("Ana"), invite("Vic")
    address = ana.new_canvas()
    ana.share_with(vic, "viewer")
    vic.page.goto(address)
    ana.draw("a -> b")
    vic.wait_for_objects(5)
    expect(vic.button("Draw")).not_to_be_visible()
