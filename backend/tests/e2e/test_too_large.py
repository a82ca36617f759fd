"""What no message can carry, and what the server refuses: one sentence, and the work goes on."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.comparing import differences
from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e
BOUND = "points:1e4"

#: A stroke of so many points into the clipboard, as the editor itself would copy it.
COPY_STROKE = """
(count) => {
  const points = Array.from({ length: count }, (_, i) => [(i % 500) + 0.123456789, i / 100 + 0.1]);
  const stroke = {
    id: 'stroke', type: 'freedraw', x: 0, y: 0, width: 500, height: count / 100, angle: 0,
    strokeColor: '#1e1e1e', backgroundColor: 'transparent', fillStyle: 'solid', strokeWidth: 1,
    strokeStyle: 'solid', roughness: 1, opacity: 100, groupIds: [], frameId: null, index: 'a0',
    roundness: null, seed: 1, version: 1, versionNonce: 1, isDeleted: false, boundElements: [],
    updated: 1, link: null, locked: false, points, pressures: [], simulatePressure: true,
    lastCommittedPoint: null,
  };
  const text = JSON.stringify({ type: 'excalidraw/clipboard', elements: [stroke], files: {} });
  return navigator.clipboard.writeText(text);
}
"""


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def paste_stroke(person: Person, points: int) -> None:
    person.page.evaluate(COPY_STROKE, points)
    person.page.locator(EDITOR).click(position={"x": 500, "y": 600})
    person.page.keyboard.press("Control+v")


@pytest.mark.parametrize("points", [60_000, 15_000], ids=["for any message", "for the server"])
def test_a_stroke_that_is_too_large_ends_in_a_sentence(invite: Invite, points: int) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    paste_stroke(ana, points)
    expect(ana.text(re.compile("^An edit was not saved. "))).to_be_visible(timeout=20_000)
    ana.wait_for_objects(0)
    paste_stroke(ana, 50)
    for person in (ana, ben):
        [stroke] = person.wait_for_objects(1)
        assert len(stroke["points"]) == 50
    expect(ana.text("Connected")).to_be_visible()
    expect(ana.text(re.compile("^An edit was not saved. "))).to_have_count(1)


def test_a_long_stroke_goes_on_as_another_before_it_has_too_many_points(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    few = 40  # in place of the bound, which takes minutes to draw

    def with_few(route: Route) -> None:
        answer = route.fetch(max_retries=3)  # a reset connection is not what is tried here
        text = answer.text()
        route.fulfill(response=answer, body=text.replace(BOUND, f"points:{few}"))

    for person in (ana, ben):
        person.page.route("**/assets/*.js", with_few)
        person.page.reload()
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    ana.page.locator(EDITOR).click(position={"x": 500, "y": 600})
    ana.page.keyboard.press("p")
    mouse = ana.page.mouse
    mouse.move(300, 300)
    mouse.down()
    for step in range(120):
        mouse.move(300 + 4 * step, 300 + (step % 7) * 10)
        ana.page.evaluate("new Promise(requestAnimationFrame)")
    mouse.up()
    ana.wait_until(lambda: len(ana.scene()) > 2, "the stroke went on")
    ana.wait_until(lambda: not differences(ana.scene(), ben.scene()), "both have the same")
    strokes = ana.scene()
    assert all(len(stroke["points"]) <= few for stroke in strokes)
    assert sum(len(stroke["points"]) for stroke in strokes) > 100
    for one, other in pairwise(strokes):
        dx, dy = one["points"][-1]
        assert abs(one["x"] + dx - other["x"]) < 20
        assert abs(one["y"] + dy - other["y"]) < 70
    moved = [element["x"] for element in strokes]
    assert moved == sorted(moved)
