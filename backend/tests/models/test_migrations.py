"""The migrations make the tables that the models describe, also from data of an earlier program."""

from pathlib import Path

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, select

from app.extensions import db
from app.models import Canvas, ChangeSet
from app.services.scene_service import Push, commit_pushes
from tests.support.elements import creation
from tests.support.people import People

MIGRATIONS = str(Path(__file__).parents[2] / "migrations")


def test_the_tables_are_those_of_the_models(any_app: Flask) -> None:
    with any_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_change_sets_of_before_survive_the_way_down_and_up(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    from app.domain.sync.messages import parse_changes

    with any_app.app_context():
        commit_pushes(canvas.id, [Push(people.ana.id, parse_changes([creation("a")]))])
        flask_migrate.downgrade(directory=MIGRATIONS, revision="0001_first_tables")
        assert "share_link" not in inspect(db.engine).get_table_names()
        flask_migrate.upgrade(directory=MIGRATIONS)
        [change_set] = db.session.execute(select(ChangeSet)).scalars()
        assert (change_set.settled, change_set.authors, change_set.last_seq) == (False, None, 1)
