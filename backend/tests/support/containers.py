"""docker-compose.yml without Docker: its services run here, in the image's layout, and a stand-in
for the program `docker` reaches them."""

import json
import os
import re
import shlex
import shutil
import socketserver
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import yaml
from psycopg import sql

from tests.support import processes
from tests.support.image import ROOT, Image
from tests.support.postgres_server import PostgresServer
from tests.support.processes import free_port, wait_until
from tests.support.proxy import Network, Proxy
from tests.support.redis_server import redis_binary

DATABASES = ("collabcanvas", "collabcanvas_next", "collabcanvas_before")
FLAGS = {"-d", "--build", "-T", "--rm", "--no-deps"}
# Asks the test what to do: it answers with an exit status, or with what to run in its place.
STAND_IN = f"""#!{sys.executable} -P
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as test:
    test.connect({{address!r}})
    test.sendall(json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode() + b"\\n")
    answer = json.loads(test.makefile().read())
if "run" in answer:
    os.chdir(answer["folder"])
    os.execvpe(answer["run"][0], answer["run"], answer["environment"])
sys.stderr.write(answer["says"])
sys.exit(answer["status"])
"""


class Containers:
    """The services of the compose file of `clone`, a folder like a clone of the repository."""

    def __init__(self, clone: Path, image: Image, postgres: PostgresServer) -> None:
        self.clone = clone
        self.image = image
        self.postgres = postgres
        self.port = free_port()
        self.redis_port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.mounts = clone / "mounts"
        self.tools = clone / "tools"
        self.tools.mkdir(parents=True)
        self._file = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
        self.services: dict[str, dict[str, Any]] = self._file["services"]
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._completed: set[str] = set()
        self._network = Network()
        self._link = Proxy(self._network, postgres.directory / ".s.PGSQL.5432")
        self._listen()
        # In a container each is at its usual port.
        redis = Path(redis_binary())
        self._tool("redis-server", f'#!/bin/sh\nexec {redis} "$@"\n')
        self._tool(
            "redis-cli",
            f'#!/bin/sh\nexec {redis.with_name("redis-cli")} -p {self.redis_port} "$@"\n',
        )
        self._tool(
            "pg_isready",
            f'#!/bin/sh\nPGPORT={self._link.port} exec {postgres.binaries}/pg_isready "$@"\n',
        )

    def _tool(self, name: str, script: str) -> None:
        (self.tools / name).write_text(script, "utf-8")
        (self.tools / name).chmod(0o755)

    # What `docker compose` does.

    def up(self, *names: str) -> None:
        """Start services and, before each, what it waits for."""
        for name in names:
            for needed, how in self.services[name].get("depends_on", {}).items():
                self.up(needed)
                if how["condition"] == "service_healthy":
                    wait_until(lambda one=needed: self.is_healthy(one), 240, f"{needed} is healthy")
            if name not in self._running and name not in self._completed:
                self._start(name)

    def _start(self, name: str) -> None:
        if name == "postgres":
            return self._make_database()
        command, environment = self.prepared(name)
        if name == "redis":
            data = self.mounts / "redis-data"
            data.mkdir(exist_ok=True)
            command += ["--port", str(self.redis_port), "--bind", "127.0.0.1", "--dir", str(data)]
        with (self.clone / f"{name}.log").open("ab") as log:
            process = processes.start(
                command, cwd=self.folder(name), env=environment, stdout=log, stderr=log
            )
        if self.services[name]["restart"] == "no":
            assert process.wait(90) == 0, (self.clone / f"{name}.log").read_text("utf-8")
            self._completed.add(name)
        else:
            self._running[name] = process
        return None

    def _make_database(self) -> None:
        """What the entrypoint of PostgreSQL's image does with the names that it is given."""
        settings = self.services["postgres"]["environment"]
        database, role = settings["POSTGRES_DB"], settings["POSTGRES_USER"]
        with self.postgres.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not known.fetchone():
                make = sql.SQL("CREATE ROLE {} SUPERUSER LOGIN")
                connection.execute(make.format(sql.Identifier(role)))
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            if not known.fetchone():
                make = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(make.format(sql.Identifier(database), sql.Identifier(role)))

    def is_healthy(self, name: str) -> bool:
        test = self.services[name]["healthcheck"]["test"]
        words = ["sh", "-c", test.replace("$$", "$")] if isinstance(test, str) else test[1:]
        place = [self._here(name, word) for word in words]
        result = subprocess.run(
            place, cwd=self.folder(name), env=self.environment(name), capture_output=True,
            check=False,
        )  # fmt: skip
        return result.returncode == 0

    def stop(self, *names: str) -> None:
        for name in names:
            if name in self._running:
                processes.stop(self._running.pop(name))

    def close(self) -> None:
        self.stop(*reversed(list(self._running)))
        self._server.shutdown()
        self._server.server_close()
        self._link.close()
        self._network.close()
        with self.postgres.connect() as connection:
            for name in DATABASES:
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))

    # How a process of a service is started.

    def prepared(self, name: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
        service = self.services[name]
        command = service.get("command") or self.image.last.command
        words = list(arguments) or (shlex.split(command) if isinstance(command, str) else command)
        if "build" in service:
            words = [*(service.get("entrypoint") or self.image.last.entrypoint), *words]
        return [self._here(name, word) for word in words], self.environment(name)

    def environment(self, name: str) -> dict[str, str]:
        self._mount(name)
        service = self.services[name]
        given = {
            key: self._here(name, _filled_in(value, self._settings()))
            for key, value in service.get("environment", {}).items()
        }
        binaries = f"{self.tools}:{self.postgres.binaries}:{os.environ['PATH']}"
        if "build" in service:
            own = self.image.environment() | {"PORT": str(self.port)}
            return own | given | {"TMPDIR": str(self.mounts / name / "tmp"), "LANG": "C.UTF-8"}
        return given | {"PATH": binaries, "PGHOST": str(self.postgres.directory)}

    def folder(self, name: str) -> Path:
        is_ours = "build" in self.services[name]
        return Path(self.image.place(self.image.last.workdir)) if is_ours else self.clone

    def _here(self, name: str, word: str) -> str:
        return self.image.place(word, self.mounts / name).replace(":5000/", f":{self.port}/")

    def _mount(self, name: str) -> None:
        """The secrets of a service, where it reads them."""
        (self.mounts / name / "tmp").mkdir(parents=True, exist_ok=True)
        target = self.mounts / name / "run" / "secrets"
        target.mkdir(parents=True, exist_ok=True)
        for secret in self.services[name].get("secrets", []):
            text = (self.clone / self._file["secrets"][secret]["file"]).read_text("ascii")
            # A process that starts at this moment reads either all of it or nothing new.
            whole = target / f"{secret}.part"
            whole.write_text(self._addressed(text), "ascii")
            whole.replace(target / secret)

    def _addressed(self, url: str) -> str:
        """Hosts of the containers' network are ports of this machine."""
        url = url.replace("@postgres:5432/", f"@{self._link.address}/")
        return url.replace("@redis:6379/", f"@127.0.0.1:{self.redis_port}/")

    def _settings(self) -> dict[str, str]:
        """`.env` beside the compose file."""
        file = self.clone / ".env"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return dict(line.split("=", 1) for line in lines if "=" in line)

    # The stand-in for `docker`.

    def _listen(self) -> None:
        containers = self

        class Asked(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    answer = containers.asked(*json.loads(self.rfile.readline()))
                except Exception as error:  # noqa: BLE001  whoever called it has to see it
                    answer = {"status": 125, "says": f"docker: {error!r}\n"}
                self.wfile.write(json.dumps(answer).encode())

        # One thread for all, which lives on: what a thread starts ends with it (die_with_parent).
        address = str(self.clone / "docker.sock")
        self._server = socketserver.UnixStreamServer(address, Asked)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._tool("docker", STAND_IN.format(address=address))

    def asked(self, words: list[str], caller: dict[str, str], folder: str) -> dict[str, Any]:
        if words[0] == "compose":
            if Path(folder) != self.clone:
                raise ValueError(f"no configuration file provided: {folder}")
            words = words[1:]
        verb, *rest = words
        given = {}
        while rest and rest[0].startswith("-"):
            option = rest.pop(0)
            if option == "-e":
                name = rest.pop(0)
                given[name] = self._addressed(caller[name])
            elif option not in FLAGS:
                raise ValueError(f"unknown flag: {option}")
        match verb:
            case "up" | "start":
                self.up(*(rest or self.services))
            case "stop":
                self.stop(*rest)
            case "run" | "exec":
                name, *arguments = rest
                command, environment = self.prepared(name, *arguments)
                if verb == "exec":  # past the image's entrypoint, into what runs already
                    command = arguments
                return {
                    "run": command, "environment": environment | given,
                    "folder": str(self.folder(name)),
                }  # fmt: skip
            case _:
                raise ValueError(f"unknown command: {verb}")
        return {"status": 0, "says": ""}


def clone_of_repository(folder: Path) -> Path:
    """A folder in which the commands of the documents can be tried; data stays in it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    shutil.copy(ROOT / "collabcanvas", folder)
    for name in ("backend", "frontend", "scripts", ".venv", "Makefile", "docker-compose.yml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def _filled_in(value: str, settings: dict[str, str]) -> str:
    """`${NAME:-default}` as compose reads it."""
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda m: settings.get(m[1]) or m[2], value)
