"""A headless Chromium for the tests: what a page measures, and what it does when it is used."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

_QUIET = ("quic", "background-networking", "component-update", "sync", "gpu")


def measured(page: str, expression: str, folder: Path, *, width: int = 390) -> object:
    """The value of a JavaScript `expression` over `page`, in a frame of `width` pixels.

    `doc` is the page's document; the expression may await. The page's own policy forbids foreign
    scripts, so that it is driven from the page around it.
    """
    frame = f'<iframe width="{width}" height="900" style="border:0" srcdoc="{html.escape(page)}">'
    script = f"""
        const after = (ms) => new Promise((done) => setTimeout(done, ms));
        onload = async () => {{
          const doc = document.querySelector("iframe").contentDocument;
          document.title = JSON.stringify(await ({expression}));
        }};
    """
    (folder / "frame.html").write_text(
        f"<!doctype html>{frame}</iframe><script>{script}</script>", "utf-8"
    )
    dumped = chromium(folder, "--virtual-time-budget=4000", "--dump-dom", page="frame.html")
    found = re.search(r"<title>(.*?)</title>", dumped)
    assert found is not None, "the script did not come to its end"
    return json.loads(html.unescape(found[1]))


def chromium(folder: Path, *args: str, page: str) -> str:
    """Run it over a page of `folder`; its standard output."""
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--no-first-run", "--hide-scrollbars",
         *(f"--disable-{name}" for name in _QUIET), f"--user-data-dir={folder / 'profile'}",
         *args, (folder / page).as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout
