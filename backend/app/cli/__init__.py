"""`collabcanvas`: run the program and look after it from a terminal."""

import sys

import click
from pydantic import ValidationError

from app.cli import accounts, backups, doctor, draw, jobs, lint, serve
from app.config.settings import UnsafeSettings
from app.domain.errors import DomainError


@click.group()
def cli() -> None:
    """CollabCanvas: a whiteboard on which AI works as durable background jobs."""


for command in (
    serve.serve,
    serve.worker,
    draw.draw,
    lint.lint_file,
    jobs.jobs,
    accounts.user,
    accounts.token,
    backups.backup,
    backups.restore,
    doctor.doctor,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; expected failures end in one sentence and exit status 1."""
    try:
        cli()
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper()
            click.echo(f"{name or 'Settings'}: {problem['msg']}", err=True)
        sys.exit(1)
    except (UnsafeSettings, DomainError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
