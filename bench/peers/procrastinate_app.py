"""Procrastinate as its documentation shows it, on PostgreSQL."""

import os

from procrastinate import App, PsycopgConnector

from bench.peers import noop

app = App(connector=PsycopgConnector(conninfo=os.environ.get("PROCRASTINATE_DSN", "")))


@app.task(name="note")  # type: ignore[untyped-decorator]
def note(url: str, key: str) -> None:
    noop.note(url, key)
