"""Whatever a person does in the editor reaches the others, or comes back with a sentence."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.comparing import differences, try_until, wait_until
from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


@pytest.fixture
def pair(invite: Invite) -> tuple[Person, Person]:
    """Ana, and Ben, who edits with her."""
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    for person in (ana, ben):
        person.page.locator(EDITOR).click(position={"x": 900, "y": 600})
    return ana, ben


def box(person: Person, x: int, y: int) -> None:
    person.page.keyboard.press("r")
    person.page.mouse.move(x, y)
    person.page.mouse.down()
    person.page.mouse.move(x + 90, y + 60, steps=4)
    person.page.mouse.up()


def all_equal(*people: Person) -> list[dict[str, Any]]:
    """Wait until every editor and every session holds the same."""
    first = people[0]

    def unlike() -> list[str]:
        scenes = [scene for person in people for scene in (person.scene(), person.session())]
        return [line for scene in scenes for line in differences(first.scene(), scene)]

    try_until(first, lambda: not unlike())
    assert unlike() == []
    return first.scene()


def test_a_stroke_goes_on_while_somebody_else_draws(pair: tuple[Person, Person]) -> None:
    ana, ben = pair
    ana.page.keyboard.press("p")
    mouse = ana.page.mouse
    mouse.move(400, 300)
    mouse.down()
    mouse.move(500, 350, steps=8)
    box(ben, 700, 300)
    ana.wait_for_objects(2)  # with the stroke that she has in hand
    mouse.move(600, 300, steps=8)
    mouse.up()
    ben.wait_for_objects(2)
    scene = all_equal(ana, ben)
    (stroke,) = (element for element in scene if element["type"] == "freedraw")
    assert len(stroke["points"]) > 12
    assert stroke["lastCommittedPoint"] == stroke["points"][-1]  # drawn to its end by everybody


def test_shapes_made_at_the_same_moment_have_one_order(pair: tuple[Person, Person]) -> None:
    ana, ben = pair
    for person in pair:
        person.context.set_offline(True)
    box(ana, 400, 300)
    box(ben, 440, 330)
    box(ana, 480, 360)
    for person in pair:
        person.context.set_offline(False)
    for person in pair:
        person.wait_for_objects(3)
        expect(person.page.get_by_text("Connected", exact=True)).to_be_visible(timeout=30_000)
    ana.page.keyboard.press("Control+[")  # what she made last goes behind
    scene = all_equal(ana, ben)
    assert len({element["index"] for element in scene}) == 3
    assert [e["index"] for e in scene] == sorted(e["index"] for e in scene)
    for person in pair:
        person.complaints = [c for c in person.complaints if "DISCONNECTED" not in c]


def test_a_copied_tab_is_a_client_of_its_own_where_there_are_no_locks(invite: Invite) -> None:
    ana = invite("Ana")
    ana.context.add_init_script("delete Navigator.prototype.locks")
    address = ana.new_canvas()
    ana.page.reload()
    ana.wait_for_editor()
    with ana.context.expect_page() as opened:
        ana.page.evaluate("address => { window.open(address) }", address)
    first, second = ana.page, opened.value
    for number, page in enumerate((first, second, first, second, second, first)):
        ana.page = page
        page.bring_to_front()
        ana.wait_for_editor()
        page.locator(EDITOR).click(position={"x": 900, "y": 600})
        box(ana, 400 + 100 * (number % 3), 300 + 100 * (number // 3))
        ana.wait_for_objects(number + 1)
    ana.page = first
    ana.wait_for_objects(6)
    stored = first.request.get(address.replace("/canvas/", "/api/canvases/") + "/objects").json()
    assert len(stored["objects"]) == 6


def test_words_in_a_text_that_somebody_deletes_are_offered_back(
    pair: tuple[Person, Person],
) -> None:
    ana, ben = pair
    box(ben, 400, 300)
    ana.wait_for_objects(1)
    ana.page.keyboard.press("Escape")
    ana.page.mouse.dblclick(445, 330)
    ana.page.keyboard.type("what we agreed")
    ben.wait_for_objects(2)
    ben.page.keyboard.press("Control+a")
    ben.page.keyboard.press("Delete")
    wait_until(ana, lambda: ana.session() == [], "the deletion does not come")
    ana.page.keyboard.type(" on")
    ana.page.keyboard.press("Escape")
    notice = ana.page.get_by_role("alert").filter(has_text="Somebody deleted the text")
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Keep my words").click()
    (kept,) = ben.wait_for_objects(1)
    assert (kept["type"], kept["text"]) == ("text", "what we agreed on")
    all_equal(ana, ben)


def test_a_copy_of_what_a_job_drew_is_nobodys_job(pair: tuple[Person, Person]) -> None:
    ana, ben = pair
    ana.draw("a -> b")
    ben.wait_for_objects(5)
    ana.page.locator(EDITOR).click(position={"x": 300, "y": 700})
    for keys in ("Control+a", "Control+d", "Control+z", "Control+Shift+z"):
        ana.page.keyboard.press(keys)
        ana.page.wait_for_timeout(200)
    ben.wait_for_objects(10)
    scene = all_equal(ana, ben)
    assert len([e for e in scene if "job" in (e.get("customData") or {})]) == 5
