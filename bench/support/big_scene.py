"""A drawing of thousands of objects: labelled boxes in rows, every second one with an arrow."""

from dataclasses import dataclass
from typing import Any

from bench.support.http import Http
from bench.support.light import LightTab
from bench.support.servers import Installation
from tests.support.elements import arrow, label, rectangle

EMAIL, PASSWORD = "ana@example.org", "only for a measurement"
COLUMNS = 50
CELL = (120, 100)
BOX = (100, 80)
CHANGES_AT_ONCE = 400
COLORS = ("#a5d8ff", "#b2f2bb", "#ffec99", "#ffc9c9")


@dataclass(frozen=True)
class BigScene:
    """What the server keeps, as it gives it to everybody."""

    canvas_id: str
    email: str
    objects: list[dict[str, Any]]


async def publish(installation: Installation, objects: int) -> BigScene:
    """Put the drawing on a new canvas of a new person."""
    http = await Http.open(installation.url)
    account = {"email": EMAIL, "password": PASSWORD, "name": "Ana"}
    token = (await http.post("/api/auth/register", account))["token"]
    canvas = (await http.post("/api/canvases", {"title": "Large"}, token))["canvas"]["id"]
    tab = await LightTab.connect(installation.port, token)
    await tab.join(canvas, "painter")
    elements = large_drawing(objects)
    for n, first in enumerate(range(0, len(elements), CHANGES_AT_ONCE), start=1):
        part = elements[first : first + CHANGES_AT_ONCE]
        changes = [{"id": one["id"], "create": True, "set": one} for one in part]
        await tab.push(canvas, "painter", n, changes)
    stored = (await tab.join(canvas, "reader"))["objects"]
    tab.drop()
    http.close()
    return BigScene(canvas, EMAIL, stored)


def large_drawing(objects: int) -> list[dict[str, Any]]:
    """Of five objects two are boxes, two their labels, one an arrow between them."""
    elements: list[dict[str, Any]] = []
    for pair in range(objects // 5):
        left, right = f"box{2 * pair}", f"box{2 * pair + 1}"
        elements += [*_box(2 * pair, left), *_box(2 * pair + 1, right), _arrow(pair, left, right)]
    for number, element in enumerate(elements):
        element["index"] = f"b{_base62(number, 3)}V"
    return elements


def _box(number: int, name: str) -> list[dict[str, Any]]:
    x, y = _corner(number)
    size = {"width": BOX[0], "height": BOX[1]}
    words = f"Step {number}"
    box = rectangle(
        name,
        x=x,
        y=y,
        **size,
        seed=number + 1,
        backgroundColor=COLORS[number % len(COLORS)],
        boundElements=[
            {"id": f"text{number}", "type": "text"},
            {"id": f"arrow{number // 2}", "type": "arrow"},
        ],
    )
    text = label(f"text{number}", name, words, x=x + 15, y=y + 28, width=70, height=25, fontSize=16)
    return [box, text]


def _arrow(pair: int, start: str, end: str) -> dict[str, Any]:
    x, y = _corner(2 * pair)
    gap = CELL[0] - BOX[0]
    place = {"x": x + BOX[0], "y": y + BOX[1] / 2, "width": gap, "height": 0}
    return arrow(f"arrow{pair}", start, end, **place) | {"points": [[0, 0], [gap, 0]]}


def _corner(number: int) -> tuple[int, int]:
    return number % COLUMNS * CELL[0], number // COLUMNS * CELL[1]


def _base62(number: int, width: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    written = ""
    for _ in range(width):
        number, rest = divmod(number, len(digits))
        written = digits[rest] + written
    return written
