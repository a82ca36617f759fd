"""Signing in with another provider in a real browser, and what the page says when it fails."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Person
from tests.support.installation import Installation
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, running_provider

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, provider: OidcProvider
) -> Iterator[Installation]:
    running = Installation(
        tmp_path_factory.mktemp("provider"),
        OIDC_ISSUER=provider.issuer,
        OIDC_CLIENT_ID=CLIENT_ID,
        OIDC_CLIENT_SECRET=CLIENT_SECRET,
        OIDC_NAME="Corp",
    ).start(worker=False)
    yield running
    running.stop()


@pytest.fixture
def ana(browser: Browser, installation: Installation) -> Iterator[Person]:
    person = Person(browser, installation, "Ana")
    yield person
    person.close()
    assert not person.complaints
    assert all(url.startswith(installation.url) or "/authorize" in url for url in person.elsewhere)


def test_one_press_signs_in_and_leads_back_to_the_page(
    ana: Person, installation: Installation, provider: OidcProvider
) -> None:
    ana.page.goto(f"{installation.url}/jobs")
    ana.link("Sign in with Corp").press("Enter")
    expect(ana.page.get_by_role("heading", name="Jobs", exact=True)).to_be_visible()
    assert ana.page.url == f"{installation.url}/jobs"
    ana.link("Canvases").click()
    ana.new_canvas()  # the socket takes the cookie as well
    ana.page.goto(installation.url)
    ana.button("Ana of Corp account").click()
    ana.menuitem("Sign out").click()
    expect(ana.link("Sign in with Corp")).to_be_visible()


def test_a_link_keeps_its_secret_on_the_way_and_the_provider_never_sees_it(
    ana: Person, installation: Installation, provider: OidcProvider
) -> None:
    ana.page.goto(f"{installation.url}/invitation#cc_secret")
    ana.link("Sign in with Corp").click()
    # A wrong secret; but it was asked for, so it came back with the person.
    expect(ana.page.get_by_role("alert")).to_contain_text("not valid for your account")
    assert not any("cc_secret" in url for url in ana.elsewhere)
    ana.complaints = [text for text in ana.complaints if "404" not in text]


def test_the_page_says_why_it_did_not_work(
    ana: Person, installation: Installation, provider: OidcProvider
) -> None:
    provider.claims = {"email_verified": "false", "sub": "eve-1"}
    try:
        ana.page.goto(installation.url)
        ana.link("Sign in with Corp").click()
        expect(ana.page.get_by_role("alert")).to_contain_text("has not verified your email")
        expect(ana.page).to_have_url(f"{installation.url}/")
    finally:
        provider.claims = {}
