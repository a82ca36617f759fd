"""What every format promises, and how one is added."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from app.adapters.raster import Rasterizer
from app.adapters.svg_fonts import with_fonts
from app.cli import cli
from app.domain import formats
from app.domain.errors import Invalid, NotUnderstood
from app.domain.formats import FORMATS, exports
from app.domain.formats.record import Content, Format, Pictures, RenderTools, SceneDocument
from app.domain.planning.languages import Reading, read_language
from app.domain.planning.plan import Graph, Node
from app.domain.planning.request import PlanRequest
from app.domain.scene.topology import Topology
from app.factory import runtime_of
from app.services import export_service
from tests.conftest import MakeApp
from tests.domain.scene.drawing import drawn, edge, graph, node
from tests.support.elements import image, rectangle
from tests.support.model_client import ask
from tests.support.people import add_canvas, add_people
from tests.support.pictures import picture
from tests.support.planners import boxes
from tests.support.signing_in import bearer

TOOLS = RenderTools(with_fonts, Rasterizer().to_png)
ORDER = graph(
    "flowchart",
    [node("order", "Order"), node("paid", "Paid?", "diamond"), node("ship", "Grüße «senden»")],
    [edge("order", "paid"), edge("paid", "ship", "yes")],
)
PHOTO_ID = "ab" * 32
PHOTO = "data:image/png;base64," + base64.b64encode(picture()).decode()


def id_of(found: Format) -> str:
    return found.id


every_format = pytest.mark.parametrize("file_format", FORMATS, ids=id_of)


def that(can: Callable[[Format], object]) -> pytest.MarkDecorator:
    """All formats that can do this."""
    return pytest.mark.parametrize("file_format", [*filter(can, FORMATS)], ids=id_of)


def written(file_format: Format, document: SceneDocument) -> str | bytes:
    if file_format.write is None:
        assert file_format.write_plan is not None
        return file_format.write_plan(boxes("Order", "Paid?"))
    content = file_format.write(document, TOOLS)
    return content if isinstance(content, str | bytes) else "".join(content)


def the_order() -> SceneDocument:
    return SceneDocument(drawn(ORDER))


def test_no_two_formats_are_taken_for_each_other() -> None:
    for attribute in ("id", "name", "extension", "media_type"):
        values = [getattr(found, attribute) for found in FORMATS]
        assert len(set(values)) == len(values), attribute


@every_format
def test_a_record_is_complete(file_format: Format) -> None:
    assert file_format.id == file_format.id.lower().strip() != ""
    assert file_format.name
    assert file_format.media_type.count("/") == 1
    assert file_format.extension.isalnum()
    reads = file_format.read_document or file_format.read_graph
    assert file_format.write or file_format.write_plan or reads
    assert bool(file_format.find) is bool(reads), "what is read is recognized first"
    assert not file_format.read_document or file_format.max_bytes
    assert file_format.whole_pictures is None or file_format.pictures is Pictures.SHOWN


@that(lambda found: found.write or found.write_plan)
def test_what_is_written_is_of_its_kind_and_always_the_same(file_format: Format) -> None:
    for document in (the_order(), SceneDocument([])):
        content = written(file_format, document)
        assert content
        assert isinstance(content, bytes) is file_format.binary
        assert content == written(file_format, document)
        if file_format.media_type.endswith("json"):
            assert json.loads(content)


@every_format
@pytest.mark.parametrize(
    "title",
    [
        "Sign-up flow",
        "Größe 大きさ 😀",
        "../../etc/passwd",
        'a\\b:c*d?"<>|\r\n\0',
        "",
        " ",
        "x" * 500,
    ],
)
def test_a_file_has_a_name_that_any_system_can_store(file_format: Format, title: str) -> None:
    stem, _, extension = file_format.file_name(title).rpartition(".")
    assert extension == file_format.extension
    assert 0 < len(stem) <= 80
    assert stem == stem.strip()
    assert not set(stem) & set('/\\:*?"<>|.\r\n\0')
    assert file_format.file_name("Größe 大きさ") == f"Größe 大きさ.{extension}"


@that(lambda found: found.write and found.find)
def test_what_is_written_is_recognized(file_format: Format) -> None:
    content = written(file_format, the_order())
    assert isinstance(content, str)
    assert file_format.sniff(content)
    taken = [found.id for found in FORMATS if found.sniff(content)]
    assert taken == [file_format.id], "and as nothing else"


@that(lambda found: found.find)
@pytest.mark.parametrize("words", ["", "order -> payment", "A mind map about coffee", "{", "[]"])
def test_words_are_not_taken_for_a_format(file_format: Format, words: str) -> None:
    assert not file_format.sniff(words)


@that(lambda found: found.write and found.read_document)
def test_a_document_comes_back_as_it_was_written(file_format: Format) -> None:
    photo = image("photo", PHOTO_ID, x=-500, index="Zz")
    document = SceneDocument([photo, *drawn(ORDER)], {PHOTO_ID: PHOTO})
    content = written(file_format, document)
    assert isinstance(content, str)
    back = formats.read_document(content)
    assert [e["id"] for e in back.elements] == [e["id"] for e in document.elements]
    assert back.pictures == document.pictures
    shown = [element for element in document.elements if element["type"] != "image"]
    assert [element for element in back.elements if element["type"] != "image"] == shown
    again = written(file_format, back)
    assert isinstance(again, str)
    assert formats.read_document(again) == back


@that(lambda found: found.read_document)
@pytest.mark.parametrize("text", ["", '{"elements": 3}', '{"elements": [3]}', '{"elements":' * 9])
def test_what_is_no_document_is_refused(file_format: Format, text: str) -> None:
    with pytest.raises(Invalid):
        formats.read_document(text)
    assert file_format.read_document is not None
    with pytest.raises(Invalid):
        file_format.read_document(text)


def labels(found: Graph) -> set[str]:
    return {shape.label for shape in found.nodes}


@that(lambda found: found.write and found.read_graph)
def test_a_text_comes_back_as_the_same_graph(file_format: Format) -> None:
    content = written(file_format, the_order())
    assert file_format.read_graph is not None
    assert isinstance(content, str)
    back, remarks = file_format.read_graph(content)
    assert labels(back) == labels(ORDER)
    assert len(back.edges) == len(ORDER.edges)
    assert remarks == ()


@that(lambda found: found.pictures is not Pictures.LEFT_OUT)
def test_the_pictures_on_a_canvas_are_shown(file_format: Format) -> None:
    shown = SceneDocument([image("photo", PHOTO_ID)], {PHOTO_ID: PHOTO})
    assert written(file_format, shown) != written(file_format, SceneDocument(shown.elements))


def test_a_language_that_cannot_be_read_is_refused_by_its_own_name() -> None:
    with pytest.raises(NotUnderstood, match='Mermaid "pie" cannot be read yet'):
        read_language("```mermaid\npie\n```", formats.text_languages())


@that(lambda found: found.write or found.write_plan)
def test_the_command_line_writes_it(file_format: Format, tmp_path: Path) -> None:
    path = tmp_path / f"order.{file_format.extension}"
    done = CliRunner().invoke(cli, ["draw", "order -> ship", "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert path.stat().st_size > 20


def test_the_command_line_says_which_files_it_writes(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["draw", "a -> b", "-o", str(tmp_path / "order.exe")])
    suffixes = [f".{found.extension}" for found in FORMATS if found.write or found.write_plan]
    assert done.output.strip() == f"Error: The file has to end in one of {', '.join(suffixes)}."
    helped = CliRunner().invoke(cli, ["draw", "--help"]).output
    assert all(suffix in helped for suffix in suffixes)
    assert ".mmd (Mermaid)" in helped


def test_a_format_that_is_not_known_is_refused_with_those_that_are(
    make_sqlite_app: MakeApp,
) -> None:
    app = make_sqlite_app()
    people = add_people(app)
    canvas = add_canvas(app, people)
    answer = app.test_client().get(
        f"/api/canvases/{canvas.id}/export?format=exe", headers=bearer(app, people.ana)
    )
    assert answer.status_code == 422
    *names, last = map(repr, exports())
    assert answer.get_json()["fields"] == {
        "format": f"Input should be {', '.join(names)} or {last}"
    }
    assert names[0] == "'excalidraw'", "the default is named first"


def _write_outline(document: SceneDocument, _tools: RenderTools) -> Content:
    topology = Topology(document.elements)
    shapes = [topology.label(key) for key in topology.shapes]
    return "outline:\n" + "".join(f"  {label}\n" for label in shapes)


def _read_outline(text: str) -> Reading:
    lines = [line.strip() for line in text.splitlines()[1:]]
    if not all(lines):
        raise NotUnderstood("An outline has no empty lines.")
    nodes = [Node(id=f"n{number}", label=line) for number, line in enumerate(lines)]
    return Graph(kind="grid", nodes=nodes), ()


OUTLINE = Format(
    id="outline",
    name="Outline",
    media_type="text/x-outline",
    extension="outline",
    write=_write_outline,
    find=lambda text: text if text.startswith("outline:\n") else None,
    read_graph=_read_outline,
)


@pytest.fixture
def outline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one line that adds a format."""
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, OUTLINE))


