"""All routes: those that the modules beside this one define, and those of the kinds of jobs."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

from app import routes
from app.routes.job_requests import job_requests


def blueprints() -> Iterator[Blueprint]:
    yield job_requests()
    for found in iter_modules(routes.__path__, "app.routes."):
        for value in vars(import_module(found.name)).values():
            if isinstance(value, Blueprint) and value.import_name == found.name:
                yield value
