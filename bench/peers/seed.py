"""The founding document's design as it was written, if the setting SEED_PEER names its folder.

The folder brings scripts that make a runnable program of the document's own code. It is copied to
the cache, where its packages get an environment of their own; nothing of it enters this project.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import psycopg

from bench.support.job_load import Alone
from bench.support.servers import CACHE, program
from tests.support.postgres_server import PostgresServer
from tests.support.processes import free_port, wait_until
from tests.support.redis_server import RedisServer

SETTING = "SEED_PEER"
PACKAGES = [
    *("flask", "flask-sqlalchemy", "flask-socketio", "flask-cors", "marshmallow", "sqlalchemy"),
    *("psycopg2-binary", "redis", "rq", "requests"),
]
MOST_ALONE = 15  # it takes most of a second for one
MOST_AT_ONCE = 20
LONGEST_SECONDS = 120
COUNT = "SELECT count(*) FROM ai_jobs WHERE status = 'completed' AND id = ANY(%s)"


def seed_peer(stack: ExitStack, postgres: PostgresServer, redis: RedisServer) -> "SeedPeer | None":
    folder = os.environ.get(SETTING)
    if not folder:
        return None
    return SeedPeer(stack, Path(folder).resolve(), postgres, redis)


class SeedPeer:
    name = "the founding design as written, stub model"

    def __init__(
        self, stack: ExitStack, folder: Path, postgres: PostgresServer, redis: RedisServer
    ) -> None:
        backend, python = _built(folder), _environment()
        postgres.new_database("seed")
        port = free_port()
        environment = {
            "DATABASE_URL": postgres.dsn("seed").replace("postgresql", "postgresql+psycopg2", 1),
            "REDIS_URL": redis.url.removesuffix("/0") + "/2",
            "PORT": str(port),
            "PYTHONPATH": str(backend),
            "PYTHONWARNINGS": "ignore",
        }
        self._url = f"http://127.0.0.1:{port}/api/ai-agent/create-canvas"
        program(stack, [python, "web.py"], cwd=backend, **environment)
        self._database = stack.enter_context(postgres.connect("seed"))
        wait_until(self._has_tables, 60, "the founding design's server has made its tables")
        self._database.execute("""INSERT INTO "user" (id, name) VALUES ('ana', 'Ana')""")
        program(stack, [python, "worker.py"], cwd=backend, **environment)

    def alone(self, jobs: int) -> Alone:
        result = Alone()
        for _ in range(min(jobs, MOST_ALONE)):
            started = time.perf_counter()
            job_id = self._submit()
            result.accepted.append((time.perf_counter() - started) * 1000)
            self._wait_for([job_id])
            result.notified.append((time.perf_counter() - started) * 1000)
        return result

    def rate(self, jobs: int) -> float:
        started = time.perf_counter()
        ids = [self._submit() for _ in range(min(jobs, MOST_AT_ONCE))]
        self._wait_for(ids)
        return len(ids) / (time.perf_counter() - started)

    def _submit(self) -> str:
        headers = {"Authorization": "Bearer ana", "Content-Type": "application/json"}
        body = json.dumps({"instructions": "Draw"}).encode()
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return str(json.load(answer)["job_id"])

    def _wait_for(self, ids: list[str]) -> None:
        """In the database, as its worker's events reach nobody."""
        end = time.monotonic() + LONGEST_SECONDS
        while (row := self._database.execute(COUNT, [ids]).fetchone()) and row[0] < len(ids):
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name}: only {row[0]} of {len(ids)} jobs were completed")
            time.sleep(0.005)

    def _has_tables(self) -> bool:
        try:
            self._database.execute("""SELECT 1 FROM "user" """)
        except psycopg.errors.UndefinedTable:
            return False
        try:
            urllib.request.urlopen(self._url, timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError:
            return True  # it answers, if only that this is no way to ask
        except OSError:
            return False
        return True


def _built(folder: Path) -> Path:
    """A copy, made runnable. Its scripts look for the document two folders above themselves."""
    place = CACHE / "seed"
    copy = place / "peers" / folder.name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, copy)
    (place / "seed").symlink_to(folder.parents[1] / "seed")
    for script in ("extract.py", "build.py"):
        subprocess.run(  # noqa: S603
            [sys.executable, script], cwd=copy, check=True, stdout=subprocess.DEVNULL
        )
    return copy / "backend"


def _environment() -> Path:
    place = CACHE / "seed-environment"
    python = place / "bin" / "python"
    if not (place / ".complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)  # noqa: S603
        install: list[str | Path] = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "-q",
            "--python",
            python,
            *PACKAGES,
        ]
        subprocess.run(install, check=True)  # noqa: S603
        (place / ".complete").touch()
    return python
