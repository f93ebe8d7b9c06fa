"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("started", sa.DateTime, nullable=False),
        sa.Column("ended", sa.DateTime),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("tool", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("out", sa.Text, nullable=False),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("year", sa.Integer),
        sa.Column("project", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("latest", sa.Integer, nullable=False),
    )
    op.create_index("ix_submissions_latest", "submissions", ["latest"])
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("submission_id", sa.Integer, sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("judged_by", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("infos", sa.Integer, nullable=False),
        sa.Column("memo_sha256", sa.Text, nullable=False),
        sa.Column("memo", sa.LargeBinary),
    )
    op.create_index("ix_rounds_submission_id", "rounds", ["submission_id"])
    op.create_index("delivery", "rounds", ["path", "sha256"])
    op.create_index("memo_of_round", "rounds", ["memo_sha256"])
    op.create_table(
        "forms",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("project", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("budget_fen", sa.BigInteger),
        sa.Column("executed_fen", sa.BigInteger),
        sa.Column("points_e4", sa.BigInteger),
        sa.Column("reported_e4", sa.BigInteger),
        sa.Column("recomputed_e4", sa.BigInteger),
        sa.Column("grade_reported", sa.Text, nullable=False),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_forms_round_id", "forms", ["round_id"])
    op.create_index("who_and_year", "forms", ["who", "year"])
    op.create_table(
        "findings",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("form_id", sa.Integer, sa.ForeignKey("forms.id")),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("cell", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("expected", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index("ix_findings_round_id", "findings", ["round_id"])
    op.create_table(
        "replies",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("handled", sa.Text, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
    )
    op.create_index("ix_replies_round_id", "replies", ["round_id"])
    op.create_table(
        "waivers",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("round_id", sa.Integer, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("signatory", sa.Text, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
    )
    op.create_index("ix_waivers_round_id", "waivers", ["round_id"])
