"""Family H: the heading of a form."""
