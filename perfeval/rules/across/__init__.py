"""Family Y: across forms, rounds and years."""
