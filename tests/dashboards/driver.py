"""The dashboards as a person uses them: sign in, choose, read, click. For any running server."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, Page, Request, expect

_TIMEOUT = 60_000
#: A window as a telephone has it.
PHONE: Mapping[str, object] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}


@dataclass(kw_only=True)
class Dashboard:
    """A browser window of the dashboards. Elements are found by keys that pages give them."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Open a path with its filters, and wait until there is something to read."""
        self.page.goto(f"{self.address}{path}")
        self.settle()

    def sign_in(self, tenant: str, user: str | None = None) -> None:
        """Sign in at a tenant by name, as its first user unless another is named."""
        self._choose(self.part("sign-in-tenant"), tenant)
        if user is not None:
            self._choose(self.page.locator("[class*=st-key-sign-in-user-]"), user)
        self.part("sign-in-button").locator("button").click()
        expect(self.part("title")).to_be_visible(timeout=_TIMEOUT)
        self.settle()

    def go_to(self, page_name: str) -> None:
        """Choose a page from the menu by its title, and wait for it."""
        self.choose_page(page_name)
        expect(self.page.get_by_role("heading", name=page_name, exact=True)).to_be_visible(
            timeout=_TIMEOUT
        )
        self.settle()

    def choose_page(self, page_name: str) -> None:
        """Choose a page from the menu by its title, from its section where there are any."""
        self.menu_link(page_name).click()

    def menu_link(self, page_name: str) -> Locator:
        """The link of a page in the menu, which is opened where it is closed."""
        sections = self.page.get_by_test_id("stTopNavSection")
        if sections.first.is_visible():
            link = self.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=page_name).first
            for number in range(sections.count()):
                sections.nth(number).click()
                self.page.get_by_test_id("stTopNavPopoverBody").last.wait_for()
                if link.is_visible():
                    break
        else:
            link = self.page.get_by_role("link", name=page_name).first
            if not link.is_visible():
                self.page.get_by_test_id("stExpandSidebarButton").click()
        return link

    def choose(self, name: str, option: str) -> None:
        """Choose an option of a filter: ``period``, ``compare``, ``measure``."""
        self._choose(self.part(f"choice-{name}"), option)

    def pick(self, name: str, option: str) -> None:
        """Choose an option of a page's own select box: ``promotion``, ``campaign``."""
        self._choose(self.part(f"pick-{name}"), option)

    def choose_mailing(self, name: str, option: str) -> None:
        """Choose an option of what is sent by mail: ``every``, ``weekday``, ``format``."""
        self._choose(self.part(f"mailing-{name}"), option)

    def part(self, key: str) -> Locator:
        """The part of the page with a key, such as ``tile-net_sales`` or ``footer``."""
        return self.page.locator(f".st-key-{key}")

    def tile(self, metric: str) -> str:
        """What a tile shows."""
        value = self.part(f"tile-{metric}").get_by_test_id("stMetricValue")
        return value.inner_text().strip()

    def change(self, metric: str) -> str | None:
        """The change that a tile shows; None where it shows none."""
        delta = self.part(f"tile-{metric}").get_by_test_id("stMetricDelta")
        return delta.inner_text().strip() if delta.count() else None

    def help(self, metric: str) -> str:
        """What a tile says about itself when asked: its definition and its exact value."""
        icon = self.part(f"tile-{metric}").get_by_test_id("stTooltipHoverTarget").first
        icon.hover()
        tooltip = self.page.get_by_test_id("stTooltipContent")
        expect(tooltip).to_be_visible()
        text = tooltip.inner_text()
        self.page.mouse.move(0, 0)
        expect(tooltip).to_be_hidden()
        return text

    def download(self, key: str) -> Download:
        """What a part's button downloads; a page that is drawn anew just then loses the click."""
        downloads: list[Download] = []
        self.page.on("download", lambda download: downloads.append(download))
        for _ in range(4):
            self.part(key).locator("button").first.click()
            for _ in range(60):
                if downloads:
                    return downloads[0]
                self.page.wait_for_timeout(500)
        raise AssertionError(f"{key} downloads nothing")

    def table(self, key: str) -> list[list[str]]:
        """The rows of a written-out table, header first: ``table-bridge``, ``table-channel``."""
        rows = self.part(key).locator("table tr")
        return [
            [cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()
        ]

    def click_bar(self, chart: str, number: int) -> None:
        """Click a bar, counted from 0: ``trend-net_sales``, ``channel-net_sales``."""
        bar = self.part(f"chart-{chart}").locator(".barlayer .point path").nth(number)
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.settle()

    @property
    def parameters(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    def settle(self) -> None:
        """Wait until the server has nothing left to say, and nothing is stale or a placeholder."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_function(
            """() => document.querySelector('[data-testid=stApp]')
                && document.querySelector('[data-testid=stApp]').dataset.testScriptState
                    === 'notRunning'
                && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')""",
            timeout=_TIMEOUT,
        )
        self.page.wait_for_timeout(200)

    def _choose(self, select: Locator, option: str) -> None:
        select.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)  # what still scrolls closes the list again
        select.locator("input").first.click()
        pattern = re.compile(rf"^{re.escape(option)}( \(.*\))?$")
        self.page.get_by_role("option", name=pattern).first.click()
        self.settle()


@contextmanager
def open_dashboard(browser: Browser, address: str, **context: object) -> Iterator[Dashboard]:
    """A window of its own; fails in the end if the page asked the outside or logged an error."""
    window = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **context})  # type: ignore[arg-type]
    page = window.new_page()
    dashboard = Dashboard(page=page, address=address)

    def requested(request: Request) -> None:
        own = (address, address.replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(own):
            dashboard.problems.append(f"asked the outside: {request.url}")

    def logged(message: ConsoleMessage) -> None:
        # Streamlit finds out by a 404 that a page's path is not the server's own
        is_search = re.search(r"/[^/]+/_stcore/(health|host-config)$", message.location["url"])
        if message.type == "error" and not is_search:
            dashboard.problems.append(f"{message.text}: {message.location['url']}")

    page.on("request", requested)
    page.on("console", logged)
    try:
        yield dashboard
    finally:
        window.close()
    assert not dashboard.problems, dashboard.problems
