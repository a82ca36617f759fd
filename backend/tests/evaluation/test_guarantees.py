"""Random plans and edits with fixed seeds: none leaves a fault. CC_PLANS says how many."""

import os
from functools import partial

from click.testing import CliRunner

from app.adapters.elk import ElkEngine
from app.adapters.fonts import FontMeasure
from app.domain.kinds import KINDS
from app.domain.layout.tools import Tools
from app.domain.scene.lint import LintFinding
from evaluation import guarantees
from evaluation.guarantees import Trial
from tests.support.breadth import examples

TOOLS = Tools(FontMeasure(), ElkEngine())
PLANS = int(os.environ.get("CC_PLANS", examples(52, 390)))
EDITS = examples(96, 720)
# The kinds whose turns the numbers below are. Another kind must not give them new meanings, so
# those that came later are tried by themselves.
FIRST, LATER = KINDS.ids[:13], KINDS.ids[13:]
drawings = partial(guarantees.drawings, kinds=FIRST)
edits = partial(guarantees.edits, kinds=FIRST)


def faulty(trials: list[Trial]) -> dict[str, list[str]]:
    return {one.name: [found.check for found in one.findings] for one in trials if one.findings}


def test_random_plans_of_every_kind_are_drawn_without_a_fault() -> None:
    trials = list(drawings(PLANS, TOOLS))
    assert len(trials) == PLANS
    assert {one.name.split()[1] for one in trials} == set(FIRST)
    assert faulty(trials) == {}


def test_kinds_that_came_later_are_drawn_and_edited_without_a_fault() -> None:
    for kind in LATER:
        assert faulty(list(drawings(10, TOOLS, kinds=[kind]))) == {}
        assert faulty(list(edits(16, TOOLS, kinds=[kind]))) == {}


def test_plans_that_once_had_words_in_the_way_have_none_any_more() -> None:
    for seed, number in ((12, 250), (13, 58), (14, 786), (14, 793), (14, 825)):
        # titles of groups under arrows, labels of loops on their own shape
        assert faulty(list(drawings(1, TOOLS, seed=seed, start=number))) == {}


def test_random_edits_leave_no_fault_that_was_not_there() -> None:
    trials = list(edits(EDITS, TOOLS))
    assert len(trials) > EDITS * 0.9
    assert len({one.name.split()[-1] for one in trials}) > 10
    assert faulty(trials) == {}


def test_random_changes_of_sizes_places_and_copies_leave_no_fault() -> None:
    trials = list(edits(EDITS // 3, TOOLS, what="reshapings"))
    assert {"resize", "swap", "duplicate"} <= {one.name.split()[-1] for one in trials}
    assert faulty(trials) == {}


def test_new_titles_that_once_were_too_large_for_their_groups_are_so_no_more() -> None:
    for seed, start in ((11, 856), (12, 424), (12, 1472), (13, 24), (13, 520), (14, 848)):
        assert faulty(list(edits(8, TOOLS, seed=seed, start=start))) == {}


def test_edits_that_once_covered_the_words_of_an_arrow_do_so_no_more() -> None:
    for start in (528, 776):  # a node put between two others, shapes aligned below a loop
        assert faulty(list(edits(8, TOOLS, seed=1, start=start))) == {}


def test_the_same_seed_draws_the_same() -> None:
    first, again = (list(drawings(13, TOOLS, seed=7)) for _ in range(2))
    assert [one.scene for one in first] == [one.scene for one in again]


def test_a_fault_is_named_and_ends_with_status_1() -> None:
    found = LintFinding("overlap", ("a", "b"))
    before = guarantees.drawings
    guarantees.drawings = lambda *_: iter([Trial("0:0 tree", [], (found,))])
    try:
        result = CliRunner().invoke(guarantees.main, ["--plans", "1", "--edits", "0"])
    finally:
        guarantees.drawings = before
    assert result.exit_code == 1
    assert "0:0 tree: overlap" in result.output
    assert "1 plans, 0 without a fault (overlap 1)" in result.output
