"""Pictures of a canvas: quotas hold whoever is in a hurry, and nothing stays that nobody needs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.errors import FilesFull, InvalidFile, NotAllowed
from app.domain.sync.messages import Change
from app.extensions import db
from app.models import Canvas, CanvasFile, CanvasPermission, User
from app.models import files as stored
from app.models.sql_time import utc_after
from app.services import (
    canvas_service,
    file_service,
    file_upkeep,
    history_upkeep,
    version_names,
)
from app.services.access_service import Actor
from app.services.unit_of_work import unit_of_work
from tests.services.test_history import age, edit
from tests.support.elements import creation
from tests.support.people import People, add_canvas, add_people
from tests.support.pictures import picture
from tests.support.slowness import slowly

MakeApp = Callable[..., Flask]


def actor(user: User) -> Actor:
    return Actor(user.id, user.name, user.email, "session")


def put(user: User, canvas: Canvas, color: str = "red") -> str:
    return str(file_service.add_file(actor(user), canvas.id, picture(color=color))[0]["id"])


def files() -> set[str]:
    return set(db.session.execute(select(CanvasFile.id)).scalars())


def shown(file_id: str, element_id: str = "p", **more: Any) -> dict[str, Any]:
    scale = {"type": "image", "status": "saved", "scale": [1, 1], "fileId": file_id}
    return creation(element_id, **scale, **more)


def pass_days(days: float) -> None:
    with unit_of_work():
        db.session.execute(update(CanvasFile).values(kept_at=utc_after(-days * 86_400)))


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what stands for a megabyte in the settings is 1,000 bytes: one small picture."""
    monkeypatch.setattr(file_service, "MEGABYTE", 1_000)


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("quota", ["canvas_files_mb", "user_files_mb"])
def test_quotas_hold_also_for_pictures_that_come_at_the_same_moment(
    quota: str, make_any_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are looked at before any is stored, and each counts slowly what is there."""
    looked_at = Barrier(6)
    clean = file_service.clean_picture

    def look(raw: bytes) -> Any:
        picture = clean(raw)
        looked_at.wait(60)
        return picture

    def slow(count: Callable[[str], tuple[int, int]]) -> Callable[[str], tuple[int, int]]:
        def counted(of: str) -> tuple[int, int]:
            found = count(of)
            slowly()
            return found

        return counted

    monkeypatch.setattr(file_service, "clean_picture", look)
    for name in ("total_of_canvas", "total_of_person"):
        monkeypatch.setattr(stored, name, slow(getattr(stored, name)))
    app = make_any_app(**{quota: 1})
    people = add_people(app)
    canvases = [add_canvas(app, people, "A"), add_canvas(app, people, "B")]
    targets = canvases if quota == "user_files_mb" else canvases[:1] * 2

    def one(number: int) -> str:
        with app.app_context():
            try:
                return put(people.ana, targets[number % 2], f"#0000{number:02x}")
            except FilesFull as error:
                return error.message

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(6)))
    with app.app_context():
        rows = list(db.session.execute(select(CanvasFile.size)).scalars())
        assert 1 <= len(rows) < 6
        assert sum(rows) <= 1_000 < sum(rows) + max(rows)
        assert sum("in all" in answer for answer in answers) == 6 - len(rows)


def test_a_canvas_holds_a_bounded_number_of_pictures(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_service, "MAX_FILES", 2)
    with any_app.app_context():
        first = put(people.ana, canvas, "red")
        put(people.ana, canvas, "green")
        with pytest.raises(FilesFull):
            put(people.ana, canvas, "blue")
        assert put(people.ben, canvas, "red") == first  # it is there already


def test_who_lost_the_right_while_the_picture_was_looked_at_adds_nothing(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = file_service.clean_picture

    def slow(raw: bytes) -> Any:
        with unit_of_work():
            row = db.session.get_one(CanvasPermission, (canvas.id, people.ben.id))
            row.role = "viewer"
        return real(raw)

    monkeypatch.setattr(file_service, "clean_picture", slow)
    with any_app.app_context():
        with pytest.raises(NotAllowed):
            put(people.ben, canvas)
        assert files() == set()


@pytest.mark.rule("J4")
def test_no_transaction_is_open_while_a_picture_is_looked_at(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(raw: bytes) -> Any:
        assert not db.session().in_transaction()
        raise InvalidFile

    monkeypatch.setattr(file_service, "clean_picture", look)
    with any_app.app_context(), pytest.raises(InvalidFile):
        put(people.ana, canvas)


def test_pictures_that_nothing_shows_go_after_a_while_and_others_stay(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        used, unused = put(people.ana, canvas, "red"), put(people.ana, canvas, "green")
        edit(canvas, people.ana, shown(used))
        pass_days(6)
        assert file_upkeep.tidy_files() == 0
        pass_days(8)
        assert file_upkeep.tidy_files() == 1
        assert files() == {used} != {unused}
        assert file_upkeep.tidy_files() == 0


def test_what_is_uploaded_again_is_new_again(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        file_id = put(people.ana, canvas)
        pass_days(8)
        put(people.ben, canvas)
        assert file_upkeep.tidy_files() == 0
        assert files() == {file_id}


def test_a_picture_stays_as_long_as_the_history_can_bring_it_back(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        before, after = put(people.ana, canvas, "red"), put(people.ana, canvas, "green")
        edit(canvas, people.ana, shown(before))
        edit(canvas, people.ana, Change("p", {"fileId": after, "status": "saved"}))
        edit(canvas, people.ana, Change("p", {"isDeleted": True}))
        pass_days(8)
        assert file_upkeep.tidy_files() == 0
        age(canvas, timedelta(seconds=history_upkeep.KEEP_SECONDS + 60))
        history_upkeep.tidy()
        pass_days(8)
        assert file_upkeep.tidy_files() == 2
        assert files() == set()


def test_a_named_version_keeps_its_pictures(any_app: Flask, people: People, canvas: Canvas) -> None:
    with any_app.app_context():
        file_id = put(people.ana, canvas)
        edit(canvas, people.ana, shown(file_id))
        version_names.name_version(actor(people.ana), canvas.id, "With a picture", None)
        edit(canvas, people.ana, Change("p", {"isDeleted": True}))
        age(canvas, timedelta(seconds=history_upkeep.KEEP_SECONDS + 60))
        history_upkeep.tidy()
        pass_days(8)
        assert file_upkeep.tidy_files() == 0
        version_names.forget_name(canvas.id, 1)
        pass_days(8)
        assert file_upkeep.tidy_files() == 1


def test_pictures_go_with_their_canvas(any_app: Flask, people: People, canvas: Canvas) -> None:
    with any_app.app_context():
        put(people.ana, canvas)
        other = add_canvas(any_app, people, "Other")
        kept = put(people.ana, other, "green")
        canvas_service.delete_canvas(canvas.id)
        assert files() == {kept}
