"""What the settings say about the model: accepted forms, refused ones, and what is never shown."""

import sys

import pytest

from app.adapters.language_models import build_planner, model_problem, warm_up
from app.adapters.language_models.endpoint import NO_KEY, Endpoint, read_endpoint
from app.adapters.language_models.providers.openai import OPENAI
from app.config.settings import Settings, UnsafeSettings

KEY = "sk-very-secret-1234567890"


def settings(model: str, *, key: str = "", base_url: str = "") -> Settings:
    return Settings(ai_model=model, ai_api_key=key, ai_base_url=base_url, _env_file=None)


def endpoint_of(model: str, *, key: str = "", base_url: str = "") -> Endpoint:
    return read_endpoint(OPENAI, settings(model, key=key, base_url=base_url))


def test_a_model_name_may_contain_colons_and_slashes() -> None:
    endpoint = endpoint_of("openai:org/qwen2.5:7b", base_url="http://127.0.0.1:11434/v1/")
    assert (endpoint.model, endpoint.base_url) == (
        "org/qwen2.5:7b",
        "http://127.0.0.1:11434/v1",
    )
    assert endpoint.key == NO_KEY


@pytest.mark.parametrize("model", ["gpt-4o", "nobody:large", "openai:", ":x", "offline:x"])
def test_an_unknown_prefix_says_what_may_be_written(model: str) -> None:
    with pytest.raises(UnsafeSettings, match=r"AI_MODEL.*offline, openai:<name>"):
        build_planner(settings(model, key=KEY))
    assert "AI_MODEL" in str(model_problem(settings(model, key=KEY)))


@pytest.mark.parametrize(
    "base_url",
    [
        "localhost:11434",
        "ftp://host/v1",
        "http://",
        "http://user:pw@host/v1",
        "http://host/v1?key=1",
        "http://host:99999/v1",
        "http://[::1/v1",
    ],
)
def test_an_address_that_cannot_be_one_is_refused(base_url: str) -> None:
    with pytest.raises(UnsafeSettings, match="AI_BASE_URL"):
        build_planner(settings("openai:x", base_url=base_url))


@pytest.mark.parametrize("key", ["sk with space", "sk-\u200bzero", "sk-\nline"])
def test_a_key_that_was_copied_badly_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(UnsafeSettings) as caught:
        build_planner(settings("openai:x", key=key))
    assert key not in str(caught.value)


def test_the_key_is_in_no_representation() -> None:
    endpoint = endpoint_of("openai:gpt-4o", key=KEY)
    assert KEY not in f"{endpoint!r} {endpoint}"


def test_the_vendors_packages_are_imported_aside_before_the_first_job() -> None:
    assert warm_up(settings("offline")) is None
    thread = warm_up(settings("openai:x", key=KEY))
    assert thread is not None
    thread.join(60)
    assert not thread.is_alive()
    assert "app.adapters.language_models.dialogue" in sys.modules
