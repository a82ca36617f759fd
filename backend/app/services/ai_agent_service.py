"""A promised import path."""

from app.founding.ai_agent_service import AIAgentService

__all__ = ["AIAgentService"]
