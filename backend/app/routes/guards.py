"""The door: who knocks, whether the permission table lets them in, and how often they may."""

from typing import cast

from flask import Flask, Request, current_app, g, request

from app.config.settings import Settings
from app.domain.access.policy import GRANTS, Rule
from app.domain.errors import NotAllowed, NotAuthenticated, NotFound, RateLimited
from app.routes.doors import doors, job_limits
from app.services import access_service, auth_service
from app.services.access_service import Actor
from app.services.rate_limits import RateLimits
from app.utils.browser import bearer_of, cookie_name, same_origin

METRICS = "/metrics"  # its Bearer is the monitoring's own, no account's
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_JOB_RULES = frozenset({Rule.JOB_VIEW, Rule.JOB_CANCEL, Rule.JOB_STEER, Rule.JOB_RETRY})

# Requests per account (or address, for who is not signed in), beside the general bound. What asks
# for a job is bounded by its kind.
LIMITS: dict[str, str] = {
    "POST /api/auth/register": "10/10minutes",
    "POST /api/auth/login": "20/5minutes",
    "GET /api/auth/oidc/start": "120/5minutes",
    "GET /api/auth/oidc/callback": "120/5minutes",
    "POST /api/canvases/<canvas_id>/files": "600/hour",
    "POST /api/canvases/<canvas_id>/duplicate": "120/hour",
    "POST /api/canvases/<canvas_id>/import": "120/hour",
    "POST /api/invitations/accept": "30/hour",
    "POST /api/share-links/open": "30/hour",
}
GENERAL_LIMIT = "1200/minute"


def install_guards(app: Flask, limits: RateLimits) -> None:
    """Hold every request to the permission table; a route that is not in it is refused."""

    rules, specific = doors(), LIMITS | job_limits()

    @app.before_request
    def _knock() -> None:
        if request.method == "OPTIONS" or request.url_rule is None:
            return
        door = door_of(request)
        rule = rules.get(door)
        if rule is None:
            raise NotFound
        settings: Settings = current_app.config["SETTINGS"]
        actor = _identify(settings, rule)
        g.actor = actor
        if settings.rate_limits:
            _count(limits, door, specific.get(door), actor)
        if rule is not Rule.PUBLIC:
            _admit(rule, actor)


def door_of(req: Request) -> str:
    method = "GET" if req.method == "HEAD" else req.method
    return f"{method} {req.url_rule}"


def current_actor() -> Actor:
    """The signed-in person of this request (the door has checked that there is one)."""
    return cast("Actor", g.actor)


def _identify(settings: Settings, rule: Rule) -> Actor | None:
    """A Bearer decides alone: a wrong one never falls back to the cookie."""
    secret = bearer_of(request.headers.get("Authorization"))
    if secret is not None and request.path != METRICS:
        actor = auth_service.authenticate(secret, ("login", "token"))
        if actor is None:
            raise NotAuthenticated("The token is not valid or has expired.")
        return actor
    cookie = request.cookies.get(cookie_name(secure=settings.secure_cookies))
    if not cookie:
        return None
    if request.method not in SAFE_METHODS and not same_origin(
        request.headers.get, settings.public_url, settings.cors_origins
    ):
        if rule is Rule.PUBLIC:
            return None
        raise NotAllowed("This request came from another site and was refused.")
    return auth_service.authenticate(cookie, ("browser",))


def _admit(rule: Rule, actor: Actor | None) -> None:
    if actor is None:
        raise NotAuthenticated
    if rule is Rule.OPERATOR and not actor.is_operator:
        raise NotFound
    values = request.view_args or {}
    if rule in GRANTS:
        g.role = access_service.require(actor.id, rule, values["canvas_id"])
    elif rule in _JOB_RULES:
        access_service.require_job(actor.id, rule, values["job_id"])


def _count(limits: RateLimits, door: str, specific: str | None, actor: Actor | None) -> None:
    who = actor.id if actor else (request.remote_addr or "unknown")
    wait = limits.hit(GENERAL_LIMIT, "http", who)
    if wait is None and specific:
        wait = limits.hit(specific, door, who)
    if wait is not None:
        raise RateLimited(wait)
