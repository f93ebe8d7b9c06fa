"""The command line: arguments in, calls out. The only room that prints."""

from perfeval.cli.main import main

__all__ = ["main"]
