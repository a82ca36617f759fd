"""Accounts: register, sign in, sign out, sessions and API tokens."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, g, jsonify, request

from app.config.settings import Settings
from app.domain.errors import Conflict, NotAllowed, RateLimited
from app.routes.answers.accounts import (
    NewToken,
    SessionList,
    SignedIn,
    TokenList,
    UserAnswer,
)
from app.routes.answers.base import Success
from app.routes.describe import answers, refuses, takes
from app.routes.guards import current_actor
from app.routes.schemas import LoginIn, PersonIn, RegisterIn, TokenIn
from app.services import auth_service
from app.services.auth_service import LIFETIME_SECONDS
from app.services.rate_limits import RateLimits
from app.utils.browser import bearer_of, cookie_name

auth_bp = APIBlueprint("auth", __name__, url_prefix="/api/auth", tag="Accounts")

PER_ACCOUNT_LIMIT = "10/5minutes"
MAX_AGENT = 120
CREDENTIALS = {"email": "ana@example.org", "password": "correct horse battery"}
ACCOUNT = {**CREDENTIALS, "name": "Ana"}
COOKIE = {"Set-Cookie": "The browser's session, unless the request came with a Bearer."}
COOKIE_GONE = {"Set-Cookie": "Takes the browser's session away."}


@auth_bp.post("/register")
@auth_bp.input(RegisterIn)
@takes(example=ACCOUNT)
@answers(SignedIn, 201, "The account, and a sign-in.", headers=COOKIE)
@refuses(NotAllowed, Conflict)
def register(json_data: RegisterIn) -> tuple[Response, int]:
    """Create an account and sign in

    Where registration is `invite`, only for addresses that an invitation waits for; where it is
    `closed`, for nobody.
    """
    user = auth_service.register(json_data.email, json_data.password, json_data.name)
    return _signed_in(user), 201


@auth_bp.post("/login")
@auth_bp.input(LoginIn)
@takes(example=CREDENTIALS)
@answers(SignedIn, says="A sign-in.", headers=COOKIE)
def login(json_data: LoginIn) -> Response:
    """Sign in

    A token for programs, and the cookie for browsers.
    """
    settings: Settings = current_app.config["SETTINGS"]
    limits: RateLimits = current_app.extensions["rate_limits"]
    if settings.rate_limits:
        wait = limits.hit(PER_ACCOUNT_LIMIT, "login", json_data.email.lower())
        if wait is not None:
            raise RateLimited(wait, "Too many attempts for this account. Try again later.")
    return _signed_in(auth_service.login(json_data.email, json_data.password))


@auth_bp.post("/logout")
@answers(Success, says="Signed out.", headers=COOKIE_GONE)
def logout() -> Response:
    """Sign out

    Ends the sign-in that the request is made with; without one nothing happens.
    """
    response = jsonify({"success": True})
    if g.actor is None:
        return response
    auth_service.end_session(g.actor, g.actor.session_id)
    settings: Settings = current_app.config["SETTINGS"]
    response.delete_cookie(
        cookie_name(secure=settings.secure_cookies), path="/", secure=settings.secure_cookies
    )
    return response


@auth_bp.get("/me")
@answers(UserAnswer, says="The account.")
def get_me() -> dict[str, Any]:
    """Who is signed in"""
    return {"success": True, "user": auth_service.me(current_actor())}


@auth_bp.patch("/me")
@auth_bp.input(PersonIn)
@answers(UserAnswer, says="The account.")
def rename_me(json_data: PersonIn) -> dict[str, Any]:
    """Change the name that others see"""
    return {"success": True, "user": auth_service.rename(current_actor(), json_data.name)}


@auth_bp.get("/sessions")
@answers(SessionList, says="Sign-ins, newest first.")
def list_sessions() -> dict[str, Any]:
    """Where this account is signed in"""
    listed = auth_service.list_sessions(current_actor(), ("browser", "login"))
    return {"success": True, "sessions": listed}


@auth_bp.delete("/sessions/<session_id>")
@answers(Success, says="Ended.")
def end_session(session_id: str) -> dict[str, Any]:
    """End one sign-in

    The device that uses it is signed out with its next request.
    """
    auth_service.end_session(current_actor(), session_id)
    return {"success": True}


@auth_bp.get("/tokens")
@answers(TokenList, says="Tokens, newest first.")
def list_tokens() -> dict[str, Any]:
    """API tokens of this account

    Without their secrets, of which only a hash is kept.
    """
    return {"success": True, "tokens": auth_service.list_sessions(current_actor(), ("token",))}


@auth_bp.post("/tokens")
@auth_bp.input(TokenIn)
@answers(NewToken, 201, "The token.")
def create_token(json_data: TokenIn) -> tuple[dict[str, Any], int]:
    """Make an API token; its secret is shown once

    It works for a year, or until it is revoked.
    """
    secret, token = auth_service.create_api_token(current_actor(), json_data.name)
    return {"success": True, "secret": secret, "token": token}, 201


@auth_bp.delete("/tokens/<token_id>")
@answers(Success, says="Revoked.")
def revoke_token(token_id: str) -> dict[str, Any]:
    """Revoke an API token"""
    auth_service.end_session(current_actor(), token_id)
    return {"success": True}


def _signed_in(user: Any) -> Response:
    """The body carries a Bearer for programs; the browser gets a session of its own, HttpOnly."""
    login_session = auth_service.start_session(user, "login", _agent())
    response = jsonify({"success": True, "token": login_session.secret, "user": login_session.user})
    if bearer_of(request.headers.get("Authorization")) is None:
        give_cookie(response, user)
    response.headers["Cache-Control"] = "no-store"
    return response


def give_cookie(response: Response, user: Any) -> None:
    """Sign the browser in: a session of its own, in a cookie that no script can read."""
    settings: Settings = current_app.config["SETTINGS"]
    browser = auth_service.start_session(user, "browser", _agent())
    response.set_cookie(
        cookie_name(secure=settings.secure_cookies),
        browser.secret,
        max_age=LIFETIME_SECONDS["browser"],
        httponly=True,
        secure=settings.secure_cookies,
        samesite="Lax",
        path="/",
    )


def _agent() -> str:
    return (request.user_agent.string or "")[:MAX_AGENT]
