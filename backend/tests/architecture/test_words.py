"""One word for one thing: what docs/glossary.md says holds, for names on both ends."""

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import APP, BACKEND, CLIENT, DOCS, ROOT, name_of, python_files, tree

# A body of a request or an answer has the name of the thing that it shows.
SHOWS = re.compile(r"app/(routes/(answers/\w+|schemas)|services/jobs/kinds/\w+)\.py")
ENDINGS = {".ts", ".tsx"}
# Comments and strings; what a template fills in is code.
NO_NAMES = re.compile(r"//.*?$|/\*.*?\*/|'(?:\\.|[^'\\\n])*'", re.DOTALL | re.MULTILINE)


def _rows() -> Iterator[tuple[str, list[str], list[str]]]:
    """Of each term: its name, what it is in the code, and the words that names may not have."""
    for line in (DOCS / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[0] != "term":
            yield cells[0], re.findall(r"`([^`]+)`", cells[2]), re.findall(r"`([^`]+)`", cells[3])


def _names(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME:
                yield token.string
    else:
        yield from re.findall(r"[A-Za-z_$][\w$]*", NO_NAMES.sub(" ", text))


def _words(name: str) -> set[str]:
    """`bringIntoView`, `BRING_INTO_VIEW`: bring, into, view."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def _sources() -> list[Path]:
    client = sorted(path for path in CLIENT.rglob("*") if path.suffix in ENDINGS)
    return [*python_files(APP), *(p for p in client if p.name != "openapi.ts")]


def _types(path: Path) -> Iterator[str]:
    """The public classes and type aliases of a module. A type variable names no thing."""
    for node in tree(path).body:
        match node:
            case ast.ClassDef(name=name):
                found = name
            case ast.Assign(targets=[ast.Name(id=found)], value=value):
                if isinstance(value, ast.Call):
                    continue
            case _:
                continue
        if re.fullmatch(r"[A-Z]+[a-z]\w*", found):
            yield found


def test_a_type_has_one_meaning() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in python_files(APP):
        for name in _types(path):
            homes[name].add(name_of(path).removeprefix("backend/"))
    shared = {
        name: places
        for name, places in homes.items()
        if len([place for place in places if not SHOWS.fullmatch(place)]) > 1
    }
    assert len(homes) > 300
    assert shared == {}


def test_a_word_of_the_past_is_in_no_name() -> None:
    avoided = {word for _, _, words in _rows() for word in words}
    found = {
        name_of(path): sorted(names)
        for path in _sources()
        if (names := {n for n in {*_names(path), path.stem} if _words(n) & avoided})
    }
    assert len(avoided) > 10
    assert found == {}


def test_what_the_glossary_names_exists() -> None:
    known = {name for path in _sources() for name in _names(path)}
    folders = (BACKEND, ROOT, CLIENT)
    missing = {
        term: [
            name
            for name in names
            if name not in known and not any((folder / name).exists() for folder in folders)
        ]
        for term, names, _ in _rows()
    }
    assert len(missing) > 30
    assert {term: names for term, names in missing.items() if names} == {}
