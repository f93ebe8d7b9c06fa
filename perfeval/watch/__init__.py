"""The drop folder: files that are laid in it are answered, each once."""

from perfeval.watch.events import Event, Tell
from perfeval.watch.settings import Settings
from perfeval.watch.watcher import watch

__all__ = ["Event", "Settings", "Tell", "watch"]
