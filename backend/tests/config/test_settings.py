"""What settings refuse to start with, and what may be empty."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config.settings import DECISIVE, Settings

OPTIONAL = ("ai_api_key", "oidc_client_secret", "metrics_token")


def _named(monkeypatch: pytest.MonkeyPatch, name: str, path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv(f"{name.upper()}_FILE", str(path))


@pytest.mark.parametrize("content", ["", "\n", " \t\r\n"])
@pytest.mark.parametrize("name", DECISIVE)
def test_an_empty_file_is_no_wish_for_another_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, content: str
) -> None:
    _named(monkeypatch, name, tmp_path / name, content)
    sentence = f"{name.upper()} is empty although {name.upper()}_FILE is set"
    with pytest.raises(ValidationError, match=sentence):
        Settings(_env_file=None)


def test_an_empty_variable_does_not_hide_the_file_unnoticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _named(monkeypatch, "database_url", tmp_path / "url", "postgresql://a:long-enough@db/a")
    assert Settings(_env_file=None).sqlalchemy_url.startswith("postgresql")
    monkeypatch.setenv("DATABASE_URL", "")
    with pytest.raises(ValidationError, match="DATABASE_URL is empty"):
        Settings(_env_file=None)


def test_what_is_optional_may_be_an_empty_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in OPTIONAL:
        _named(monkeypatch, name, tmp_path / name, "\n")
    found = Settings(_env_file=None)
    assert [getattr(found, name) for name in OPTIONAL] == ["", "", ""]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_default_password_is_refused_however_the_address_begins(scheme: str) -> None:
    with pytest.raises(ValidationError, match="default or empty password"):
        Settings(_env_file=None, database_url=f"{scheme}://collabcanvas:postgres@db/collabcanvas")
