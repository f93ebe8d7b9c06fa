"""The tables of the ledger. Money is whole 分 (`_fen`), scores are 1/10,000 point (`_e4`)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

# one row is a call of perfeval that wrote: by what everything else was judged
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("started", DateTime, nullable=False),  # UTC
    Column("ended", DateTime),
    Column("state", Text, nullable=False),  # running, done, interrupted, failed
    Column("tool", Text, nullable=False),
    Column("rules", Text, nullable=False),  # hash
    Column("policy", Text, nullable=False),  # hash
    Column("out", Text, nullable=False),
)

# one row is what a unit submits for a project and year, over all its rounds
submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("year", Integer),
    Column("project", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("latest", Integer, nullable=False, index=True),  # its last round
)

# one row is a file that was handed in: a delivery is known by its path and content
rounds = Table(
    "rounds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("submission_id", Integer, ForeignKey("submissions.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),  # the one that met it first
    Column("judged_by", Integer, ForeignKey("runs.id"), nullable=False),  # the last
    Column("path", Text, nullable=False),  # absolute
    Column("name", Text, nullable=False),  # as results.json calls it
    Column("sha256", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("infos", Integer, nullable=False),
    Column("memo_sha256", Text, nullable=False),  # of the round as its workbook remembers it
    Column("memo", LargeBinary),  # that round: course.to_json, deflated
    Column("reply_by", Date),  # until when the unit is to answer
    Index("delivery", "path", "sha256"),
    Index("memo_of_round", "memo_sha256"),
)

# one row is a 自评表 of a round
forms = Table(
    "forms",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("round_id", Integer, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("year", Integer),
    Column("project", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("who", Text, nullable=False),  # hash of project and unit, spaces and marks left out
    Column("budget_fen", BigInteger),
    Column("executed_fen", BigInteger),
    Column("points_e4", BigInteger),
    Column("reported_e4", BigInteger),
    Column("recomputed_e4", BigInteger),
    Column("grade_reported", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),  # goals and indicators: JSON, deflated
    Index("who_and_year", "who", "year"),
)

# one row is a finding of a round, or one of earlier rounds that is not found in it any more
findings = Table(
    "findings",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", Integer, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("form_id", Integer, ForeignKey("forms.id")),
    Column("finding", Text, nullable=False),  # its fingerprint
    Column("code", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("state", Text, nullable=False),  # course.Standing
)

# one row is what the unit answered to a finding of the round before
replies = Table(
    "replies",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", Integer, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("finding", Text, nullable=False),
    Column("handled", Text, nullable=False),  # course.Handled
    Column("explanation", Text, nullable=False),
)

# one row is a finding that someone has signed for
waivers = Table(
    "waivers",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_id", Integer, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("finding", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("signatory", Text, nullable=False),
    Column("until", Date, nullable=False),
)
