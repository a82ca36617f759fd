"""Taking a canvas along: every format of the menu, a picture in the clipboard, copied shapes."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e

CLIPBOARD = """
async () => {
  const [item] = await navigator.clipboard.read();
  const blob = await item.getType('image/png');
  return [...new Uint8Array(await blob.arrayBuffer())];
}
"""


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def choose(person: Person, item: str) -> None:
    person.button("Export").click()
    person.menuitem(item).click()


def saved(person: Person, item: str) -> tuple[str, bytes]:
    with person.page.expect_download() as download:
        choose(person, item)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def is_drawn_on(content: bytes) -> bool:
    colors: Any = Image.open(BytesIO(content)).convert("RGB").getcolors(1_000_000)
    return len(colors) > 20


def test_every_format_is_saved_with_what_is_on_the_canvas(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("order -> payment")
    ana.wait_for_objects(5)
    name, content = saved(ana, "PNG picture")
    assert name == "Untitled canvas.png"
    assert is_drawn_on(content)
    name, content = saved(ana, "SVG picture")
    assert name.endswith(".svg")
    assert b"<svg" in content
    name, content = saved(ana, "Excalidraw file")
    assert len(json.loads(content)["elements"]) == 5
    name, content = saved(ana, "Mermaid text")
    assert name.endswith(".mmd")
    assert b"Payment" in content


def test_without_the_server_a_picture_comes_from_the_editor(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("order -> payment")
    ana.wait_for_objects(5)
    ana.page.route("**/export?*", lambda route: route.abort())
    name, content = saved(ana, "PNG picture")
    assert name == "Untitled canvas.png"
    assert is_drawn_on(content)
    ana.complaints = [line for line in ana.complaints if "ERR_FAILED" not in line]


def test_a_picture_of_the_canvas_is_copied(invite: Invite) -> None:
    ana = invite("Ana")
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.new_canvas()
    ana.draw("order -> payment")
    ana.wait_for_objects(5)
    choose(ana, "Copy as image")
    expect(ana.text("The picture is in the clipboard.")).to_be_visible()
    assert is_drawn_on(bytes(ana.page.evaluate(CLIPBOARD)))


def test_copies_of_what_a_job_drew_leave_it_no_undo(invite: Invite) -> None:
    ana = invite("Ana")
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.new_canvas()
    ana.draw("a -> b")
    drawn = {element["id"] for element in ana.wait_for_objects(5)}
    ana.page.locator(EDITOR).click(position={"x": 200, "y": 700})
    for key in ("Control+a", "Control+c", "Delete"):
        ana.page.keyboard.press(key)
    ana.wait_for_objects(0)
    ana.page.keyboard.press("Control+v")
    copies = ana.wait_for_objects(5)
    assert drawn.isdisjoint(element["id"] for element in copies)
    pasted = {element["id"] for element in copies}
    ana.wait_until(lambda: {e["id"] for e in ana.stored()} == pasted, "they are on the server")
    ana.page.reload()
    ana.wait_for_objects(5)
    card = ana.card("a -> b")
    gone = re.compile("Undone|No longer on the canvas")  # whether or not its undo was noted in time
    expect(card).to_contain_text(gone, timeout=20_000)
    expect(card.get_by_role("button", name="Undo", exact=True)).to_have_count(0)
