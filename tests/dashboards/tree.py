"""Copies of the project in which a test changes files, and what their pages send."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from facet.config import PROJECT_DIR
from facet.release import Release

#: A fixture of a tree's own tests of pages: metrics that are parsed already.
_PARSED: Final = """

@pytest.fixture(scope="session")
def semantic_manifest() -> Path:
    return Path({path!r})
"""


def copy_of_project(tree: Path) -> Path:
    """Copy what the dashboards and their tests consist of into a folder."""
    for folder in ("facet", "dashboards", "tests", "models"):
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT_DIR / folder, tree / folder, ignore=without)
    for name in ("pyproject.toml", "dbt_project.yml"):
        (tree / name).symlink_to(PROJECT_DIR / name)
    return tree


def run_pytest_in(tree: Path, file: str, semantic_manifest: Path) -> str:
    """What pytest says of a file of tests of a tree."""
    conftest = Path("tests", "dashboards", "conftest.py")
    ours = (PROJECT_DIR / conftest).read_text("utf-8")
    (tree / conftest).write_text(ours + _PARSED.format(path=str(semantic_manifest)), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", file],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


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
