"""Find a browser for the tests, and install one when asked and none is there.

In this order: an installed Chromium or Chrome, Playwright's own download, the system's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def installed() -> str | None:
    """Return the path of an installed browser, if there is one."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return MAC if Path(MAC).exists() else playwrights()


def playwrights() -> str | None:
    """Return the path of the browser that Playwright downloaded, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _try(*command: str) -> bool:
    print("Trying:", " ".join(command), flush=True)
    try:
        return subprocess.run(command, capture_output=True, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str | None:
    """Get a browser by Playwright's download, else from the system's packages as root."""
    if path := installed():
        return path
    print("No Chromium or Chrome found; getting one.", flush=True)
    if not _try(sys.executable, "-m", "playwright", "install", "chromium") and (
        shutil.which("apt-get") and os.geteuid() == 0
    ):
        _try("apt-get", "update")
        # Arabic needs a font, which a bare machine does not have.
        _try("apt-get", "install", "-y", "chromium", "fonts-noto-core")
    return installed()


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else installed()
    if not found:
        sys.exit(
            "The tests need Chromium or Chrome: none is installed, Playwright could not download "
            "one, and the system package could not be installed."
        )
    print("Browser for the tests:", found)
