"""what a person took back by hand of a job

Revision ID: 0006_taken_back
Revises: 0005_jobs_that_do_not_draw
"""
from alembic import op
import sqlalchemy as sa


revision = '0006_taken_back'
down_revision = '0005_jobs_that_do_not_draw'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('taken_back', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.drop_column('taken_back')
