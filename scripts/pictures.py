"""Take docs/network.png from the real page of `cagraph network`, with one agreement chosen.

Run: python scripts/pictures.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from cagraph.network.page import drawn
from cagraph.store.opening import connect

DOCS = Path(__file__).parents[1] / "docs"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def main() -> None:
    """Write the agreement network into a file, open it, search, and take the picture."""
    _, text = drawn(connect(say=False))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "network.html")
        path.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}).new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-drawn]", state="attached")
        page.get_by_label("Find").fill("belgium memorandum")
        page.wait_for_timeout(300)
        page.screenshot(path=DOCS / "network.png")
        browser.close()


if __name__ == "__main__":
    main()
