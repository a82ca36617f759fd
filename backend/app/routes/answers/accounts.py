"""Accounts, sign-ins, and what an installation offers."""

from typing import Annotated, Literal

from pydantic import Field

from app.routes.answers.base import Answer, Count, Success, Time

EXAMPLE_SECRET = "cc_9Q2m6vJ4yq0s5rX8w1ZtB3nK7hLdPfGe"  # noqa: S105 - nobody's


class User(Answer):
    """An account, as its owner sees it."""

    id: str
    email: str
    name: str
    is_operator: bool
    """Runs the installation: sees the routes below /api/operator."""
    created_at: Time


class SignIn(Answer):
    """A sign-in of an account, or one of its API tokens."""

    id: str
    kind: Literal["browser", "login", "token"]
    name: str
    """The browser's or program's own description, or the name of the API token."""
    current: bool
    """Whether this request was made with it."""
    created_at: Time
    seen_at: Time
    expires_at: Time


class SignedIn(Success):
    """A Bearer for programs, shown once; browsers get a cookie beside it."""

    token: Annotated[str, Field(examples=[EXAMPLE_SECRET])]
    user: User


class UserAnswer(Success):
    user: User


class SessionList(Success):
    sessions: list[SignIn]


class TokenList(Success):
    tokens: list[SignIn]


class NewToken(Success):
    """An API token; its secret is shown only now."""

    secret: Annotated[str, Field(examples=[EXAMPLE_SECRET])]
    token: SignIn


class SignInProvider(Answer):
    """Where people may sign in with an account from elsewhere."""

    name: str


class PlannerInfo(Answer):
    """Who turns instructions into drawings. What is offline is not AI."""

    name: str
    offline: bool


class OfferedModel(Answer):
    """A model that a request may name as its `model`."""

    id: str
    label: str
    offline: bool


class Limits(Answer):
    instructions: Count
    """Characters of an instruction."""
    file_bytes: Count
    """Bytes of a picture."""


class AppConfig(Success):
    """What a page has to know before anybody signs in."""

    user: User | None
    """Who is signed in."""
    registration: Literal["open", "invite", "closed"]
    oidc: SignInProvider | None
    planner: PlannerInfo
    models: list[OfferedModel]
    """The model of requests that name none comes first."""
    styles: list[str]
    color_schemes: list[str]
    limits: Limits


class Alive(Answer):
    status: Literal["ok"]


class Checks(Answer):
    database: Literal["ok", "unreachable"]
    migrations: Literal["ok", "missing", "outdated", "unknown"]
    queue: Literal["ok", "unreachable", "evicting"]


class Readiness(Answer):
    """`degraded`: requests are served, but jobs wait until the queue is back."""

    status: Literal["ready", "degraded", "unavailable"]
    checks: Checks
