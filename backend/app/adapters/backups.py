"""Copies of the whole database: a file of SQLite, or a dump of PostgreSQL made by its own tools."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Protocol

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url

from app.domain.errors import Conflict, Invalid, Unavailable

IN_USE = "The database is in use. Stop the server and the workers first."
NOT_OURS = "is not a backup of CollabCanvas, or it is damaged."
NEWER = "was made by a newer version of CollabCanvas. Update this one first."
CONNECT_SECONDS = 5
_SQLITE_MARK, _DUMP_MARK = b"SQLite format 3\0", b"PGDMP"
_REVISION = "SELECT version_num FROM alembic_version"

# Whatever this program's tables were when the backup was made, none of today's stays.
_EMPTY = """BEGIN;
SET lock_timeout = '5s';
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', name);
  END LOOP;
END $$;
"""
_EPOCH = re.compile(r"[0-9a-f-]{36}")


class Backups(Protocol):
    def save(self, target: Path) -> None:
        """A copy as of one moment, while the program runs; appears whole or not at all."""

    def load(self, source: Path, revisions: frozenset[str], epoch: str) -> None:
        """Put a copy in place of everything, in one step; canvases get new epochs in that step.

        Raises:
            Invalid: not a backup that this program (which knows `revisions`) can read.
            Conflict: the database is in use.
        """


def backups_of(database_url: str) -> Backups:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return SqliteBackups(Path(url.database or ""))
    return PostgresBackups(url)


class SqliteBackups:
    def __init__(self, database: Path) -> None:
        self._database = database

    def save(self, target: Path) -> None:
        if not self._database.exists():
            raise Conflict(f"There is no database at {self._database} yet.")
        with _part_of(target) as part:
            _copy(self._database, part)

    def load(self, source: Path, revisions: frozenset[str], epoch: str) -> None:
        _require_mark(source, _SQLITE_MARK)
        self._database.parent.mkdir(parents=True, exist_ok=True)
        with _part_of(self._database, replace=True) as part:
            try:
                _copy(source, part)
                with contextlib.closing(sqlite3.connect(part)) as copy, copy:
                    _require_known(source, copy.execute(_REVISION).fetchone(), revisions)
                    copy.execute("UPDATE canvas SET epoch = ?", (epoch,))
            except sqlite3.DatabaseError as error:
                raise Invalid(f"{source} {NOT_OURS}") from error
            self._set_aside(part)

    def _set_aside(self, successor: Path) -> None:
        """What was there stays beside it, as one file; the new file has the same permissions."""
        if not self._database.exists():
            return
        try:
            with contextlib.closing(sqlite3.connect(self._database, timeout=1)) as live:
                live.execute("PRAGMA journal_mode=DELETE")  # needs everybody else to be gone
        except sqlite3.OperationalError as error:
            raise Conflict(IN_USE) from error
        before = self._database.with_name(f"{self._database.name}.before")
        shutil.copy2(self._database, before)
        now = self._database.stat()
        successor.chmod(now.st_mode)
        if os.geteuid() == 0:
            os.chown(before, now.st_uid, now.st_gid)
            os.chown(successor, now.st_uid, now.st_gid)


class PostgresBackups:
    """`pg_dump`, `pg_restore` and `psql` must be as new as the server; they say if not."""

    def __init__(self, url: URL) -> None:
        named = url.translate_connect_args(username="user", database="dbname")
        self._password = str(named.pop("password", "") or "")
        self._address = make_conninfo(
            "", **named, **{key: str(value) for key, value in url.query.items()}
        )

    def save(self, target: Path) -> None:
        dump = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
        with _part_of(target) as part:
            self._run([*dump, f"--file={part}", f"--dbname={self._address}"])

    def load(self, source: Path, revisions: frozenset[str], epoch: str) -> None:
        reader, writer = _tool("pg_restore"), _tool("psql")
        _require_mark(source, _DUMP_MARK)
        revision = self._run([reader, "--data-only", "--table=alembic_version", "--file=-", source])
        found = [line for line in revision.splitlines() if line in revisions]
        if "COPY public.alembic_version" not in revision:
            raise Invalid(f"{source} {NOT_OURS}")
        _require_known(source, found or ["unknown"], revisions)
        self._require_idle()
        read = [reader, "--no-owner", "--no-privileges", "--file=-", str(source)]
        write = [writer, "-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, self._address]
        self._pipe(read, write, epoch)

    def _require_idle(self) -> None:
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        try:
            with psycopg.connect(
                self._address, password=self._password, connect_timeout=CONNECT_SECONDS
            ) as connection:
                row = connection.execute(query).fetchone()
        except psycopg.OperationalError as error:
            raise Unavailable("The database cannot be reached.") from error
        if row and row[0]:
            raise Conflict(IN_USE)

    def _pipe(self, read: Sequence[str], write: Sequence[str], epoch: str) -> None:
        """One transaction, which ends well only if the whole backup could be read."""
        if not _EPOCH.fullmatch(epoch):
            raise ValueError(epoch)
        renew = f"UPDATE public.canvas SET epoch = '{epoch}';\nCOMMIT;\n"  # noqa: S608  checked
        with (
            subprocess.Popen(  # noqa: S603
                read, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as source,
            subprocess.Popen(  # noqa: S603
                write, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=self._environment()
            ) as target,
        ):
            complete = False
            with contextlib.suppress(BrokenPipeError):  # psql met an error, and says which
                _stdin(target).write(_EMPTY.encode())
                shutil.copyfileobj(_stdout(source), _stdin(target))
                complete = source.wait() == 0
                if complete:
                    _stdin(target).write(renew.encode())
            if not complete:
                source.kill()
            _, said = target.communicate()
            reason = source.stderr.read() if source.stderr and not complete else b""
        if not complete or target.returncode:
            raise Conflict(f"Nothing was restored. {(said or reason).decode().strip()}")

    def _run(self, command: Sequence[str | Path]) -> str:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, env=self._environment(), check=False
        )
        if done.returncode:
            raise Conflict(done.stderr.decode(errors="replace").strip())
        return done.stdout.decode(errors="replace")

    def _environment(self) -> dict[str, str]:
        """The password goes where other users of this machine cannot read it."""
        password = {"PGPASSWORD": self._password} if self._password else {}
        return {**os.environ, **password, "PGCONNECT_TIMEOUT": str(CONNECT_SECONDS)}


@contextlib.contextmanager
def _part_of(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A file that only its owner reads, and that becomes `target` if nothing goes wrong."""
    if target.exists() and not replace:
        raise Conflict(f"{target} exists already.")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise Conflict(f"{target} could not be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as a,
        contextlib.closing(sqlite3.connect(target)) as b,
    ):
        a.backup(b)
        b.execute("PRAGMA journal_mode=DELETE")
        if b.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Invalid(f"{source} {NOT_OURS}")


def _require_mark(source: Path, mark: bytes) -> None:
    try:
        with source.open("rb") as file:
            found = file.read(len(mark))
    except OSError as error:
        raise Invalid(f"{source} cannot be read: {error.strerror}.") from error
    if found != mark:
        raise Invalid(f"{source} {NOT_OURS}")


def _require_known(source: Path, row: object, revisions: frozenset[str]) -> None:
    if not isinstance(row, tuple | list) or row[0] not in revisions:
        raise Invalid(f"{source} {NEWER}")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unavailable(
            f"{name} is not installed here. Install PostgreSQL's client programs, of the server's"
            " version or newer, or use them where the database runs (docs/operate.md)."
        )
    return found


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:
        raise RuntimeError("opened without a pipe")
    return process.stdin


def _stdout(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdout is None:
        raise RuntimeError("opened without a pipe")
    return process.stdout
