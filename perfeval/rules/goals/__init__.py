"""Family G: the goals."""
