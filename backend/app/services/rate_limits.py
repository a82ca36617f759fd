"""How often somebody may do something: counted in memory, or in Redis for several processes."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from app.utils.logger import SmartLogger

# After a failure Redis is left alone for a moment, so that only one request pays for its timeout.
REST_SECONDS = 5.0


class RateLimits:
    """Counts per (what, who). While Redis cannot be asked, this process counts for itself."""

    def __init__(self, redis_url: str = "") -> None:
        self._local = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(_redis_storage(redis_url)) if redis_url else None
        self._parsed: dict[str, RateLimitItem] = {}
        self._rest_until = 0.0

    def hit(self, limit: str, what: str, who: str) -> int | None:
        """Count one use of `limit` (such as "10/minute"); seconds to wait if it is too many."""
        item = self._parsed.setdefault(limit, parse(limit))
        if self._shared is not None and time.monotonic() >= self._rest_until:
            try:
                return self._ask(self._shared, item, what, who)
            except Exception as error:  # noqa: BLE001  limits must not fail with their store
                self._rest_until = time.monotonic() + REST_SECONDS
                SmartLogger().log_warning(
                    "rate_limit_store_unreachable", error=type(error).__name__
                )
        return self._ask(self._local, item, what, who)

    @staticmethod
    def _ask(
        limiter: FixedWindowRateLimiter, item: RateLimitItem, what: str, who: str
    ) -> int | None:
        if limiter.hit(item, what, who):
            return None
        reset = limiter.get_window_stats(item, what, who).reset_time
        return max(1, math.ceil(reset - time.time()))


def _redis_storage(url: str) -> Storage:
    return RedisStorage(url, socket_timeout=1, socket_connect_timeout=1)
