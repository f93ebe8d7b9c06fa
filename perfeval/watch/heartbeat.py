"""The file that says at each look how the watcher is, for whoever watches the watcher."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from perfeval.outbox import write_whole

HEARTBEAT = "heartbeat.json"


def beat(out: Path, state: str, facts: Mapping[str, object]) -> None:
    """Write it. Raises OSError."""
    document = {
        "state": state,
        "time": datetime.now().astimezone().isoformat(timespec="seconds"),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        **facts,
    }
    write_whole(out / HEARTBEAT, json.dumps(document, indent=1).encode())
