"""From grid and layout to rows of the tables."""
