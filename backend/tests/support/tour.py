"""A person who asks one route after the other, and notes which have answered well."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.described import document


class Tour:
    """Asks as one person, and notes which operations have answered well."""

    def __init__(self, client: FlaskClient, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers
        self.seen: set[str] = set()

    def ask(self, method: str, address: str, body: Any = None, **more: Any) -> TestResponse:
        if body is not None:
            more["json"] = body
        response = self.client.open(address, method=method, headers=self.headers, **more)
        assert response.status_code < 400, (method, address, response.text)
        path = document().path_of(method, address.partition("?")[0])
        self.seen.add(f"{method} {path}")
        return response
