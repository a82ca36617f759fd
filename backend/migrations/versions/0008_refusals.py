"""what a refusal was made of, and what can be drawn instead

Revision ID: 0008_refusals
Revises: 0007_redo
"""
from alembic import op
import sqlalchemy as sa


revision = '0008_refusals'
down_revision = '0007_redo'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('refusal', sa.JSON(), nullable=True))


def downgrade():
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.drop_column('refusal')
