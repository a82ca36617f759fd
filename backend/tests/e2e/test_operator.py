"""What an operator sees in the browser: everybody's jobs, the workers and the queue over time."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.person import Invite, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e

SECRET = "merger -> board -> press"


@pytest.fixture
def invite(browser: Browser, installation: Installation) -> Iterator[Invite]:
    with visitors(browser, installation) as arrive:
        yield arrive


def test_an_operator_sees_everybodys_jobs_but_not_what_they_are_about(
    invite: Invite, installation: Installation
) -> None:
    ana = invite("Ana")
    ana.new_canvas()
    ana.draw(SECRET)
    ana.wait_for_objects(8)
    ana.draw("a poem about love")
    expect(ana.page.get_by_role("article", name="a poem")).to_contain_text("Example:")

    olu = invite("Olu")
    olu.page.get_by_role("link", name="Jobs").click()
    expect(olu.page.get_by_text("No job yet")).to_be_visible()
    expect(olu.page.get_by_role("tab")).to_have_count(0)
    installation.run_program("user", "operator", olu.email)
    olu.page.reload()

    olu.page.get_by_role("tab", name="My jobs").press("ArrowRight")
    expect(olu.page.get_by_role("tab", name="Everybody's jobs")).to_be_focused()
    page = olu.page.get_by_role("tabpanel")
    jobs = page.get_by_role("article", name="Ana's job")
    expect(jobs).to_have_count(2)
    expect(jobs.first).to_contain_text("Not understood")
    expect(page).not_to_contain_text("poem")
    expect(page).not_to_contain_text("merger")
    page.get_by_label("State").select_option("Completed")
    expect(jobs).to_have_count(1)
    page.get_by_label("Person").fill("nobody@example.org")
    page.get_by_label("Person").press("Enter")
    page.get_by_role("button", name="Clear the filter").click()
    expect(jobs).to_have_count(2)

    workers = page.get_by_role("table", name="Workers")
    expect(workers.get_by_role("row")).to_have_count(2)
    expect(workers).to_contain_text("0 of 8")
    expect(page.get_by_role("img", name="Ended jobs: 2 in all")).to_be_visible()
    expect(page.get_by_text("Not understood: 1")).to_be_visible()
