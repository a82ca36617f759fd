"""sign-in with an OIDC provider

Revision ID: 0004_sign_in_elsewhere
Revises: 0003_files_and_named_versions
"""
from alembic import op
import sqlalchemy as sa


revision = '0004_sign_in_elsewhere'
down_revision = '0003_files_and_named_versions'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('oidc_attempt',
    sa.Column('state_hash', sa.String(length=64), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('code_verifier', sa.String(length=128), nullable=False),
    sa.Column('return_path', sa.String(length=500), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_oidc_attempt'))
    )
    with op.batch_alter_table('oidc_attempt', schema=None) as batch_op:
        batch_op.create_index('ix_oidc_attempt_expires_at', ['expires_at'], unique=False)

    op.create_table('oidc_identity',
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('user_id', sa.String(length=36), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_oidc_identity_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('issuer', 'subject', name=op.f('pk_oidc_identity'))
    )
    with op.batch_alter_table('oidc_identity', schema=None) as batch_op:
        batch_op.create_index('ix_oidc_identity_user', ['user_id', 'issuer'], unique=True)


def downgrade():
    with op.batch_alter_table('oidc_identity', schema=None) as batch_op:
        batch_op.drop_index('ix_oidc_identity_user')

    op.drop_table('oidc_identity')
    with op.batch_alter_table('oidc_attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_oidc_attempt_expires_at')

    op.drop_table('oidc_attempt')
