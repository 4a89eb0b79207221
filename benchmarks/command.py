"""The command `facet` of the environment that measures."""

import shutil
import sys
from pathlib import Path


def facet() -> str:
    """Where it is; by its name where this environment has none."""
    return shutil.which("facet", path=str(Path(sys.executable).parent)) or "facet"
