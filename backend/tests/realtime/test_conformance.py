"""The program with which anybody may try a server: ours passes it, and a wrong one does not."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.domain.sync import merge
from app.factory import asgi_of
from app.realtime import committer
from app.services import scene_batch, scene_events, scene_reading, scene_service
from app.services.scene_service import Applied
from tests.support.live_server import LiveServer

PROGRAM = Path(__file__).parents[3] / "contract" / "conformance.py"


def conform(server: LiveServer, *rules: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAM), server.url, *rules],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.rule("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S9", "S11")
def test_this_server_keeps_to_its_protocol(server: LiveServer) -> None:
    """Among others, 300 batches sent without waiting, of which most are refused at first."""
    tried = conform(server)
    assert (tried.returncode, tried.stdout[-5:]) == (0, "PASS\n"), tried.stdout + tried.stderr
    assert "DOES NOT HOLD" not in tried.stdout


def _skipping(batch: Any, *args: Any) -> None:
    batch.head += 1
    scene_batch.store(batch, *args)


def _promising(_canvas_id: str, pushes: Sequence[Any]) -> list[Applied]:
    return [Applied(1, 1, None, 1) for _ in pushes]


def _whole(existing: Any, change: Any, **how: Any) -> Any:
    set_ = change.set if change.create else {"strokeColor": "#000000", **change.set}
    return merge.merge(existing, merge.Change(change.id, set_, change.create), **how)


def _obeying(change: Any, *_: Any) -> dict[str, Any]:
    return {"version": change.set.get("version", 1), "versionNonce": 1, "updated": 1}


def _partly(existing: Any, change: Any, **how: Any) -> Any:
    made = merge.merge(existing, change, **how)
    return merge.Merged(made.stored, change.set if existing else made.set, made.inverse)


WRONG: dict[str, tuple[str, Any, str, Callable[..., Any]]] = {
    "leaves numbers out": ("S1", scene_service, "store", _skipping),
    "applies what it was sent twice": (
        "S2", scene_service, "_is_repeated", lambda *_: False
    ),
    "acknowledges what it does not store": ("S3", committer, "commit_pushes", _promising),
    "sends no frames": ("S4", scene_events.socketio, "emit", lambda *_, **__: None),
    "knows no deltas": ("S4", scene_reading, "_knows", lambda *_: False),
    "overwrites what nobody sent": ("S5", scene_service, "merge", _whole),
    "sends in part what comes back": ("S6", scene_service, "merge", _partly),
    "leaves versions to clients": ("S7", merge, "_stamp", _obeying),
    "lets references go wrong": ("S11", scene_service, "repairs", lambda *_, **__: []),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_server_that_does_otherwise_is_found(
    wrong: str, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule, module, name, replacement = WRONG[wrong]
    monkeypatch.setattr(module, name, replacement)
    server = LiveServer(app, asgi_of(app)).start()
    try:
        tried = conform(server, rule)
    finally:
        server.stop()
    assert (tried.returncode, tried.stdout[-5:]) == (1, "FAIL\n"), tried.stdout + tried.stderr
    assert f"DOES NOT HOLD: {rule.lower()} " in tried.stdout


def test_a_rule_that_it_does_not_know_is_not_said_to_hold(server: LiveServer) -> None:
    tried = conform(server, "none")
    assert (tried.returncode, tried.stdout) == (2, "There is nothing to try for none\n")


@pytest.mark.parametrize("how", [["-O", str(PROGRAM), "http://localhost:1"], [str(PROGRAM)]])
def test_it_says_how_it_is_run_instead_of_passing(how: list[str]) -> None:
    tried = subprocess.run(
        [sys.executable, *how], capture_output=True, text=True, timeout=120, check=False
    )
    assert (tried.returncode, tried.stdout) == (1, "")
    assert tried.stderr.startswith(("Run it without -O", "Say where the server is"))
