"""What an operator sees in the browser: everybody's jobs, the workers and the queue over time."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import start_distributed
from tests.e2e.person import Invite, visitors
from tests.support.installation import Installation
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

pytestmark = pytest.mark.e2e

SECRET = "merger -> board -> press"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Of its own: an operator sees what everybody does."""
    running = Installation(tmp_path_factory.mktemp("operated")).start(worker=False)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def distributed(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: PostgresServer,
    shared_redis: RedisServer,
) -> Iterator[Installation]:
    folder, redis_url = (
        tmp_path_factory.mktemp("operated"),
        f"{shared_redis.url.removesuffix('0')}1",
    )
    running = start_distributed(folder, postgres_server, redis_url)
    yield running
    running.stop()


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
    expect(ana.card("a poem about love")).to_contain_text("Example:")

    olu = invite("Olu")
    olu.link("Jobs").click()
    expect(olu.text("No job yet")).to_be_visible()
    expect(olu.page.get_by_role("tab")).to_have_count(0)
    installation.run_program("user", "operator", olu.email)
    olu.page.reload()

    olu.page.get_by_role("tab", name="My jobs", exact=True).press("ArrowRight")
    expect(olu.page.get_by_role("tab", name="Everybody's jobs", exact=True)).to_be_focused()
    page = olu.page.get_by_role("tabpanel")
    jobs = page.get_by_role("article", name="Ana's job", exact=True)
    expect(jobs).to_have_count(2)
    expect(jobs.first).to_contain_text("Not understood")
    expect(page).not_to_contain_text("poem")
    expect(page).not_to_contain_text("merger")
    page.get_by_label("State", exact=True).select_option("Completed")
    expect(jobs).to_have_count(1)
    page.get_by_label("Person", exact=True).fill("nobody@example.org")
    page.get_by_label("Person", exact=True).press("Enter")
    page.get_by_role("button", name="Clear the filter", exact=True).click()
    expect(jobs).to_have_count(2)

    workers = page.get_by_role("table", name="Workers", exact=True)
    expect(workers.get_by_role("row")).to_have_count(2)
    expect(workers).to_contain_text("0 of 8")
    expect(page.get_by_role("img", name=re.compile("^Ended jobs: 2 in all, "))).to_be_visible()
    expect(page.get_by_text("Not understood: 1", exact=True)).to_be_visible()
