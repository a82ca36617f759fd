"""The client's files: compressed for who understands it, kept for as long as they cannot change."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.routes import pages

FONTS = ("Drawn-09850c4077f3fffe707905872e0e2460.woff2", "Plain.woff2")
SCRIPT = b"export const answer = 42;\n" * 200


@pytest.fixture(autouse=True)
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Page</title>")
    (tmp_path / "canvas.html").write_text("<!doctype html><title>Canvas</title>")
    (tmp_path / "fonts").mkdir()
    for name in FONTS:
        (tmp_path / "fonts" / name).write_bytes(b"wOF2")
    (tmp_path / "assets" / "page.js").write_bytes(SCRIPT)
    (tmp_path / "assets" / "page.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "manifest.webmanifest").write_text("{}")
    monkeypatch.setattr(pages, "DIST", tmp_path)
    return tmp_path


def get(client: FlaskClient, path: str, accepts: str = "") -> TestResponse:
    with client.get(path, headers={"Accept-Encoding": accepts}) as answer:  # closes the file
        answer.get_data()
        return answer


def test_a_browser_gets_the_compressed_copy_as_the_script_that_it_is(client: FlaskClient) -> None:
    answer = get(client, "/assets/page.js", "deflate, gzip")
    assert gzip.decompress(answer.data) == SCRIPT
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]


def test_the_smaller_of_two_copies_goes_out(client: FlaskClient, dist: Path) -> None:
    (dist / "assets" / "page.js.br").write_bytes(b"smaller")
    answer = get(client, "/assets/page.js", "gzip, deflate, br")
    assert answer.data == b"smaller"
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Content-Encoding"] == "br"
    assert get(client, "/assets/page.js", "gzip").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("accepts", ["", "identity", "gzip;q=0"])
def test_who_does_not_understand_it_gets_the_file(client: FlaskClient, accepts: str) -> None:
    answer = get(client, "/assets/page.js", accepts)
    assert answer.data == SCRIPT
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_has_no_copy_is_served_as_it_is(client: FlaskClient) -> None:
    answer = get(client, "/manifest.webmanifest", "gzip")
    assert answer.data == b"{}"
    assert answer.mimetype == "application/manifest+json"
    assert "Vary" not in answer.headers


def test_an_address_of_the_client_is_its_page_and_a_missing_file_is_missing(
    client: FlaskClient,
) -> None:
    assert b"<title>Page</title>" in get(client, "/jobs").data
    assert b"<title>Canvas</title>" in get(client, "/canvas/one").data
    assert get(client, "/assets/gone.js").status_code == 404


def test_nobody_learns_which_files_lie_elsewhere(client: FlaskClient, dist: Path) -> None:
    (dist.parent / "secret").write_text("x")
    there, nowhere = (get(client, f"/assets/../../{name}") for name in ("secret", "nothing"))
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)
    assert b"<title>Page</title>" in there.data


def test_an_address_longer_than_a_name_of_a_file_is_the_clients_page(client: FlaskClient) -> None:
    assert b"<title>Canvas</title>" in get(client, f"/canvas/{'x' * 300}").data


def test_fonts_are_kept_for_good_if_their_name_tells_their_content(client: FlaskClient) -> None:
    named, plain = (get(client, f"/fonts/{name}").headers["Cache-Control"] for name in FONTS)
    assert "immutable" in named
    assert plain == "no-cache"


def test_a_file_that_a_browser_has_already_is_not_sent_again(client: FlaskClient) -> None:
    first = get(client, "/canvas/one")
    with client.get("/canvas/one", headers={"If-None-Match": first.headers["ETag"]}) as again:
        assert (again.status_code, again.get_data()) == (304, b"")


def test_the_time_of_an_answer_is_left_to_the_server_which_writes_it_once(
    client: FlaskClient,
) -> None:
    assert "Date" not in get(client, "/assets/page.js").headers
