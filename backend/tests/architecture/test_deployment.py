"""The container set-up keeps its promises: no default secrets, nothing published but the web."""

import contextlib
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from redis import Redis
from redis.exceptions import AuthenticationError, RedisError

from app.cli import COMMANDS
from app.config.settings import Settings
from tests.architecture.sources import BACKEND, ROOT, tracked_files
from tests.support.image import is_sent
from tests.support.processes import free_port, start, stop, wait_until
from tests.support.redis_server import RedisServer, redis_binary

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The secrets that the script makes, in a directory of the test."""
    root = tmp_path_factory.mktemp("install")
    shutil.copytree(ROOT / "deploy", root / "deploy")
    subprocess.run([root / "deploy" / "init-secrets"], check=True, capture_output=True)
    return root / "secrets"


def test_the_services_are_the_five_and_the_format_is_todays() -> None:
    assert set(SERVICES) == {"postgres", "redis", *OURS}
    assert "version" not in COMPOSE


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_can_do_no_more_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True
    assert service["stop_grace_period"] == "30s"
    assert service["logging"]["options"] == {"max-size": "10m", "max-file": "3"}
    assert service["pids_limit"] > 0
    if name not in OURS:
        assert service["user"] == name


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_comes_back_by_itself_but_the_one_shot_migration(name: str) -> None:
    assert SERVICES[name]["restart"] == ("no" if name == "migrate" else "unless-stopped")


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_has_a_fixed_version(name: str) -> None:
    image = SERVICES[name]["image"]
    assert re.fullmatch(r"[a-z/-]+:[\w.-]*\d[\w.-]*", image), image


def test_only_the_web_is_published_and_only_on_this_machine_unless_asked() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"web"}
    assert SERVICES["web"]["ports"] == ["${PUBLISH:-127.0.0.1:5000}:5000"]


def test_the_databases_are_on_a_network_that_leads_nowhere() -> None:
    assert COMPOSE["networks"]["data"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["data"]


def test_nothing_starts_before_what_it_needs_is_healthy() -> None:
    healthy = {"condition": "service_healthy"}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": healthy}
    for name in ("web", "worker"):
        assert SERVICES[name]["depends_on"] == {
            "postgres": healthy,
            "redis": healthy,
            "migrate": {"condition": "service_completed_successfully"},
        }
    for name in ("postgres", "redis", "web", "worker"):
        assert SERVICES[name]["healthcheck"]["test"]


def test_no_secret_is_written_into_the_set_up() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|METRICS_TOKEN|DATABASE_URL|REDIS_URL", name):
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")
                assert Path(value).name in service["secrets"]


def test_every_setting_is_passed_on_with_its_default() -> None:
    """But what the image decides, and what has no effect yet."""
    own = {"HOST", "PORT", "DATA_DIR", "TESTING"}
    idle = {"ELASTICSEARCH_URL", "SENTRY_DSN", "OTEL_EXPORTER_OTLP_ENDPOINT"}
    wanted = {name.upper() for name in Settings.model_fields} - own - idle
    for name in OURS:
        environment = SERVICES[name]["environment"]
        assert {key.removesuffix("_FILE") for key in environment} == wanted
        for key, value in environment.items():
            default = re.fullmatch(rf"\$\{{{key}:-(.*)\}}", value)
            if default and key != "REGISTRATION":  # which `invite` is there in any case
                field = Settings.model_fields[key.lower()]
                known = str(field.default or "") if field.default != 0 else "0"
                assert default[1].lower() == known.replace("()", "").lower()


def test_what_our_services_run_are_commands_of_the_program() -> None:
    assert {name: SERVICES[name]["command"] for name in OURS} == {
        "migrate": ["migrate"], "web": ["serve"], "worker": ["worker"],
    }  # fmt: skip
    assert [name for name in OURS if "entrypoint" in SERVICES[name]] == []
    assert {command for name in OURS for command in SERVICES[name]["command"]} <= set(COMMANDS)


def test_the_client_is_built_from_what_the_builder_gets() -> None:
    """Its stage has frontend/ alone, without what .dockerignore leaves out."""
    patterns = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    client = ROOT / "frontend"
    built = [
        path
        for path in tracked_files()
        if path.is_relative_to(client) and "__tests__" not in path.parts and "test" not in path.name
    ]
    assert len(built) > 100
    for path in built:
        assert is_sent(path.relative_to(ROOT).as_posix(), patterns), path
        if path.suffix in {".ts", ".tsx", ".css", ".html"}:
            for target in re.findall(r"""['"](\.\.?/[^'"\s]+)['"]""", path.read_text("utf-8")):
                assert Path(os.path.normpath(path.parent / target)).is_relative_to(client), target


def test_the_script_makes_every_secret_that_is_read(secrets: Path) -> None:
    wanted = {Path(entry["file"]) for entry in COMPOSE["secrets"].values()}
    assert {path.name for path in secrets.iterdir()} == {path.name for path in wanted}
    assert {path.parent for path in wanted} == {Path("secrets")}
    asked_for = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert asked_for == set(COMPOSE["secrets"])


def test_the_secrets_are_random_private_and_kept(secrets: Path) -> None:
    before = {path.name: path.read_text("ascii") for path in secrets.iterdir()}
    passwords = {before[n] for n in ("secret_key", "postgres_password", "redis_password")}
    assert len(passwords) == 3
    assert all(re.fullmatch(r"[0-9a-f]{64}\n", password) for password in passwords)
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    subprocess.run([secrets.parent / "deploy" / "init-secrets"], check=True)
    assert {path.name: path.read_text("ascii") for path in secrets.iterdir()} == before


def test_the_program_starts_with_these_secrets(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SERVICES["web"]["environment"].items():
        if name.endswith("_FILE"):
            monkeypatch.setenv(name, str(secrets / Path(value).name))
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104 - what the container does
    settings = Settings()
    assert settings.sqlalchemy_url.endswith("@postgres:5432/collabcanvas")
    assert settings.redis_url.endswith("@redis:6379/0")
    assert len(settings.effective_secret_key) == 64
    assert settings.registration_policy == "invite"


@pytest.fixture
def compose_redis(secrets: Path, tmp_path: Path) -> Iterator[Redis]:
    """A real Redis, started with the very command line of the set-up."""
    command = SERVICES["redis"]["command"].replace("/run/secrets", str(secrets))
    port = free_port()
    words = shlex.split(command)[1:]
    process = start(
        [redis_binary(), *words, "--port", str(port), "--bind", "127.0.0.1", "--dir", tmp_path],
        stdout=subprocess.DEVNULL,
    )
    client = Redis(port=port, password=(secrets / "redis_password").read_text("ascii").strip())
    try:
        wait_until(lambda: _answers(client), what="redis-server answers")
        yield client
    finally:
        client.close()
        stop(process)


def _answers(client: Redis) -> bool:
    with contextlib.suppress(RedisError):
        return bool(client.ping())
    return False


@pytest.mark.services
def test_redis_throws_nothing_away_and_lets_no_stranger_in(compose_redis: Redis) -> None:
    assert compose_redis.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert compose_redis.config_get("append*") | {
        "appendonly": "yes",
        "appendfsync": "everysec",
    } == compose_redis.config_get("append*")
    port = compose_redis.connection_pool.connection_kwargs["port"]
    with Redis(port=port) as stranger, pytest.raises(AuthenticationError):
        stranger.ping()


@pytest.mark.services
def test_a_worker_is_healthy_while_redis_hears_it(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    (tmp_path / "url").write_text(redis_server.url, "ascii")
    secrets_in_files = os.environ | {"REDIS_URL_FILE": str(tmp_path / "url")}

    def healthy() -> bool:
        check = [sys.executable, ROOT / "deploy" / "worker_alive.py"]
        return subprocess.run(check, env=secrets_in_files, check=False).returncode == 0

    assert not healthy()
    environment = secrets_in_files | {"SECRET_KEY": "0123456789abcdef", "DATA_DIR": str(tmp_path)}
    worker = start([sys.executable, "worker.py"], cwd=BACKEND, env=environment)
    try:
        wait_until(healthy, 60, "the worker is heard")
    finally:
        stop(worker)


def test_the_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) >= 3
    assert all(re.search(r":\d", base) and not base.endswith(":latest") for base in bases)
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    user = re.findall(r"^USER (\d+):(\d+)$", last_stage, re.MULTILINE)
    assert user
    assert "0" not in user[-1]
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"^(ENV|ARG) .*(SECRET|PASSWORD|KEY)", DOCKERFILE, re.MULTILINE)


def test_the_image_gets_what_it_copies_and_no_secret() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    sent = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert all((ROOT / path).exists() for path in sent)
    assert not [path for path in sent if path.startswith((".env", "secrets", ".git", ".data"))]
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source
            assert any(f"{source}/".startswith(f"{p}/") or p.startswith(source) for p in sent)
    assert {"frontend/node_modules", "frontend/dist"} <= set(ignored)
