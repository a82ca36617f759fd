"""What is registered somewhere is listed where it has to be: events, codes, metrics, commands."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from flask import Flask

from app.cli import cli
from app.domain.access.policy import DOORS
from app.domain.errors import DomainError, JobFailure
from app.domain.scene.checks import MAX_POINTS
from app.domain.scene.validate import MAX_ELEMENT_BYTES
from app.domain.sync.vocabulary import BOUNDS, CLIENT_EVENTS, REFUSALS, SERVER_EVENTS
from app.factory import runtime_of
from app.realtime.delivery import ALWAYS, BETWEEN_PROCESSES, PRESENCE, WATCHED
from app.realtime.server import SocketServer
from app.routes.guards import LIMITS
from tests.architecture.sources import (
    APP,
    CLIENT,
    DOCS,
    ROOT,
    python_files,
    rows_of,
    section,
    tree,
)

PROTOCOL = (DOCS / "protocol.md").read_text("utf-8")
OPERATE = (DOCS / "operate.md").read_text("utf-8")


def test_the_modules_of_both_ends_are_written_from_the_contract() -> None:
    command = [sys.executable, ROOT / "scripts" / "sync_vocabulary.py", "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_bounds_of_the_contract_are_the_ones_that_hold() -> None:
    assert BOUNDS["object_bytes"] == MAX_ELEMENT_BYTES
    assert BOUNDS["points"] == MAX_POINTS
    for bound in (
        f"| changes per batch | {BOUNDS['batch_changes']} |",
        f"| object | {MAX_ELEMENT_BYTES:,} bytes as JSON, {BOUNDS['points']:,} points",
    ):
        assert bound in PROTOCOL


# --- socket events ------------------------------------------------------------------------------


def test_an_event_that_the_permission_table_does_not_list_fails_at_start(app: Flask) -> None:
    async def handler(_sid: str, _data: object) -> None:
        """Never called."""

    server = SocketServer(runtime_of(app))
    with pytest.raises(KeyError, match="forgotten"):
        server.on("forgotten", handler)


def test_what_a_client_may_say_is_the_same_everywhere() -> None:
    doors = {door.removeprefix("socket ") for door in DOORS if door.startswith("socket ")}
    assert doors - {"connect", "disconnect"} == set(CLIENT_EVENTS)
    assert set(rows_of(section(PROTOCOL, "Client to server"))) == set(CLIENT_EVENTS)


def _words(node: ast.AST, bound: dict[str, ast.expr], seen: frozenset[str]) -> Iterator[str]:
    """The texts in an expression, and in what the module binds to the names in it."""
    for part in ast.walk(node):
        match part:
            case ast.Constant(value=str(word)):
                yield word
            case ast.Name(id=name) if name in bound and name not in seen:
                yield from _words(bound[name], bound, seen | {name})


def _emitted() -> Iterator[str]:
    """What any call of `emit` or `framed_event` names first, and any of `publish_after` after its
    transaction."""
    for path in python_files(APP):
        nodes = list(ast.walk(tree(path)))
        bound = {
            name.id: node.value
            for node in nodes
            if isinstance(node, ast.Assign)
            for name in ast.walk(node.targets[0])
            if isinstance(name, ast.Name)
        }
        for node in nodes:
            match node:
                case (
                    ast.Call(func=ast.Attribute(attr="emit"), args=[event, *_])
                    | ast.Call(func=ast.Name(id="publish_after"), args=[_, event, *_])
                    | ast.Call(func=ast.Name(id="framed_event"), args=[event, *_])
                ):
                    yield from _words(event, bound, frozenset())


def test_what_the_server_says_is_the_same_everywhere() -> None:
    emitted = {event for event in _emitted() if not event.startswith(BETWEEN_PROCESSES)}
    assert emitted == set(SERVER_EVENTS)
    assert set(rows_of(section(PROTOCOL, "Server to client"))) == set(SERVER_EVENTS)
    assert set(SERVER_EVENTS) >= PRESENCE | ALWAYS | WATCHED


def test_the_page_listens_to_what_the_server_says() -> None:
    """That it listens to nothing else, the type `ServerEvent` holds it to."""
    sources = [*CLIENT.rglob("*.ts"), *CLIENT.rglob("*.tsx")]
    own = [
        path for path in sources if path.name != "vocabulary.ts" and "__tests__" not in path.parts
    ]
    text = "".join(path.read_text("utf-8") for path in own if "test" not in path.parts)
    unheard = {event for event in SERVER_EVENTS if f"'{event}'" not in text}
    assert not unheard


# --- error codes --------------------------------------------------------------------------------


def test_what_a_client_does_about_a_refusal_is_documented() -> None:
    rows = re.findall(r"^\| (`.*?) \|", section(PROTOCOL, "Refusals"), re.MULTILINE)
    documented = [set(re.findall(r"`(\w+)`", row)) for row in rows if row != "`code`"]
    assert documented == [set(codes) for codes in REFUSALS.values()]


def _codes(kind: type[DomainError]) -> set[str]:
    return {kind.code}.union(*(_codes(child) for child in kind.__subclasses__()))


def _sentences(file: str, block: str) -> set[str]:
    """The codes for which the client has a sentence of its own."""
    text = (CLIENT / "i18n" / file).read_text("utf-8")
    [body] = re.findall(rf"^  {block}: \{{(.*?)\}}", text, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^    (\w+):", body, re.MULTILINE))


@pytest.mark.parametrize("language", ["en", "de"])
def test_operators_have_words_for_every_reason_of_a_failure(app: Flask, language: str) -> None:
    assert _sentences(f"{language}/operator.ts", "reasons") == _codes(JobFailure)


def test_whoever_reads_german_gets_german_sentences(app: Flask) -> None:
    """English ones are the server's own. Of `not_understood` it says what would be understood."""
    assert _sentences("de/jobs.ts", "reasons") == _codes(JobFailure) - {"not_understood"}
    assert _sentences("de/app.ts", "errors") <= _codes(DomainError)


# --- what operators meet ------------------------------------------------------------------------


def test_every_limit_is_of_a_route() -> None:
    assert set(LIMITS) <= set(DOORS)


def test_every_metric_is_documented_and_every_documented_metric_exists(app: Flask) -> None:
    text = app.test_client().get("/metrics").text
    names = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    counted = {name for name in names if not name.endswith("_created")}
    assert counted == {name for name in rows_of(OPERATE) if name.startswith("cc_")}


def _commands(command: click.Command, *path: str) -> Iterator[tuple[str, set[str]]]:
    """Each command with its arguments, and its options."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _commands(child, *path, name)
        return
    arguments = [str(p.name).upper() for p in command.params if isinstance(p, click.Argument)]
    options = {max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)}
    yield " ".join([*path, *arguments]), options


def test_every_command_is_documented_with_its_options_and_no_other() -> None:
    documented = {
        name: set(re.findall(r"--[a-z-]+", options))
        for name, options in rows_of(section(OPERATE, "Commands")).items()
    }
    assert documented == dict(_commands(cli))
