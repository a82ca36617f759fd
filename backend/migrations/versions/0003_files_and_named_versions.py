"""pictures on canvases; named versions

Revision ID: 0003_files_and_named_versions
Revises: 0002_sharing_and_history
"""
from alembic import op
import sqlalchemy as sa


revision = '0003_files_and_named_versions'
down_revision = '0002_sharing_and_history'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('canvas_file',
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=True),
    sa.Column('media_type', sa.String(length=20), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('small', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("media_type IN ('image/png', 'image/jpeg')", name=op.f('ck_canvas_file_media_type')),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_canvas_file_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_canvas_file_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('canvas_id', 'id', name=op.f('pk_canvas_file'))
    )
    with op.batch_alter_table('canvas_file', schema=None) as batch_op:
        batch_op.create_index('ix_canvas_file_kept_at', ['kept_at'], unique=False)
        batch_op.create_index('ix_canvas_file_user_id', ['user_id'], unique=False)

    op.create_table('named_version',
    sa.Column('canvas_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=True),
    sa.Column('scene', sa.LargeBinary(), nullable=False),
    sa.Column('file_ids', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['canvas_id'], ['canvas.id'], name=op.f('fk_named_version_canvas_id_canvas'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_named_version_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('canvas_id', 'seq', name=op.f('pk_named_version'))
    )


def downgrade():
    op.drop_table('named_version')
    with op.batch_alter_table('canvas_file', schema=None) as batch_op:
        batch_op.drop_index('ix_canvas_file_user_id')
        batch_op.drop_index('ix_canvas_file_kept_at')

    op.drop_table('canvas_file')
