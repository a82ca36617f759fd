"""No page, dialog or menu breaks a rule of WCAG 2.2 AA that axe knows, in light or in dark."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import in_both_schemes, violations
from tests.e2e.person import Person
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


class Resident:
    """Somebody with a canvas on which one job succeeded and one failed."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page
        self.home = person.installation.url
        self.canvas = person.new_canvas()
        person.draw("a -> b")
        person.wait_for_objects(5)
        person.draw("a poem about love")
        expect(
            self.page.get_by_role("article", name="a poem about love", exact=True)
        ).to_contain_text("Example:")

    def on_canvas(self) -> None:
        self.person.open(self.canvas)
        expect(self.page.get_by_role("article", name="a -> b", exact=True)).to_be_visible()

    def at_home(self) -> None:
        self.page.goto(self.home)
        expect(self.page.get_by_role("list", name="Canvases", exact=True)).to_be_visible()

    def at(self, path: str, heading: str) -> None:
        self.page.goto(self.home + path)
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


@pytest.fixture(scope="module")
def ana(browser: Browser, embedded: Installation) -> Iterator[Resident]:
    person = Person(browser, embedded, "Ana").sign_up()
    yield Resident(person)
    person.close()


@pytest.fixture
def visitor(browser: Browser, embedded: Installation) -> Iterator[Person]:
    person = Person(browser, embedded, "Olu")
    yield person
    person.close()


def home(ana: Resident) -> None:
    ana.at_home()


def home_without_a_match(ana: Resident) -> None:
    ana.at_home()
    ana.page.get_by_role("searchbox").fill("zzz")
    expect(ana.page.get_by_text('No canvas is called "zzz".', exact=True)).to_be_visible()


def menu_of_the_account(ana: Resident) -> None:
    ana.at_home()
    ana.page.get_by_role("button", name="Ana account", exact=True).click()
    expect(ana.page.get_by_role("menuitem", name="Settings", exact=True)).to_be_visible()


def menu_of_a_canvas(ana: Resident) -> None:
    ana.at_home()
    ana.page.get_by_role("list", name="Canvases", exact=True).get_by_role("button").first.click()
    expect(ana.page.get_by_role("menuitem", name="Delete", exact=True)).to_be_visible()


def dialog_for_renaming(ana: Resident) -> None:
    menu_of_a_canvas(ana)
    ana.page.get_by_role("menuitem", name="Rename", exact=True).click()
    expect(ana.page.get_by_role("dialog")).to_be_visible()


def canvas(ana: Resident) -> None:
    ana.on_canvas()


def canvas_with_the_panel_closed(ana: Resident) -> None:
    ana.on_canvas()
    ana.page.get_by_role("button", name="Close the panel", exact=True).click()


def menu_of_exports(ana: Resident) -> None:
    ana.on_canvas()
    ana.page.get_by_role("button", name="Export", exact=True).click()
    expect(ana.page.get_by_role("menuitem").first).to_be_visible()


def dialog_for_sharing(ana: Resident) -> None:
    ana.on_canvas()
    ana.page.get_by_role("button", name="Share", exact=True).click()
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Ana")


def history(ana: Resident) -> None:
    ana.on_canvas()
    ana.page.get_by_role("button", name="History", exact=True).click()
    expect(ana.page.get_by_text("+5", exact=True)).to_be_visible()


def jobs(ana: Resident) -> None:
    ana.at("/jobs", "Jobs")
    expect(ana.page.get_by_role("article")).to_have_count(2)


def jobs_that_match_nothing(ana: Resident) -> None:
    ana.at("/jobs", "Jobs")
    ana.page.get_by_label("State", exact=True).select_option("Cancelled")
    expect(ana.page.get_by_role("article")).to_have_count(0)


def settings_with_a_new_token(ana: Resident) -> None:
    ana.at("/settings", "Settings")
    ana.page.get_by_label("Name of the token", exact=True).fill("Build server")
    ana.page.get_by_role("button", name="Create token", exact=True).click()
    expect(ana.page.get_by_test_id("secret")).to_be_visible()


def canvas_that_does_not_exist(ana: Resident) -> None:
    ana.page.goto(f"{ana.home}/canvas/none")
    expect(ana.page.get_by_role("link", name="All canvases", exact=True)).to_be_visible()


