"""Transactions on PostgreSQL: what only reads, what need not be durable, how a claim is planned."""

from collections.abc import Callable, Collection

import pytest
from flask import Flask
from sqlalchemy import Executable, insert, select, text, update

from app.extensions import db
from app.models import job_claims
from app.models.ai_job import AIJob
from app.models.roles import is_operator
from app.models.sql import rows, statement
from app.models.user import User
from app.services.jobs.claims import claim
from app.services.unit_of_work import unit_of_work
from tests.support.jobs import submit, terms
from tests.support.people import People, add_people
from tests.support.statements import before_each_statement

pytestmark = pytest.mark.services
MANY_TIMES = 8
ROWS_READ = """
    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'ai_jobs'
"""
TERMS = terms("elsewhere:1:x", 600, 60, 5)


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


AT_COMMIT = """
    CREATE TABLE seen (number serial, setting text);
    CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO seen (setting) VALUES (current_setting('synchronous_commit'));
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER look AFTER UPDATE ON "user" DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION look();
    CREATE CONSTRAINT TRIGGER look AFTER UPDATE ON ai_jobs DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION look();
"""


@pytest.mark.rule("T2")
def test_only_what_may_be_forgotten_does_not_wait_for_the_disk(app: Flask, people: People) -> None:
    with app.app_context():
        with unit_of_work():
            db.session.execute(text(AT_COMMIT))
        for durable in (True, False, True):
            with unit_of_work(durable=durable):
                renamed = update(User).where(User.id == people.ana.id).values(name=str(durable))
                db.session.execute(renamed)
        settings = db.session.execute(text("SELECT setting FROM seen ORDER BY number")).scalars()
        assert list(settings) == ["on", "off", "on"]


def test_a_claim_may_be_forgotten_and_its_settings_end_with_it(app: Flask, people: People) -> None:
    submit(app, people.ana.id)
    with app.app_context():
        with unit_of_work():
            db.session.execute(text(AT_COMMIT))
        assert claim(TERMS) is not None
        assert asked("SELECT setting FROM seen") == "off"
        with unit_of_work():
            assert job_claims.claim_next(TERMS) is None
            assert asked("SHOW enable_seqscan") == "off"
        assert asked("SHOW enable_seqscan") == "on"


@statement(rows, alone=True)
def names(user_ids: Collection[str]) -> Executable:
    return select(User.name).where(User.id.in_(user_ids))


def test_a_lone_statement_takes_one_exchange_and_sees_what_its_transaction_wrote(
    app: Flask, people: People
) -> None:
    begins: list[bool] = []
    with (
        app.app_context(),
        before_each_statement(lambda _query, driver: begins.append(not driver.autocommit)),
    ):
        assert names({people.ana.id}) == [("Ana",)]
        assert begins == [False]
        with unit_of_work():
            db.session.execute(update(User).values(name="New"))
            assert names(user_ids=[people.ana.id]) == [("New",)]
        assert begins == [False, True, True]


def test_a_claim_reads_little_of_a_long_queue_whenever_it_was_planned(app: Flask) -> None:
    """Both while the queue was empty, and when it is long and PostgreSQL has no statistics."""
    with app.app_context():
        for _ in range(MANY_TIMES):  # the driver prepares what it is often asked
            assert _read_by_a_claim() == 0
        _queue(people=500, jobs_each=10)
        assert _read_by_a_claim() < 100
        db.engine.dispose()
        for _ in range(MANY_TIMES):
            assert _read_by_a_claim() < 100


def _read_by_a_claim() -> int:
    with unit_of_work():
        job_claims.claim_next(TERMS)
        return int(str(asked(ROWS_READ)))


def _queue(people: int, jobs_each: int) -> None:
    names = [f"u{i}" for i in range(people)]
    with unit_of_work():
        db.session.execute(
            insert(User),
            [{"id": n, "email": f"{n}@x.org", "name": n, "password_hash": "!"} for n in names],
        )
        jobs = [
            {
                "id": f"{name}-{k}",
                "user_id": name,
                "job_type": "create_canvas",
                "status": "queued",
                "request_data": {},
                "sort_key": k,
            }
            for k in range(jobs_each)
            for name in names
        ]
        db.session.execute(insert(AIJob), jobs)
