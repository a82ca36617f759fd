"""Sharing: the dialog, links and invitations, and changes of access that act on open pages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.person import EDITOR, PASSWORD, Invite, Person, visitors
from tests.support.installation import Installation

pytestmark = pytest.mark.e2e


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


def open_dialog(person: Person) -> Locator:
    person.button("Share").click()
    dialog = person.page.get_by_role("dialog", name="Share", exact=True)
    expect(dialog.get_by_role("list", name="Members", exact=True)).to_be_visible()
    return dialog


def add(dialog: Locator, other: Person, role: str) -> None:
    dialog.get_by_label("Email", exact=True).fill(other.email)
    dialog.get_by_label("Role", exact=True).select_option(role)
    dialog.get_by_role("button", name="Invite", exact=True).click()
    expect(dialog.get_by_text(f"{other.name} can open the canvas now.", exact=True)).to_be_visible()


def test_a_change_of_role_acts_at_once_on_an_open_page(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    dialog = open_dialog(ana)
    add(dialog, ben, "viewer")
    ben.page.goto(address)
    expect(ben.text("Connected")).to_be_visible()
    expect(ben.page.locator(EDITOR)).to_be_visible(timeout=20_000)
    draw = ben.button("Draw")
    expect(draw).not_to_be_visible()
    dialog.get_by_label("Role of Ben", exact=True).select_option("editor")
    expect(draw).to_be_visible()
    dialog.get_by_label("Role of Ben", exact=True).select_option("viewer")
    expect(draw).not_to_be_visible()
    dialog.get_by_role("button", name="More for Ben", exact=True).click()
    expect(dialog.get_by_text(ben.email, exact=True)).to_be_visible()
    ana.menuitem("Remove Ben").click()
    expect(ben.text("You were removed from this canvas")).to_be_visible()
    expect(dialog.get_by_text(ben.email, exact=True)).not_to_be_visible()


def test_a_share_link_opens_the_canvas_after_signing_in_and_can_be_revoked(
    embedded: Installation, invite: Invite
) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    dialog = open_dialog(ana)
    dialog.get_by_label("Link lets people", exact=True).select_option("editor")
    dialog.get_by_role("button", name="Create link", exact=True).click()
    link = dialog.get_by_label("Share link", exact=True).input_value()
    assert re.fullmatch(re.escape(embedded.url) + r"/share#[\w-]{40,}", link)

    ben.button("Ben account").click()
    ben.menuitem("Sign out").click()
    expect(ben.button("Sign in")).to_be_visible()
    ben.page.goto(link)
    expect(ben.text(re.compile("to open the canvas that was shared"))).to_be_visible()
    ben.field("Email").fill(ben.email)
    ben.field("Password").fill(PASSWORD)
    ben.button("Sign in").click()
    ben.wait_for_editor()
    assert ben.page.url == address
    expect(ana.page.get_by_role("button", name=re.compile("Here now: .*Ben"))).to_be_visible()

    dialog.get_by_role("button", name=re.compile("^Revoke the link: Link to edit")).click()
    expect(dialog.get_by_role("button", name=re.compile("^Revoke"))).to_have_count(0)
    expect(dialog.get_by_label("Share link", exact=True)).not_to_be_visible()
    olu = invite("Olu")
    olu.page.goto(link)
    olu.page.reload()
    expect(olu.text("This link cannot be used")).to_be_visible()
    olu.complaints = [line for line in olu.complaints if "404" not in line]


def test_an_invitation_is_for_one_address_and_can_be_withdrawn(invite: Invite) -> None:
    ana, olu = invite("Ana"), invite("Olu")
    ana.new_canvas()
    dialog = open_dialog(ana)
    dialog.get_by_label("Email", exact=True).fill("new.person@example.org")
    dialog.get_by_role("button", name="Invite", exact=True).click()
    link = dialog.get_by_role("textbox", name="Invitation link", exact=True).input_value()
    assert "/invitation#" in link
    invited = dialog.get_by_text("invited, can edit", exact=True)
    expect(invited).to_be_visible()
    olu.page.goto(link)
    expect(olu.text("This invitation cannot be used")).to_be_visible()
    dialog.get_by_role(
        "button", name="New invitation link for new.person@example.org", exact=True
    ).click()
    expect(dialog.get_by_role("textbox", name="Invitation link", exact=True)).not_to_have_value(
        link
    )
    dialog.get_by_role(
        "button", name="Withdraw the invitation of new.person@example.org", exact=True
    ).click()
    expect(invited).not_to_be_visible()
    olu.complaints = [line for line in olu.complaints if "404" not in line]


def test_a_canvas_is_handed_over_and_its_old_owner_leaves(invite: Invite) -> None:
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    dialog = open_dialog(ana)
    add(dialog, ben, "editor")
    ben.open(address)
    dialog.get_by_role("button", name="More for Ben", exact=True).click()
    ana.menuitem("Make owner").click()
    expect(dialog.get_by_text("Make Ben the owner?", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Cancel", exact=True).click()
    expect(dialog.get_by_label("Role of Ben", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="More for Ben", exact=True).click()
    ana.menuitem("Make owner").click()
    question = dialog.get_by_role("group", name="Make Ben the owner?", exact=True)
    question.get_by_role("button", name="Make owner", exact=True).click()
    expect(dialog.get_by_label("Role of Ben", exact=True)).not_to_be_visible()
    expect(dialog.get_by_role("button", name="Create link", exact=True)).not_to_be_visible()
    expect(open_dialog(ben).get_by_label("Role of Ana", exact=True)).to_have_value("editor")

    dialog.get_by_role("button", name="Leave this canvas", exact=True).click()
    question = dialog.get_by_role("group", name="Leave this canvas?", exact=True)
    question.get_by_role("button", name="Leave this canvas", exact=True).click()
    expect(ana.text(re.compile("^You left"))).to_be_visible()
    expect(ana.button("New canvas").first).to_be_visible()
    ana.page.goto(address)
    expect(ana.text("This canvas is not available")).to_be_visible()
    ana.complaints = [line for line in ana.complaints if "404" not in line]
