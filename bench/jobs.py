"""Jobs: our whole path beside bare no-ops of RQ, in one run, medians of interleaved repetitions.

`python bench/jobs.py [--repetitions 3] [--jobs 200]`, from the project's environment. Ours is
everything a job costs but the model: accepted, stored, rung for, claimed, planned by a planner that
answers at once, laid out, drawn in one transaction and told. The peers only call an empty function.
Servers are started on free ports and end with the run.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "bench")]

from app import create_app  # noqa: E402
from app.domain.planning.request import Planned, PlanRequest  # noqa: E402
from app.models import job_moves  # noqa: E402
from app.services.ai_job_service import AIJobService  # noqa: E402
from app.services.job_engine import JobEngine  # noqa: E402
from flask import Flask  # noqa: E402
from redis import Redis  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402
from rq import Queue  # noqa: E402
from rq.serializers import JSONSerializer  # noqa: E402
from tests.support import processes  # noqa: E402
from tests.support.databases import (  # noqa: E402
    PostgresTemplate,
    SqliteTemplate,
    settings_for,
)
from tests.support.people import add_people  # noqa: E402
from tests.support.planners import boxes  # noqa: E402
from tests.support.postgres_server import PostgresServer  # noqa: E402
from tests.support.redis_server import RedisServer  # noqa: E402
from tests.support.worker_processes import Workers  # noqa: E402

SLOTS = 4
ONE_AT_A_TIME = 30
CHUNK = 40  # a person may have fifty jobs waiting


@dataclass
class Contender:
    """`run(n)` submits n jobs and returns when all are done."""

    name: str
    run: Callable[[int], None]


class InstantPlanner:
    name = "offline"

    async def plan(self, _request: PlanRequest, _progress: object) -> Planned:
        return Planned(boxes("One"), self.name)


def ours(app: Flask) -> Callable[[int], None]:
    user = add_people(app).ana.id

    def run(jobs: int) -> None:
        service = AIJobService()
        for start in range(0, jobs, CHUNK):
            ids = []
            for _ in range(min(CHUNK, jobs - start)):
                with app.app_context():
                    ids.append(service.create_canvas_job(user, {"instructions": "Draw"}))
            for job_id in ids:
                _await(app, job_id)

    return run


def _await(app: Flask, job_id: str) -> None:
    while True:
        with app.app_context():
            job = job_moves.current(job_id)
        if job is None or job.status == "failed":
            raise RuntimeError(f"job {job_id}: {job and job.error_message}")
        if job.status == "completed":
            return
        time.sleep(0.002)


def rq_noop(redis: RedisServer, name: str) -> Callable[[int], None]:
    connection: Redis = redis.client
    queue = Queue(name, connection=connection, serializer=JSONSerializer)
    done = f"done:{name}"

    def run(jobs: int) -> None:
        connection.delete(done)
        for _ in range(jobs):
            queue.enqueue("noop.note", redis.url, done, result_ttl=0)
        while int(connection.get(done) or 0) < jobs:
            time.sleep(0.001)

    return run


@contextmanager
def contenders(folder: Path) -> Iterator[list[Contender]]:
    with ExitStack() as stack:
        redis, postgres = RedisServer(), PostgresServer()
        stack.callback(redis.close)
        stack.callback(postgres.close)
        redis.start()
        postgres.start()
        SqliteTemplate(folder / "template").copy_to(folder / "embedded")
        limits = {"ai_user_concurrency": 50, "worker_slots": SLOTS}
        embedded = create_app(settings_for(folder / "embedded", **limits))
        embedded.extensions["planner"] = InstantPlanner()
        engine = JobEngine(embedded, SLOTS)
        engine.start()
        stack.callback(engine.drain)

        template = PostgresTemplate(postgres, folder / "pg")
        url = postgres.url(template.create())
        server = create_app(
            settings_for(folder / "server", database_url=url, redis_url=redis.url, **limits)
        )
        workers = Workers(server, folder / "steering")
        stack.callback(workers.close)
        workers.start("--concurrency", str(SLOTS))
        for worker_class in ("rq.SimpleWorker", "rq.Worker"):
            _start_rq(stack, redis, worker_class)
        yield [
            Contender(f"ours, embedded: SQLite, {SLOTS} slots", ours(embedded)),
            Contender(f"ours, server: PostgreSQL, RQ, one worker, {SLOTS} slots", ours(server)),
            Contender("RQ SimpleWorker, empty function", rq_noop(redis, "rq.SimpleWorker")),
            Contender("RQ forking worker, empty function", rq_noop(redis, "rq.Worker")),
        ]


def _start_rq(stack: ExitStack, redis: RedisServer, worker_class: str) -> None:
    command = [
        *(Path(sys.executable).parent / "rq", "worker", worker_class),
        *("--url", redis.url, "--worker-class", worker_class, "--quiet"),
        *("--serializer", "rq.serializers.JSONSerializer", "--path", ROOT / "bench"),
    ]
    process = processes.start(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(processes.stop, process)


def measure(contender: Contender, jobs: int) -> tuple[list[float], float]:
    """(milliseconds of each job alone, jobs a second of a burst)."""
    alone = []
    for _ in range(ONE_AT_A_TIME):
        started = time.perf_counter()
        contender.run(1)
        alone.append((time.perf_counter() - started) * 1000)
    started = time.perf_counter()
    contender.run(jobs)
    return alone, jobs / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, contenders(Path(folder)) as all_of_them:
        for contender in all_of_them:
            contender.run(5)  # warm
        results: dict[str, list[tuple[list[float], float]]] = {}
        for _ in range(options.repetitions):
            for contender in all_of_them:
                result = measure(contender, options.jobs)
                results.setdefault(contender.name, []).append(result)
    Console(width=120).print(_table(results))


def _table(results: dict[str, list[tuple[list[float], float]]]) -> Table:
    table = Table("jobs", "p50 ms", "p95 ms", "jobs/s", "least to most")
    for name, runs in results.items():
        p50 = statistics.median(statistics.median(alone) for alone, _ in runs)
        p95 = statistics.median(statistics.quantiles(alone, n=20)[-1] for alone, _ in runs)
        rates = [rate for _, rate in runs]
        table.add_row(
            name,
            f"{p50:.1f}",
            f"{p95:.1f}",
            f"{statistics.median(rates):.0f}",
            f"{min(rates):.0f} to {max(rates):.0f}",
        )
    return table


if __name__ == "__main__":
    main()
