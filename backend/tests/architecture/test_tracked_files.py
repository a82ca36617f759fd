"""What may not be in the repository: addresses of registries, paths of one machine, secrets."""

import re

import pytest

from tests.architecture.sources import ROOT, name_of, text_of, tracked_files

FORBIDDEN = {
    "the address of a package registry": (
        r"\b(?:registry(?:-\d)?|files)\.[\w-]+\.(?:org|com|io)\b|\bpypi\.\w+/"
    ),
    "a path of one machine": r"(?<![\w.:/>])/(work|root|home/\w+|Users/\w+|tmp/\w+)/",
    "unfinished work": r"\b(TODO|FIXME|XXX)\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}
# Made by others and kept as it came.
VENDORED = ("backend/app/assets/elk/", "backend/app/assets/fonts/")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in tracked_files()
        if not name_of(path).startswith(VENDORED) and path.name != "test_tracked_files.py"
        if (text := text_of(path)) and (match := pattern.search(text))
    ]
    assert found == []


def test_the_rules_above_would_find_something() -> None:
    planted = {
        "the address of a package registry": "https://registry" + ".example.org/simple",
        "a path of one machine": 'open("/home' + '/ana/notes")',
        "unfinished work": "# TO" + "DO: later",
        "a private key": "-----BEGIN RSA" + " PRIVATE KEY-----",
    }
    assert {what for what, text in planted.items() if re.search(FORBIDDEN[what], text)} == set(
        FORBIDDEN
    )


def test_only_the_usual_papers_lie_at_the_root() -> None:
    papers = {path.name for path in tracked_files() if path.parent == ROOT and path.suffix == ".md"}
    assert papers <= {
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
    }


def test_no_secret_and_no_data_is_tracked() -> None:
    names = {name_of(path) for path in tracked_files()}
    assert not [n for n in names if n.startswith(("secrets/", ".data/")) or n.endswith("/.env")]
    assert ".env" not in names
