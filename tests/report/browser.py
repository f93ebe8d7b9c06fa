"""A headless Chromium for the tests: what a page measures, prints, and does when it is used.

Playwright drives the browser that is installed. It speaks to the page past the page's own policy,
which forbids foreign scripts. Each call has a browser of its own: one that stays open would leave
its event loop running under the tests of others.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 60_000.0  # milliseconds: the machine may be busy


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser. Skips the test where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, page: str, folder: Path, *, width: int = 1280, **more: Any) -> Page:
    """A page in a window of its own, without a network."""
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **more)
    context.set_default_timeout(PATIENCE)
    shown = context.new_page()
    shown.goto(path.as_uri())
    return shown


def measured(page: str, expression: str, folder: Path, *, width: int = 390) -> object:
    """The value of a JavaScript `expression` over `page`, in a window of `width` pixels.

    `doc` is the page's document; the expression may await, and wait by `after(milliseconds)`.
    """
    script = f"""async () => {{
        const doc = document, after = (ms) => new Promise((done) => setTimeout(done, ms));
        return await ({expression});
    }}"""
    with browsing() as browser:
        return opened(browser, page, folder, width=width).evaluate(script)


def printed(page: str, folder: Path) -> bytes:
    """The page as PDF, on the paper that its style asks for."""
    with browsing() as browser:
        return opened(browser, page, folder).pdf(prefer_css_page_size=True)
