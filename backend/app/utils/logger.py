"""Structured logs. Event names are constant words; everything that varies is a key."""

import contextlib
import logging
import sys
from typing import Any, Literal, TextIO, cast

import structlog

REDACTED = {"password", "token", "secret", "authorization", "cookie", "api_key", "instructions"}


def _redact(_logger: Any, _method: str, event: dict[str, Any] | Any) -> Any:
    return {key: "[redacted]" if key in REDACTED else value for key, value in event.items()}


class _StandardError:
    """Where standard error is now. A log that cannot be written (full disk, closed pipe) is lost:
    it must not end the thread or the request that wanted to say something."""

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()


def configure_logging(
    level: str = "INFO", log_format: Literal["auto", "json", "console"] = "auto"
) -> None:
    """One stream on stderr: JSON for machines, colours for a terminal."""
    as_json = log_format == "json" or (log_format == "auto" and not sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _redact,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    )
    errors = [structlog.processors.format_exc_info] if as_json else []
    structlog.configure(
        processors=[*shared, *errors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _StandardError())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(cast(TextIO, _StandardError()))
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *errors,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "httpx2"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class SmartLogger:
    """The founding document's logger, over structlog."""

    def __init__(self, **bound: Any) -> None:
        self._log = structlog.get_logger(**bound)

    def log_info(self, event: str, **keys: Any) -> None:
        self._log.info(event, **keys)

    def log_warning(self, event: str, **keys: Any) -> None:
        self._log.warning(event, **keys)

    def log_error(self, event: str, exception: BaseException | None = None, **keys: Any) -> None:
        self._log.error(event, exc_info=exception, **keys)
