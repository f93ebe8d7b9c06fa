"""Family F: the money."""
