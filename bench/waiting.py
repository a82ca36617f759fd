"""Fifty jobs that wait for a model, on one process: how long all take, and how much memory."""

import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from bench.support.background_loop import BackgroundLoop
from bench.support.job_load import JobLoad
from bench.support.options import Options
from bench.support.report import Table, middle, number
from bench.support.servers import Installation
from tests.support.model_server import ModelServer, Reply

JOBS = 50
WARM_UP = 10
MODEL_SECONDS = 2.0
LOOK_SECONDS = 0.05
MIB = 1024 * 1024


class PeakMemory:
    """Looks at the resident memory of an installation's process while something happens."""

    def __init__(self, installation: Installation, process: int) -> None:
        self.bytes = 0
        self._installation = installation
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self.bytes = max(self.bytes, self._installation.memory()[self._process])


def waiting_table(folder: Path, options: Options, postgres_url: str, redis_url: str) -> Table:
    table = Table(
        f"{JOBS} jobs that each wait {MODEL_SECONDS:g} s for a model, one process, {JOBS} slots",
        ["", "seconds until the last", "aim", "most memory MiB", "aim"],
        notes=["The model is a local server that speaks OpenAI's streaming protocol."],
    )
    with ExitStack() as stack:
        model = stack.enter_context(ModelServer(Reply(silence=MODEL_SECONDS, chunk=200)))
        slow = {
            "AI_MODEL": "openai:local",
            "AI_BASE_URL": f"{model.url}/v1",
            "BENCH_PLANNER": "own",
        }
        embedded = Installation(folder / "waiting-embedded", WORKER_SLOTS=str(JOBS), **slow)
        stack.callback(embedded.stop)
        server = Installation(
            folder / "waiting-server", DATABASE_URL=postgres_url, REDIS_URL=redis_url, **slow
        )
        stack.callback(server.stop)
        embedded.serve()
        server.serve().work(JOBS)
        table.rows += [
            _row("embedded: the server itself", stack, embedded, 0, options.repetitions),
            _row("server: its one worker", stack, server, 1, options.repetitions),
        ]
    return table


def _row(
    name: str, stack: ExitStack, installation: Installation, process: int, repetitions: int
) -> list[str]:
    loop = stack.enter_context(BackgroundLoop())
    load = JobLoad(installation.url)
    loop.run(load.open())
    loop.run(load.burst(WARM_UP))
    with PeakMemory(installation, process) as peak:
        seconds = [loop.run(load.burst(JOBS)) for _ in range(repetitions)]
    loop.run(load.close())
    return [name, number(middle(seconds)), "< 6", number(peak.bytes / MIB), "< 400"]
