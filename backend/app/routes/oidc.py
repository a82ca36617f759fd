"""The way to the provider and back, for browsers only: both answers are redirects."""

from urllib.parse import urlencode

from apiflask import APIBlueprint
from flask import Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.config.settings import Settings
from app.domain.access.sign_in import SignInRefused
from app.domain.errors import NotFound
from app.routes.auth import give_cookie
from app.routes.describe import answers, refuses
from app.routes.schemas import OidcReturnQuery, OidcStartQuery
from app.services import oidc_service
from app.services.oidc_service import ATTEMPT_SECONDS, Return

oidc_bp = APIBlueprint("oidc", __name__, url_prefix="/api/auth/oidc", tag="Accounts")

REDIRECT = {"Location": "Where to.", "Set-Cookie": "What the way back needs, or the session."}
FAILED = "sign_in_failed"
_COOKIE = "collabcanvas_leaving"
_SECURE_COOKIE = "__Host-collabcanvas_leaving"


@oidc_bp.get("/start")
@oidc_bp.input(OidcStartQuery, location="query")
@answers(None, 302, "To the provider, or back to the page with the reason.", headers=REDIRECT)
@refuses(NotFound)
def start_oidc(query_data: OidcStartQuery) -> AnyResponse:
    """Sign in with the configured provider

    For browsers. `next` is the page to come back to.
    """
    try:
        departure = oidc_service.leave(query_data.next)
    except SignInRefused as refused:
        return _back(refused)
    response = redirect(departure.address)
    response.set_cookie(
        _cookie(),
        departure.browser_secret,
        max_age=ATTEMPT_SECONDS,
        httponly=True,
        secure=_settings().secure_cookies,
        samesite="Lax",
        path="/",
    )
    return response


@oidc_bp.get("/callback")
@oidc_bp.input(OidcReturnQuery, location="query")
@answers(None, 302, "To the page, signed in, or with the reason why not.", headers=REDIRECT)
@refuses(NotFound)
def finish_oidc(query_data: OidcReturnQuery) -> AnyResponse:
    """Back from the provider

    For browsers, which the provider sends here.
    """
    answer = Return(query_data.state, query_data.code, query_data.error, query_data.iss)
    try:
        user, path = oidc_service.come_back(answer, request.cookies.get(_cookie(), ""))
    except SignInRefused as refused:
        return _back(refused)
    response = Response(status=302, headers={"Location": path})
    give_cookie(response, user)
    return _used(response)


def _back(refused: SignInRefused) -> AnyResponse:
    """To the page that they came from, which shows the sentence for the reason."""
    path = refused.return_path
    question = urlencode({FAILED: refused.reason.value})
    return _used(redirect(f"{path}{'&' if '?' in path else '?'}{question}"))


def _used(response: AnyResponse) -> AnyResponse:
    response.delete_cookie(_cookie(), path="/", secure=_settings().secure_cookies)
    response.headers["Cache-Control"] = "no-store"
    return response


def _cookie() -> str:
    return _SECURE_COOKIE if _settings().secure_cookies else _COOKIE


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
