"""Commands that read and write drawings: `draw` and `lint`, as somebody types them."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from tests.support.elements import image
from tests.support.pictures import picture
from tests.support.png import read_png


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drawing") / "order.excalidraw"
    assert run("draw", "order -> payment -> parcel", "-o", path).exit_code == 0
    return path


def spoiled(drawing: Path, path: Path, change: Any) -> Path:
    document = json.loads(drawing.read_text("utf-8"))
    elements = document["elements"]
    texts = {e["containerId"]: e["text"] for e in elements if e["type"] == "text"}
    for element in elements:
        change(element, texts.get(element["id"]))
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_what_we_draw_ourselves_has_the_full_score(drawing: Path) -> None:
    result = run("lint", drawing)
    assert result.exit_code == 0, result.output
    assert "score 100 of 100" in result.output


def test_a_review_names_what_is_wrong_with_what_a_drawing_says(
    drawing: Path, tmp_path: Path
) -> None:
    good = run("review", drawing)
    assert (good.exit_code, good.output) == (0, f"{drawing}: 0 findings\n")

    def same(element: Any, _text: str | None) -> None:
        if element["type"] == "text":
            element["text"] = element["originalText"] = "Check"

    poor = run("review", spoiled(drawing, tmp_path / "poor.excalidraw", same))
    assert poor.exit_code == 1
    assert 'doubled_name: "Check" is there more than once.' in poor.output


def test_a_drawing_can_be_written_as_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "order.png"
    result = run("draw", "order -> payment -> parcel", "-o", path)
    assert result.exit_code == 0, result.output
    picture = read_png(path.read_bytes())
    assert picture.height > picture.width > 100
    assert len(picture.dark_columns()) > 50, "there is text on it"


def test_faults_are_named_with_the_words_on_them(drawing: Path, tmp_path: Path) -> None:
    def pile_up(element: dict[str, Any], words: str | None) -> None:
        if words in ("Order", "Payment"):
            element["x"], element["y"] = 0, 0

    result = run("lint", spoiled(drawing, tmp_path / "poor.excalidraw", pile_up))
    assert result.exit_code == 1
    assert "overlap: rectangle 'Order'" in result.output
    assert "rectangle 'Payment'" in result.output
    assert "score 100" not in result.output


def test_an_arrow_that_is_attached_to_nothing_is_found(drawing: Path, tmp_path: Path) -> None:
    def loosen(element: dict[str, Any], _words: str | None) -> None:
        if element["type"] == "arrow":
            element["endBinding"] = None

    result = run("lint", spoiled(drawing, tmp_path / "loose.excalidraw", loosen))
    assert result.output.count("unbound_arrow: arrow (") == 2


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"elements": 3}', '{"elements": [3]}', "[" * 100_000],
    ids=["empty", "object", "list", "number", "no element", "deep"],
)
def test_a_file_that_is_no_drawing_ends_in_one_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.excalidraw"
    path.write_text(text, "utf-8")
    result = run("lint", path)
    assert result.exit_code == 1
    assert "is not a readable .excalidraw file" in result.output


def test_an_element_that_no_editor_could_show_is_named(drawing: Path, tmp_path: Path) -> None:
    def break_it(element: dict[str, Any], words: str | None) -> None:
        if words == "Order":
            element["width"] = "wide"

    result = run("lint", spoiled(drawing, tmp_path / "bad.excalidraw", break_it))
    assert result.exit_code == 1
    assert "an element that is not valid: " in result.output
    assert "must be a number" in result.output


def test_pictures_of_other_programs_stay_in_a_drawing_that_is_changed(
    drawing: Path, tmp_path: Path
) -> None:
    document = json.loads(drawing.read_text("utf-8"))
    red = base64.b64encode(picture(color="red")).decode()
    document["elements"].append(image("photo", "0123456789abcdef0123", x=-500))
    document["files"] = {
        "0123456789abcdef0123": {"dataURL": f"data:image/png;base64,{red}"},
        "hostile": {"dataURL": "https://evil.example/x.png"},
    }
    path = tmp_path / "photo.excalidraw"
    path.write_text(json.dumps(document), "utf-8")
    assert run("lint", path).exit_code == 0
    for name in ("more.excalidraw", "more.svg"):
        done = run("draw", "rename Order to Purchase", "--canvas", path, "-o", tmp_path / name)
        assert done.exit_code == 0, done.output
        assert red in (tmp_path / name).read_text("utf-8")
        assert "evil" not in (tmp_path / name).read_text("utf-8")
    written = json.loads((tmp_path / "more.excalidraw").read_text("utf-8"))
    [photo] = [element for element in written["elements"] if element["type"] == "image"]
    assert list(written["files"]) == [photo["fileId"]]
