"""Pictures: dropped, shown to everybody, kept while the line is down, refused with a sentence."""

import base64
import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, expect

from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.support.elements import rectangle
from tests.support.installation import Installation
from tests.support.processes import stays

pytestmark = pytest.mark.e2e

DROP = """
([element, files]) => {
  const transfer = new DataTransfer();
  for (const [name, type, data] of files) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  const { x, y, width, height } = element.getBoundingClientRect();
  const at = { clientX: x + width / 2, clientY: y + height / 2 };
  const init = { ...at, dataTransfer: transfer, bubbles: true, cancelable: true };
  element.dispatchEvent(new DragEvent('drop', init));
}
"""
MANY = 3_000  # points of a small screenshot


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def png(color: tuple[int, int, int], side: int = 300) -> bytes:
    out = BytesIO()
    Image.new("RGB", (side, side), color).save(out, "PNG")
    return out.getvalue()


def drop_all(person: Person, *files: tuple[str, str, bytes]) -> None:
    encoded = [(name, kind, base64.b64encode(content).decode()) for name, kind, content in files]
    surface = person.page.locator(EDITOR).element_handle()
    person.page.evaluate(DROP, [surface, encoded])


def drop(person: Person, name: str, media_type: str, content: bytes) -> None:
    drop_all(person, (name, media_type, content))


def is_near(seen: tuple[int, ...], color: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(seen, color, strict=True))


def wait_for_picture(person: Person, color: tuple[int, int, int]) -> dict[str, Any]:
    """Until the person sees it: the screen has a large spot of its color."""

    def sees_it() -> bool:
        screen = Image.open(BytesIO(person.page.screenshot())).convert("RGB").resize((720, 450))
        spots: Any = screen.getcolors(720 * 450) or []
        return sum(count for count, seen in spots if is_near(seen, color)) > MANY

    person.wait_until(sees_it, f"a picture of the color {color} is seen")
    return pictures_of(person)[0]


def pictures_of(person: Person) -> list[dict[str, Any]]:
    return [element for element in person.scene() if element["type"] == "image"]


def wait_for_pictures(person: Person, number: int) -> list[dict[str, Any]]:
    """Until they are there and read: the editor names the file of a picture only then."""

    def read() -> list[dict[str, Any]]:
        return [picture for picture in pictures_of(person) if "fileId" in picture]

    person.wait_until(lambda: len(read()) == number, f"{number} pictures are there")
    return read()


def wait_for_status(person: Person, status: str) -> None:
    person.wait_until(
        lambda: [picture["status"] for picture in pictures_of(person)] == [status],
        f"the picture is {status}",
    )


def test_a_dropped_picture_is_there_for_everybody_and_after_a_reload(invite: Invite) -> None:
    ana, vic = invite("Ana"), invite("Vic")
    address = ana.new_canvas()
    ana.share_with(vic, "viewer")
    vic.page.goto(address)
    expect(vic.text("Connected")).to_be_visible(timeout=20_000)
    green = (20, 160, 60)
    drop(ana, "green.png", "image/png", png(green))
    ana.wait_for_objects(1)
    wait_for_picture(ana, green)
    wait_for_status(vic, "saved")
    wait_for_picture(vic, green)
    ana.page.reload()
    ana.wait_for_editor()
    element = wait_for_picture(ana, green)
    canvas_id = address.rsplit("/", 1)[1]
    stored = f"{ana.installation.url}/api/canvases/{canvas_id}/files/{element['fileId']}"
    assert vic.context.request.get(stored).status == 200
    olu = invite("Olu")
    assert olu.context.request.get(stored).status == 404


