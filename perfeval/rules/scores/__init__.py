"""Family S: the scores."""
