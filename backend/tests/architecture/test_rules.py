"""The rules of ARCHITECTURE.md and docs/protocol.md, and the tests that prove them: both ways."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import (
    APP,
    CLIENT,
    DOCS,
    ROOT,
    TESTS,
    functions,
    name_of,
    python_files,
    tracked_files,
)

ID = r"[JMSTU][1-9][0-9]?"


def _rules(document: str) -> dict[str, str]:
    """`- **S1 Order.** ...` lines: id -> name."""
    found = re.findall(rf"^- \*\*({ID}) ([^*]+)\.\*\*", document, re.MULTILINE)
    assert len(found) == len(dict(found)), "an id is given twice"
    return dict(found)


RULES = _rules((ROOT / "ARCHITECTURE.md").read_text("utf-8"))
PROTOCOL = _rules((DOCS / "protocol.md").read_text("utf-8"))


def _marks() -> Iterator[str]:
    """The ids in `@pytest.mark.rule(...)` above tests."""
    tests = (f for path in python_files(TESTS) for f in functions(path) if f.name[:5] == "test_")
    for decorator in (one for test in tests for one in test.decorator_list):
        match decorator:
            case ast.Call(func=ast.Attribute(attr="rule"), args=ids):
                yield from (str(ast.literal_eval(id_)) for id_ in ids)


def _titles() -> Iterator[str]:
    """The ids with which titles of vitest begin."""
    for path in [*CLIENT.rglob("*.test.ts"), *CLIENT.rglob("*.test.tsx")]:
        yield from re.findall(rf"\bit\(['`]({ID}): ", path.read_text("utf-8"))


def test_a_rule_of_the_protocol_is_the_one_that_the_architecture_names() -> None:
    assert {id_: name for id_, name in RULES.items() if id_[0] in "SU"} == PROTOCOL


def test_every_rule_is_proved_by_a_test_and_every_test_s_rule_exists() -> None:
    assert set(RULES) == {*_marks(), *_titles()}


def test_no_text_speaks_of_a_rule_that_does_not_exist() -> None:
    folders = (APP, TESTS, DOCS, CLIENT)
    texts = [
        path
        for path in tracked_files()
        if path.suffix in {".py", ".ts", ".tsx", ".md"}
        if any(path.is_relative_to(folder) for folder in folders)
    ]
    unknown = {
        name_of(path): ids
        for path in texts
        if (ids := set(re.findall(rf"\b{ID}\b", path.read_text("utf-8"))) - set(RULES))
    }
    assert len(texts) > 100
    assert unknown == {}
