"""One walk through all that people do, in the browsers that the other tests do not know."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.browsers.bidi import Firefox
from tests.e2e.browsers.driver import Driver
from tests.e2e.browsers.webdriver import WebKit
from tests.e2e.comparing import differences
from tests.e2e.person import comparable
from tests.support.installation import Installation
from tests.support.processes import start, stop, wait_until

pytestmark = [pytest.mark.browsers, pytest.mark.timeout(600)]

PASSWORD = "correct horse battery"
MOST_REPAINTED = 0.1
DESKTOP, PHONE = (1440, 900), (390, 844)
Open = Callable[[], Driver]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen that nobody sees: WebKit has no way to do without."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24"]
    server = start(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdout
    yield f":{server.stdout.readline().decode().strip()}"
    server.stdout.close()
    stop(server)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    running = Installation(tmp_path / "walk", RATE_LIMITS="false").start(worker=False)
    yield running
    running.stop()


@pytest.fixture(params=[Firefox, WebKit], ids=["firefox", "webkit"])
def open_browser(request: pytest.FixtureRequest, display: str) -> Iterator[Open]:
    programs = {Firefox: "firefox-esr", WebKit: "WebKitWebDriver"}
    program = programs[request.param]
    assert shutil.which(program), f"{program} is missing; scripts/browsers-env installs it"
    opened: list[Driver] = []

    def open_one() -> Driver:
        opened.append(request.param(display))
        opened[-1].resize(*DESKTOP)
        return opened[-1]

    yield open_one
    for driver in opened:
        driver.close()


class Walker:
    """A person at one of these browsers."""

    def __init__(self, driver: Driver, url: str, name: str) -> None:
        self.driver = driver
        self.url = url
        self.email = f"{name.lower()}@example.org"
        self.name = name

    def sign_up(self) -> "Walker":
        self.driver.goto(self.url)
        self.click("Create account")
        for label, text in (("Name", self.name), ("Email", self.email), ("Password", PASSWORD)):
            self.fill(label, text)
        self.driver.press(["Enter"])
        self.driver.wait_for(f"!!{button('New canvas')}")
        return self

    def click(self, name: str) -> None:
        self.driver.wait_for(f"!!{button(name)}")
        self.driver.evaluate(f"void {button(name)}.click()")

    def fill(self, label: str, text: str) -> None:
        found = f"{FIELDS}.find(field => nameOf(field).startsWith({json.dumps(label)}))"
        self.driver.wait_for(f"({NAMED})(nameOf => !!{found})")
        self.driver.evaluate(f"({NAMED})(nameOf => void {found}.focus())")
        self.driver.type(text)

    def objects(self, least: int) -> list[dict[str, object]]:
        count = "(window.collabcanvas?.scene().length ?? 0)"
        self.driver.wait_for(f"{count} >= {least}", 60)
        return self.scene()

    def scene(self) -> list[dict[str, object]]:
        return comparable(self.driver.evaluate("window.collabcanvas.scene()"))

    def is_connected(self) -> bool:
        said = "[...document.querySelectorAll('[role=status]')].map(e => e.textContent).join()"
        return "Connected" in self.driver.evaluate(said)

    def ask(self, path: str, body: dict[str, str] | None = None) -> str:
        """What the server answers, by the page's own fetch."""
        headers = "headers: {'Content-Type': 'application/json'}"
        init = f"{{method: 'POST', {headers}, body: {json.dumps(json.dumps(body))}}}"
        options = init if body else "{}"
        self.driver.evaluate(
            f"void (window.answer = null, fetch({json.dumps(path)}, {options})"
            ".then(answer => answer.text()).then(text => { window.answer = text; }))"
        )
        return str(self.driver.wait_for("window.answer"))

    def repainted(self) -> float:
        """The share of dark pixels that change when the editor paints all texts anew: those of
        another font, if it did not hear that theirs came."""
        self.driver.wait_for("document.fonts.status === 'loaded'")
        self.settle()
        self.driver.evaluate(f"void (window.painted = {PIXELS})")
        for name in ("Zoom in", "Zoom out"):
            self.click(name)
            self.settle()
        return float(self.driver.evaluate(f"({CHANGED})(window.painted, {PIXELS})"))

    def settle(self) -> None:
        """Wait until what was asked for has been painted."""
        self.driver.evaluate(FRAMES)
        self.driver.wait_for("window.frames === 5")

    def draw_box(self, x: int, y: int) -> None:
        self.driver.point([(700, 700), "down", "up"])
        self.driver.press(["Escape"])
        self.driver.press(["r"])
        self.driver.point([(x, y), "down", (x + 40, y + 30), (x + 90, y + 60), "up"])


