"""From grid and layout to rows of the tables."""

from perfeval.extract.collector import Collector

__all__ = ["Collector"]
