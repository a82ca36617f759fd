"""One table says which moves exist; everything else is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict
from app.domain.jobs.lifecycle import (
    TERMINAL,
    JobEvent,
    JobStatus,
    after,
    diagram,
    sources,
    target,
)

DOCS = Path(__file__).parents[4] / "docs" / "job-lifecycle.md"


@pytest.mark.rule("J1")
@pytest.mark.parametrize("event", JobEvent)
@pytest.mark.parametrize("status", JobStatus)
def test_an_event_moves_a_job_from_exactly_the_states_the_table_names(
    status: JobStatus, event: JobEvent
) -> None:
    if status in sources(event):
        assert after(status, event) is target(event)
    else:
        with pytest.raises(Conflict):
            after(status, event)


@pytest.mark.rule("J1")
@given(st.lists(st.sampled_from(JobEvent), max_size=30))
def test_what_ended_stays_ended_but_for_the_retry_of_a_failed_job(events: list[JobEvent]) -> None:
    status = JobStatus.QUEUED
    for event in events:
        try:
            then = after(status, event)
        except Conflict:
            continue
        if status in TERMINAL:
            assert (status, event) == (JobStatus.FAILED, JobEvent.RETRY)
        status = then


def test_every_state_can_be_reached_and_left_towards_an_end() -> None:
    reached = {JobStatus.QUEUED}
    for _ in JobStatus:
        reached |= {target(event) for event in JobEvent if sources(event) & reached}
    assert reached == set(JobStatus)
    for status in set(JobStatus) - TERMINAL:
        assert any(status in sources(event) for event in JobEvent)


def test_the_diagram_in_the_docs_is_the_table() -> None:
    assert f"```mermaid\n{diagram()}```" in DOCS.read_text(encoding="utf-8")
