"""Time of a page in a real browser, warm, beside a static page with the same charts.

    python -m benchmarks.pages [--times 5] [--tenant "Hartwell & Vale"]

Serves what is published in FACET_HOME (the demo's: `facet demo`, or `facet run`). A page is chosen
from the menu; it is there once its script has ended, nothing is stale and every chart is drawn. The
static page has the figures that the page drew, data and layout, written into a file of HTML with
plotly.js beside it, both in the browser's cache; it is there once all of them are drawn. The two
are opened by turns.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from plotly.offline import get_plotlyjs

from benchmarks.tables import machine, table
from facet.config import Settings
from facet.release import current
from facet.reporting.identity.identity import demo_users
from facet.reporting.present.texts import text
from facet.reporting.screen.registry import PAGES
from facet.reporting.server import serving
from facet.rights.document import rights_of
from tests.dashboards import chromium
from tests.dashboards.conftest import free_port
from tests.dashboards.driver import Dashboard, open_dashboard

_PLOTS = "document.querySelectorAll('[data-testid=stPlotlyChart]')"
#: What says that the page has nothing left to draw.
_THERE = f"""() => document.querySelector('[data-testid=stApp]').dataset.testScriptState
    === 'notRunning' && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
    && [...{_PLOTS}].every(plot => plot.querySelector('.main-svg'))"""
_FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => ({
    data: plot.data, layout: {...plot.layout, width: plot.offsetWidth, height: plot.offsetHeight}
}))"""
_STATIC = """<!doctype html><meta charset="utf-8"><title>Static</title><body>
<script src="plotly.js"></script><script>
const figures = %s;
Promise.all(figures.map(figure => {
    const place = document.body.appendChild(document.createElement('div'));
    return Plotly.newPlot(place, figure.data, figure.layout, {displayModeBar: false});
})).then(() => requestAnimationFrame(() => { window.isThere = true; }));
</script>"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="of each page")
    parser.add_argument("--tenant", default="Hartwell & Vale")
    options = parser.parse_args()
    settings = replace(Settings.from_environment(), port=free_port())
    release = current(settings.releases_dir)
    users = demo_users(release, rights_of(release.directory, settings))
    user = next(user for user in users if user.tenant_name == options.tenant)
    print(machine())
    rows = []
    with (
        tempfile.TemporaryDirectory() as folder,
        _static_pages(Path(folder)) as static_address,
        serving(settings) as address,
        sync_playwright() as playwright,
    ):
        chrome = playwright.chromium.launch(
            executable_path=chromium.install(), args=list(chromium.FLAGS)
        )
        static = chrome.new_page(viewport={"width": 1440, "height": 900})
        with open_dashboard(chrome, address, locale="en-US") as dashboard:
            dashboard.open("/?lang=en")
            dashboard.sign_in(user.tenant_name, user.full_name)
            for page in PAGES:
                if page.section == "company":  # of whom runs Facet
                    continue
                name = text("en", f"page.{page.name}")
                figures = _warm(dashboard, name)
                if not figures:
                    continue
                Path(folder, f"{page.name}.html").write_text(_STATIC % json.dumps(figures))
                opened = partial(_open_static, static, f"{static_address}/{page.name}.html")
                opened()
                rows.append(_compared(name, len(figures), dashboard, opened, options.times))
        chrome.close()
    head = ("page", "charts", "median s", "max s", "static, median s", "ratio")
    print(table(head, rows))


def _warm(dashboard: Dashboard, name: str) -> Any:
    """The figures of a page that was opened twice; the first time none of them was made."""
    for _ in range(2):
        dashboard.go_to(_OTHER)
        _open(dashboard, name)
    return dashboard.page.evaluate(_FIGURES)


#: A page to come from, without charts.
_OTHER = text("en", "page.home")


def _open(dashboard: Dashboard, name: str) -> float:
    link = dashboard.menu_link(name)
    started = time.perf_counter()
    link.click()
    dashboard.page.wait_for_timeout(50)
    dashboard.page.wait_for_function(_THERE, polling=10, timeout=60_000)
    seconds = time.perf_counter() - started
    dashboard.settle()
    return seconds


def _open_static(page: Page, address: str) -> float:
    started = time.perf_counter()
    page.goto(address)
    page.wait_for_function("() => window.isThere", polling=10, timeout=60_000)
    return time.perf_counter() - started


def _compared(
    name: str, charts: int, dashboard: Dashboard, open_static: Callable[[], float], times: int
) -> tuple[str, ...]:
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(times):
        dashboard.go_to(_OTHER)
        ours.append(_open(dashboard, name))
        theirs.append(open_static())
    median, static = statistics.median(ours), statistics.median(theirs)
    figures = (f"{figure:.2f}" for figure in (median, max(ours), static, median / static))
    return name, str(charts), *figures


@contextmanager
def _static_pages(folder: Path) -> Iterator[str]:
    """Serve a folder with plotly.js in it; yields its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing."""

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=3600")
            super().end_headers()

    (folder / "plotly.js").write_text(get_plotlyjs(), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


if __name__ == "__main__":
    main()
