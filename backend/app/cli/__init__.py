"""`collabcanvas`: run the program and look after it from a terminal."""

import sys
from importlib import import_module

import click
from pydantic import ValidationError

from app.config.settings import UnsafeSettings
from app.domain.errors import DomainError

COMMANDS = {  # and where each is
    "serve": "serve:serve",
    "worker": "serve:worker",
    "migrate": "migrate:migrate",
    "draw": "draw:draw",
    "lint": "lint:lint_file",
    "review": "review:review_file",
    "jobs": "jobs:jobs",
    "user": "accounts:user",
    "token": "accounts:token",
    "backup": "backups:backup",
    "restore": "backups:restore",
    "doctor": "doctor:doctor",
}


class _Commands(click.Group):
    """Loads a command when it is asked for: a server must not keep in memory what all need."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(f"app.cli.{module}"), attribute)
        return command


@click.group(cls=_Commands)
def cli() -> None:
    """CollabCanvas: a whiteboard on which AI works as durable background jobs."""


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