def broken_invitation(ana: Resident) -> None:
    ana.page.goto(f"{ana.home}/invitation#broken")
    expect(ana.page.get_by_role("alert")).to_be_visible()


def incomplete_share_link(ana: Resident) -> None:
    ana.page.goto(f"{ana.home}/share")
    expect(ana.page.get_by_role("alert")).to_be_visible()


STATES: list[Callable[[Resident], None]] = [
    home, home_without_a_match, menu_of_the_account, menu_of_a_canvas, dialog_for_renaming,
    canvas, canvas_with_the_panel_closed, menu_of_exports, dialog_for_sharing, history,
    jobs, jobs_that_match_nothing, settings_with_a_new_token,
    canvas_that_does_not_exist, broken_invitation, incomplete_share_link,
]  # fmt: skip


@pytest.mark.parametrize("bring", STATES, ids=lambda bring: bring.__name__)
def test_what_a_member_sees_is_accessible(ana: Resident, bring: Callable[[Resident], None]) -> None:
    ana.page.set_viewport_size(DESKTOP)
    bring(ana)
    assert in_both_schemes(ana.page) == []


@pytest.mark.parametrize("bring", [home, canvas, jobs], ids=lambda bring: bring.__name__)
def test_a_phone_shows_it_accessibly_too(ana: Resident, bring: Callable[[Resident], None]) -> None:
    ana.page.set_viewport_size(PHONE)
    if bring is canvas:
        ana.page.goto(ana.canvas)
        ana.page.get_by_role("button", name="Describe", exact=True).click()
        expect(ana.page.get_by_role("textbox", name="Instructions", exact=True)).to_be_visible()
    else:
        bring(ana)
    assert in_both_schemes(ana.page) == []


def test_the_way_in_is_accessible_with_what_it_says_about_mistakes(visitor: Person) -> None:
    page = visitor.page
    page.goto(visitor.installation.url)
    expect(page.get_by_role("button", name="Create account", exact=True)).to_be_visible()
    assert in_both_schemes(page) == []
    page.get_by_role("button", name="Create account", exact=True).click()
    expect(page.get_by_label("Email", exact=True)).to_have_attribute("aria-invalid", "true")
    assert in_both_schemes(page) == []
    page.get_by_label("Email", exact=True).fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("a wrong password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert in_both_schemes(page) == []


def test_an_empty_home_and_a_server_that_is_gone_are_accessible(visitor: Person) -> None:
    page = visitor.sign_up().page
    assert in_both_schemes(page) == []
    page.route("**/api/config", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_be_visible(timeout=15_000)
    assert in_both_schemes(page) == []


def test_the_pages_are_accessible_in_german_too(visitor: Person) -> None:
    page, home = visitor.sign_up().page, visitor.installation.url
    address = visitor.new_canvas()
    visitor.draw("a -> b")
    visitor.wait_for_objects(5)
    visitor.draw("a poem about love")
    expect(page.get_by_role("article", name="a poem about love", exact=True)).to_contain_text(
        "Example:"
    )
    page.evaluate("localStorage.setItem('collabcanvas.language', 'de')")
    for place, heading in (
        (home, "Zeichenflächen"),
        (f"{home}/jobs", "Aufträge"),
        (f"{home}/settings", "Einstellungen"),
        (address, "Beschreiben"),
    ):
        page.goto(place)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert in_both_schemes(page) == [], place
    page.get_by_role("button", name="Teilen", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Olu")
    assert in_both_schemes(page) == []


def test_the_documentation_of_the_api_is_accessible(visitor: Person) -> None:
    page = visitor.page
    page.goto(f"{visitor.installation.url}/docs")
    expect(page.get_by_text(re.compile("CollabCanvas")).first).to_be_visible(timeout=20_000)
    assert in_both_schemes(page, reload=True) == []


def test_the_check_finds_what_is_wrong(visitor: Person) -> None:
    page = visitor.page
    page.goto(visitor.installation.url)
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('input').removeAttribute('placeholder')")
    assert [found.split(":")[0] for found in violations(page)] == ["label"]
