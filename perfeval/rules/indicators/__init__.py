"""Family I: the indicators."""
