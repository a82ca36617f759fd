"""Canvas: a drawing of 5,000 objects in Chromium, in our client and in Excalidraw alone.

Opened in a fresh browser profile each time, until nothing changes on the screen any more. Then one
shape is dragged there and back. Both show the same scene at the same size.
"""

import functools
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.support.background_loop import BackgroundLoop
from bench.support.big_scene import PASSWORD, BigScene, publish
from bench.support.options import Options
from bench.support.report import Table, middle, number, spread
from bench.support.servers import CACHE, ROOT, Installation

CONFIGURATION = "../bench/peers/bare/vite.config.mjs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
VIEW = {"width": 1440, "height": 900}
PROBE = Path(__file__).parent / "support" / "painted.js"
OPEN_SECONDS = 60
STEPS, STEP_PIXELS = 40, 3
PLACES = [(520 + 7 * k, 420 + 5 * k) for k in range(12)]  # where a shape may be taken hold of


@dataclass
class Contender:
    """A page with the scene; `scene` is how the page says where its objects are."""

    name: str
    address: str
    scene: str
    cookies: list[Any] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def run(options: Options) -> list[Table]:
    objects = 500 if options.quick else 5_000
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        installation = Installation(Path(folder) / "ours")
        stack.callback(installation.stop)
        installation.serve()
        loop = stack.enter_context(BackgroundLoop())
        scene = loop.run(publish(installation, objects))
        address = stack.enter_context(_alone(Path(folder) / "alone", scene))
        browser = stack.enter_context(_browser())
        alone = Contender("Excalidraw alone", address, "window.bare.scene()")
        ours = Contender(
            "ours", f"{installation.url}/canvas/{scene.canvas_id}", "window.collabcanvas.scene()"
        )
        ours.cookies = _sign_in(browser, installation.url, scene.email)
        for _ in range(options.repetitions):
            for contender in (ours, alone):
                _measure(browser, contender, len(scene.objects))
        return [_table(ours, alone, len(scene.objects))]


@contextmanager
def _browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if not path:
        raise RuntimeError("This part needs Chromium on the PATH.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@contextmanager
def _alone(folder: Path, scene: BigScene) -> Iterator[str]:
    """Excalidraw's page, built with the client's packages, and its address."""
    command = ["npx", "vite", "build", "--config", CONFIGURATION, "--logLevel", "error"]
    built = CACHE / "bare"
    environment = os.environ | {"BARE_OUT": str(built)}
    subprocess.run(command, cwd=ROOT / "frontend", env=environment, check=True)  # noqa: S603
    shutil.copytree(built, folder)
    (folder / "scene.json").write_text(json.dumps(scene.objects), encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: Any) -> None:
        pass


def _sign_in(browser: Browser, url: str, email: str) -> list[Any]:
    with browser.new_context() as context:
        answer = context.request.post(
            f"{url}/api/auth/login",
            data={"email": email, "password": PASSWORD},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        if not answer.ok:
            raise RuntimeError(f"signing in: {answer.status} {answer.text()[:300]}")
        return list(context.cookies())


def _measure(browser: Browser, contender: Contender, objects: int) -> None:
    context: BrowserContext = browser.new_context(viewport=VIEW)  # type: ignore[arg-type]
    context.add_cookies(contender.cookies)
    context.add_init_script(path=PROBE)
    page = context.new_page()
    page.goto(contender.address)
    contender.opened.append(_until_painted(page))
    shown = page.evaluate(f"{contender.scene}.length")
    if shown != objects:
        raise RuntimeError(f"{contender.name} shows {shown} of {objects} objects")
    contender.work.append(_drag(page, contender))
    heap = page.evaluate("performance.memory.usedJSHeapSize / 1048576")
    contender.memory.append(float(heap))
    context.close()


def _until_painted(page: Page) -> float:
    """Milliseconds from the navigation to the last change on the screen."""
    for _ in range(OPEN_SECONDS * 5):
        done = page.evaluate("window.painted.settled()")
        if done is not None:
            return float(done)
        page.wait_for_timeout(200)
    raise RuntimeError("the drawing did not come to rest on the screen")


def _drag(page: Page, contender: Contender) -> float:
    """Milliseconds of the page's main thread for each step of a drag."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for x, y in PLACES:
        page.mouse.move(x, y)
        page.mouse.down()
        places = page.evaluate(_positions(contender))
        before = _task_ms(session)
        _pull(page, x, y, range(1, STEPS + 1))
        there = _task_ms(session) - before
        moved = page.evaluate(_positions(contender)) != places
        _pull(page, x, y, reversed(range(STEPS)))  # back: the next one finds the same scene
        page.mouse.up()
        if moved:
            return there / STEPS
        page.keyboard.press("Escape")
    raise RuntimeError(f"no shape could be dragged in {contender.name}")


def _pull(page: Page, x: int, y: int, steps: Iterable[int]) -> None:
    for step in steps:
        page.mouse.move(x + step * STEP_PIXELS, y)
        page.evaluate("new Promise(requestAnimationFrame).then(() => 0)")


def _positions(contender: Contender) -> str:
    """One number that changes when anything moves."""
    return f"{contender.scene}.reduce((sum, one) => sum + one.x, 0)"


def _task_ms(session: Any) -> float:
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    return float(metrics["TaskDuration"]) * 1000


def _table(ours: Contender, alone: Contender, objects: int) -> Table:
    clocks = (
        "Opened: from the navigation, in a fresh profile, to the last change on the screen. "
        "Drag: what the page's main thread works for each step of the pointer."
    )
    table = Table(
        f"{objects:,} objects in Chromium",
        ["", ours.name, "least to most", alone.name, "least to most", "ratio", "aim"],
        notes=[clocks],
    )
    rows = (
        ("opened, ms", ours.opened, alone.opened, "≤ 1.5"),
        ("drag, ms of work a step", ours.work, alone.work, "≤ 1.3"),
        ("script heap, MiB", ours.memory, alone.memory, ""),
    )
    for name, one, other, aim in rows:
        numbers = [number(middle(one)), spread(one), number(middle(other)), spread(other)]
        table.rows.append([name, *numbers, f"{middle(one) / middle(other):.2f}", aim])
    return table
