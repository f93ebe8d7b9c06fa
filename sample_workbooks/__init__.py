"""The samples of README and tests, and what makes them."""
