"""The files that the founding document names, at the places where it names them."""

import pytest

from tests.architecture.sources import ROOT

FOUNDING_PATHS = [
    "docker-compose.yml",
    "backend/requirements.txt",
    "backend/worker.py",
    "backend/migrations",
    "backend/app/__init__.py",
    "backend/app/extensions.py",
    "backend/app/tasks.py",
    "backend/app/config/redis_config.py",
    "backend/app/models/__init__.py",
    "backend/app/models/ai_job.py",
    "backend/app/routes/ai_agent.py",
    "backend/app/services/ai_agent_service.py",
    "backend/app/services/ai_job_service.py",
    "backend/app/utils/logger.py",
    "frontend/src/types/ai.ts",
    "frontend/src/services/aiAgentService.ts",
    "frontend/src/hooks/useAIJobUpdates.ts",
    "frontend/src/components/Canvas/CanvasEditor.tsx",
]


@pytest.mark.parametrize("path", FOUNDING_PATHS)
def test_a_founding_file_is_where_it_was_promised(path: str) -> None:
    assert (ROOT / path).exists()
