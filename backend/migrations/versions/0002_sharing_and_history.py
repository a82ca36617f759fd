"""share links; change sets that can be gathered into versions

Revision ID: 0002_sharing_and_history
Revises: 0001_first_tables
"""
from alembic import op
import sqlalchemy as sa


revision = '0002_sharing_and_history'
down_revision = '0001_first_tables'
branch_labels = None
depends_on = None

UNSETTLED = {'sqlite_where': sa.text('settled = false'), 'postgresql_where': sa.text('settled = false')}


def upgrade():
    op.create_table('share_link',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('created_by', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('editor', 'viewer')", name=op.f('ck_share_link_role')),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_share_link_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['user.id'], name=op.f('fk_share_link_created_by_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_link')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_share_link_secret_hash'))
    )
    with op.batch_alter_table('share_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_link_canvas_id'), ['canvas_id'], unique=False)

    with op.batch_alter_table('change_set', schema=None) as batch_op:
        batch_op.add_column(sa.Column('authors', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('restores', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('settled', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index('ix_change_set_unsettled', ['created_at'], unique=False, **UNSETTLED)

    with op.batch_alter_table('sync_client', schema=None) as batch_op:
        batch_op.create_index('ix_sync_client_seen_at', ['seen_at'], unique=False)


def downgrade():
    with op.batch_alter_table('sync_client', schema=None) as batch_op:
        batch_op.drop_index('ix_sync_client_seen_at')

    with op.batch_alter_table('change_set', schema=None) as batch_op:
        batch_op.drop_index('ix_change_set_unsettled', **UNSETTLED)
        batch_op.drop_column('settled')
        batch_op.drop_column('restores')
        batch_op.drop_column('ended_at')
        batch_op.drop_column('authors')

    with op.batch_alter_table('share_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_share_link_canvas_id'))

    op.drop_table('share_link')
