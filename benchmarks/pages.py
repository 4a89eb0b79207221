"""Time of a page in a real browser, warm: from the click until nothing is left to draw.

    python -m benchmarks.pages [--times 5]

Serves what is published in FACET_HOME (the demo's: `facet demo`, or `facet run`).
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import sync_playwright

from benchmarks.tables import machine, table
from facet.config import Settings
from facet.release import current
from facet.reporting.identity.identity import demo_users
from facet.reporting.server import serving
from facet.rights.document import rights_of
from tests.dashboards import chromium
from tests.dashboards.conftest import free_port
from tests.dashboards.driver import Dashboard, open_dashboard

#: What a click is followed by until the page says that its script has ended and nothing is stale.
_DONE = """() => document.querySelector('[data-testid=stApp]').dataset.testScriptState
    === 'notRunning' && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5, help="clicks of each kind")
    times = parser.parse_args().times
    settings = replace(Settings.from_environment(), port=free_port())
    release = current(settings.releases_dir)
    rights = rights_of(release.directory, settings)
    users = {user.tenant_id: user for user in reversed(demo_users(release, rights))}
    rows = []
    with serving(settings) as address, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium.install(), args=list(chromium.FLAGS)
        )
        for user in users.values():
            with open_dashboard(chrome, address) as dashboard:
                dashboard.open("/")
                dashboard.sign_in(user.tenant_name, user.full_name)
                for name, seconds in _measured(dashboard, times).items():
                    quickest, *_, slowest = sorted(seconds)
                    median = statistics.median(seconds)
                    figures = (f"{figure:.2f}" for figure in (quickest, median, slowest))
                    rows.append((user.tenant_name, name, *figures))
        chrome.close()
    print(machine())
    print(table(("tenant", "click, seconds", "min", "median", "max"), rows))


def _measured(dashboard: Dashboard, times: int) -> dict[str, list[float]]:
    menu = dashboard.page.get_by_test_id("stTopNavLink")
    clicks: dict[str, Callable[[], None]] = {
        "open Overview": lambda: menu.nth(1).click(),
        "open Sales": lambda: menu.nth(2).click(),
        "open Home": lambda: menu.nth(0).click(),
    }
    for click in clicks.values():  # once to warm up
        click()
        dashboard.settle()
    seconds: dict[str, list[float]] = {name: [] for name in clicks}
    for _ in range(times):
        for name, click in clicks.items():
            started = time.perf_counter()
            click()
            dashboard.page.wait_for_timeout(50)
            dashboard.page.wait_for_function(_DONE, polling=10, timeout=60_000)
            seconds[name].append(time.perf_counter() - started)
            dashboard.settle()
    return seconds


if __name__ == "__main__":
    main()
