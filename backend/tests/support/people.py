"""The people of the tests: Ana owns, Ben edits, Vic views, Olu is a stranger."""

from dataclasses import dataclass

from flask import Flask

from app.extensions import db
from app.models.canvas import Canvas
from app.models.canvas_permission import CanvasPermission
from app.models.user import User

NO_PASSWORD = "!"  # matches no hash: these people act through services, not the sign-in form


@dataclass(frozen=True)
class People:
    ana: User
    ben: User
    vic: User
    olu: User


def add_people(app: Flask) -> People:
    with app.app_context():
        users = [
            User(email=f"{name.lower()}@example.org", name=name, password_hash=NO_PASSWORD)
            for name in ("Ana", "Ben", "Vic", "Olu")
        ]
        db.session.add_all(users)
        db.session.commit()
        _detach(*users)
        return People(*users)


def add_canvas(app: Flask, people: People, title: str = "Plans") -> Canvas:
    """Ana's canvas, which Ben edits and Vic views."""
    with app.app_context():
        canvas = Canvas(title=title, owner_id=people.ana.id)
        db.session.add(canvas)
        db.session.flush()
        roles = ((people.ana, "owner"), (people.ben, "editor"), (people.vic, "viewer"))
        db.session.add_all(
            CanvasPermission(canvas_id=canvas.id, user_id=user.id, role=role)
            for user, role in roles
        )
        db.session.commit()
        _detach(canvas)
        return canvas


def _detach(*rows: object) -> None:
    """Loaded and free of the session, so that tests may read them anywhere."""
    for row in rows:
        db.session.refresh(row)
        db.session.expunge(row)
