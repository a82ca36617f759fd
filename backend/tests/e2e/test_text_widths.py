"""What the server computed is what the browser shows: widths of all texts, and whole scenes."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Browser

from app.adapters.fonts import FontMeasure
from app.domain.scene.looks import STYLES
from evaluation.cases import load
from evaluation.drawing import Scene, Studio
from tests.e2e.person import Invite, comparable, visitors
from tests.support.installation import Installation
from tests.support.processes import stays

pytestmark = pytest.mark.e2e

TOLERANCE = 0.5
AT_ONCE = 40  # drawings on one canvas
FAMILIES = {5: "Excalifont, Xiaolai", 6: "Nunito", 7: "Lilita One", 8: "Comic Shanns"}
MEASURE = """async texts => {
  const context = document.createElement('canvas').getContext('2d');
  const fonts = new Map();
  for (const [font, line] of texts) fonts.set(font, (fonts.get(font) ?? '') + line);
  for (const [font, lines] of fonts) await document.fonts.load(font, lines);
  return texts.map(([font, line]) => {
    context.font = font;
    return context.measureText(line).width;
  });
}"""


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def suite() -> list[Scene]:
    """The drawings of the evaluation, in all styles in turn."""
    studio = Studio()
    scenes = []
    for i, case in enumerate(load()):
        styled = case.model_copy(update={"style": STYLES[i % len(STYLES)]})
        scenes.append(renamed(studio.draw(styled).after, f"{i}-"))
    return [scene for scene in scenes if scene]


def renamed(scene: Scene, prefix: str) -> Scene:
    """The scene with ids of its own, so that many can lie on one canvas."""
    text = json.dumps(scene)
    for element in scene:
        text = text.replace(f'"{element["id"]}"', f'"{prefix}{element["id"]}"')
    renamed: Scene = json.loads(text)
    return renamed


def test_every_text_is_as_wide_as_the_server_says_and_loading_changes_nothing(
    invite: Invite,
) -> None:
    ana = invite("Ana")
    texts: list[dict[str, Any]] = []
    widest: dict[str, float] = {}
    with ThreadPoolExecutor(1) as aside:  # ELK refuses the browser's own thread
        scenes = aside.submit(suite).result()
    for start in range(0, len(scenes), AT_ONCE):
        here = shown(ana, [e for scene in scenes[start : start + AT_ONCE] for e in scene])
        written = [e for e in here.values() if e["type"] == "text"]
        widest |= measured(ana, written)  # there: a page has the fonts of what it shows
        texts += written
    assert len(texts) > 600
    assert {e["fontFamily"] for e in texts} == set(FAMILIES)
    fonts = FontMeasure()
    foreign = [e for e in texts if fonts.lacking(e["text"], e["fontFamily"])]
    wrong = [
        (e["text"], e["fontFamily"], e["width"], widest[e["id"]])
        for e in texts
        if abs(e["width"] - widest[e["id"]]) > TOLERANCE and e not in foreign
    ]
    assert wrong == []
    # What no font of the program has is the system's: there the server makes room enough.
    assert 0 < len(foreign) < len(texts) / 50
    assert all(e["width"] >= widest[e["id"]] - TOLERANCE for e in foreign)


def measured(ana: Any, texts: list[dict[str, Any]]) -> dict[str, float]:
    """How wide the widest line of each is in the browser, by id."""
    asked = [(e, line) for e in texts for line in e["text"].split("\n")]
    widths = ana.page.evaluate(
        MEASURE, [[f"{e['fontSize']}px {FAMILIES[e['fontFamily']]}", line] for e, line in asked]
    )
    widest: dict[str, float] = {}
    for (element, _), width in zip(asked, widths, strict=True):
        widest[element["id"]] = max(widest.get(element["id"], 0.0), width)
    return widest


def shown(ana: Any, elements: Scene) -> dict[str, dict[str, Any]]:
    """Puts the elements on a new canvas and opens it; what the editor has then, by id. It has to
    be what the server has."""
    ana.page.goto(ana.installation.url)
    address = ana.new_canvas()
    api = f"{ana.installation.url}/api/canvases/{address.rsplit('/', 1)[1]}"
    answer = ana.context.request.post(
        f"{api}/import",
        data={"type": "excalidraw", "elements": elements},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.ok, answer.text()
    ana.open(address)
    assert answer.json()["skipped"] == 0
    ana.wait_for_objects(len(elements))
    stored = ana.stored()

    def corrected() -> list[dict[str, Any]]:
        here = {element["id"]: element for element in ana.scene()}
        known = comparable(stored)
        return [e for e in known if {key: here[e["id"]].get(key) for key in e} != e]

    stays(lambda: not corrected(), 1, "the editor corrects nothing", ana.pause)
    assert ana.stored() == stored
    return {element["id"]: element for element in ana.scene()}
