"""The list of faults: complete, and the same in the documentation."""

from itertools import chain
from pathlib import Path

from tests.faults import (
    test_model_faults,
    test_postgres_faults,
    test_redis_faults,
    test_web_faults,
    test_worker_faults,
)
from tests.support.faults import Family, Fault

DOCS = Path(__file__).parents[3] / "docs" / "job-lifecycle.md"
FAMILIES: dict[str, Family] = {
    "Workers": test_worker_faults.FAULTS,
    "Server, and people in a hurry": test_web_faults.FAULTS,
    "PostgreSQL": test_postgres_faults.FAULTS,
    "Redis": test_redis_faults.FAULTS,
    "Language model": test_model_faults.FAULTS,
}
# Numbers in the matrix of faults that concern jobs and edits of running processes.
ROWS = {*range(1, 9), *range(11, 17), *range(18, 25), *range(28, 35), *range(39, 44)}


def faults() -> list[Fault]:
    return list(chain.from_iterable(FAMILIES.values()))


def in_words() -> str:
    """The section of the documentation."""
    lines = ["| what happens | what holds |", "|---|---|"]
    for family, members in FAMILIES.items():
        lines.append(f"| **{family}** | |")
        lines += [f"| {fault.name} | {fault.holds} |" for fault in members]
    return "\n".join(lines)


def test_every_row_of_the_matrix_is_tried() -> None:
    assert {fault.row for fault in faults()} >= ROWS


def test_the_ordinary_run_tries_one_fault_of_each_kind_of_process() -> None:
    assert {name: sum(f.is_sample for f in members) for name, members in FAMILIES.items()} == (
        dict.fromkeys(FAMILIES, 1)
    )


def test_every_fault_has_its_own_name_and_says_what_holds() -> None:
    names = [fault.name for fault in faults()]
    assert len(names) == len(set(names))
    assert [fault.name for fault in faults() if not fault.holds.endswith(".")] == []


def test_the_documentation_has_the_same_list() -> None:
    assert in_words() in DOCS.read_text(encoding="utf-8"), f"write this there:\n{in_words()}"
