"""jobs that do not draw: only those that do take turns on a canvas

Revision ID: 0005_jobs_that_do_not_draw
Revises: 0004_sign_in_elsewhere
"""
from alembic import op
import sqlalchemy as sa


revision = '0005_jobs_that_do_not_draw'
down_revision = '0004_sign_in_elsewhere'
branch_labels = None
depends_on = None

PROCESSING = {
    'sqlite_where': sa.text("status = 'processing'"),
    'postgresql_where': sa.text("status = 'processing'"),
}
DRAWING = {
    'sqlite_where': sa.text("status = 'processing' AND draws IS 1"),
    'postgresql_where': sa.text("status = 'processing' AND draws IS true"),
}


def upgrade():
    op.add_column('ai_jobs', sa.Column('draws', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.drop_index('ix_ai_jobs_running_canvas', table_name='ai_jobs')
    op.create_index('ix_ai_jobs_running_canvas', 'ai_jobs', ['canvas_id'], unique=True, **DRAWING)


def downgrade():
    op.drop_index('ix_ai_jobs_running_canvas', table_name='ai_jobs')
    op.create_index('ix_ai_jobs_running_canvas', 'ai_jobs', ['canvas_id'], unique=True, **PROCESSING)
    op.drop_column('ai_jobs', 'draws')
