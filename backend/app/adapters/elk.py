"""ELK, for layered layouts: elkjs inside V8, with a time limit, a memory limit and one context."""

import atexit
import json
import threading
import time
from pathlib import Path
from typing import Any

from py_mini_racer import (
    DEFAULT_V8_FLAGS,
    JSEvalException,
    JSOOMException,
    JSTimeoutException,
    MiniRacer,
    init_mini_racer,
)

from app.domain.layout.tools import LayoutFailed

_SCRIPT = Path(__file__).parent.parent / "assets" / "elk" / "elk-worker.min.js"
_MEMORY = 512 * 1024 * 1024
_FIRST_SHARE = 0.75  # of the time; what is left is for the cheaper profile
_BOOT_S = 30.0
_CLOSE_S = 5.0
# V8 locks its memory with protection keys where the processor has them, and then only the thread
# that started V8 and its children may touch it: a context that another thread closes would take
# the whole process with it. Nothing but our own script runs here, so the lock is not needed.
# TurboFan never pays: it compiles on the thread that lays out, for longer than its code saves, even
# after many graphs of 100 boxes. Code of the quicker compiler, Maglev, takes half the time.
_FLAGS = (*DEFAULT_V8_FLAGS, "--no-memory-protection-keys", "--no-turbofan")

# elkjs expects a web worker. This one calls timers at once and keeps the last message, which
# makes it synchronous.
_SHIM = """
var self = globalThis, lastMessage = null;
globalThis.setTimeout = function (f) { f(); return 0; };
globalThis.console = { log() {}, info() {}, warn() {}, error() {}, debug() {}, trace() {} };
globalThis.postMessage = function (m) { lastMessage = m; };
"""
_ENTRY = """
function runElk(graph) {
  lastMessage = null;
  try {
    const data = { id: 1, cmd: 'layout', graph: graph, layoutOptions: {}, options: {} };
    self.onmessage({ data: data });
  } catch (error) {
    return JSON.stringify({ error: String(error && error.message || error) });
  }
  const error = lastMessage ? lastMessage.error : 'no answer';
  if (error) return JSON.stringify({ error: String(error.message || error) });
  return JSON.stringify({ graph: lastMessage.data });
}
self.onmessage({ data: { id: 0, cmd: 'register', algorithms: ['layered'] } });
"""
_CHEAP = {
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.layering.strategy": "LONGEST_PATH",
    "elk.layered.thoroughness": "1",
    "elk.layered.crossingMinimization.greedySwitch.type": "OFF",
}


class ElkEngine:
    """One V8 context, made on first use and shared: calls wait for each other. Thread-safe."""

    def __init__(self) -> None:
        self._context: MiniRacer | None = None
        self._lock = threading.Lock()

    def layout(self, graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        """The graph with coordinates. `timeout_s` bounds everything: waiting for the context, the
        layout, and a second try with a cheaper profile. Raises LayoutFailed."""
        deadline = time.monotonic() + timeout_s
        if not self._lock.acquire(timeout=timeout_s):
            raise LayoutFailed("ELK is busy")
        try:
            try:
                return self._run(graph, (deadline - time.monotonic()) * _FIRST_SHARE)
            except LayoutFailed:
                options = {**graph.get("layoutOptions", {}), **_CHEAP}
                cheap = {**graph, "layoutOptions": options}
                return self._run(cheap, deadline - time.monotonic())
        finally:
            self._lock.release()

    def close(self) -> None:
        """Frees the context; the next layout makes a new one. Registered for the end of the
        process, because a context that is still open when the interpreter goes down hangs it."""
        if self._lock.acquire(timeout=_CLOSE_S):
            try:
                self._drop()
            finally:
                self._lock.release()

    def _run(self, graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        if timeout_s <= 0:
            raise LayoutFailed("no time left")
        try:
            context = self._context or self._boot()
            answer = json.loads(
                str(context.eval(f"runElk({json.dumps(graph)})", timeout_sec=timeout_s))
            )
        except JSTimeoutException:
            raise LayoutFailed("the layout took too long") from None
        except JSOOMException:
            self._drop()
            raise LayoutFailed("the layout needed too much memory") from None
        except JSEvalException as error:
            raise LayoutFailed(str(error)[:200]) from None
        if "graph" not in answer:
            raise LayoutFailed(str(answer.get("error"))[:200])
        result: dict[str, Any] = answer["graph"]
        return result

    def _boot(self) -> MiniRacer:
        init_mini_racer(flags=_FLAGS, ignore_duplicate_init=True)
        context = MiniRacer()
        context.set_hard_memory_limit(_MEMORY)
        context.eval(_SHIM + _SCRIPT.read_text(encoding="utf-8") + _ENTRY, timeout_sec=_BOOT_S)
        self._context = context
        atexit.register(self.close)
        return context

    def _drop(self) -> None:
        if self._context is not None:
            atexit.unregister(self.close)
            self._context.close()
            self._context = None
