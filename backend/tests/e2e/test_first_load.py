"""What has to be loaded before a page is there, and that nothing jumps while it comes."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from tests.e2e.person import Person
from tests.support.installation import Installation
from tests.support.processes import stays

pytestmark = pytest.mark.e2e

MOST_BYTES = 430_000
MOST_GZIPPED = 485_000
MOST_SHIFT = 0.05
WATCH_SHIFTS = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


# A page waits a second for its font. On a busy machine that is no sign of anything.
WAIT_LONG_FOR_FONTS = """
const later = window.setTimeout;
window.setTimeout = (deed, ms, ...rest) => later(deed, ms === 1000 ? 60000 : ms, ...rest);
"""
COUNT_DRAWN_TEXTS = """
window.drawn = 0;
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
  if (text === 'Warehouse') window.drawn += 1;
  return fillText.call(this, text, ...rest);
};
"""


class Scripts:
    """The scripts that a page fetches, and the bytes that they take on the line."""

    def __init__(self, session: CDPSession) -> None:
        self.urls: dict[str, str] = {}
        self.bytes = 0
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _received(self, event: dict[str, Any]) -> None:
        if event["type"] == "Script":
            self.urls[event["requestId"]] = event["response"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.urls:
            self.bytes += int(event["encodedDataLength"])


@pytest.fixture
def ana(browser: Browser, embedded: Installation) -> Iterator[Person]:
    person = Person(browser, embedded, "Ana").sign_up()
    yield person
    person.close()


@pytest.fixture
def scripts(ana: Person) -> Scripts:
    return Scripts(ana.context.new_cdp_session(ana.page))


def editor_of(scripts: Scripts) -> list[str]:
    names = [url.rsplit("/", 1)[-1] for url in scripts.urls.values()]
    return [name for name in names if name.startswith(("Board", "prod"))]


def test_home_is_small_and_leaves_the_editor_alone(ana: Person, scripts: Scripts) -> None:
    ana.page.reload()
    expect(ana.button("New canvas")).to_be_visible()
    ana.page.wait_for_load_state("networkidle")
    assert len(scripts.urls) >= 2
    assert editor_of(scripts) == []
    assert 50_000 < scripts.bytes < MOST_BYTES / 2


def test_a_canvas_shows_itself_before_its_editor_is_loaded(ana: Person, scripts: Scripts) -> None:
    address = ana.new_canvas()
    held: list[Any] = []
    ana.page.route("**/assets/prod-*.js", lambda route: held.append(route))
    scripts.bytes = 0
    ana.page.goto(address)
    expect(ana.instructions).to_be_visible()
    expect(ana.page.get_by_role("status", name="Loading the editor", exact=True)).to_be_visible()
    assert scripts.bytes < MOST_BYTES
    assert editor_of(scripts)  # the check knows the editor's files by their names
    ana.wait_until(lambda: held, "the editor is asked for")
    held[0].continue_()
    ana.wait_for_editor()


def test_a_canvas_with_its_editor_takes_less_than_its_budget_on_the_line(
    ana: Person, scripts: Scripts
) -> None:
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    scripts.bytes = 0
    scripts.urls.clear()
    ana.open(address)
    ana.wait_for_objects(5)
    ana.page.wait_for_load_state("networkidle")
    assert editor_of(scripts)
    assert 300_000 < scripts.bytes < MOST_BYTES
    without_brotli = [
        ana.context.request.get(url, headers={"Accept-Encoding": "gzip"})
        for url in set(scripts.urls.values())
    ]
    gzipped = sum(int(answer.headers["content-length"]) for answer in without_brotli)
    assert scripts.bytes < gzipped < MOST_GZIPPED


def test_a_drawing_is_drawn_once_with_the_font_that_it_is_written_in(ana: Person) -> None:
    address = ana.new_canvas()
    ana.draw("Shop -> Warehouse")
    ana.wait_for_objects(5)
    ana.page.context.add_init_script(WAIT_LONG_FOR_FONTS + COUNT_DRAWN_TEXTS)
    ana.open(address)
    ana.wait_for_objects(5)
    ana.wait_until(lambda: ana.page.evaluate("drawn"), "the text is drawn")
    ana.page.wait_for_load_state("networkidle")
    stays(lambda: ana.page.evaluate("drawn") == 1, 1, "drawn once", ana.pause)


def test_the_drawn_font_of_other_scripts_comes_for_those_who_write_them(ana: Person) -> None:
    fonts: list[str] = []
    ana.page.on("request", lambda request: fonts.append(request.url))
    address = ana.new_canvas()
    ana.draw("Order -> Dispatch")
    ana.wait_for_objects(5)
    ana.open(address)
    ana.wait_for_objects(5)
    assert not any("cjk" in url or "Xiaolai" in url for url in fonts)
    ana.draw("注文 -> 発送")
    ana.wait_for_objects(10)
    ana.open(address)
    ana.wait_for_objects(10)
    ana.wait_until(lambda: any("/fonts/Xiaolai/" in url for url in fonts), "the font is fetched")
    there = "document.fonts.check('16px Xiaolai', '注文')"
    ana.wait_until(lambda: ana.page.evaluate(there), "the font is there")


@pytest.mark.parametrize("place", ["home", "canvas", "/jobs", "/settings"])
def test_nothing_jumps_while_a_page_loads(ana: Person, place: str) -> None:
    page = ana.page
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    page.context.add_init_script(WATCH_SHIFTS)
    if place == "canvas":
        ana.open(address)
        ana.wait_for_objects(5)
    else:
        page.goto(ana.installation.url + ("/" if place == "home" else place))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    stays(lambda: page.evaluate("shift") < MOST_SHIFT, 1, "nothing jumps", ana.pause)
