"""Transactions on PostgreSQL: what only reads, what need not be durable, how a claim is planned."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, text, update

from app.extensions import db
from app.models import job_claims
from app.models.job_claims import Terms
from app.models.user import User
from app.services.access_service import is_operator
from app.services.job_engine import claim
from app.services.unit_of_work import unit_of_work
from tests.support.jobs import submit
from tests.support.people import People, add_people

pytestmark = pytest.mark.services
TERMS = Terms("elsewhere:1:x", 600, 60, 5)


@pytest.fixture
def app(make_postgres_app: Callable[..., Flask]) -> Flask:
    return make_postgres_app()


@pytest.fixture
def people(app: Flask) -> People:
    return add_people(app)


def asked(query: str) -> object:
    return db.session.execute(text(query)).scalar()


def test_statements_stay_prepared_when_reading_ends(app: Flask, people: People) -> None:
    with app.app_context():
        for _ in range(10):
            assert is_operator(people.ana.id) is False
            db.session.rollback()
        found = asked("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%user%'")
        assert found == 1


def test_what_was_written_outside_a_unit_of_work_is_still_taken_back(
    app: Flask, people: People
) -> None:
    with app.app_context():
        db.session.execute(update(User).where(User.id == people.ana.id).values(is_operator=True))
        assert is_operator(people.ana.id) is True
        db.session.rollback()
        assert is_operator(people.ana.id) is False


def test_only_what_may_be_forgotten_does_not_wait_for_the_disk(app: Flask) -> None:
    with app.app_context():
        seen = []
        for durable in (True, False, True):
            with unit_of_work(durable=durable):
                seen.append(asked("SHOW synchronous_commit"))
        assert seen == ["on", "off", "on"]


def test_a_claim_is_planned_for_the_queue_as_it_is_now_and_need_not_be_durable(
    app: Flask, people: People
) -> None:
    submit(app, people.ana.id)
    seen: list[tuple[object, object]] = []
    with app.app_context():

        @event.listens_for(db.engine, "after_cursor_execute")
        def _look(connection: object, cursor: object, statement: str, *_rest: object) -> None:
            if statement.startswith("WITH busy"):
                line = db.session.connection().connection.dbapi_connection
                assert line is not None
                with line.cursor() as more:
                    more.execute(
                        "SELECT current_setting('plan_cache_mode'),"
                        " current_setting('synchronous_commit')"
                    )
                    seen.extend(more.fetchall())

        assert claim(TERMS) is not None
        assert seen == [("force_custom_plan", "off")]
        with unit_of_work():
            assert job_claims.claim_next(TERMS) is None
            assert asked("SHOW plan_cache_mode") == "force_custom_plan"
        assert asked("SHOW plan_cache_mode") == "auto"
