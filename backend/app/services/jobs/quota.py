"""What a person's jobs may spend on language models in a day."""

from app.domain.errors import QuotaExceeded
from app.models import job_queries
from app.runtime import runtime


def require_tokens(user_id: str) -> None:
    """Raises QuotaExceeded if the person's jobs have spent the tokens of a day."""
    limit = runtime().settings.ai_daily_tokens
    if not limit:
        return
    spent = sum(
        usage.get("input_tokens", 0) + usage.get("output_tokens", 0)
        for usage in job_queries.usage_today(user_id)
    )
    if spent >= limit:
        raise QuotaExceeded
