"""`backup` and `restore`: the whole database, to and from a file."""

from pathlib import Path

import click

from app import create_app
from app.config.settings import Settings
from app.services import backup_service


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write everything to FILE, while the program runs."""
    backup_service.back_up(Settings(), file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes. Keep it as secret as the database.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--done-elsewhere",
    is_flag=True,
    help="The database was restored by other means: only make clients fetch everything anew.",
)
def restore(file: Path | None, yes: bool, done_elsewhere: bool) -> None:
    """Put FILE in place of everything. Stop the server and the workers first."""
    settings = Settings()
    if done_elsewhere == (file is not None):
        raise click.UsageError("Name a FILE, or say --done-elsewhere.")
    if file is None:
        with create_app(settings).app_context():
            click.echo(f"{backup_service.renew_epochs()} canvases will be fetched anew.")
        return
    if not yes:
        click.confirm("Everything that is in the database now will be replaced. Go on?", abort=True)
    backup_service.restore(settings, file)
    click.echo("Restored. Start the server again.")
