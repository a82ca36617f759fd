import pytest
from app.services.ai_job_service import AIJobService
from app.models.ai_job import AIJob
from app.extensions import db

class TestAIJobService:
    def test_create_canvas_job(self, app, user):
        with app.app_context():
            job_service = AIJobService()
            request_data = {
                'instructions': 'Create a flowchart',
                'style': 'modern'
            }
            
            job_id = job_service.create_canvas_job(
                user_id=user.id,
                request_data=request_data
            )
            
            job = AIJob.query.get(job_id)
            assert job is not None
            assert job.job_type == 'create_canvas'
            assert job.status == 'queued'
            assert job.user_id == user.id
