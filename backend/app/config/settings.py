"""Every setting of the program, read once, typed and checked."""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    Field,
    PostgresDsn,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings.sources import PydanticBaseSettingsSource

from app.config.secret_files import SecretFileSource
from app.domain.planning.model_name import OFFLINE, is_offline, normalized

# Where `.env` and `.data` are: the program's own directory if ./collabcanvas was called from
# elsewhere, else the current one.
HOME = Path(os.environ.get("COLLABCANVAS_HOME") or ".")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
DEFAULT_SECRETS = {"", "secret", "changeme", "change-me", "dev", "password", "postgres"}
MIN_SECRET_LENGTH = 16
# Empty, each means another system: a database in a file, no Redis, a secret made here.
DECISIVE = ("database_url", "redis_url", "secret_key")
MEGABYTE = 1024 * 1024

Registration = Literal["open", "invite", "closed"]


class UnsafeSettings(ValueError):
    """The settings would start an unsafe or impossible system; the message says what to do."""


class Settings(BaseSettings):
    """Read from the environment, from `.env`, or from the file named by `NAME_FILE` for secrets."""

    model_config = SettingsConfigDict(env_file=HOME / ".env", extra="ignore", frozen=True)

    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=5000, ge=0, le=65535)
    data_dir: Path = HOME / ".data"
    public_url: str = ""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    registration: Registration | None = None

    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = Field(default="Single sign-on", max_length=60)
    oidc_allowed_domains: Annotated[tuple[str, ...], NoDecode] = ()

    ai_model: str = OFFLINE
    ai_models: Annotated[tuple[str, ...], NoDecode] = Field(default=(), max_length=20)
    ai_base_url: str = ""
    ai_api_key: str = ""
    ai_job_timeout: int = Field(default=300, ge=1, le=3600)
    ai_max_attempts: int = Field(default=3, ge=1, le=20)
    ai_user_concurrency: int = Field(default=2, ge=1, le=100)
    ai_context_tokens: int = Field(default=0, ge=0, le=10_000_000)
    ai_daily_tokens: int = Field(default=0, ge=0)
    worker_slots: int = Field(default=8, ge=0, le=200)
    job_lease_seconds: float = Field(default=45, gt=0, le=3600)
    job_retention_days: int = Field(default=7, ge=1, le=3650)

    max_file_mb: int = Field(default=10, ge=1, le=100)
    canvas_files_mb: int = Field(default=100, ge=1, le=100_000)
    user_files_mb: int = Field(default=500, ge=1, le=1_000_000)

    elasticsearch_url: str = ""
    metrics_token: str = ""
    sentry_dsn: str = ""
    otel_exporter_otlp_endpoint: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "console"] = "auto"

    rate_limits: bool = True
    testing: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  given by position
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFileSource(settings_cls), dotenv_settings

    @field_validator("cors_origins", "ai_models", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("ai_model")
    @classmethod
    def _normalize_model(cls, value: str) -> str:
        return normalized(value) or OFFLINE

    @field_validator("ai_models")
    @classmethod
    def _normalize_models(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        entries = (entry.partition("=") for entry in value)
        return tuple(f"{normalized(model)}{sign}{label}" for model, sign, label in entries)

    @field_validator("oidc_allowed_domains", mode="before")
    @classmethod
    def _split_domains(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(part.strip().lower().lstrip("@") for part in parts if part.strip())

    @field_validator("registration", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return value or None

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        self._refuse_empty_files()
        for origin in self.cors_origins:
            parts = urlsplit(origin)
            if "*" in origin or parts.scheme not in {"http", "https"} or not parts.netloc:
                raise UnsafeSettings(
                    f"CORS_ORIGINS may not contain {origin!r}: list exact origins such as "
                    "https://board.example.org, or leave it empty for same origin only."
                )
        for offer in self.ai_models:
            self._refuse_foreign_model(offer.partition("=")[0])
        if self.oidc_issuer:
            self._refuse_incomplete_provider()
        if self.database_url.startswith("postgres"):
            self._refuse_default_database_password()
        if not self.is_local and self.secret_key.lower() in DEFAULT_SECRETS - {""}:
            raise UnsafeSettings("SECRET_KEY is a well-known default. Set a random one.")
        if self.secret_key and not self.is_local and len(self.secret_key) < MIN_SECRET_LENGTH:
            raise UnsafeSettings(f"SECRET_KEY must have at least {MIN_SECRET_LENGTH} characters.")
        return self

    def _refuse_empty_files(self) -> None:
        for name in map(str.upper, DECISIVE):
            if os.environ.get(f"{name}_FILE") and not getattr(self, name.lower()).strip():
                raise UnsafeSettings(
                    f"{name} is empty although {name}_FILE is set: the file has to hold its value."
                )

    def _refuse_foreign_model(self, model: str) -> None:
        """There is one address and one key, so all models are of one vendor."""
        vendor, _, name = model.partition(":")
        if not is_offline(model) and (vendor != self.ai_model.partition(":")[0] or not name):
            raise UnsafeSettings(
                f"AI_MODELS may not contain {model!r}: list models of the vendor of AI_MODEL "
                f"({self.ai_model}), or offline, such as openai:gpt-4o-mini=Quick."
            )

    def _refuse_incomplete_provider(self) -> None:
        parts = urlsplit(self.oidc_issuer)
        local = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not (parts.scheme == "https" or local) or not parts.hostname or parts.query:
            raise UnsafeSettings(
                "OIDC_ISSUER must be the provider's https:// address, exactly as it calls itself."
            )
        if not self.oidc_client_id:
            raise UnsafeSettings("OIDC_CLIENT_ID must be set when OIDC_ISSUER is.")
        if not self.is_local and not self.public_url:
            raise UnsafeSettings(
                "PUBLIC_URL must be set when OIDC_ISSUER is: the provider sends people back to it."
            )

    def _refuse_default_database_password(self) -> None:
        try:
            url = TypeAdapter(PostgresDsn).validate_python(self.database_url)
        except ValidationError as error:
            # A UNIX socket URL has no host; it is checked by the driver instead.
            if "host=" in self.database_url:
                return
            raise UnsafeSettings("DATABASE_URL is not a valid PostgreSQL address.") from error
        for host in url.hosts():
            if host.get("password") in DEFAULT_SECRETS and host.get("host") not in LOOPBACK | {
                None
            }:
                raise UnsafeSettings(
                    "DATABASE_URL uses a default or empty password. Set a real one."
                )

    @property
    def is_local(self) -> bool:
        """Only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def embedded(self) -> bool:
        """No Redis: jobs run in worker threads of the server, events stay in process."""
        return not self.redis_url

    @property
    def sqlalchemy_url(self) -> str:
        if not self.database_url:
            return f"sqlite:///{(self.data_dir.resolve() / 'collabcanvas.sqlite3').as_posix()}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url

    @property
    def max_file_bytes(self) -> int:
        return self.max_file_mb * MEGABYTE

    @property
    def registration_policy(self) -> Registration:
        return self.registration or ("open" if self.is_local else "invite")

    @property
    def base_url(self) -> str:
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    @cached_property
    def effective_secret_key(self) -> str:
        """`SECRET_KEY`, or one made on first start and kept beside the data.

        Several machines must share one, so without a local data directory it has to be set.
        """
        if self.secret_key:
            return self.secret_key
        if not self.embedded:
            raise UnsafeSettings(
                "SECRET_KEY (or SECRET_KEY_FILE) must be set when REDIS_URL is: "
                "every process has to use the same one."
            )
        path = self.data_dir / "secret_key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return path.read_text(encoding="ascii").strip()
