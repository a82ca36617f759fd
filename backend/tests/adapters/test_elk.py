"""ELK: bounded in time, usable from many threads, and it lets its process end."""

import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.adapters.elk import ElkEngine
from app.domain.layout.tools import LayoutFailed

BACKEND = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def engine() -> ElkEngine:
    return ElkEngine()


def chain(length: int, extra: int = 0) -> dict[str, Any]:
    """A chain of nodes, with links between distant ones that make the layout hard."""
    ends = [(i, i + 1) for i in range(length - 1)]
    ends += [((i * 7919) % length, (i * 104729 + 13) % length) for i in range(extra)]
    return {
        "id": "root",
        "layoutOptions": {"elk.algorithm": "layered", "elk.direction": "DOWN"},
        "children": [{"id": f"n{i}", "width": 100, "height": 40} for i in range(length)],
        "edges": [
            {"id": f"e{k}", "sources": [f"n{a}"], "targets": [f"n{b}"]}
            for k, (a, b) in enumerate(ends)
        ],
    }


def test_a_chain_is_laid_out_downward_without_overlap(engine: ElkEngine) -> None:
    ys = [child["y"] for child in engine.layout(chain(5), 20)["children"]]
    assert all(after >= before + 40 for before, after in pairwise(ys))


def test_the_same_graph_gives_the_same_layout(engine: ElkEngine) -> None:
    first, second = (engine.layout(chain(30, 20), 20) for _ in range(2))
    assert [(c["x"], c["y"]) for c in first["children"]] == [
        (c["x"], c["y"]) for c in second["children"]
    ]


def test_a_graph_that_takes_too_long_fails_in_time_and_the_next_one_works(
    engine: ElkEngine,
) -> None:
    engine.layout(chain(2), 20)
    with pytest.raises(LayoutFailed):
        engine.layout(chain(400, 1_200), 0.5)
    assert engine.layout(chain(3), 20)["children"]


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "id": "root", "children": [{"id": "a"}],
            "edges": [{"id": "e", "sources": ["x"], "targets": ["a"]}],
        },
        {"id": "root", "layoutOptions": {"elk.algorithm": "no such"}, "children": [{"id": "a"}]},
    ],
)  # fmt: skip
def test_a_graph_that_is_wrong_fails_with_the_engines_words(
    engine: ElkEngine, wrong: dict[str, Any]
) -> None:
    with pytest.raises(LayoutFailed, match=r"\w"):
        engine.layout(wrong, 20)


def test_the_cheaper_profile_is_tried_when_the_first_fails(
    engine: ElkEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[dict[str, Any]] = []

    def run(graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        tried.append(graph["layoutOptions"])
        if len(tried) == 1:
            raise LayoutFailed
        return graph

    monkeypatch.setattr(engine, "_run", run)
    engine.layout(chain(2), 5)
    assert tried[1]["elk.layered.layering.strategy"] == "LONGEST_PATH"
    assert tried[1]["elk.direction"] == "DOWN"


def test_threads_share_one_context(engine: ElkEngine) -> None:
    results: list[int] = []

    def work(length: int) -> None:
        results.append(len(engine.layout(chain(length), 30)["children"]))

    threads = [threading.Thread(target=work, args=(length,)) for length in range(2, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == list(range(2, 10))


def test_who_waits_too_long_for_the_context_gives_up(engine: ElkEngine) -> None:
    with engine._lock, pytest.raises(LayoutFailed, match="busy"):
        engine.layout(chain(2), 0.05)


def test_a_closed_engine_starts_again() -> None:
    own = ElkEngine()
    own.layout(chain(2), 20)
    own.close()
    own.close()
    assert own.layout(chain(2), 20)["children"]
    own.close()


@pytest.mark.parametrize(
    "use",
    ["use()", "thread = threading.Thread(target=use); thread.start(); thread.join()"],
    ids=["in its main thread", "in another thread, as jobs do"],
)
def test_a_process_that_used_the_engine_ends(use: str) -> None:
    program = (
        "import threading\n"
        "from app.adapters.elk import ElkEngine\n"
        "engine = ElkEngine()\n"
        "def use():\n"
        "    for _ in range(3): engine.layout({'id': 'r', 'children': [{'id': 'a'}]}, 30)\n"
        f"{use}\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=BACKEND, timeout=60, check=True)
