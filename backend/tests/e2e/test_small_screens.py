"""Phones and tablets: nothing runs out of the screen, and fingers hit what they aim at."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import FADED_IN
from tests.e2e.person import EDITOR, Person
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
# What a desktop of 1280 pixels leaves at 400 %: nobody should have to scroll in two directions.
NARROWEST = {"width": 320, "height": 640}
TABLET = {"width": 820, "height": 1180}
SMALLEST, FINGER = 24, 44
# The editor's own buttons are its makers'.
TOO_SMALL = """
smallest => [...document.querySelectorAll(
  'a[href], button, select, textarea, input:not([type=radio]), [role=menuitem]',
)].filter(element => !element.closest('.excalidraw') && element.checkVisibility({
  opacityProperty: true, visibilityProperty: true,
})).flatMap(element => {
  const { width, height } = element.getBoundingClientRect();
  const skips = width <= 1 || element.getBoundingClientRect().bottom < 0;
  return skips || (width >= smallest && height >= smallest) ? [] : [element.outerHTML];
})
"""

# What is painted, as a rectangle of the screen.
DRAWN = """
(() => {
  const canvas = document.querySelector('.excalidraw canvas.static');
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] + data[at + 1] + data[at + 2] > 700 || data[at + 3] === 0) continue;
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const place = canvas.getBoundingClientRect();
  const scale = place.width / width;
  const [x, y] = [place.x, place.y];
  return [x + left * scale, y + top * scale, x + right * scale, y + bottom * scale];
})()
"""


@pytest.fixture
def ana(browser: Browser, embedded: Installation) -> Iterator[Person]:
    person = Person(browser, embedded, "Ana").sign_up()
    yield person
    person.close()


def check(page: Page) -> None:
    page.evaluate(FADED_IN)
    width, visible = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= visible, page.url
    assert page.evaluate(TOO_SMALL, SMALLEST) == []


def height_of(page: Page, name: str) -> float:
    box = page.get_by_role("button", name=name, exact=True).bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("size", [PHONE, TABLET, NARROWEST], ids=["phone", "tablet", "enlarged"])
def test_every_page_fits(ana: Person, size: dict[str, int]) -> None:
    page, home = ana.page, ana.installation.url
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    renamed = page.context.request.patch(
        address.replace("/canvas/", "/api/canvases/"),
        data={"title": "Donaudampfschifffahrtsgesellschaftskapitaensversammlung"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert renamed.ok
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    for path in ("/", "/jobs", "/settings", "/share"):
        page.goto(home + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        if path == "/jobs":
            expect(page.get_by_role("link", name=re.compile("^Donaudampf"))).to_be_visible()
        check(page)
    page.goto(address)
    expect(page.locator(EDITOR)).to_be_visible(timeout=20_000)
    check(page)
    for name, role in (("Share", "dialog"), ("Export", "menu")):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role(role)).to_be_visible()
        check(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role(role)).to_have_count(0)
    page.get_by_role("button", name="History", exact=True).click()
    expect(page.get_by_role("list", name="Versions", exact=True)).to_be_visible()
    check(page)


def test_on_a_phone_the_panel_is_a_sheet_over_the_canvas_and_actions_suit_a_finger(
    ana: Person,
) -> None:
    page = ana.page
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert height_of(page, "New canvas") >= FINGER
    page.get_by_role("button", name="New canvas", exact=True).click()
    panel = page.get_by_role("region", name="Describe it", exact=True)
    expect(panel).to_be_visible(timeout=20_000)
    expect(page.locator(EDITOR)).to_be_visible(timeout=20_000)
    box, board = panel.bounding_box(), page.locator(EDITOR).bounding_box()
    assert box
    assert board
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert box["y"] + box["height"] == PHONE["height"]
    assert box["y"] >= PHONE["height"] * 0.25  # the canvas stays in sight
    assert board["width"] == PHONE["width"]
    assert height_of(page, "Draw") >= FINGER
    check(page)
    page.get_by_role("textbox", name="Instructions", exact=True).fill("a -> b")
    page.get_by_role("button", name="Draw", exact=True).click()
    expect(panel).to_have_count(0)  # the drawing is to be seen
    ana.wait_for_objects(5)
    check(page)


def test_the_editor_fits_the_screen_when_it_is_turned(ana: Person) -> None:
    page = ana.page
    ana.new_canvas()
    page.get_by_role("button", name="Close the panel", exact=True).click()
    for size, is_phone in ((PHONE, True), (TABLET, False), (PHONE, True)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        expect(page.locator(".excalidraw .App-bottom-bar")).to_have_count(int(is_phone))


def test_the_way_in_suits_a_finger(browser: Browser, embedded: Installation) -> None:
    visitor = Person(browser, embedded, "Olu")
    page = visitor.page
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(embedded.url)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    check(page)
    assert height_of(page, "Sign in") >= FINGER
    assert height_of(page, "Create account") >= FINGER
    visitor.close()


def test_on_a_phone_nothing_lies_over_what_was_drawn(ana: Person) -> None:
    ana.page.set_viewport_size(PHONE)
    ana.new_canvas()
    ana.draw("\n".join(f"{n}. step {n}" for n in range(1, 17)))
    card = ana.page.get_by_role("article").filter(has_text="Drew")
    expect(card).to_be_visible(timeout=30_000)
    ana.page.wait_for_timeout(1_000)
    drawn = ana.page.evaluate(DRAWN)
    cover = card.bounding_box()
    assert cover
    left, top, right, bottom = drawn
    assert 0 <= left < right <= PHONE["width"]
    assert 56 <= top < bottom <= PHONE["height"]
    below = cover["y"] >= bottom
    assert below or cover["y"] + cover["height"] <= top, (drawn, cover)
    # As large as it can be: one side of it fills the room that is left.
    assert right - left > 0.8 * PHONE["width"] or bottom - top > 0.8 * (cover["y"] - 76 - 56)
