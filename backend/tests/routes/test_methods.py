"""Addresses that take other methods say which; what is no address of the API says so."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("DELETE", "/api/auth/login", "OPTIONS, POST"),
        ("GET", "/api/auth/login", "OPTIONS, POST"),
        ("PUT", "/api/canvases/none", "DELETE, GET, HEAD, OPTIONS, PATCH"),
    ],
)
def test_another_method_is_refused_with_those_that_are_taken(
    method: str, address: str, allowed: str, client: FlaskClient
) -> None:
    answer = client.open(address, method=method)
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/api/nothing", "/api/canvases/none/versions/-1"])
def test_what_is_no_address_of_the_api_is_404_for_every_method(
    method: str, address: str, client: FlaskClient
) -> None:
    answer = client.open(address, method=method)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
