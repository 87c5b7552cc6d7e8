"""The one table: events, append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        # The order of arrival in this log; the order of the fold is (at, id).
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("learner", sa.String(36), nullable=False),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("course_version", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("lesson", sa.Text),
        sa.Column("item", sa.Text),
        sa.Column("item_version", sa.Integer),
        sa.Column("seed", sa.BigInteger),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("objectives", sa.Text, nullable=False),
        sa.Column("format", sa.Text),
        sa.Column("open", sa.Integer),
        sa.Column("guess", sa.Double),
        sa.Column("difficulty", sa.Double),
        sa.Column("response", sa.Text),
        sa.Column("score", sa.Double),
        sa.Column("mistake", sa.Text),
        sa.Column("source", sa.String(16)),
        sa.Column("duration_ms", sa.BigInteger),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("events_by_learner", "events", ["learner", "course", "seq"])


def downgrade() -> None:
    raise RuntimeError("the event log is append-only: restore a copy instead of going back")
