"""Time and memory: a silent model is left at once, a flood is cut, a hostile answer is harmless."""

import asyncio
from pathlib import Path

import pytest

from app.adapters.language_models.planner import ModelPlanner
from app.adapters.language_models.transport import ExchangeLimits
from app.domain.errors import ProviderUnavailable, TooLarge
from tests.support.breadth import promptly
from tests.support.model_client import REQUEST, ask, failure_of, planner_for
from tests.support.model_server import MIB, ModelServer, Reply, failing
from tests.support.processes import eventually

FLOOD = 256


def test_a_drip_of_bytes_cannot_outlast_the_callers_deadline() -> None:
    async def run(planner: ModelPlanner, server: ModelServer) -> None:
        async with asyncio.timeout(None) as deadline:
            planning = asyncio.create_task(planner.plan(REQUEST, lambda _: None))
            await eventually(server.arrived.is_set)
            deadline.reschedule(asyncio.get_running_loop().time() + 0.7)
            await planning

    with ModelServer(Reply(chunk=1, delay=0.2)) as server:  # more than a minute for all of it
        planner = planner_for(server)
        with pytest.raises(TimeoutError):
            asyncio.run(run(planner, server))
        assert server.disconnected.wait(promptly(1))


def test_silence_on_the_line_ends_with_the_attempt_at_the_latest() -> None:
    with ModelServer(Reply(silence=60)) as server:
        failure = failure_of(planner_for(server, limits=ExchangeLimits(silence_seconds=0.3)))
    assert type(failure) is ProviderUnavailable
    assert failure.message == "The language model did not answer in time."


def _peak_kib() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


LINE = Reply(body=b"x" * MIB, repeat_body=FLOOD)
FRAMES = Reply(
    body=b'data: {"choices": [{"index": 0, "delta": {"content": "' + b"y" * 65_000 + b'"}}]}\n\n',
    repeat_body=FLOOD * 16,
)
COMMENTS = Reply(body=(b": keep-alive" + b" " * 1000 + b"\n\n") * 64, repeat_body=FLOOD * 16)
ERROR = Reply(status=500, body=b"z" * MIB, repeat_body=FLOOD, content_type="application/json")
PAGE = Reply(body=b"{" * MIB, repeat_body=FLOOD, content_type="application/json")


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="Linux counts the peak")
@pytest.mark.parametrize(
    "flood",
    [LINE, FRAMES, COMMENTS, ERROR, PAGE],
    ids=["line", "text", "comments", "error", "page"],
)
def test_a_flood_of_256_mib_is_cut_long_before_it_is_in_memory(flood: Reply) -> None:
    with ModelServer(Reply()) as server:
        ask(planner_for(server))  # what is loaded once is not counted
    with ModelServer(flood) as server:
        planner = planner_for(server)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before = _peak_kib()
        failure_of(planner)
        grown = (_peak_kib() - before) / 1024
    assert grown < 50, f"{grown:.0f} MiB"
    assert server.sent_bytes < 64 * MIB


def test_a_long_answer_is_cut_by_its_own_bound_and_says_what_to_do() -> None:
    with ModelServer(Reply('{"title": "' + "long " * 4_000, chunk=500)) as server:
        failure = failure_of(planner_for(server, limits=ExchangeLimits(answer_bytes=10_000)))
    assert type(failure) is TooLarge
    assert "Ask for less" in failure.message
    assert len(server.asked) == 1


def test_an_endless_error_body_is_read_only_at_its_beginning() -> None:
    with ModelServer(failing(429, Retry_After="3"), Reply()) as server:
        failure = failure_of(planner_for(server, limits=ExchangeLimits(error_bytes=10)))
    assert failure.retry_after == 3
