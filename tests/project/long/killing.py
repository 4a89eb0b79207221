"""`facet run` as a process that is killed, and somebody who reads what is served all the while."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import duckdb

from facet.config import Settings
from facet.release import Release, current, verify
from facet.release.store import BUILDING

_FACET: Final = Path(sys.executable).with_name("facet")
#: Seconds between two looks at what is served.
_PAUSE: Final = 0.2
Figures = dict[int, Any]
Files = dict[int, duckdb.DuckDBPyConnection]


class Victim:
    """A run of a home in a process group of its own."""

    def __init__(self, home: Settings, *, full: bool = False) -> None:
        assert home.operational_url
        assert home.as_of
        self._releases = home.releases_dir
        environment = {
            **os.environ,
            "FACET_HOME": str(home.home),
            "FACET_ENGINE": home.engine,
            "FACET_OPERATIONAL_URL": home.operational_url,
            "FACET_AS_OF": home.as_of.isoformat(),
        }
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            [_FACET, "run", *(["--full"] if full else [])],
            env=environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._kind = "everything" if full else "changes"

    def seconds(self) -> float:
        """How long it takes where nobody kills it."""
        assert self._process.wait() == 0
        return time.monotonic() - self._begun

    def kill(
        self, after: float, meanwhile: Callable[[], object], *, publishing: bool = False
    ) -> str:
        """Kill it so many seconds after its start, or after it began to write a release.

        ``meanwhile`` is called until then. Returns what happened, for the report of a failure.
        """
        begun = None if publishing else self._begun
        while self._process.poll() is None:
            if begun is None and any(self._releases.glob(f"{BUILDING}*")):
                begun = time.monotonic()
            left = _PAUSE if begun is None else begun + after - time.monotonic()
            if left <= 0:
                break
            if not publishing:
                meanwhile()
            time.sleep(min(left, 0.002 if publishing else _PAUSE))
        ended = self._process.poll() is not None
        if not ended:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        seconds = time.monotonic() - self._begun
        what = "ended by itself" if ended else "killed"
        where = " while it published" if publishing else ""
        return f"a run of {self._kind} {what} after {seconds:.2f} s{where}"


class Reader:
    """Reads every tenant's file, again and again: what a release says must never change.

    It holds the files open that were served when it came.
    """

    def __init__(self, home: Settings) -> None:
        self._releases = home.releases_dir
        self._stack = ExitStack()
        first = current(self._releases)
        self._open = _opened(first, self._stack)
        self._first = first.id
        self._seen: dict[str, Figures] = {}

    def look(self) -> Figures:
        """The figures that are served; each release's files are what was published, to the byte."""
        release = current(self._releases)
        if release.id not in self._seen:
            assert verify(release) == ()
        with ExitStack() as stack:
            figures = _figures(_opened(release, stack))
        assert figures, "nothing is served"
        assert figures == self._seen.setdefault(release.id, figures)
        return figures

    def close(self) -> None:
        """Read what was open all the while for a last time."""
        with self._stack:
            assert _figures(self._open) == self._seen[self._first]


def _opened(release: Release, stack: ExitStack) -> Files:
    paths = {
        tenant.tenant_id: release.file_of(tenant.tenant_id)
        for tenant in release.tenants
        if tenant.status != "missing"
    }
    return {
        tenant: stack.enter_context(duckdb.connect(str(path), read_only=True))
        for tenant, path in paths.items()
    }


def _figures(files: Files) -> Figures:
    """Of every tenant the rows of facts and dimensions, and what its orders were sold for."""
    return {
        tenant: (
            file.execute(
                "select table_name, estimated_size from duckdb_tables()"
                " where not starts_with(table_name, 'rpt_') order by all"
            ).fetchall(),
            file.execute("select sum(net_sales_amount) from facet_marts.fct_orders").fetchall(),
        )
        for tenant, file in files.items()
    }
