"""A person at a browser: what they can do on the page, by the names that they see."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.installation import Installation
from tests.support.processes import wait_until

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

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def menuitem(self, name: str) -> Locator:
        return self.page.get_by_role("menuitem", name=name, exact=True)

    def card(self, instruction: str) -> Locator:
        """What the page says about a job."""
        return self.page.get_by_role("article", name=instruction, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def text(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_text(words, exact=True)

    @property
    def instructions(self) -> Locator:
        return self.page.get_by_role("textbox", name="Instructions", exact=True)

    def canvas_called(self, title: str) -> Locator:
        """The link to it in the list; its name goes on with what else is known of the canvas."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.get_by_role("link").filter(has=heading)

    def sign_up(self) -> "Person":
        """By the API, as the form has its own tests: the browser has the cookie then."""
        answer = self.context.request.post(
            f"{self.installation.url}/api/auth/register",
            data={"name": self.name, "email": self.email, "password": PASSWORD},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status == 201, answer.text()
        self.page.goto(self.installation.url)
        expect(self.button("New canvas")).to_be_visible()
        return self

    def new_canvas(self) -> str:
        self.button("New canvas").click()
        self.wait_for_editor()
        return self.page.url

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.wait_for_editor()

    def wait_for_editor(self) -> None:
        self.page.wait_for_url(re.compile("/canvas/"))
        expect(self.instructions).to_be_visible(timeout=20_000)
        expect(self.text("Connected")).to_be_visible(timeout=20_000)
        expect(self.page.locator(EDITOR)).to_be_visible(timeout=20_000)

    def draw(self, instruction: str) -> None:
        self.instructions.fill(instruction)
        self.button("Draw").click()

    def scene(self) -> list[dict[str, Any]]:
        """What the editor shows, in its order."""
        return comparable(self.page.evaluate("window.collabcanvas?.scene() ?? []"))

    def session(self) -> list[dict[str, Any]]:
        """What the page will keep and the others get."""
        return comparable(self.page.evaluate("window.collabcanvas?.session() ?? []"))

    def wait_until(self, condition: Callable[[], object], what: str, seconds: float = 30) -> None:
        """For what no locator can say. Asks again and again, since the page's own policy forbids
        the code that a waiting function would need."""
        wait_until(condition, seconds, f"{self.name}: {what}", pause=self.pause)

    def pause(self, seconds: float) -> None:
        """Between two looks. The browser's events are heard meanwhile."""
        self.page.wait_for_timeout(1_000 * seconds)

    def wait_for_objects(self, number: int, seconds: float = 30) -> list[dict[str, Any]]:
        found: list[list[dict[str, Any]]] = [[]]

        def are_there() -> bool:
            found[0] = self.scene()
            return len(found[0]) == number

        self.wait_until(are_there, f"{number} objects are on the canvas", seconds)
        return found[0]

    def stored(self) -> list[dict[str, Any]]:
        """The objects of the open canvas as the server has them."""
        address = self.page.url.replace("/canvas/", "/api/canvases/")
        found: list[dict[str, Any]] = self.context.request.get(f"{address}/objects").json()[
            "objects"
        ]
        return found

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
