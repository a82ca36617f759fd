"""The pages beside a canvas: jobs, settings and the two languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.person import Invite, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def test_the_jobs_page_lists_filters_and_leads_to_the_canvas(invite: Invite) -> None:
    ana = invite("Ana")
    address = ana.new_canvas()
    ana.draw("a -> b")
    ana.wait_for_objects(5)
    ana.draw("a poem about love")
    expect(ana.card("a poem about love")).to_contain_text("Example:")
    ana.link("All canvases").click()
    ana.link("Jobs").click()
    expect(ana.page.get_by_role("article")).to_have_count(2)
    expect(
        ana.page.get_by_role("img", name=re.compile("^Your latest 2 jobs by day. "))
    ).to_be_visible()
    ana.field("State").select_option("Failed")
    expect(ana.page.get_by_role("article")).to_have_count(1)
    ana.field("State").select_option("Any")
    drawn = ana.card("a -> b")
    drawn.get_by_role("button", name="Undo", exact=True).click()
    expect(drawn).to_contain_text("Undone")
    drawn.get_by_role("link").click()
    ana.page.wait_for_url(address)
    ana.wait_for_editor()
    ana.wait_for_objects(0)


def test_theme_and_language_are_chosen_in_the_settings_and_kept(invite: Invite) -> None:
    ana = invite("Ana")
    ana.button("Ana account").click()
    ana.menuitem("Settings").click()
    ana.text("Dark").click()
    root = ana.page.locator("html")
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    ana.field("Language").select_option("Deutsch")
    expect(ana.page.get_by_role("heading", name="Einstellungen", exact=True)).to_be_visible()
    ana.page.reload()
    expect(root).to_have_attribute("lang", "de")
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    ana.link("Zeichenflächen").click()
    ana.button("Neue Zeichenfläche").click()
    ana.page.get_by_role("textbox", name="Anweisung", exact=True).fill("a -> b")
    ana.button("Zeichnen").click()
    ana.wait_for_objects(5)
    card = ana.card("a -> b")
    expect(card).to_contain_text("2 Kästen und 1 Pfeil gezeichnet.")
    expect(card.get_by_role("button", name="Zurücknehmen", exact=True)).to_be_visible()


def test_an_api_token_is_shown_once_and_works_until_it_is_revoked(invite: Invite) -> None:
    ana = invite("Ana")
    ana.page.goto(f"{ana.installation.url}/settings")
    ana.field("Name of the token").fill("Build server")
    ana.button("Create token").click()
    secret = ana.page.get_by_test_id("secret").inner_text()
    program = ana.page.context.browser
    assert program
    with_token = program.new_context(extra_http_headers={"Authorization": f"Bearer {secret}"})
    me = f"{ana.installation.url}/api/auth/me"
    assert with_token.request.get(me).json()["user"]["email"] == ana.email
    ana.page.reload()
    expect(ana.text("Build server")).to_be_visible()
    expect(ana.text(secret)).to_have_count(0)
    ana.button("Revoke Build server").click()
    expect(ana.text("No token yet.")).to_be_visible()
    assert with_token.request.get(me).status == 401
    with_token.close()


def test_a_menu_of_the_bar_stays_open_while_the_page_comes(invite: Invite) -> None:
    ana = invite("Ana")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ana.page.route("**/HomePage-*.js", hold)
    ana.page.goto(ana.installation.url)
    ana.button("Ana account").click()
    sign_out = ana.menuitem("Sign out")
    expect(sign_out).to_be_visible()
    assert held
    for route in held:
        route.continue_()
    expect(ana.button("New canvas").first).to_be_visible()
    expect(sign_out).to_be_visible()
