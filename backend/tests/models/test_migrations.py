"""The migrations make the tables that the models describe, also from data of an earlier program."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, select

from app.extensions import db
from app.models import Canvas, ChangeSet, schema
from app.models.schema import MIGRATIONS
from app.services.scene_service import Push, commit_pushes
from tests.support.elements import creation
from tests.support.people import People


def test_the_tables_are_those_of_the_models(any_app: Flask) -> None:
    with any_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_names_of_the_migrations_say_what_alembic_reads_in_them() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert schema.newest_revision() == scripts.get_current_head()
    revisions = {script.revision for script in scripts.walk_revisions()}
    assert schema.known_revisions() == revisions


def test_change_sets_of_before_survive_the_way_down_and_up(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    from app.domain.sync.messages import parse_changes

    with any_app.app_context():
        commit_pushes(canvas.id, [Push(people.ana.id, parse_changes([creation("a")]))])
        schema.move_to("0001_first_tables")
        assert "share_link" not in inspect(db.engine).get_table_names()
        schema.migrate_database()
        [change_set] = db.session.execute(select(ChangeSet)).scalars()
        assert (change_set.settled, change_set.authors, change_set.last_seq) == (False, None, 1)
