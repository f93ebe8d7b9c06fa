"""The ledger: submissions, rounds and findings over runs and years, in SQLite or PostgreSQL."""

from perfeval.ledger.ledger import Ledger, open_ledger
from perfeval.ledger.seeking import Sought
from perfeval.ledger.views import VIEWS

__all__ = ["VIEWS", "Ledger", "Sought", "open_ledger"]
