"""Jobs: our whole path over HTTP beside bare no-ops of job queues, and beside the seed's design.

Ours is everything a job costs but the model: accepted over HTTP, stored, rung for, claimed, planned
by a planner that answers at once, laid out, drawn in one transaction, and published to its author's
socket, where the clock stops. The peers only call an empty function.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bench.claims import claims_table
from bench.peers.queues import CeleryPeer, ProcrastinatePeer, RqPeer
from bench.peers.seed import SETTING, SeedPeer, seed_peer
from bench.support.background_loop import BackgroundLoop
from bench.support.job_facts import claimed_to_completed
from bench.support.job_load import Alone, JobLoad
from bench.support.options import Options
from bench.support.report import Table, middle, number, percentile, spread
from bench.support.servers import Installation, cpu_seconds_of_family
from bench.support.services import services
from bench.waiting import waiting_table
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

SLOTS = 4
WARM_UP = 10


class Contender(Protocol):
    name: str

    def alone(self, jobs: int) -> Alone:
        """Jobs one after the other."""

    def rate(self, jobs: int) -> float:
        """Jobs a second, when so many are submitted at once."""


class Ours:
    def __init__(
        self,
        stack: ExitStack,
        name: str,
        installation: Installation,
        database: str,
        postgres: PostgresServer | None = None,
    ):
        self.name = name
        self._postgres = postgres
        self.processor: list[list[float]] = []  # ms a job, of each process, of each burst
        self.installation = installation
        self.database = database
        self._loop = stack.enter_context(BackgroundLoop())
        self._load = JobLoad(installation.url)
        self._loop.run(self._load.open())
        stack.callback(lambda: self._loop.run(self._load.close()))

    def alone(self, jobs: int) -> Alone:
        return self._loop.run(self._load.alone(jobs))

    def rate(self, jobs: int) -> float:
        before = self._cpu_seconds()
        seconds = self._loop.run(self._load.burst(jobs))
        spent = zip(before, self._cpu_seconds(), strict=True)
        self.processor.append([(after - start) / jobs * 1_000 for start, after in spent])
        return jobs / seconds

    def _cpu_seconds(self) -> list[float]:
        each = self.installation.cpu_seconds()
        if self._postgres is not None and self._postgres.process is not None:
            each.append(cpu_seconds_of_family(self._postgres.process.pid))
        return each

    def processor_ms(self) -> str:
        """In the middle of all bursts but the first, which warms up."""
        parts = [middle(list(times)) for times in zip(*self.processor[1:], strict=True)]
        whole = number(middle([sum(times) for times in self.processor[1:]]))
        return whole if len(parts) == 1 else f"{' + '.join(map(number, parts))} = {whole}"


@dataclass
class Runs:
    """What one contender did in all repetitions."""

    alone: list[Alone] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)


def run(options: Options) -> list[Table]:
    with tempfile.TemporaryDirectory() as folder, services() as (postgres, redis):
        place = Path(folder)
        with _contenders(place, postgres, redis) as all_of_them:
            table = _compare(all_of_them, options)
        return [
            table,
            waiting_table(place, options, postgres.new_database("waiting"), redis.url),
            claims_table(place, options, postgres.new_database("claims")),
        ]


def _compare(contenders: list[Contender], options: Options) -> Table:
    burst, single = (100, 20) if options.quick else (400, 50)
    runs = {contender.name: Runs() for contender in contenders}
    for contender in contenders:
        contender.rate(WARM_UP)
    for _ in range(options.repetitions):
        for contender in contenders:
            runs[contender.name].alone.append(contender.alone(single))
            runs[contender.name].rates.append(contender.rate(burst))
    return _table(contenders, runs)


@contextmanager
def _contenders(
    folder: Path, postgres: PostgresServer, redis: RedisServer
) -> Iterator[list[Contender]]:
    with ExitStack() as stack:
        contenders: list[Contender] = [
            _embedded(stack, folder / "embedded"),
            _server(stack, folder / "server", postgres, redis.url),
            RqPeer(stack, redis, "rq.SimpleWorker", "RQ SimpleWorker, empty function"),
            RqPeer(stack, redis, "rq.Worker", "RQ forking worker, empty function"),
            CeleryPeer(stack, redis, SLOTS),
            ProcrastinatePeer(stack, redis, postgres, SLOTS),
        ]
        if seed := seed_peer(stack, postgres, redis):
            contenders.append(seed)
        yield contenders


def _embedded(stack: ExitStack, folder: Path) -> Ours:
    installation = Installation(folder, WORKER_SLOTS=str(SLOTS))
    stack.callback(installation.stop)
    database = f"sqlite:///{folder}/collabcanvas.sqlite3"
    name = f"ours, embedded: SQLite, {SLOTS} slots"
    return Ours(stack, name, installation.serve(), database)


def _server(stack: ExitStack, folder: Path, postgres: PostgresServer, redis_url: str) -> Ours:
    database = postgres.new_database("ours")
    installation = Installation(folder, DATABASE_URL=database, REDIS_URL=redis_url)
    stack.callback(installation.stop)
    name = f"ours, server: PostgreSQL, Redis, one worker, {SLOTS} slots"
    return Ours(stack, name, installation.serve().work(SLOTS), database, postgres)


def _table(contenders: list[Contender], runs: dict[str, Runs]) -> Table:
    columns = ["", "p50 ms", "p95 ms", "accepted p50 ms", "claim→completed p50 ms", "jobs/s"]
    columns += ["least to most", "processor ms a job"]
    table = Table("One job alone, and many at once", columns, notes=_notes(contenders))
    for contender in contenders:
        done = runs[contender.name]
        notified = [one.notified for one in done.alone]
        accepted = [middle(one.accepted) for one in done.alone if one.accepted]
        claimed = processor = "-"
        if isinstance(contender, Ours):
            ids = [job_id for one in done.alone for job_id in one.ids]
            claimed = number(middle(claimed_to_completed(contender.database, ids)))
            processor = contender.processor_ms()
        table.rows.append(
            [
                contender.name,
                number(middle([middle(times) for times in notified])),
                number(middle([percentile(times, 95) for times in notified])),
                number(middle(accepted)) if accepted else "-",
                claimed,
                number(middle(done.rates)),
                spread(done.rates),
                processor,
            ]
        )
    return table


def _notes(contenders: list[Contender]) -> list[str]:
    clocks = (
        "Ours: submitted over HTTP, published to the author's socket. RQ, Celery, Procrastinate: "
        "from the call that queues until the function has run. The founding design: from its HTTP "
        "request until its row says completed."
    )
    processor = "Processor time while many are submitted at once: web + worker + PostgreSQL."
    notes = [
        clocks,
        processor,
        "Both databases write every commit to the disk; Redis keeps nothing.",
    ]
    if not any(isinstance(contender, SeedPeer) for contender in contenders):
        notes.append(f"The founding design was left out: {SETTING} names no folder.")
    return notes
