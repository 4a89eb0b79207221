"""A Chromium for the browser tests: an installed one, else Playwright's own, else Debian's package.

``python -m tests.dashboards.chromium`` makes sure that there is one, and prints where.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Headless, as root too, and without a word to anybody outside.
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path | None:
    """The Chromium on the path, else the one that Playwright has downloaded; None without any."""
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    return _playwrights_own()


def install() -> Path:
    """Find a Chromium, or install one.

    Raises:
        SystemExit: there is none, and none could be installed.
    """
    if path := find():
        return path
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    if (path := find()) is None and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run("apt-get", "update", "--quiet")
        _run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium")
        path = find()
    if path is None:
        raise SystemExit(
            "No Chromium: it is not on the path, Playwright could not download its own, and there "
            "is no root to install Debian's. Install Chromium, and run this again."
        )
    return path


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _run(*command: str) -> None:
    if shutil.which(command[0]):
        subprocess.run(command, check=False)


if __name__ == "__main__":
    print(f"Chromium: {install()}")
