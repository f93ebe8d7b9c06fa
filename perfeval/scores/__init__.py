"""Recomputation of every score: what is due, and what is the lowest and highest that can be defended."""

from perfeval.scores.recompute import Scores, recompute

__all__ = ["Scores", "recompute"]
