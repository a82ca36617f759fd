"""How one node of a plan is drawn: its size, and the elements that make it up."""

from dataclasses import dataclass

from app.domain.layout.geometry import Rect
from app.domain.layout.sizing import fitted
from app.domain.layout.text import Block, Font, balanced, block, ceil_to
from app.domain.layout.tools import Measure
from app.domain.planning.plan import Node
from app.domain.scene.elements import Element, Writer, rect_of
from app.domain.scene.looks import Look, Paint

_ROW_WIDTH = 300
ROW_AIR = 14
HEAD_AIR = 6
_CIRCLE = 80.0
_NOTE_LEAST = (160.0, 120.0)


@dataclass(frozen=True)
class Sized:
    """A node with its measured text. `outline` is what is drawn; `rows` the lines below."""

    node: Node
    outline: str
    role: str
    label: Block
    rows: Block | None
    width: float
    height: float

    def stretched(self, width: float, height: float) -> "Sized":
        return Sized(
            self.node, self.outline, self.role, self.label, self.rows,
            max(width, self.width), max(height, self.height),
        )  # fmt: skip


def size(
    node: Node, look: Look, measure: Measure, *, role: str | None = None,
    least: tuple[float, float] = (120, 60), font: Font | None = None,
) -> Sized:  # fmt: skip
    """Sizes the node from its text. Nodes with rows are cards: a heading and lines below it."""
    label = node.label.strip() or " "
    role = role or _role(node)
    font = font or look.body
    if node.shape == "text" and not node.rows:
        words = block(label, font, measure, 480)
        return Sized(node, "text", role, words, None, words.width, words.height)
    if node.rows:
        return _card(node, look, measure, role, label, font)
    outline = node.shape if node.shape in ("ellipse", "diamond") else "rectangle"
    kind = "note" if node.shape == "note" else outline
    if outline == "ellipse" and not node.label.strip():
        least = (_CIRCLE, _CIRCLE)  # without words, people mean a circle
    words, width, height = fitted(
        kind, label, font, measure, _NOTE_LEAST if kind == "note" else least
    )
    return Sized(node, outline, role, words, None, width, height)


def _card(node: Node, look: Look, measure: Measure, role: str, label: str, font: Font) -> Sized:
    head = balanced(label, font, measure, _ROW_WIDTH)
    rows = block(
        "\n".join(row.strip() or " " for row in node.rows), look.small, measure, _ROW_WIDTH
    )
    width = max(head.width, rows.width) + 2 * (ROW_AIR + 5)
    height = _head_height(head) + rows.height + 2 * ROW_AIR
    return Sized(
        node, "rectangle", role, head, rows, max(ceil_to(width, 20), 140), ceil_to(height, 10)
    )


def _head_height(head: Block) -> float:
    return head.height + 2 * HEAD_AIR


def _role(node: Node) -> str:
    if node.shape == "note":
        return "note"
    return {"diamond": "decision", "ellipse": "end"}.get(node.shape, "step")


def draw(sized: Sized, rect: Rect, writer: Writer, paint: Paint) -> list[Element]:
    """The node's elements; the first one is what connectors bind to."""
    key = sized.node.id
    if sized.outline == "text":
        return [writer.text(rect, sized.label, paint.ink, key)]
    shape = writer.shape(sized.outline, rect, paint, key)
    if sized.role == "note":
        shape["roundness"] = None
        shape["customData"]["role"] = "note"
    if sized.rows is None:
        if not sized.label.text.strip():
            return [shape]
        return [shape, writer.label(shape, sized.label, paint.ink)]
    shape["groupIds"] = [writer.group_id(shape["id"])]
    return [shape, *_card_parts(sized, sized.rows, shape, writer, paint)]


def _card_parts(
    sized: Sized, lines: Block, shape: Element, writer: Writer, paint: Paint
) -> list[Element]:
    rect = rect_of(shape)
    head = writer.label(shape, sized.label, paint.ink, vertical="top")
    line_y = rect.y + _head_height(sized.label)
    thin = Paint(paint.stroke, "transparent", paint.ink, stroke_width=1)
    if paint.stroke == paint.background:
        thin = Paint(paint.ink, "transparent", paint.ink, stroke_width=1)
    rule = writer.line([(rect.x, line_y), (rect.right, line_y)], thin, sized.node.id)
    corner = Rect(rect.x + ROW_AIR, line_y + ROW_AIR, 0, 0)
    rows = writer.text(corner, lines, paint.ink, sized.node.id)
    for part in (rule, rows):
        part["groupIds"] = list(shape["groupIds"])
    return [head, rule, rows]


def rows_below(
    element: Element, heading: Element, writer: Writer, font: Font
) -> tuple[Element, Element]:
    """A rule below the heading of a shape, and an empty text for the lines."""
    rect = rect_of(element)
    line_y = heading["y"] + heading["height"] + HEAD_AIR
    ink = heading["strokeColor"]
    thin = Paint(element["strokeColor"], "transparent", ink, stroke_width=1)
    rule = writer.line([(rect.x, line_y), (rect.right, line_y)], thin)
    corner = Rect(rect.x + ROW_AIR, line_y + ROW_AIR, 0, 0)
    return rule, writer.text(
        corner, Block(" ", (" ",), 10, font.size * font.line_height, font), ink
    )
