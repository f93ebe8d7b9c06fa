"""Recomputation of every score: what is due, and the defensible range."""

from perfeval.scores.recompute import Scores, recompute

__all__ = ["Scores", "recompute"]
