"""`serve` and `worker`: the two kinds of process."""

import errno
import socket

import click
import uvicorn

from app.config.serving import uvicorn_options
from app.config.settings import Settings
from app.utils.garbage import spare_what_stays

GRACE_SECONDS = 25


@click.command()
def serve() -> None:
    """Bring the database up to date, then serve the page, the API and the sockets."""
    from app import create_server

    settings = Settings()
    _require_free(settings.host, settings.port)
    server = create_server(settings)
    spare_what_stays()
    click.echo(f"CollabCanvas is at {settings.base_url}")
    uvicorn.run(
        server,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        **uvicorn_options(GRACE_SECONDS),
    )


def _require_free(host: str, port: int) -> None:
    """Said at once and in words, not after the start as an error of the server's library."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = "is taken by another program" if error.errno == errno.EADDRINUSE else error
            raise click.ClickException(
                f"Port {port} of {host} {reason}. Choose another: PORT=5001 make run"
            ) from error


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 200), help="Jobs at a time (WORKER_SLOTS).")
def worker(concurrency: int | None) -> None:
    """Run jobs beside the server (needs REDIS_URL)."""
    from worker import main as run_worker

    raise SystemExit(run_worker(["--concurrency", str(concurrency)] if concurrency else []))
