"""The whole system as an operator runs it: web and workers, PostgreSQL, Redis and a language model,
each a process of its own, with a link that can be broken between any two."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import requests

from app import create_app
from app.extensions import db
from tests.support import processes
from tests.support.databases import SECRET, settings_for
from tests.support.model_server import ModelServer, Reply
from tests.support.postgres_server import PostgresServer
from tests.support.processes import free_port, wait_until
from tests.support.proxy import Network, Proxy
from tests.support.redis_server import RedisServer

BACKEND = Path(__file__).parents[2]
DATABASE = "stack"
START_SECONDS = 90
LEASE_SECONDS = 3
# Every move of a job is noted by the database itself, where no fault of the program can hide it.
AUDIT = """
CREATE TABLE job_history (n bigserial, job_id text, was text, became text);
CREATE FUNCTION note_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO job_history (job_id, became) VALUES (NEW.id, NEW.status);
  ELSIF NEW.status <> OLD.status THEN
    INSERT INTO job_history (job_id, was, became) VALUES (NEW.id, OLD.status, NEW.status);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_move AFTER INSERT OR UPDATE ON ai_jobs
  FOR EACH ROW EXECUTE FUNCTION note_move();
"""
# Nobody but a frozen process leaves a transaction alone for that long.
IDLE_TRANSACTIONS = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND xact_start IS NOT NULL AND state_change < clock_timestamp() - interval '40 ms'
"""


