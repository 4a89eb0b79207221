"""Time of all queries of each page, where one tenant has a million orders.

    python -m benchmarks.page_queries [--orders 1000000] [--times 5] [--home FOLDER]

Enlarges a copy of what stands in FACET_HOME (the demo's: `facet demo`, or `facet run`) in a folder
of its own, which is used again where it is there. Each page is drawn as its reader would see it
first, with no answer kept from before; only the time within the database counts.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.enlarging import enlarged
from benchmarks.tables import machine, table
from facet.config import PROJECT_DIR, Settings
from facet.release import Release, current
from facet.reporting.identity.identity import RequestContext, demo_users
from facet.reporting.present import tenant_view
from facet.reporting.query.gateway import Gateway
from facet.reporting.screen.frame import sign_in
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.state import KEY, State
from facet.rights.document import newest

_HERE = RequestContext(
    server_address="127.0.0.1", host="localhost", remote_address="127.0.0.1", is_forwarded=False
)
_ENTRY = str(PROJECT_DIR / "dashboards" / "streamlit_app.py")
_PAGES = [page.name for page in PAGES if page.section != "company"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5, help="visits of each page")
    parser.add_argument("--home", type=Path, help="default: `large` in FACET_HOME")
    parser.add_argument("--tenant", type=int, default=1)
    options = parser.parse_args()
    settings = Settings.from_environment()
    home = options.home or settings.home / "large"
    if not (home / "releases").exists():
        enlarged(settings, home, orders=options.orders, tenant_id=options.tenant)
    release = current(home / "releases")
    os.environ |= {"FACET_HOME": str(home), "FACET_RIGHTS_MAX_AGE": "999999999"}
    rows = []
    for page in _PAGES:
        visits = [_visit(release, page, options.tenant) for _ in range(options.times + 1)][1:]
        totals = [1000 * sum(visit) for visit in visits]
        figures = (
            min(totals),
            statistics.median(totals),
            max(totals),
            1000 * max(map(max, visits)),
        )
        rows.append((page, str(len(visits[0])), *(f"{figure:.0f}" for figure in figures)))
    print(machine())
    print(table(("page", "queries", "min ms", "median ms", "max ms", "slowest query ms"), rows))


def _visit(release: Release, page: str, tenant_id: int) -> list[float]:
    """Open a page as the tenant's first user, with nothing kept; seconds of each query."""
    rights = newest(release.directory, max_age=timedelta(days=3650))
    user = next(user for user in demo_users(release, rights) if user.tenant_id == tenant_id)
    sign_in.request_context = lambda: _HERE
    tenant_view._gateway().forget()
    st.cache_resource.clear()
    script = AppTest.from_file(_ENTRY, default_timeout=600)
    script.session_state[KEY] = State(demo_user=(user.tenant_id, user.user_id))
    if page != _PAGES[0]:
        script.run()
        script.switch_page(f"app_pages/{page}.py")
    with _timed() as seconds:
        script.run()
    if script.exception:
        raise SystemExit(f"{page}: {script.exception[0].value}")
    return seconds


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Time every query that passes the gateway."""
    seconds: list[float] = []
    query = Gateway.query

    def timed(*given: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return query(*given, **named)
        finally:
            seconds.append(time.perf_counter() - started)

    Gateway.query = timed  # type: ignore[method-assign]
    try:
        yield seconds
    finally:
        Gateway.query = query  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
