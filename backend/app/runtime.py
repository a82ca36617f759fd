"""What one process of the program works with: put together by the factory, asked by services."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from functools import cached_property
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

from app.adapters.elk import ElkEngine
from app.adapters.fonts import FontMeasure
from app.adapters.job_queue import JobQueue, build_job_queue
from app.adapters.language_models import build_planner
from app.adapters.language_models.offers import offers
from app.config.settings import Settings
from app.domain.layout.tools import Tools
from app.domain.planning.request import Planner

T = TypeVar("T")
Scope = Callable[[], AbstractContextManager[object]]


class Runtime:
    """One for each application; thread-safe. What costs time or memory is made at first use.

    `scope` opens a place to work in for the calling thread: a database session of its own, and
    this runtime as the current one. `session` gives the session of the scope that is open.
    """

    def __init__(
        self,
        settings: Settings,
        scope: Scope,
        session: Callable[[], Session],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.scope = scope
        self.session = session
        self.monotonic = monotonic
        self.queue: JobQueue = build_job_queue(settings)
        self._lock = threading.RLock()
        self._planners: dict[str, Planner] = {}
        self._shared: dict[type[Any], Any] = {}

    @cached_property
    def tools(self) -> Tools:
        """What drawings are measured and laid out with."""
        return Tools(FontMeasure(), ElkEngine())

    def planner(self, model: str | None = None) -> Planner:
        """The installation's planner, or that of another model which is offered.

        Raises:
            UnsafeSettings: the settings name a model that cannot be used.
        """
        own = self.settings.ai_model
        chosen = model if model and self.is_offered(model) else own
        with self._lock:
            if chosen not in self._planners:
                changed = {"ai_model": chosen}
                same = chosen == own
                settings = self.settings if same else self.settings.model_copy(update=changed)
                self._planners[chosen] = build_planner(settings)
            return self._planners[chosen]

    def use_planner(self, planner: Planner, model: str | None = None) -> None:
        """Put this planner in place of the installation's, or of another model's."""
        self._planners[model or self.settings.ai_model] = planner

    def is_offered(self, model: str) -> bool:
        return any(offer.id == model for offer in offers(self.settings))

    def shared(self, kind: type[T], make: Callable[[], T] | None = None) -> T:
        """The one `kind` of this process, made at first use by `make` (or `kind` itself)."""
        with self._lock:
            if kind not in self._shared:
                self._shared[kind] = (make or kind)()
            return cast("T", self._shared[kind])


_current: ContextVar[Runtime | None] = ContextVar("runtime", default=None)


def runtime() -> Runtime:
    """The runtime whose scope is open here.

    Raises:
        RuntimeError: none is.
    """
    found = _current.get()
    if found is None:
        raise RuntimeError("no runtime is at work here: open one with Runtime.scope()")
    return found


def is_at_work() -> bool:
    return _current.get() is not None


def enter(entered: Runtime) -> Runtime | None:
    """Make it the current one; the one before is given back, for `leave`."""
    before = _current.get()
    _current.set(entered)
    return before


def leave(before: Runtime | None) -> None:
    _current.set(before)