def test_a_format_is_added_by_its_record_and_one_line(
    outline: None, make_sqlite_app: MakeApp, tmp_path: Path
) -> None:
    app = make_sqlite_app()
    people = add_people(app)
    canvas = add_canvas(app, people)
    address = f"/api/canvases/{canvas.id}"
    client = FlaskClient(app)  # the tests' own client knows the document without this format
    client.post(
        f"{address}/import",
        json={"elements": [rectangle("a", boundElements=[]), rectangle("b", index="a1")]},
        headers=bearer(app, people.ana),
    )
    exported = client.get(f"{address}/export?format=outline", headers=bearer(app, people.vic))
    assert (exported.status_code, exported.mimetype) == (200, "text/x-outline")
    assert exported.headers["Content-Disposition"].endswith('.outline"')
    assert exported.text.startswith("outline:\n")
    with app.app_context():
        assert export_service.export_scene(canvas.id, "Plan", "outline").name == "Plan.outline"
    refused = client.get(f"{address}/export?format=exe", headers=bearer(app, people.vic))
    assert " or 'outline'" in refused.get_json()["fields"]["format"]

    export = client.get("/api/openapi.json").get_json()["paths"]["/api/canvases/{canvas_id}/export"]
    (parameter,) = [p for p in export["get"]["parameters"] if p["name"] == "format"]
    assert parameter["schema"]["enum"] == [*(found.id for found in exports().values())]
    assert "text/x-outline" in export["get"]["responses"]["200"]["content"]

    path = tmp_path / "order.outline"
    done = CliRunner().invoke(cli, ["draw", "order -> ship", "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert path.read_text("utf-8") == "outline:\n  Order\n  Ship\n"


def test_what_is_pasted_in_a_format_that_was_added_is_read_before_words(
    outline: None, make_sqlite_app: MakeApp
) -> None:
    planner = runtime_of(make_sqlite_app()).planner()
    asked = ask(planner, PlanRequest("outline:\n  b -> c\n  d"))
    assert labels(asked.graph) == {"b -> c", "d"}, asked.failure
    refused = ask(planner, PlanRequest("outline:\n  b\n\n  d")).failure
    assert refused is not None
    assert refused.message == "An outline has no empty lines."
