"""Progress is counted, never goes back, and is told at most twice a second."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.jobs.progress import Throttle
from app.domain.planning.progress import Phase, progress

RUNNING = list(Phase)


@pytest.mark.rule("J9")
@given(
    st.lists(
        st.tuples(st.sampled_from(range(3)), st.integers(0, 500), st.integers(0, 500)),
        max_size=20,
    )
)
def test_later_reports_never_show_less(steps: list[tuple[int, int, int]]) -> None:
    planned = drawn = shown = 0
    for phase, more_planned, more_drawn in sorted(steps):
        planned = max(planned, more_planned) if phase < 1 else planned
        drawn = max(drawn, min(more_drawn, planned)) if phase == 2 else drawn
        percent = progress(RUNNING[phase], planned, drawn).percent
        assert shown <= percent < 100
        shown = percent


@pytest.mark.rule("J9")
@given(st.lists(st.floats(0, 2), max_size=200))
def test_at_most_two_reports_pass_in_any_second(gaps: list[float]) -> None:
    throttle, now, passed = Throttle(0.0), 0.0, []
    for gap in gaps:
        now += gap
        if throttle.admits(now):
            passed.append(now)
    assert all(later - earlier >= 0.5 for earlier, later in itertools.pairwise(passed))


def test_sentences_count_shapes() -> None:
    assert progress(Phase.PLANNING, 1).message == "Planning: 1 shape so far"
    assert progress(Phase.DRAWING, 18, 12).message == "12 of 18 shapes drawn"
