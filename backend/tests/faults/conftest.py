"""The system that all faults share, and the table of what became of them."""

from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from tests.support.faults import TRIALS, Fault
from tests.support.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("stack"))
    try:
        stack.start()
        yield stack
    finally:
        stack.close()


@pytest.fixture(autouse=True)
def _only_when_asked_for(request: pytest.FixtureRequest) -> None:
    callspec = getattr(request.node, "callspec", None)
    fault = callspec.params.get("fault") if callspec else None
    if isinstance(fault, Fault) and not fault.is_sample and not TRIALS:
        pytest.skip("make test-all")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    outcomes = [
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", [])
        if name == "fault" and report.when == "call"
    ]
    if outcomes:
        Console(width=100).print(_table(sorted(outcomes, key=lambda found: found["row"])))


def _table(outcomes: list[dict[str, Any]]) -> Table:
    table = Table(title="Faults, and what they broke", title_justify="left")
    for name in ("row", "fault", "trials", "violations", "recovery (s)"):
        table.add_column(name, justify="left" if name == "fault" else "right")
    for found in outcomes:
        times = found["recoveries"]
        recovery = f"{median(times):.1f} (at most {max(times):.1f})" if times else "none"
        table.add_row(
            str(found["row"]),
            found["name"],
            str(found["trials"]),
            str(len(found["violations"])),
            recovery,
        )
    trials = sum(found["trials"] for found in outcomes)
    wrong = sum(len(found["violations"]) for found in outcomes)
    table.add_section()
    table.add_row("", f"{len(outcomes)} faults", str(trials), str(wrong), "")
    return table
