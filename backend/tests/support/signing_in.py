"""Bearer headers and browser cookies for the people of the tests."""

from flask import Flask

from app.models.user import User
from app.services import auth_service


def bearer(app: Flask, user: User) -> dict[str, str]:
    with app.app_context():
        return {"Authorization": f"Bearer {auth_service.start_session(user, 'login').secret}"}


def browser_secret(app: Flask, user: User) -> str:
    with app.app_context():
        return auth_service.start_session(user, "browser").secret
