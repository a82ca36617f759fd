"""first tables

Revision ID: 0001_first_tables
Revises: 
"""
from alembic import op
import sqlalchemy as sa


revision = '0001_first_tables'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('user',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('is_operator', sa.Boolean(), nullable=False),
    sa.Column('is_disabled', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email'))
    )
    op.create_table('auth_session',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_auth_session_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_auth_session')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_auth_session_secret_hash'))
    )
    with op.batch_alter_table('auth_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_auth_session_user_id'), ['user_id'], unique=False)

    op.create_table('canvas',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('owner_id', sa.String(length=36), nullable=False),
    sa.Column('head_seq', sa.BigInteger(), nullable=False),
    sa.Column('min_seq', sa.BigInteger(), nullable=False),
    sa.Column('epoch', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_canvas_owner_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canvas'))
    )
    with op.batch_alter_table('canvas', schema=None) as batch_op:
        batch_op.create_index('ix_canvas_owner_updated', ['owner_id', 'updated_at'], unique=False)

    op.create_table('ai_jobs',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('canvas_id', sa.String(length=36), nullable=True),
    sa.Column('job_type', sa.String(length=50), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('request_data', sa.JSON(), nullable=False),
    sa.Column('result_data', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('error_message', sa.Text(), nullable=True),
    sa.Column('error_code', sa.String(length=40), nullable=True),
    sa.Column('rq_job_id', sa.String(length=100), nullable=True),
    sa.Column('retry_count', sa.Integer(), nullable=False),
    sa.Column('max_retries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('sort_key', sa.Float(), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('max_attempts', sa.Integer(), nullable=False),
    sa.Column('available_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_token', sa.String(length=36), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('worker_id', sa.String(length=80), nullable=True),
    sa.Column('idempotency_key', sa.String(length=200), nullable=True),
    sa.Column('request_hash', sa.String(length=64), nullable=True),
    sa.Column('phase', sa.String(length=20), nullable=False),
    sa.Column('message', sa.String(length=500), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('planned', sa.Integer(), nullable=False),
    sa.Column('drawn', sa.Integer(), nullable=False),
    sa.Column('event_seq', sa.BigInteger(), nullable=False),
    sa.Column('staged_result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('usage', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('change_set_id', sa.String(length=36), nullable=True),
    sa.Column('trace_id', sa.String(length=64), nullable=True),
    sa.CheckConstraint("(status = 'processing') = (lease_token IS NOT NULL)", name=op.f('ck_ai_jobs_lease_while_processing')),
    sa.CheckConstraint("(status IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL)", name=op.f('ck_ai_jobs_terminal_has_time')),
    sa.CheckConstraint("status <> 'completed' OR result_data IS NOT NULL", name=op.f('ck_ai_jobs_completed_has_result')),
    sa.CheckConstraint("status IN ('queued', 'processing', 'completed', 'failed', 'cancelled')", name=op.f('ck_ai_jobs_status')),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_ai_jobs_canvas_id_canvas'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_ai_jobs_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ai_jobs'))
    )
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.create_index('idx_ai_job_created_at', ['created_at'], unique=False)
        batch_op.create_index('idx_ai_job_priority', ['priority', 'created_at'], unique=False)
        batch_op.create_index('idx_ai_job_type', ['job_type'], unique=False)
        batch_op.create_index('idx_ai_job_user_status', ['user_id', 'status'], unique=False)
        batch_op.create_index('ix_ai_jobs_canvas', ['canvas_id', 'created_at'], unique=False)
        batch_op.create_index('ix_ai_jobs_finished', ['completed_at'], unique=False)
        batch_op.create_index('ix_ai_jobs_idempotency', ['user_id', 'idempotency_key'], unique=True)
        batch_op.create_index('ix_ai_jobs_processing', ['user_id', 'lease_until'], unique=False, sqlite_where=sa.text("status = 'processing'"), postgresql_where=sa.text("status = 'processing'"))
        batch_op.create_index('ix_ai_jobs_queued', ['sort_key', 'seq'], unique=False, sqlite_where=sa.text("status = 'queued'"), postgresql_where=sa.text("status = 'queued'"))
        batch_op.create_index('ix_ai_jobs_queued_by_user', ['user_id', 'sort_key', 'seq'], unique=False, sqlite_where=sa.text("status = 'queued'"), postgresql_where=sa.text("status = 'queued'"))
        batch_op.create_index('ix_ai_jobs_running_canvas', ['canvas_id'], unique=True, sqlite_where=sa.text("status = 'processing'"), postgresql_where=sa.text("status = 'processing'"))

    op.create_table('canvas_object',
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('group_seq', sa.JSON(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('updated_by', sa.String(length=36), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_canvas_object_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['updated_by'], ['user.id'], name=op.f('fk_canvas_object_updated_by_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('canvas_id', 'id', name=op.f('pk_canvas_object'))
    )
    with op.batch_alter_table('canvas_object', schema=None) as batch_op:
        batch_op.create_index('ix_canvas_object_canvas_seq', ['canvas_id', 'seq'], unique=False)

    op.create_table('canvas_permission',
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('owner', 'editor', 'viewer')", name=op.f('ck_canvas_permission_role')),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_canvas_permission_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_canvas_permission_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('canvas_id', 'user_id', name=op.f('pk_canvas_permission'))
    )
    with op.batch_alter_table('canvas_permission', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_canvas_permission_user_id'), ['user_id'], unique=False)

    op.create_table('change_set',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=True),
    sa.Column('job_id', sa.String(length=36), nullable=True),
    sa.Column('first_seq', sa.BigInteger(), nullable=False),
    sa.Column('last_seq', sa.BigInteger(), nullable=False),
    sa.Column('inverse', sa.JSON(), nullable=False),
    sa.Column('undoes', sa.String(length=36), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_change_set_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_change_set_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_set')),
    sa.UniqueConstraint('undoes', name=op.f('uq_change_set_undoes'))
    )
    with op.batch_alter_table('change_set', schema=None) as batch_op:
        batch_op.create_index('ix_change_set_canvas_seq', ['canvas_id', 'last_seq'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_set_job_id'), ['job_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('invited_by', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('editor', 'viewer')", name=op.f('ck_invitation_role')),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_invitation_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invited_by'], ['user.id'], name=op.f('fk_invitation_invited_by_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_invitation_secret_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_canvas_id'), ['canvas_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_email'), ['email'], unique=False)

    op.create_table('sync_client',
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('client_id', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('last_n', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_sync_client_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sync_client_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('canvas_id', 'client_id', name=op.f('pk_sync_client'))
    )


def downgrade():
    op.drop_table('sync_client')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_email'))
        batch_op.drop_index(batch_op.f('ix_invitation_canvas_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('change_set', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_set_job_id'))
        batch_op.drop_index('ix_change_set_canvas_seq')

    op.drop_table('change_set')
    with op.batch_alter_table('canvas_permission', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_canvas_permission_user_id'))

    op.drop_table('canvas_permission')
    with op.batch_alter_table('canvas_object', schema=None) as batch_op:
        batch_op.drop_index('ix_canvas_object_canvas_seq')

    op.drop_table('canvas_object')
    with op.batch_alter_table('ai_jobs', schema=None) as batch_op:
        batch_op.drop_index('ix_ai_jobs_running_canvas', sqlite_where=sa.text("status = 'processing'"), postgresql_where=sa.text("status = 'processing'"))
        batch_op.drop_index('ix_ai_jobs_queued_by_user', sqlite_where=sa.text("status = 'queued'"), postgresql_where=sa.text("status = 'queued'"))
        batch_op.drop_index('ix_ai_jobs_queued', sqlite_where=sa.text("status = 'queued'"), postgresql_where=sa.text("status = 'queued'"))
        batch_op.drop_index('ix_ai_jobs_processing', sqlite_where=sa.text("status = 'processing'"), postgresql_where=sa.text("status = 'processing'"))
        batch_op.drop_index('ix_ai_jobs_idempotency')
        batch_op.drop_index('ix_ai_jobs_finished')
        batch_op.drop_index('ix_ai_jobs_canvas')
        batch_op.drop_index('idx_ai_job_user_status')
        batch_op.drop_index('idx_ai_job_type')
        batch_op.drop_index('idx_ai_job_priority')
        batch_op.drop_index('idx_ai_job_created_at')

    op.drop_table('ai_jobs')
    with op.batch_alter_table('canvas', schema=None) as batch_op:
        batch_op.drop_index('ix_canvas_owner_updated')

    op.drop_table('canvas')
    with op.batch_alter_table('auth_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_auth_session_user_id'))

    op.drop_table('auth_session')
    op.drop_table('user')
