"""A person at a browser: what they can do on the page, by the names that they see."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support.installation import Installation

PASSWORD = "correct horse battery"
EDITOR = ".excalidraw canvas.interactive"
IGNORED = re.compile(r"favicon")
_number = count(1)


# Each editor counts versions for itself.
UNEQUAL = frozenset({"version", "versionNonce", "updated"})


def comparable(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What has to be equal everywhere: an editor writes nothing and an empty list alike."""
    return [
        {k: v for k, v in element.items() if k not in UNEQUAL and v not in (None, [])}
        for element in elements
    ]


class Person:
    def __init__(self, browser: Browser, installation: Installation, name: str) -> None:
        self.name = name
        self.email = f"{name.lower()}{next(_number)}@example.org"
        self.installation = installation
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)

    def sign_up(self) -> "Person":
        self.page.goto(self.installation.url)
        self.page.get_by_role("button", name="Create account").first.click()
        self.page.get_by_label("Name").fill(self.name)
        self.page.get_by_label("Email").fill(self.email)
        self.page.get_by_label("Password").first.fill(PASSWORD)
        self.page.get_by_role("button", name="Create account").last.click()
        expect(self.page.get_by_role("button", name="New canvas").first).to_be_visible()
        return self

    def new_canvas(self) -> str:
        self.page.get_by_role("button", name="New canvas").first.click()
        self.wait_for_editor()
        return self.page.url

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.wait_for_editor()

    def wait_for_editor(self) -> None:
        self.page.wait_for_url(re.compile("/canvas/"))
        expect(self.page.get_by_role("textbox", name="Instructions")).to_be_visible(timeout=20_000)
        expect(self.page.get_by_text("Connected", exact=True)).to_be_visible(timeout=20_000)
        expect(self.page.locator(EDITOR)).to_be_visible(timeout=20_000)

    def draw(self, instruction: str) -> None:
        self.page.get_by_role("textbox", name="Instructions").fill(instruction)
        self.page.get_by_role("button", name="Draw", exact=True).click()

    def scene(self) -> list[dict[str, Any]]:
        """What the editor shows, in its order."""
        return comparable(self.page.evaluate("window.collabcanvas?.scene() ?? []"))

    def session(self) -> list[dict[str, Any]]:
        """What the page will keep and the others get."""
        return comparable(self.page.evaluate("window.collabcanvas?.session() ?? []"))

    def wait_for_objects(self, number: int, seconds: float = 30) -> list[dict[str, Any]]:
        """Wait until the page shows so many objects. Asks, since the page's own policy forbids
        the code that a waiting function would need."""
        for _ in range(int(seconds * 10)):
            if len(self.scene()) == number:
                return self.scene()
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.name} sees {len(self.scene())} objects, not {number}")

    def share_with(self, other: "Person", role: str) -> None:
        address = f"{self.installation.url}/api/canvases/{self.page.url.rsplit('/', 1)[1]}"
        answer = self.context.request.post(
            f"{address}/permissions",
            data={"email": other.email, "role": role},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status == 201, answer.text()

    def close(self) -> None:
        self.context.close()

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not IGNORED.search(message.text):
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.installation.url, "data:", "blob:")):
            self.elsewhere.append(request.url)


Invite = Callable[[str], Person]


@contextmanager
def visitors(browser: Browser, installation: Installation) -> Iterator[Invite]:
    """People who sign up one by one. In the end no page has complained, nor asked elsewhere."""
    present: list[Person] = []

    def arrive(name: str) -> Person:
        present.append(Person(browser, installation, name).sign_up())
        return present[-1]

    yield arrive
    for person in present:
        person.close()
    for person in present:
        assert not person.complaints, (person.name, person.complaints)
        assert not person.elsewhere, (person.name, person.elsewhere)
