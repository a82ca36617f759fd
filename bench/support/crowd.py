"""The load generator of the real-time part: one thread, the same for every server.

It knows nothing of what it sends: frames are made beforehand and sent when their time has come.
What arrives is searched for the marks of updates, which carry the time when they were due.
"""

import contextlib
import gc
import re
import select
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.support.frames import Tab, walk

# An update moves something to x = 1,000,000 + the milliseconds after the start when it was due.
MARK = 1_000_000
MARKED = re.compile(rb'"x": ?1(\d{6})\b')
READ_AT_ONCE = 1 << 17
DRAIN_SECONDS = 4.0


@dataclass(frozen=True)
class Due:
    """A frame that a socket sends at this millisecond after the start."""

    at: int
    author: int
    frame: bytes


@dataclass
class Flow:
    """What was measured between `opens` and `closes`, in milliseconds after the start."""

    opens: int
    closes: int
    received: int = 0
    delays: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    own_cpu: float = 0.0

    @property
    def seconds(self) -> float:
        return (self.closes - self.opens) / 1000


class Crowd:
    def __init__(self, tabs: Sequence[Tab]) -> None:
        self._poll = select.epoll()
        self._tabs = {tab.socket.fileno(): tab for tab in tabs}
        self._order = list(tabs)
        self._unsent: dict[int, bytes] = {}
        for descriptor, tab in self._tabs.items():
            tab.socket.setblocking(False)
            self._poll.register(descriptor, select.EPOLLIN)

    def run(self, plan: Sequence[Due], flow: Flow, look: Callable[[], None]) -> None:
        """Send the plan and listen; `look` is called when the window opens and when it closes."""
        gc.collect()
        gc.disable()
        try:
            self._run(plan, flow, look)
        finally:
            gc.enable()

    def close(self) -> None:
        self._poll.close()
        for tab in self._order:
            tab.socket.close()

    def _run(self, plan: Sequence[Due], flow: Flow, look: Callable[[], None]) -> None:
        start, sent = time.perf_counter(), 0
        moments = [flow.opens, flow.closes]
        end = plan[-1].at + DRAIN_SECONDS * 1000
        awaited = sum(flow.opens <= due.at < flow.closes for due in plan) * (len(self._order) - 1)
        while (now := (time.perf_counter() - start) * 1000) < end:
            if moments and now >= moments[0]:
                del moments[0]
                look()
                flow.own_cpu = time.process_time() - flow.own_cpu  # since the first look
            while sent < len(plan) and plan[sent].at <= now:
                flow.lateness.append(now - plan[sent].at)
                self._send(self._order[plan[sent].author], plan[sent].frame)
                sent += 1
            if not moments and sent == len(plan) and len(flow.delays) >= awaited:
                break
            next_at = plan[sent].at if sent < len(plan) else now + 20
            ready = self._poll.poll(max(0.0, min(next_at - now, 20) / 1000))
            within = flow.opens <= now < flow.closes
            for descriptor, _ in ready:
                self._receive(self._tabs[descriptor], start, flow, within)

    def _receive(self, tab: Tab, start: float, flow: Flow, within: bool) -> None:
        data = tab.rest + tab.socket.recv(READ_AT_ONCE)
        if len(data) == len(tab.rest):
            raise ConnectionError("the server closed a socket")
        whole, answers = walk(data)
        marks = MARKED.findall(data, 0, whole)
        tab.rest = data[whole:]
        if marks:
            now = (time.perf_counter() - start) * 1000
            opens, closes = flow.opens, flow.closes
            flow.delays += [now - at for at in map(int, marks) if opens <= at < closes]
            flow.received += len(marks) if within else 0
        if answers:
            self._send(tab, answers)

    def _send(self, tab: Tab, data: bytes) -> None:
        """What a full buffer does not take is sent with the next."""
        descriptor = tab.socket.fileno()
        data = self._unsent.pop(descriptor, b"") + data
        taken = 0
        with contextlib.suppress(BlockingIOError):
            taken = tab.socket.send(data)
        if taken < len(data):
            self._unsent[descriptor] = data[taken:]
