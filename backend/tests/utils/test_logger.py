"""What a process says about itself reaches standard error, and never stops who says it."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from app.utils.logger import SmartLogger, configure_logging


class FullDisk(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level


def closed() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("stream", [FullDisk(), closed()])
def test_a_log_that_cannot_be_written_stops_nobody(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    configure_logging("INFO", "json")
    SmartLogger().log_error("broken", RuntimeError("why"), number=7)
    logging.getLogger("library").error("broken too")


def test_logs_follow_standard_error_when_it_is_exchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", closed())
    configure_logging("INFO", "json")
    monkeypatch.setattr(sys, "stderr", now := io.StringIO())
    SmartLogger().log_info("here")
    logging.getLogger("library").error("and_here")
    assert '"here"' in now.getvalue()
    assert "and_here" in now.getvalue()
