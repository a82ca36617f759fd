"""Two people in one canvas at the same moment: whatever happens, both screens end equal."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.comparing import differences, try_until
from tests.e2e.person import EDITOR, Invite, Person, visitors
from tests.support.breadth import ALL
from tests.support.installation import Installation
from tests.support.processes import stays

pytestmark = pytest.mark.e2e

OFFLINE_SECONDS = 30 if ALL else 3
WRITING = "textarea.excalidraw-wysiwyg"
Point = tuple[int, int]


@pytest.fixture
def invite(browser: Browser, embedded: Installation) -> Iterator[Invite]:
    with visitors(browser, embedded) as arrive:
        yield arrive


@pytest.fixture
def pair(invite: Invite) -> tuple[Person, Person]:
    """Ana, and Ben, who edits with her."""
    ana, ben = invite("Ana"), invite("Ben")
    address = ana.new_canvas()
    ana.share_with(ben, "editor")
    ben.open(address)
    for person in (ana, ben):
        person.page.locator(EDITOR).click(position={"x": 900, "y": 600})
    return ana, ben


def drag(person: Person, start: Point, *way: Point, drop: bool = True) -> None:
    mouse = person.page.mouse
    mouse.move(*start)
    mouse.down()
    for point in way:
        mouse.move(*point, steps=8)
    if drop:
        mouse.up()


def draw_box(person: Person, start: Point, end: Point) -> None:
    person.page.keyboard.press("r")
    drag(person, start, end)


def wait_until_equal(*people: Person) -> list[dict[str, Any]]:
    """Wait until all screens show the same and nothing is on its way; returns what they show."""
    first = people[0]

    def unlike() -> list[str]:
        return [
            line
            for person in people
            for scene in (person.scene(), person.session())
            for line in differences(first.scene(), scene)
        ]

    for person in people:
        expect(person.text("Connected")).to_be_visible(timeout=30_000)
    try_until(first, lambda: not unlike())
    assert unlike() == []
    stays(lambda: not unlike(), 0.5, "the screens are equal", first.pause)
    return first.scene()


def only(person: Person, kind: str) -> dict[str, Any]:
    (found,) = (element for element in person.scene() if element["type"] == kind)
    return found


def test_a_shape_is_dragged_with_its_arrows_while_another_person_watches(
    pair: tuple[Person, Person],
) -> None:
    ana, ben = pair
    draw_box(ana, (400, 300), (520, 380))
    draw_box(ana, (800, 300), (920, 380))
    ana.page.keyboard.press("a")
    drag(ana, (524, 340), (796, 340))
    ben.wait_for_objects(3)
    left, right = sorted(
        (e for e in ana.scene() if e["type"] == "rectangle"), key=lambda e: float(e["x"])
    )
    arrow = only(ana, "arrow")
    assert arrow["startBinding"]["elementId"] == left["id"]
    assert arrow["endBinding"]["elementId"] == right["id"]
    ana.page.keyboard.press("Escape")
    ana.page.mouse.move(400, 340)
    ana.page.mouse.down()
    ana.page.mouse.move(450, 500, steps=20)

    def ben_sees_it_on_its_way() -> bool:
        seen = {element["id"]: element for element in ben.scene()}
        moves = seen[left["id"]]["y"] > left["y"] + 50
        return bool(moves and seen[arrow["id"]]["points"] != arrow["points"])

    ben.wait_until(ben_sees_it_on_its_way, "it is seen before she lets go")
    ana.page.mouse.move(400, 600, steps=10)
    ana.page.mouse.up()
    scene = {element["id"]: element for element in wait_until_equal(ana, ben)}
    assert scene[left["id"]]["y"] == pytest.approx(left["y"] + 260, abs=2)
    moved = scene[arrow["id"]]
    assert (moved["startBinding"]["elementId"], moved["endBinding"]["elementId"]) == (
        left["id"],
        right["id"],
    )
    assert moved["y"] > arrow["y"] + 100  # its beginning went along
    end = moved["y"] + moved["points"][-1][1]
    assert end < right["y"] + right["height"] + 20  # its end stayed


def test_one_text_is_edited_at_both_ends(pair: tuple[Person, Person]) -> None:
    ana, ben = pair
    ana.page.keyboard.press("t")
    ana.page.mouse.click(500, 400)
    ana.page.keyboard.type("payment")
    ana.page.keyboard.press("Escape")
    ben.wait_until(lambda: words_of(ben) == ["payment"], "the text is seen")
    for person in (ana, ben):
        person.page.mouse.dblclick(520, 402)
    write_at(ana, "Home", "quick ")
    ana.wait_until(lambda: stored_text(ana) == "quick payment", "her words are stored")
    write_at(ben, "End", " service")
    ben.wait_until(lambda: stored_text(ben) == "payment service", "his words are stored")
    for person, words in ((ana, "quick payment"), (ben, "payment service")):
        assert person.page.locator(WRITING).input_value() == words  # nobody's hands are disturbed
        person.page.keyboard.press("Escape")
    (text,) = wait_until_equal(ana, ben)
    assert text["text"] == text["originalText"] == "payment service"  # the last writer's, whole
    assert stored_text(ana) == "payment service"


def write_at(person: Person, end: str, words: str) -> None:
    person.page.keyboard.press(end)
    person.page.keyboard.type(words)


def words_of(person: Person) -> list[str]:
    return [element["text"] for element in person.scene()]


def stored_text(person: Person) -> str:
    (text,) = person.stored()
    return str(text["text"])


def test_a_while_without_a_line_loses_nothing_of_either(pair: tuple[Person, Person]) -> None:
    ana, ben = pair
    draw_box(ana, (400, 300), (520, 380))
    ben.wait_for_objects(1)
    ana.context.set_offline(True)
    badge = ana.page.get_by_role("status").filter(has_text="Offline - changes are kept")
    expect(badge).to_be_visible(timeout=30_000)
    for left in (600, 750):
        draw_box(ana, (left, 300), (left + 100, 380))
    ana.page.keyboard.press("Escape")
    drag(ana, (400, 340), (400, 540))
    draw_box(ben, (600, 600), (700, 660))
    ben.wait_for_objects(2)
    assert len(ana.scene()) == 3

    def each_has_what_they_drew() -> bool:
        return (len(ana.scene()), len(ben.scene())) == (3, 2)

    stays(each_has_what_they_drew, OFFLINE_SECONDS, pause=ana.pause)
    ana.context.set_offline(False)
    scene = wait_until_equal(ana, ben)
    assert len(scene) == 4
    assert len({element["y"] for element in scene}) == 3  # the shape that she moved is moved
    ana.complaints = [line for line in ana.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_a_reload_in_the_middle_of_a_drag_leaves_both_with_the_same(
    pair: tuple[Person, Person],
) -> None:
    ana, ben = pair
    draw_box(ana, (400, 300), (520, 380))
    ben.wait_for_objects(1)
    before = wait_until_equal(ana, ben)
    ana.page.keyboard.press("Escape")
    drag(ana, (400, 340), (450, 500), (500, 560), drop=False)
    ana.page.reload()
    ana.wait_for_editor()
    (box,) = wait_until_equal(ana, ben)
    assert box["id"] == before[0]["id"]
    assert box["y"] > before[0]["y"]  # what was on its way counts
    ana.page.locator(EDITOR).click(position={"x": 900, "y": 600})
    draw_box(ana, (700, 300), (800, 380))
    ben.wait_for_objects(2)
    wait_until_equal(ana, ben)
