"""A promised import path."""

from app.founding.ai_job_service import AIJobService

__all__ = ["AIJobService"]
