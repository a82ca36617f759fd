import pytest
from app.tasks import process_canvas_creation_job
from app.models.ai_job import AIJob
from app.extensions import db

def test_canvas_creation_job_processing(app, user):
    with app.app_context():
        # Create a test job
        job = AIJob(
            user_id=user.id,
            job_type='create_canvas',
            request_data={'instructions': 'Create a simple rectangle'},
            status='queued'
        )
        db.session.add(job)
        db.session.commit()
        
        # Process the job
        process_canvas_creation_job(job.id)
        
        # Check job was completed
        updated_job = AIJob.query.get(job.id)
        assert updated_job.status == 'completed'
        assert updated_job.result_data is not None
