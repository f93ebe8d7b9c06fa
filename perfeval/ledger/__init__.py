"""The ledger: submissions, rounds and findings over runs and years, in SQLite or PostgreSQL."""

from perfeval.ledger.ledger import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