class Service:
    """One process of the program, which somebody starts again when it ends."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self._command = list(command)
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.changed: tuple[Any, ...] = ()
        """What is unusual about the present process, if anything."""

    def start(self, *prefix: str, **changes: str) -> None:
        self.changed = (*prefix, *changes.items())
        with self._log.open("ab") as log:
            self._process = processes.start(
                [self._command[0], *prefix, *self._command[1:]],
                cwd=BACKEND,
                env=self._environment | changes,
                stdout=log,
                stderr=log,
            )

    def restart(self, *prefix: str, **changes: str) -> None:
        self.stop(signal.SIGKILL)
        self.start(*prefix, **changes)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def send(self, sign: signal.Signals) -> None:
        if self.lives:
            os.kill(self.pid, sign)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Signal it, wait for its end, and tell its exit code."""
        if self._process is None:
            return 0
        self.send(signal.SIGCONT)
        return processes.stop(self._process, sign)

    def wait_for_end(self, seconds: float = 60) -> int:
        assert self._process
        return self._process.wait(seconds)

    def peak_mib(self) -> float:
        """The most memory that it ever had."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        return int(kib) / 1024


class Stack:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = PostgresServer()
        self.redis = RedisServer(append_only=True)
        self.model = ModelServer(Reply(chunk=200))
        self.network = Network()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._ends = contextlib.ExitStack()

    def start(self) -> None:
        """Whatever was started before something fails is ended by `close`."""
        self._ends.callback(self.network.close)
        self._ends.callback(self.postgres.close)
        self.postgres.start()
        with self.postgres.connect() as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")  # type: ignore[arg-type]
        self._ends.callback(self.redis.close)
        self.redis.start()
        self._ends.enter_context(self.model)
        self._link()
        self.web = Service(
            [sys.executable, "-m", "app.cli", "serve"],
            self._environment(self.web_postgres, self.web_redis) | {"PORT": str(self.port)},
            self.folder / "web.log",
        )
        self.workers = [self._worker(f"worker{n}") for n in (1, 2)]
        self.guests: list[Service] = []
        """Workers that a fault brings along; they leave with it."""
        self._ends.callback(self._kill)
        self.heal()
        self.sql(AUDIT)
        direct = settings_for(self.folder, database_url=self.postgres.url(DATABASE))
        self.app = create_app(direct)
        """The program inside the tests, past every proxy: it makes accounts and canvases."""
        self._ends.callback(self._disconnect)

    def _kill(self) -> None:
        for service in (self.web, *self.workers, *self.guests):
            service.stop(signal.SIGKILL)
        for link in self.links:
            link.close()

    def _disconnect(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def _link(self) -> None:
        database = self.postgres.directory / ".s.PGSQL.5432"
        model = ("127.0.0.1", int(self.model.url.rpartition(":")[2]))
        queue = ("127.0.0.1", self.redis.port)
        self.web_postgres, self.worker_postgres = (Proxy(self.network, database) for _ in "ab")
        self.web_redis, self.worker_redis = (Proxy(self.network, queue) for _ in "ab")
        self.worker_model = Proxy(self.network, model)
        self.links = [
            *(self.web_postgres, self.worker_postgres, self.web_redis, self.worker_redis),
            self.worker_model,
        ]

    def _environment(self, database: Proxy, redis: Proxy) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "PYTHONPATH": str(BACKEND),
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"postgresql://postgres@{database.address}/{DATABASE}",
            "REDIS_URL": f"redis://{redis.address}/0",
            "SECRET_KEY": SECRET,
            "AI_MODEL": "openai:local",
            "AI_BASE_URL": f"http://{self.worker_model.address}/v1",
            "AI_API_KEY": "sk-of-nobody",
            "AI_JOB_TIMEOUT": "60",
            "AI_USER_CONCURRENCY": "8",
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "LOG_LEVEL": "INFO",
            "LOG_FORMAT": "json",
        }

    def _worker(self, name: str, *program: str) -> Service:
        environment = self._environment(self.worker_postgres, self.worker_redis)
        command = program or (sys.executable, "worker.py")
        return Service(command, environment, self.folder / f"{name}.log")

    def only(self, *prefix: str, program: Sequence[str] = (), **changes: str) -> Service:
        """Freeze the workers, so that this one gets whatever comes next."""
        guest = self._worker("guest", *program)
        self.guests.append(guest)
        self._freeze()
        guest.start(*prefix, **changes)
        return guest

    def _freeze(self) -> None:
        """Between transactions: one that is frozen with its locks is a fault of its own."""

        def frozen() -> bool:
            for worker in self.workers:
                worker.send(signal.SIGSTOP)
            time.sleep(0.05)
            if not self.sql(IDLE_TRANSACTIONS):
                return True
            self.go_on()
            return False

        wait_until(frozen, 20, "the workers hold no locks")

    def go_on(self) -> None:
        """The frozen workers thaw."""
        for worker in self.workers:
            worker.send(signal.SIGCONT)

    def heal(self) -> None:
        """Lift every fault, as an operator or a supervisor would, and start what ended."""
        for link in self.links:
            link.heal()
        self.model.forget()
        if not self.postgres.lives:
            self.postgres.start()
        self.redis.resume()
        if not self.redis.answers():
            self.redis.start()
        while self.guests:
            self.guests.pop().stop(signal.SIGKILL)
        for service in (self.web, *self.workers):
            service.send(signal.SIGCONT)
            if service.changed or not service.lives:
                service.restart()
        wait_until(self.is_ready, START_SECONDS, f"ready; see {self.folder}")

    def is_ready(self) -> bool:
        with contextlib.suppress(requests.RequestException):
            return requests.get(f"{self.url}/ready", timeout=8).status_code == 200
        return False

    def sql(self, statement: str, *values: Any) -> list[Any]:
        """Ask the database itself, past every proxy."""
        with self.postgres.connect(DATABASE) as connection:
            cursor = connection.execute(statement, values or None)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def runner_of(self, job_id: str) -> Service:
        """The worker that runs the job."""
        (worker_id,) = self.sql("SELECT worker_id FROM ai_jobs WHERE id = %s", job_id)[0]
        pid = int(worker_id.split(":")[1])
        return next(worker for worker in (*self.workers, *self.guests) if worker.pid == pid)

    def let_waits_pass(self) -> None:
        """What was put off until later is due now: time passes quickly here."""
        self.sql(
            "UPDATE ai_jobs SET available_at = clock_timestamp()"
            " WHERE status = 'queued' AND available_at > clock_timestamp()"
        )

    def wait_until_listening(self, workers: int = 2) -> None:
        wait_until(
            lambda: len(self.redis.client.smembers("rq:workers")) >= workers,
            START_SECONDS,
            "workers hear the bell",
        )

    def hold_transaction(self) -> psycopg.Connection[Any]:
        """A connection of somebody else, for locks that get in the way. Close it."""
        connection = self.postgres.connect(DATABASE)
        connection.autocommit = False
        return connection

    def close(self) -> None:
        self._ends.close()
