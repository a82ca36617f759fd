"""Backing up and restoring everything that is in the database."""

from pathlib import Path

from app.adapters.backups import backups_of
from app.config.settings import Settings
from app.models import canvases
from app.models.ids import new_id
from app.models.schema import known_revisions
from app.services.unit_of_work import unit_of_work


def back_up(settings: Settings, target: Path) -> None:
    """Write a copy of the database as it is now; people may go on working.

    Raises:
        Conflict: the file exists, or the copy failed. Unavailable: a tool is missing.
    """
    backups_of(settings.sqlalchemy_url).save(target)


def restore(settings: Settings, source: Path) -> None:
    """Put a copy in place of the whole database, which nobody may be using.

    Every canvas gets a new epoch: clients may have seen later changes, whose numbers will be used
    again, and must fetch everything anew.

    Raises:
        Invalid: it is no backup. Conflict: the database is in use. Unavailable: a tool is missing.
    """
    backups_of(settings.sqlalchemy_url).load(source, known_revisions(), new_id())


def renew_epochs() -> int:
    """What `restore` does for clients, after the database was restored by other means."""
    with unit_of_work():
        return canvases.renew_epochs(new_id())
