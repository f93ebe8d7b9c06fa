"""Family R: reading the file."""
