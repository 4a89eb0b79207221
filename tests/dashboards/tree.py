"""Copies of the project in which a test changes files, and what their pages send."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from facet.config import PROJECT_DIR
from facet.release import Release


def copy_of_project(tree: Path) -> Path:
    """Copy what the dashboards consist of into a folder."""
    for folder in ("facet", "dashboards"):
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT_DIR / folder, tree / folder, ignore=without)
    return tree


def sent_in(
    tree: Path, release: Release, *, pages: Iterable[str], languages: Iterable[str]
) -> dict[str, dict[str, str]]:
    """All that pages of a tree send, by language and page."""
    environment = {
        **os.environ,
        "FACET_HOME": str(release.directory.parent.parent),
        "PYTHONPATH": os.pathsep.join([str(tree), str(PROJECT_DIR)]),
    }
    module = "tests.dashboards.open_page"
    done = subprocess.run(
        [sys.executable, "-m", module, ",".join(pages), ",".join(languages)],
        cwd=tree, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    sent: dict[str, dict[str, str]] = json.loads(done.stdout)
    return sent
