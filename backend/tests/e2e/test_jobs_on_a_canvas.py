"""The jobs of a canvas: everybody's, after a reload too, and never with an empty undo."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.e2e.test_small_screens import DRAWN, PHONE
from tests.support.installation import Installation
from tests.support.model_server import SAMPLE, ModelServer, Reply

pytestmark = pytest.mark.e2e
# With its summary last: all that is drawn is known for a while before the answer ends.
PLAN = json.loads(SAMPLE)
ANSWER = json.dumps({"operations": PLAN["operations"], "summary": PLAN["summary"] * 6})
OBJECTS = 14  # of the sample order: 4 shapes with their texts, 4 arrows, 2 arrow labels


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


@pytest.fixture
def invite_to_a_slow_model(browser: Browser, tmp_path: Path) -> Iterator[Invite]:
    with ModelServer(Reply(ANSWER, chunk=9, delay=0.08)) as model:
        settings = {"AI_MODEL": "openai:local", "AI_BASE_URL": f"{model.url}/v1"}
        running = Installation(tmp_path / "slow", **settings).start(worker=False)
        try:
            with visitors(browser, running) as arrive:
                yield arrive
        finally:
            running.stop()


def card_of(person: Person, name: str) -> Locator:
    return person.card(name)


def test_everybodys_jobs_are_there_after_a_reload(invite: Invite) -> None:
    ana, ben, vic = invite("Ana"), invite("Ben"), invite("Vic")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ana.share_with(vic, "viewer")
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ben.open(address)
    expect(card_of(ben, "a -> b")).to_contain_text("asked for by Ana")
    expect(card_of(ben, "a -> b").get_by_role("button", name="Undo", exact=True)).to_be_visible()
    vic.page.goto(address)
    vic.wait_for_objects(5)
    seen = vic.context.request.get(address.replace("/canvas/", "/api/canvases/") + "/jobs").json()
    assert [job["request_data"] for job in seen["jobs"]] == [{}]  # not for a viewer to read


def test_ones_own_undo_leaves_no_undo_on_the_card_until_it_is_redone(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    undo = card_of(ana, "a -> b").get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_visible()
    ana.page.locator(EDITOR).click(position={"x": 200, "y": 700})
    ana.page.keyboard.press("Control+z")
    ana.wait_for_objects(0)
    gone = re.compile("Undone|No longer on the canvas")  # whether or not its undo was noted in time
    expect(card_of(ana, "a -> b")).to_contain_text(gone)
    expect(undo).not_to_be_visible()
    ana.page.keyboard.press("Control+Shift+z")
    ana.wait_for_objects(5)
    expect(undo).to_be_visible()
    ana.page.keyboard.press("Control+z")
    ana.wait_for_objects(0)
    ana.wait_until(lambda: not ana.stored(), "the deletion is on the server")
    ana.page.reload()
    expect(card_of(ana, "a -> b")).to_contain_text(gone, timeout=20_000)
    expect(undo).not_to_be_visible()


def test_an_edit_of_ai_that_is_taken_back_by_hand_is_so_after_a_reload(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ana.draw("rename a to Alpha")
    card = card_of(ana, "rename a to Alpha")
    expect(card.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    ana.page.locator(EDITOR).click(position={"x": 200, "y": 700})
    with ana.page.expect_response(re.compile("taken-back")) as answered:
        ana.page.keyboard.press("Control+z")
    assert answered.value.ok
    expect(card.get_by_role("button", name="Undo", exact=True)).not_to_be_visible()
    ana.page.reload()
    expect(card_of(ana, "a -> b").get_by_role("button", name="Undo", exact=True)).to_be_visible()
    expect(card).to_be_visible()
    expect(card.get_by_role("button", name="Undo", exact=True)).not_to_be_visible()


def test_of_many_jobs_the_running_one_is_seen_and_can_be_stopped(
    invite_to_a_slow_model: Invite,
) -> None:
    ana = invite_to_a_slow_model("Ana")
    ana.new_canvas()
    for number in range(4):
        ana.draw(f"drawing {number}")
        expect(card_of(ana, f"drawing {number}")).to_be_visible()
    running = ana.page.locator("article[data-status=processing]")
    expect(running).to_have_count(1)
    expect(ana.page.get_by_role("article").first).to_have_attribute("data-status", "processing")
    ana.page.get_by_role("button", name="Close the panel", exact=True).click()
    expect(ana.page.get_by_role("article")).to_have_count(3)
    expect(ana.page.get_by_role("article").first).to_have_attribute("data-status", "processing")
    name = ana.page.get_by_role("article").first.get_attribute("aria-label") or ""
    card_of(ana, name).get_by_role("button", name="Cancel", exact=True).click()
    expect(ana.page.get_by_role("article").first).not_to_have_attribute("aria-label", name)
    more = ana.page.get_by_role("button", name="and 1 more", exact=True)
    more.click()
    expect(ana.page.get_by_role("article")).to_have_count(4)


def test_while_it_is_planned_everybody_sees_ghosts_beside_what_is_there(
    invite_to_a_slow_model: Invite,
) -> None:
    ana, ben = invite_to_a_slow_model("Ana"), invite_to_a_slow_model("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    draw_rectangle(ben, 300, 300, 500, 450)
    ana.wait_for_objects(1)
    ana.draw("how an order is handled")
    for person in (ana, ben):
        ghosts = person.page.locator("[data-ghosts]")
        expect(ghosts).to_contain_text("Is it paid?", timeout=20_000)
        expect(ghosts).to_contain_text("so far")
        assert [element["type"] for element in person.scene()] == ["rectangle"]
    shown: list[Any] = []

    def have_gone() -> bool:
        shown.append(ben.page.evaluate(GHOSTS) or shown[-1])
        return ben.page.locator("[data-ghosts]").count() == 0

    ben.wait_until(have_gone, "the ghosts are gone", seconds=60)
    ben.wait_for_objects(1 + OBJECTS)
    expect(ana.page.locator("[data-ghosts]")).to_have_count(0)
    scene = {element["id"]: element for element in ben.scene()}
    drawn = {
        text["text"].replace("\n", " "): [scene[text["containerId"]][key] for key in ("x", "y")]
        for text in scene.values()
        if text["type"] == "text" and scene[text["containerId"]]["type"] != "arrow"
    }
    arrows = [element for element in scene.values() if element["type"] == "arrow"]
    # The last were the drawing itself; before, shapes hardly moved.
    assert shown[-1]["lines"] == len(arrows)
    assert {label: [round(n) for n in place] for label, place in drawn.items()} == shown[-1][
        "boxes"
    ]
    for ghosts in shown:
        for label, (x, y) in ghosts["boxes"].items():
            assert abs(x - drawn[label][0]) < 200
            assert abs(y - drawn[label][1]) < 300


GHOSTS = """
(() => {
  const all = [...document.querySelectorAll('[data-ghosts] > span:not(:first-of-type)')];
  const place = (e) => [Math.round(parseFloat(e.style.left)), Math.round(parseFloat(e.style.top))];
  return all.length === 0 ? null : {
    boxes: Object.fromEntries(all.map((e) => [e.textContent.replaceAll('\\n', ' '), place(e)])),
    lines: document.querySelectorAll('[data-ghosts] polyline').length,
  };
})()
"""


def test_on_a_phone_a_card_that_grows_does_not_come_to_lie_over_what_was_drawn(
    invite_to_a_slow_model: Invite,
) -> None:
    ana = invite_to_a_slow_model("Ana")
    ana.page.set_viewport_size(PHONE)
    ana.new_canvas()
    ana.draw("how an order is handled")
    card = card_of(ana, "how an order is handled")
    expect(card).to_contain_text("Planning")
    ana.wait_for_objects(OBJECTS, seconds=60)
    expect(card.get_by_role("button", name="Undo", exact=True)).to_be_visible()

    def is_clear() -> bool:
        _, top, _, bottom = ana.page.evaluate(DRAWN)
        cover = card.bounding_box()
        return cover is not None and 56 <= top < bottom <= cover["y"]

    ana.wait_until(is_clear, "the drawing is clear of its card")


def test_a_drawing_out_of_sight_comes_into_view_unless_its_requester_is_busy(
    invite_to_a_slow_model: Invite,
) -> None:
    ana = invite_to_a_slow_model("Ana")
    ana.new_canvas()
    ana.draw("how an order is handled")
    expect(ana.page.locator("[data-ghosts]")).to_contain_text("Order", timeout=20_000)
    surface = ana.page.locator(EDITOR)
    surface.hover(position={"x": 500, "y": 500})

    def has_landed_while_she_scrolls_away() -> bool:
        ana.page.mouse.wheel(0, 60)
        return bool(ana.scene())

    ana.wait_until(has_landed_while_she_scrolls_away, "the drawing has landed")
    show = card_of(ana, "how an order is handled").get_by_role(
        "button", name="Show drawing", exact=True
    )
    expect(show).to_be_visible()
    expect(ana.text("Scroll back to content")).to_be_visible()
    show.click()
    expect(show).not_to_be_visible()
    expect(ana.text("Scroll back to content")).not_to_be_visible()


def test_an_earlier_instruction_is_changed_and_drawn_again_and_a_draft_outlives_the_panel(
    invite: Invite,
) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    style = ana.field("Style")
    style.select_option("creative")
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    style.select_option("minimal")
    card = card_of(ana, "a -> b")
    expect(card).to_contain_text(re.compile(r"\d s"))  # what it took
    card.get_by_role("button", name="Use this instruction again", exact=True).click()
    words = ana.instructions
    expect(words).to_be_focused()
    expect(words).to_have_value("a -> b")
    expect(style).to_have_value("creative")
    words.press("End")
    ana.page.keyboard.type(" -> c")
    words.press("Escape")
    expect(words).to_have_count(0)
    ana.page.keyboard.press("Control+k")
    expect(words).to_have_value("a -> b -> c")
    ana.page.keyboard.press("Control+Enter")
    ana.wait_for_objects(5 + 8)


def test_a_draft_that_an_earlier_instruction_took_the_place_of_comes_back(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    words = ana.instructions
    words.fill("half a thought")
    card_of(ana, "a -> b").get_by_role(
        "button", name="Use this instruction again", exact=True
    ).click()
    expect(words).to_have_value("a -> b")
    ana.page.get_by_role("alert").get_by_role("button", name="Undo", exact=True).click()
    expect(words).to_have_value("half a thought")


def draw_rectangle(person: Person, left: int, top: int, right: int, bottom: int) -> None:
    surface = person.page.locator(EDITOR)
    surface.click(position={"x": 700, "y": 600})
    person.page.keyboard.press("r")
    person.page.mouse.move(left, top)
    person.page.mouse.down()
    person.page.mouse.move(right, bottom, steps=5)
    person.page.mouse.up()
