"""What a person does in an editor, at random but repeatable, one small step at a time.

A gesture is a generator: between its steps others go on, so that strokes, drags and texts are
unfinished while changes of others arrive.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.e2e.person import Person

Steps = Iterator[None]
Gesture = Callable[["Monkey"], Steps]

LEFT, TOP, RIGHT, BOTTOM = 420, 180, 1020, 640
WORDS = ("pay", "ship", "ask Ana", "größer", "42")


class Monkey:
    """One person; `strokes` are the ids of the lines that they saw drawn to the end."""

    def __init__(self, person: Person, random: Random) -> None:
        self.person = person
        self.random = random
        self.strokes: set[str] = set()
        self.offline = False
        self._gesture: Steps | None = None

    def step(self) -> bool:
        """One step; whether an action ended with it."""
        if self._gesture is None:
            (gesture,) = self.random.choices(list(GESTURES), list(GESTURES.values()))
            self._gesture = gesture(self)
        try:
            next(self._gesture)
        except StopIteration:
            self._gesture = None
            return True
        return False

    def finish(self) -> None:
        """Let go of everything, and come back."""
        while self._gesture is not None and not self.step():
            pass
        self.press("Escape")
        self.press("Escape")
        if self.offline:
            self.go_online()

    def go_online(self) -> None:
        self.offline = False
        self.person.context.set_offline(False)

    def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, refusal: int = 0
    ) -> Any:
        """Of the canvas's API, or of another part of it. `refusal`: may be answered as well."""
        base = self.person.installation.url
        canvas = self.person.page.url.rsplit("/", 1)[1]
        content = body and {key: canvas if v == "CANVAS" else v for key, v in body.items()}
        answer = self.person.context.request.fetch(
            base + path.replace("CANVAS", canvas),
            method=method,
            headers={"Sec-Fetch-Site": "same-origin"},
            data=content,
        )
        assert answer.ok or answer.status == refusal, answer.text()
        return answer.json()

    def press(self, keys: str) -> None:
        self.person.page.keyboard.press(keys)

    def place(self) -> tuple[int, int]:
        return self.random.randint(LEFT, RIGHT), self.random.randint(TOP, BOTTOM)

    def shape(self) -> tuple[int, int] | None:
        """The middle of something on the screen. The view never moves from where it began."""
        offset = self.person.page.evaluate(OFFSET)
        boxes = [e for e in self.person.scene() if e["type"] in {"rectangle", "ellipse"}]
        seen = [(int(e["x"] + e["width"] / 2), int(e["y"] + e["height"] / 2)) for e in boxes]
        here = [(x + offset[0], y + offset[1]) for x, y in seen]
        inside = [(x, y) for x, y in here if LEFT <= x <= RIGHT and TOP <= y <= BOTTOM]
        return self.random.choice(inside) if inside else None

    def drag(self, start: tuple[int, int], moves: int, tool: str | None = None) -> Steps:
        mouse = self.person.page.mouse
        if tool:
            self.press("Escape")
            self.press(tool)
        mouse.move(*start)
        mouse.down()
        yield
        for _ in range(moves):
            mouse.move(*self.place(), steps=3)
            yield
        mouse.up()
        yield


OFFSET = """
(() => {
  const { x, y } = document.querySelector('.excalidraw canvas.interactive').getBoundingClientRect();
  return [x, y];
})()
"""


def draw(tool: str) -> Gesture:
    def gesture(monkey: Monkey) -> Steps:
        yield from monkey.drag(monkey.place(), 2, tool)
        monkey.press("Escape")

    return gesture


def scribble(monkey: Monkey) -> Steps:
    before = {e["id"] for e in monkey.person.scene()}
    yield from monkey.drag(monkey.place(), 6, "p")
    drawn = {e["id"] for e in monkey.person.scene() if e["type"] == "freedraw"}
    monkey.strokes |= drawn - before
    monkey.press("v")


def move(monkey: Monkey) -> Steps:
    if at := monkey.shape():
        monkey.press("Escape")
        yield from monkey.drag(at, 3)


def copy_by_dragging(monkey: Monkey) -> Steps:
    if at := monkey.shape():
        monkey.press("Escape")
        monkey.person.page.keyboard.down("Alt")
        yield from monkey.drag(at, 2)
        monkey.person.page.keyboard.up("Alt")


def connect(monkey: Monkey) -> Steps:
    start, end = monkey.shape(), monkey.shape()
    if not start or not end:
        return
    monkey.press("Escape")
    monkey.press("a")
    mouse = monkey.person.page.mouse
    mouse.move(*start)
    mouse.down()
    yield
    mouse.move(*end, steps=6)
    yield
    mouse.up()
    monkey.press("Escape")


def label(monkey: Monkey) -> Steps:
    if at := monkey.shape():
        monkey.press("Escape")
        monkey.person.page.mouse.dblclick(*at)
        yield
        yield from _write(monkey)


def write(monkey: Monkey) -> Steps:
    monkey.press("Escape")
    monkey.press("t")
    monkey.person.page.mouse.click(*monkey.place())
    yield
    yield from _write(monkey)


def _write(monkey: Monkey) -> Steps:
    for letter in monkey.random.choice(WORDS):
        if not monkey.person.page.evaluate(IS_WRITING):
            return
        monkey.person.page.keyboard.type(letter)
        yield
    monkey.press("Escape")


IS_WRITING = "document.querySelector('textarea.excalidraw-wysiwyg') !== null"


def select_and(*keys: str) -> Gesture:
    def gesture(monkey: Monkey) -> Steps:
        at = monkey.shape()
        if not at:
            return
        monkey.press("Escape")
        monkey.person.page.mouse.click(*at)
        yield
        for combination in keys:
            monkey.press(combination)
            yield
        monkey.press("Escape")

    return gesture


def undo(monkey: Monkey) -> Steps:
    monkey.press("Control+z")
    yield


def redo(monkey: Monkey) -> Steps:
    monkey.press("Control+Shift+z")
    yield


def line_goes_or_comes(monkey: Monkey) -> Steps:
    if monkey.offline:
        monkey.go_online()
    else:
        monkey.offline = True
        monkey.person.context.set_offline(True)
    yield


def ask_for_a_drawing(monkey: Monkey) -> Steps:
    instructions = monkey.random.choice(("a -> b", "x -> y -> z", "Plan:\n- one\n- two"))
    job = {"instructions": instructions, "canvas_id": "CANVAS"}
    monkey.ask("POST", "/api/ai-agent/create-canvas", job)
    yield


def go_back(monkey: Monkey) -> Steps:
    versions = monkey.ask("GET", "/api/canvases/CANVAS/versions")["versions"]
    if versions:
        version = monkey.random.choice(versions)["version"]
        restored = f"/api/canvases/CANVAS/versions/{version}/restore"
        monkey.ask("POST", restored, refusal=409)  # the canvas may look like that already
    yield


GESTURES: dict[Gesture, int] = {
    draw("r"): 6,
    draw("o"): 4,
    draw("l"): 2,
    scribble: 8,
    move: 10,
    copy_by_dragging: 2,
    connect: 6,
    label: 4,
    write: 3,
    select_and("Delete"): 4,
    select_and("Control+d"): 3,
    select_and("Control+["): 3,
    select_and("Control+Shift+]"): 3,
    select_and("Control+a", "Control+g"): 1,
    select_and("Control+a", "Control+Shift+g"): 1,
    undo: 5,
    redo: 2,
    line_goes_or_comes: 2,
    ask_for_a_drawing: 2,
    go_back: 1,
}
