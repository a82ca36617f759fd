"""Everything can be done with the keyboard, which shows where it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.axe import FADED_IN
from tests.e2e.person import PASSWORD, Person
from tests.support.installation import Installation
from tests.support.model_server import ModelServer, Reply

pytestmark = pytest.mark.e2e
OBJECTS = 14  # of the model's sample
MOST_STEPS = 60
ACTIVE = "document.activeElement"


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Installation]:
    with ModelServer(Reply(chunk=40, delay=0.1)) as model:
        settings = {"AI_MODEL": "openai:local", "AI_BASE_URL": f"{model.url}/v1"}
        running = Installation(tmp_path / "slow", **settings).start(worker=False)
        yield running
        running.stop()


@pytest.fixture
def ana(browser: Browser, slow: Installation) -> Iterator[Person]:
    person = Person(browser, slow, "Ana")
    yield person
    person.close()


def go_to(target: Locator, key: str = "Tab") -> None:
    """Step by step, as somebody does who has no pointer."""
    expect(target).to_be_visible(timeout=20_000)
    for _ in range(MOST_STEPS):
        if target.evaluate(f"element => element === {ACTIVE}"):
            return
        target.page.keyboard.press(key)
    raise AssertionError(f"{MOST_STEPS} times {key} do not lead to {target}")


def press(target: Locator, key: str = "Tab") -> None:
    go_to(target, key)
    target.page.keyboard.press("Enter")


def type_into(page: Page, label: str, text: str) -> None:
    go_to(page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def ask(page: Page, key: str) -> None:
    page.keyboard.press(key)
    expect(page.get_by_role("textbox", name="Instructions", exact=True)).to_be_focused()
    page.keyboard.type("how an order is handled")
    page.keyboard.press("Control+Enter")


def announced(page: Page) -> Locator:
    return page.locator("[aria-live=polite]").filter(has_text="how an order")


def test_a_canvas_is_made_drawn_on_and_left_without_a_pointer(ana: Person) -> None:
    page = ana.page
    page.goto(ana.installation.url)
    expect(page.get_by_role("button", name="Create account", exact=True)).to_be_visible()
    type_into(page, "Email", ana.email)
    type_into(page, "Password", PASSWORD)
    type_into(page, "Name", "Ana")
    press(page.get_by_role("button", name="Create account", exact=True))
    press(page.get_by_role("button", name="New canvas", exact=True))
    ana.wait_for_editor()

    ask(page, "Control+k")
    card = page.get_by_role("article", name="how an order is handled", exact=True)
    expect(announced(page)).to_have_text(re.compile("planning|so far", re.IGNORECASE))
    press(card.get_by_role("button", name="Cancel", exact=True))
    expect(announced(page)).to_contain_text("Cancelled", timeout=10_000)
    assert ana.scene() == []

    ask(page, "/")
    ana.wait_for_objects(OBJECTS)
    expect(announced(page)).to_contain_text("Drew 4 boxes", timeout=10_000)
    press(card.first.get_by_role("button", name="Undo", exact=True))
    ana.wait_for_objects(0)

    press(page.get_by_role("link", name="All canvases", exact=True), "Shift+Tab")
    expect(page.get_by_role("heading", name="Canvases", exact=True)).to_be_visible()
    menu = page.get_by_role("button", name=re.compile("^What to do with "))
    press(menu)
    press(page.get_by_role("menuitem", name="Rename", exact=True), "ArrowDown")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Orders")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(ana.canvas_called("Orders")).to_be_visible()
    expect(menu).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/jobs", "/settings"])
def test_the_focus_is_seen_at_every_step(ana: Person, path: str) -> None:
    page = ana.sign_up().page
    page.set_viewport_size({"width": 900, "height": 700})
    page.emulate_media(reduced_motion="reduce")
    page.goto(ana.installation.url + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    steps = 0
    while steps < MOST_STEPS:
        page.keyboard.press("Tab")
        if page.evaluate(f"{ACTIVE} === document.body"):
            break
        steps += 1
        page.evaluate(FADED_IN)
        focused = page.screenshot(animations="disabled")
        page.evaluate(f"window.left = {ACTIVE}; window.left.blur()")
        page.evaluate(FADED_IN)
        assert page.screenshot(animations="disabled") != focused, page.evaluate("left.outerHTML")
        page.evaluate("window.left.focus()")
    assert steps >= 5