def button(name: str) -> str:
    found = f"(b.getAttribute('aria-label') ?? b.textContent).trim() === {json.dumps(name)}"
    return f"[...document.querySelectorAll('button, a')].findLast(b => {found})"


PIXELS = """(() => {
  const canvas = document.querySelector('.excalidraw canvas.static');
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
})()"""
CHANGED = """(before, after) => {
  let [dark, changed] = [0, 0];
  for (let at = 0; at < before.length; at += 4) {
    const [a, b] = [before, after].map((p) => p[at + 3] > 0 && p[at] + p[at + 1] + p[at + 2] < 384);
    dark += a || b;
    changed += a !== b;
  }
  return changed / dark;
}"""
FRAMES = """void (() => {
  window.frames = 0;
  const next = () => { window.frames += 1; if (window.frames < 5) requestAnimationFrame(next); };
  requestAnimationFrame(next);
})()"""
FIELDS = "[...document.querySelectorAll('input, textarea')]"
NAMED = (
    "use => use(field => field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? '')"
)


def test_people_work_together_and_nothing_is_lost(
    open_browser: Open, installation: Installation
) -> None:
    ana = Walker(open_browser(), installation.url, "Ana").sign_up()
    ana.click("Kanban board")
    ana.objects(8)

    # The same template once more, whose fonts are there already.
    for _ in range(2):
        assert ana.repainted() < MOST_REPAINTED
        ana.click("All canvases")
        ana.click("Kanban board")
        ana.driver.wait_for("!!document.querySelector('canvas.static')", 60)
        drawn = len(ana.objects(8))
    address = ana.driver.evaluate("location.pathname").replace("/canvas/", "/api/canvases/")
    wait_until(ana.is_connected, 30, "connected")

    # An instruction, an edit by hand, and the way back.
    ana.fill("Instructions", "browser -> API")
    ana.click("Draw")
    with_arrow = len(ana.objects(drawn + 5))
    ana.draw_box(500, 620)
    ana.objects(with_arrow + 1)
    ana.driver.press(["Control", "z"])
    wait_until(lambda: len(ana.scene()) == with_arrow, 20, "undone")
    ana.draw_box(500, 620)

    # Somebody else.
    ben = Walker(open_browser(), installation.url, "Ben").sign_up()
    ana.ask(f"{address}/permissions", {"email": ben.email, "role": "editor"})
    ben.driver.goto(installation.url + ana.driver.evaluate("location.pathname"))
    ben.objects(with_arrow + 1)
    wait_until(ben.is_connected, 30, "connected")
    ben.draw_box(640, 620)
    ana.objects(with_arrow + 2)
    wait_until(lambda: not differences(ana.scene(), ben.scene()), 20, "both see the same")

    # The server goes and comes, while somebody is about to open what was never opened before.
    installation.stop_server()
    wait_until(lambda: not ana.is_connected(), 30, "away")
    ana.draw_box(780, 620)
    ana.objects(with_arrow + 3)
    ana.click("History")
    installation.start(worker=False)
    for person in (ana, ben):
        wait_until(person.is_connected, 60, f"{person.name} is back")
    ana.driver.wait_for("document.body.textContent.includes('Save version')", 60)
    ben.objects(with_arrow + 3)

    # Taking it along, coming back, and a phone.
    assert ana.ask(f"{address}/export?format=svg").startswith("<svg")
    before = ana.scene()
    ana.driver.goto(installation.url + ana.driver.evaluate("location.pathname"))
    ana.objects(len(before))
    assert differences(before, ana.scene()) == []
    ana.driver.resize(*PHONE)
    ana.driver.wait_for("innerWidth < 600", 10)
    assert ana.driver.evaluate("document.documentElement.scrollWidth <= innerWidth")
