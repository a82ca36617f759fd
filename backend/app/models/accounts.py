"""Accounts: found, made and changed."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, insert, select, update

from app.models.sql import Result, count, each, nothing, one, statement
from app.models.user import User

U: Any = User.__table__


@dataclass(frozen=True, slots=True)
class Account:
    """`email` is in lower case."""

    id: str
    email: str
    name: str
    password_hash: str = field(repr=False)
    is_operator: bool
    is_disabled: bool
    created_at: datetime


COLUMNS = [U.c[field.name] for field in fields(Account)]


def account(result: Result) -> Account | None:
    return next(iter(each(Account)(result)), None)


@statement(account)
def by_id(user_id: str) -> Executable:
    return select(*COLUMNS).where(U.c.id == user_id)


@statement(account)
def by_email(email: str) -> Executable:
    return select(*COLUMNS).where(U.c.email == email)


@statement(each(Account))
def everybody() -> Executable:
    """The oldest account first."""
    return select(*COLUMNS).order_by(U.c.created_at)


@statement(lambda result: Account(*one(result)))
def add(email: str, name: str, password_hash: str, is_operator: bool) -> Executable:
    """Raises DuplicateRow: the address has an account."""
    new = {"email": email, "name": name, "password_hash": password_hash}
    return insert(U).values(**new, is_operator=is_operator).returning(*COLUMNS)


@statement(nothing)
def rename(user_id: str, name: str) -> Executable:
    return update(U).where(U.c.id == user_id).values(name=name)


@statement(nothing)
def set_password(user_id: str, password_hash: str) -> Executable:
    return update(U).where(U.c.id == user_id).values(password_hash=password_hash)


@statement(count)
def set_operator(email: str, is_operator: bool) -> Executable:
    """0: there is no such account."""
    return update(U).where(U.c.email == email).values(is_operator=is_operator)


@statement(nothing)
def lock(user_id: str) -> Executable:
    """Until the transaction ends, others who want it wait."""
    return select(U.c.id).where(U.c.id == user_id).with_for_update(key_share=True)
