"""Accounts: register, sign in, sign out, sessions and API tokens."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, g, jsonify, request

from app.config.settings import Settings
from app.domain.errors import RateLimited
from app.routes.guards import current_actor
from app.routes.schemas import LoginIn, RegisterIn, TokenIn
from app.services import auth_service
from app.services.auth_service import LIFETIME_SECONDS
from app.services.rate_limits import RateLimits
from app.utils.browser import bearer_of, cookie_name

auth_bp = APIBlueprint("auth", __name__, url_prefix="/api/auth", tag="Accounts")

PER_ACCOUNT_LIMIT = "10/5minutes"
MAX_AGENT = 120


@auth_bp.post("/register")
@auth_bp.input(RegisterIn)
@auth_bp.doc(summary="Create an account and sign in", responses={201: "Signed in"})
def register(json_data: RegisterIn) -> tuple[Response, int]:
    user = auth_service.register(json_data.email, json_data.password, json_data.name)
    return _signed_in(user), 201


@auth_bp.post("/login")
@auth_bp.input(LoginIn)
@auth_bp.doc(summary="Sign in")
def login(json_data: LoginIn) -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    limits: RateLimits = current_app.extensions["rate_limits"]
    if settings.rate_limits:
        wait = limits.hit(PER_ACCOUNT_LIMIT, "login", json_data.email.lower())
        if wait is not None:
            raise RateLimited(wait, "Too many attempts for this account. Try again later.")
    return _signed_in(auth_service.login(json_data.email, json_data.password))


@auth_bp.post("/logout")
@auth_bp.doc(summary="Sign out")
def logout() -> Response:
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
@auth_bp.doc(summary="Who is signed in")
def me() -> dict[str, Any]:
    return {"success": True, "user": auth_service.me(current_actor())}


@auth_bp.get("/sessions")
@auth_bp.doc(summary="Where this account is signed in")
def sessions() -> dict[str, Any]:
    listed = auth_service.list_sessions(current_actor(), ("browser", "login"))
    return {"success": True, "sessions": listed}


@auth_bp.delete("/sessions/<session_id>")
@auth_bp.doc(summary="End one sign-in")
def end_session(session_id: str) -> dict[str, Any]:
    auth_service.end_session(current_actor(), session_id)
    return {"success": True}


@auth_bp.get("/tokens")
@auth_bp.doc(summary="API tokens of this account")
def tokens() -> dict[str, Any]:
    return {"success": True, "tokens": auth_service.list_sessions(current_actor(), ("token",))}


@auth_bp.post("/tokens")
@auth_bp.input(TokenIn)
@auth_bp.doc(summary="Make an API token; its secret is shown once")
def create_token(json_data: TokenIn) -> tuple[dict[str, Any], int]:
    secret, token = auth_service.create_api_token(current_actor(), json_data.name)
    return {"success": True, "secret": secret, "token": token}, 201


@auth_bp.delete("/tokens/<token_id>")
@auth_bp.doc(summary="Revoke an API token")
def revoke_token(token_id: str) -> dict[str, Any]:
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
