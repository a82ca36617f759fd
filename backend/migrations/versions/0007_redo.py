"""undo and redo of jobs in any order, and when a job was asked for

Revision ID: 0007_redo
Revises: 0006_taken_back
"""
from alembic import op
import sqlalchemy as sa


revision = '0007_redo'
down_revision = '0006_taken_back'
branch_labels = None
depends_on = None

MARKED = 'undoes IS NOT NULL OR redoes IS NOT NULL OR restores IS NOT NULL'


def upgrade():
    with op.batch_alter_table('change_set', schema=None) as batch_op:
        batch_op.add_column(sa.Column('redoes', sa.String(length=36), nullable=True))
        batch_op.drop_constraint('uq_change_set_undoes', type_='unique')
        batch_op.create_index('ix_change_set_marks', ['canvas_id', 'last_seq'], unique=False, sqlite_where=sa.text(MARKED), postgresql_where=sa.text(MARKED))

    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_seq', sa.BigInteger(), nullable=True))


def downgrade():
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.drop_column('asked_seq')

    with op.batch_alter_table('change_set', schema=None) as batch_op:
        batch_op.drop_index('ix_change_set_marks')
        batch_op.create_unique_constraint('uq_change_set_undoes', ['undoes'])
        batch_op.drop_column('redoes')
