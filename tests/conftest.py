"""What holds for all tests: the language of the machine they run on has no say."""

from __future__ import annotations

import os

os.environ["LC_ALL"] = "C.UTF-8"
