"""An nginx for the tests of docs/nginx.conf: an installed one, else Debian's, unpacked into .venv.

``python -m tests.proxy.nginx`` makes sure that there is one, and prints where. Nothing is installed
into the system, and no root is needed where apt knows its packages.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

#: Where Debian's package goes, as root's path leaves it out too.
UNPACKED: Final = Path(sys.prefix) / "nginx"
_PLACES: Final = (Path("/usr/sbin/nginx"), UNPACKED / "usr" / "sbin" / "nginx")


def find() -> Path | None:
    """The nginx on the path, or where Debian has it; None without any."""
    if path := shutil.which("nginx"):
        return Path(path)
    return next((path for path in _PLACES if path.is_file()), None)


def install() -> Path:
    """Find an nginx, or get one.

    Raises:
        SystemExit: there is none, and none could be had.
    """
    if path := find():
        return path
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        if not _unpack() and hasattr(os, "geteuid") and os.geteuid() == 0:
            subprocess.run(["apt-get", "update", "--quiet"], check=False)
            _unpack()
        if path := find():
            return path
    raise SystemExit(
        "No nginx: it is not on the path, and Debian's could not be downloaded with apt-get. "
        "Install nginx, and run this again."
    )


def _unpack() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # apt may download as a user of its own
        done = subprocess.run(["apt-get", "download", "nginx"], cwd=folder, check=False)
        for package in Path(folder).glob("nginx_*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(package), str(UNPACKED)], check=True)
        return done.returncode == 0


if __name__ == "__main__":
    print(f"nginx: {install()}")
