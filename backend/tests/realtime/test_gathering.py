"""A crowd that comes at once costs a few statements, and one member's fault stays theirs."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.errors import Invalid, NotFound
from app.domain.sync.messages import Change, parse_join
from app.extensions import db
from app.models import AuthSession, Canvas
from app.models.sql_time import utc_after
from app.realtime import presence
from app.realtime.gathering import Gatherer
from app.services import auth_service
from app.services.scene_reading import Arrival, Welcome, welcome
from app.services.scene_service import Applied, Push, commit_pushes
from app.utils import fast_json
from tests.realtime.conftest import OpenTab
from tests.support.elements import rectangle
from tests.support.people import People
from tests.support.processes import eventually, wait_until
from tests.support.signing_in import bearer, browser_secret
from tests.support.statements import statements

CROWD = 40


def gather(ask: Callable[[list[int]], Any], crowd: int = CROWD) -> list[Any]:
    async def crowded() -> list[Any]:
        line: Gatherer[int, int] = Gatherer(ask)
        return await asyncio.gather(*map(line.get, range(crowd)), return_exceptions=True)

    return asyncio.run(crowded())


def test_who_comes_while_others_are_asked_for_is_asked_for_with_the_next() -> None:
    calls: list[int] = []

    async def ask(questions: list[int]) -> list[int]:
        calls.append(len(questions))
        await asyncio.sleep(0)
        return [question * 2 for question in questions]

    assert gather(ask, 250) == [2 * i for i in range(250)]
    assert calls == [100, 100, 50]


def test_who_asks_at_the_moment_at_which_all_lanes_end_is_asked_for_too() -> None:
    async def crowded() -> list[int]:
        answering = asyncio.Event()
        asked: list[int] = []

        async def ask(questions: list[int]) -> list[int]:
            asked.extend(questions)
            await answering.wait()
            return questions

        line: Gatherer[int, int] = Gatherer(ask)

        async def one_after_another() -> list[int]:
            return [await line.get(1), await line.get(2)]

        asking = []
        for question in (one_after_another(), line.get(3)):
            asking.append(asyncio.ensure_future(question))
            await eventually(lambda: len(asked) == len(asking))  # each has a lane
        answering.set()
        async with asyncio.timeout(60):
            return await asking[0]

    assert asyncio.run(crowded()) == [1, 2]


def test_a_question_that_fails_unforeseen_fails_alone() -> None:
    async def ask(questions: list[int]) -> list[int | Exception]:
        return [NotFound() if question == 3 else 6 // (question - 5) for question in questions]

    answers = gather(ask)
    assert isinstance(answers.pop(5), ZeroDivisionError)
    assert isinstance(answers.pop(3), NotFound)
    assert answers[0] == -2
    assert all(isinstance(answer, int) for answer in answers)


@pytest.mark.parametrize("canvas_id", ["\0", "\ud800", "a" * 37, ""])
def test_what_no_database_takes_is_refused_before_others_are_asked_for_with_it(
    canvas_id: str,
) -> None:
    with pytest.raises(Invalid):
        parse_join({"canvas_id": canvas_id, "client_id": "tab"})


def test_tabs_that_come_back_together_share_one_reading(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        new = [Change(key, rectangle(key), create=True) for key in ("a", "b")]
        commit_pushes(canvas.id, [Push(people.ana.id, tuple(new), "tab0", 7, after=0)])
    who = (people.ana, people.ben, people.vic, people.olu)
    crowd = [Arrival(canvas.id, who[i % 4].id, f"tab{i}", since=1) for i in range(CROWD)]
    gone = Arrival("00000000-0000-0000-0000-000000000000", people.ana.id, "tab")
    with statements(any_app) as sent:
        *answers, lost = welcome([*crowd, gone])
    assert len([one for one in sent if one.startswith("SELECT")]) <= 5
    assert isinstance(lost, NotFound)
    seen = [answer for answer in answers if isinstance(answer, Welcome)]
    assert len({id(answer.objects) for answer in seen}) == 1  # encoded once
    roles = [str(answer.role) if answer.role else None for answer in seen[:4]]
    assert roles == ["owner", "editor", "viewer", None]
    assert [answer.last_n for answer in seen[:2]] == [7, 0]
    new_to_them = fast_json.loads(fast_json.dumps(seen[0].objects))
    assert [element["id"] for element in new_to_them] == ["b"]


def test_sign_ins_that_come_together_are_looked_up_and_noted_together(
    any_app: Flask, people: People
) -> None:
    tokens = [bearer(any_app, people.ana)["Authorization"][7:] for _ in range(CROWD)]
    cookie = browser_secret(any_app, people.ben)
    with any_app.app_context():
        db.session.execute(update(AuthSession).values(seen_at=utc_after(-3_600)))
        db.session.commit()
    program, page = ("login", "token"), ("browser",)
    asked = [*((token, program) for token in tokens), (cookie, page), (cookie, program)]
    with statements(any_app) as sent:
        strange = [("?", program), ("\ud800", program)]
        *known, ben, refused, unknown, broken = auth_service.authenticate_all([*asked, *strange])
    assert {actor.id for actor in known if actor} == {people.ana.id}
    assert None not in known
    assert ben is not None
    assert ben.id == people.ben.id
    assert (refused, unknown, broken) == (None, None, None)
    assert len([one for one in sent if one.startswith("SELECT")]) == 1
    assert len([one for one in sent if one.startswith("UPDATE")]) == 2  # a kind each
    with statements(any_app) as sent:
        auth_service.authenticate_all([*asked])
    assert not [one for one in sent if one.startswith("UPDATE")]


def test_a_batch_of_many_authors_takes_as_many_statements_as_one_of_one(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    def pushes(number: int, n: int) -> list[Push]:
        return [
            Push(
                (people.ana, people.ben)[i % 2].id,
                (Change(f"o{i}", rectangle(f"o{i}", x=n), create=True),),
                f"tab{i}",
                n,
                after=0 if i else n - 1,
            )
            for i in range(number)
        ]

    with statements(any_app) as alone:
        commit_pushes(canvas.id, pushes(1, 1))
    with statements(any_app) as together:
        answers = commit_pushes(canvas.id, pushes(CROWD, 2))
    assert all(isinstance(answer, Applied) for answer in answers)
    assert len(together) <= len(alone) + 2  # what is there is read, and counted


def test_while_a_crowd_comes_the_list_of_members_is_told_now_and_then(
    open_tab: OpenTab, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "LARGE_ROOM", 1)
    monkeypatch.setattr(presence, "LARGE_ROOM_SECONDS", 3_600)
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    lists: list[list[str]] = []
    ana.client.on("presence", lambda said: lists.append([m["name"] for m in said["members"]]))
    for person in (people.ben, people.vic, people.ben, people.vic, people.ben):
        open_tab(person).join(canvas.id)
    assert len(lists) <= 2  # before there was a crowd, and its first
    monkeypatch.setattr(presence, "LARGE_ROOM_SECONDS", 0)  # as when that time is over
    wait_until(lambda: lists and sorted(lists[-1]) == ["Ana", "Ben", "Vic"])