def test_a_large_picture_is_made_smaller_within_the_pages_policy(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    green = (20, 160, 60)
    drop(ana, "large.png", "image/png", png(green, side=3_000))
    wait_for_picture(ana, green)
    wait_for_status(ana, "saved")  # and in the end no page has complained


def test_a_picture_dropped_without_a_line_outlives_a_reload_and_arrives(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    blocked = "**/api/canvases/*/files"
    ana.page.route(blocked, lambda route: route.abort())
    red = (200, 30, 40)
    drop(ana, "red.png", "image/png", png(red))
    wait_for_picture(ana, red)
    uploading = ana.text(re.compile("^Uploading a picture, "))
    expect(uploading).to_be_visible()  # so its bytes are kept on this device
    ana.wait_until(ana.stored, "the object is on the server")
    ana.page.reload()
    ana.wait_for_editor()
    wait_for_picture(ana, red)
    expect(uploading).to_be_visible()
    ana.page.unroute(blocked)
    wait_for_picture(ben, red)
    expect(uploading).not_to_be_visible()
    ana.complaints = [line for line in ana.complaints if "ERR_FAILED" not in line]
    ben.complaints = [line for line in ben.complaints if "404" not in line]  # it was not there yet


def test_an_svg_becomes_a_picture_that_others_see(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">'
        '<rect width="200" height="200" fill="rgb(30,60,200)"/></svg>'
    )
    drop(ana, "blue.svg", "image/svg+xml", svg.encode())
    for person in (ana, ben):
        wait_for_picture(person, (30, 60, 200))


def test_a_drawing_inside_a_picture_is_added_and_replaces_nothing(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    drop(ana, "green.png", "image/png", png((20, 160, 60)))
    ana.wait_for_objects(1)
    scene = {"type": "excalidraw", "version": 2, "elements": [rectangle("box")], "files": {}}
    inside = PngInfo()
    inside.add_text("application/vnd.excalidraw+json", json.dumps(scene))
    out = BytesIO()
    Image.new("RGB", (50, 50)).save(out, "PNG", pnginfo=inside)
    drop(ana, "export.png", "image/png", out.getvalue())
    ana.wait_for_objects(2)
    assert sorted(element["type"] for element in ana.scene()) == ["image", "rectangle"]


def test_what_is_no_picture_or_too_large_is_refused_with_a_sentence(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    drop(ana, "report.pdf", "application/pdf", b"%PDF-1.4")
    expect(ana.text(re.compile('^"report.pdf" cannot be imported.'))).to_be_visible()
    drop(ana, "huge.png", "image/png", b"\0" * (11 * 1024 * 1024))
    expect(ana.text('"huge.png" is too large. A picture may have 10 MB.')).to_be_visible()
    ana.page.keyboard.press("Escape")
    drop(ana, "fake.png", "image/png", b"this is no picture")
    refused = "status of 422"  # the server can read no picture in it
    ana.wait_until(lambda: any(refused in line for line in ana.complaints), "it is refused")
    ana.wait_for_objects(0)
    stays(lambda: ana.scene() == [], 0.5, "nothing is left of it", ana.pause)
    ana.complaints = []  # the editor writes to the console about pictures that it cannot read


def test_every_one_of_several_dropped_files_is_taken_or_refused_by_name(invite: Invite) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    scene = {"type": "excalidraw", "version": 2, "elements": [rectangle("box")], "files": {}}
    drop_all(
        ana,
        ("red.png", "image/png", png((200, 30, 40))),
        ("blue.png", "image/png", png((30, 60, 200))),
        ("box.excalidraw", "application/json", json.dumps(scene).encode()),
        ("report.pdf", "application/pdf", b"%PDF-1.4"),
        ("teams.csv", "text/csv", b"Team,Size\nSales,3\nTech,5\n"),
    )
    expect(ana.text(re.compile('^"report.pdf" cannot be imported.'))).to_be_visible()
    expect(ana.text("1 object was added.")).to_be_visible()
    card = ana.page.get_by_role("article", name=re.compile("^Team,Size"))
    expect(card.get_by_role("button", name="Undo", exact=True)).to_be_visible(timeout=20_000)
    pictures = wait_for_pictures(ana, 2)
    assert len({picture["fileId"] for picture in pictures}) == 2
    assert len({(picture["x"], picture["y"]) for picture in pictures}) == 2
    wait_for_picture(ana, (30, 60, 200))  # the other one lies below it


def test_a_dropped_drawing_is_added_to_what_is_there(invite: Invite) -> None:
    ana = invite("Ana")
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    export = address.replace("/canvas/", "/api/canvases/") + "/export?format=excalidraw"
    document = ana.context.request.get(export).json()
    drop(ana, "again.excalidraw", "application/json", json.dumps(document).encode())
    ana.wait_for_objects(10)
    expect(ana.text("5 objects were added.")).to_be_visible()
