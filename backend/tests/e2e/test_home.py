"""The home page: templates, import, copies, search, and deleting with a way back."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.person import PASSWORD, Invite, Person, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e

MANY_COLORS = 20  # an empty canvas has one or two


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def go_home(person: Person) -> None:
    person.link("All canvases").click()
    expect(person.page.get_by_role("heading", name="Canvases", exact=True)).to_be_visible()


def import_file(person: Person, path: Path) -> None:
    person.page.locator("input[type=file]").set_input_files(path)
    person.wait_for_editor()


def test_a_template_a_copy_and_a_search(invite: Invite) -> None:
    ana = invite("Ana")
    ana.button("Kanban board").click()
    ana.wait_for_editor()
    ana.wait_until(ana.scene, "the template is drawn")  # by one change: all of it at once
    drawn = len(ana.scene())
    assert drawn >= 4
    go_home(ana)
    ana.button("What to do with Kanban board").click()
    ana.menuitem("Duplicate").click()
    expect(ana.canvas_called("Copy of Kanban board")).to_be_visible()
    ana.page.get_by_role("searchbox").fill("copy")
    expect(
        ana.page.get_by_role("list", name="Canvases", exact=True).get_by_role("link")
    ).to_have_count(1)
    ana.canvas_called("Copy of Kanban board").click()
    ana.wait_for_editor()
    ana.wait_for_objects(drawn)


def test_files_become_canvases(invite: Invite, tmp_path: Path) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw("a -> b")
    scene = ana.wait_for_objects(5)
    saved = tmp_path / "Saved.excalidraw"
    saved.write_text(json.dumps({"type": "excalidraw", "version": 2, "elements": scene}))
    outline = tmp_path / "Launch.md"
    outline.write_text("# Launch\n- Marketing\n- Engineering\n")
    go_home(ana)
    import_file(ana, saved)
    again = ana.wait_for_objects(5)
    assert {e["id"] for e in again} == {e["id"] for e in scene}
    expect(ana.page.get_by_role("heading", name="Saved", exact=True)).to_be_visible()
    go_home(ana)
    import_file(ana, outline)
    expect(
        ana.page.get_by_role("article").get_by_role("button", name="Undo", exact=True)
    ).to_be_visible(timeout=20_000)


def test_several_files_become_a_canvas_each_or_are_refused_by_name(
    invite: Invite, tmp_path: Path
) -> None:
    ana = invite("Ana")
    Image.new("RGB", (400, 200), (200, 30, 40)).save(tmp_path / "Photo.png")
    (tmp_path / "Teams.csv").write_text("Team,Size\nSales,3\nTech,5\n")
    (tmp_path / "Report.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "Flow.mmd").write_text("flowchart LR\n  A --> B\n")
    names = ["Photo.png", "Teams.csv", "Report.pdf", "Flow.mmd"]
    paths: list[str | Path] = [tmp_path / name for name in names]
    ana.page.locator("input[type=file]").set_input_files(paths)
    expect(ana.text(re.compile('^"Report.pdf" cannot be imported.'))).to_be_visible(timeout=20_000)
    expect(ana.text("3 new canvases.")).to_be_visible()
    cards = ana.page.get_by_role("list", name="Canvases", exact=True).get_by_role("listitem")
    expect(cards).to_have_count(3)
    # Also of those that a job draws after the file was taken.
    expect(cards.filter(has_text=re.compile(r"\b0 objects"))).to_have_count(0)
    ana.canvas_called("Photo").click()
    ana.wait_for_editor()
    [picture] = ana.wait_for_objects(1)
    assert (picture["type"], picture["width"], picture["height"]) == ("image", 400, 200)


def test_what_is_described_at_home_is_drawn_on_a_canvas_of_its_own(invite: Invite) -> None:
    ana = invite("Ana")
    words = ana.page.get_by_role("textbox", name="What would you like to see?", exact=True)
    words.fill("order -> payment")
    words.press("Enter")
    ana.wait_for_editor()
    ana.wait_for_objects(5)

    def in_sight() -> bool:
        shot = ana.page.screenshot(clip={"x": 300, "y": 140, "width": 500, "height": 600})
        colors: Any = Image.open(BytesIO(shot)).convert("RGB").getcolors(1_000_000)
        return len(colors) > MANY_COLORS

    ana.wait_until(in_sight, "the drawing comes into view, though it was not asked for here")


def test_a_job_announces_itself_to_who_has_left_its_canvas(
    invite: Invite, embedded: Installation
) -> None:
    ana = invite("Ana")
    address = ana.new_canvas()
    go_home(ana)
    answer = ana.context.request.post(
        f"{embedded.url}/api/ai-agent/create-canvas",
        data={"instructions": "far -> away", "canvas_id": address.rsplit("/", 1)[1]},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status == 202
    expect(ana.text("Drawn: far -> away")).to_be_visible(timeout=20_000)
    ana.link("Open canvas").click()
    expect(ana.page).to_have_url(re.compile(re.escape(address)))
    ana.wait_for_objects(5)
    expect(ana.text("Drawn: far -> away")).to_have_count(0)


def test_deleting_can_be_taken_back_for_a_moment(invite: Invite) -> None:
    ana = invite("Ana")
    for _ in range(2):
        ana.new_canvas()
        go_home(ana)
    cards = ana.page.get_by_role("list", name="Canvases", exact=True).get_by_role("listitem")
    expect(cards).to_have_count(2)

    def delete_first() -> None:
        cards.first.get_by_role("button").click()
        ana.menuitem("Delete").click()
        expect(cards).to_have_count(1)

    delete_first()
    ana.button("Undo").click()
    expect(cards).to_have_count(2)
    delete_first()
    ana.page.reload()  # leaving does not take it back
    expect(cards).to_have_count(1)


def test_signing_out_deletes_what_could_still_be_brought_back(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    go_home(ana)
    canvases = ana.page.get_by_role("list", name="Canvases", exact=True)
    canvases.get_by_role("listitem").get_by_role("button").click()
    ana.menuitem("Delete").click()
    message = ana.text('"Untitled canvas" was deleted.')
    expect(message).to_be_visible()
    ana.button("Ana account").click()
    ana.menuitem("Sign out").click()
    expect(ana.button("Sign in")).to_be_visible()
    expect(message).to_have_count(0)  # nothing that a press on its button could still do
    ana.field("Email").fill(ana.email)
    ana.field("Password").fill(PASSWORD)
    ana.button("Sign in").click()
    expect(ana.text("No canvas yet")).to_be_visible()  # the list has come, and is empty
    expect(canvases.get_by_role("listitem")).to_have_count(0)
