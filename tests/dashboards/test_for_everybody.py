"""Pages are for everybody: by keyboard and by ear, on paper, on a phone, in one's own language."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect

from facet.config import Settings
from facet.reporting.present.texts import texts
from facet.reporting.screen.registry import PAGES
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import PHONE, Dashboard, open_dashboard
from tests.facet.reporting.house_whole import publish_whole

MARCH = "period=month_to_date&compare=before"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path) -> Iterator[str]:
    """A server of the house with everything in it."""
    settings = Settings(home=tmp_path_factory.mktemp("everybody"))
    publish_whole(settings, semantic_manifest)
    with serve_home(settings.home) as url:
        yield url


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Dashboard]:
    with open_dashboard(browser, address) as opened:
        yield opened


#: Where what needs somebody leads to, and whether the page has it.
_PLACES = """() => [...document.querySelectorAll('.st-key-attention-lines a')].map((link) => {
    const name = link.getAttribute('href').slice(1);
    return [name, document.querySelectorAll('.st-key-' + name).length === 1];
})"""


@pytest.mark.parametrize(
    ("shop", "language", "scheme"),
    [("Hudson & Vale", "en", "light"), ("Ngọc Lan", "vi", "dark")],
)
def test_axe_finds_nothing_that_keeps_anybody_from_reading(
    browser: Browser, address: str, shop: str, language: str, scheme: str
) -> None:
    found, leading = {}, []
    with open_dashboard(browser, address, color_scheme=scheme) as window:
        window.open("/?period=month_to_date")
        found["sign-in"] = _faults(window)
        window.sign_in(shop)
        for number, page in enumerate(PAGES):
            window.go_to(texts()[f"page.{page.name}"][language])
            expect(window.page).to_have_url(
                re.compile(f"/{page.name if number else ''}(\\?|$)"), timeout=60_000
            )
            window.settle()
            found[page.name] = _faults(window)
            leading += [(page.name, *place) for place in window.page.evaluate(_PLACES)]
    assert {place[:2] for place in leading if not place[2]} == set()
    assert {page for page, *_ in leading} == {"customers", "products"}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) == len(PAGES) + 1


def _faults(window: Dashboard) -> list[tuple[str, str, str]]:
    """What axe finds, of whatever weight: how bad, which rule, and the first element."""
    window.page.wait_for_timeout(500)  # small charts are drawn after their tiles
    return [
        (fault["impact"], fault["id"], fault["nodes"][0]["html"][:200])
        for fault in Axe().run(window.page).response["violations"]
    ]


def test_what_is_searched_for_by_keyboard_opens(window: Dashboard) -> None:
    window.open("/")
    window.sign_in("Hudson & Vale")
    page, dialog = window.page, window.page.get_by_role("dialog")
    page.keyboard.press("Control+k")
    box = dialog.get_by_role("searchbox")
    box.wait_for()
    assert _faults(window) == []
    box.fill("1-0002")
    box.press("Enter")
    link = dialog.get_by_role("link", name="1-0002 · Mar 10, 2026 · Website")
    link.wait_for()
    window.settle()
    assert _faults(window) == []
    link.focus()
    page.keyboard.press("Enter")

    expect(window.part("order-found")).to_contain_text("Order 1-0002", timeout=60_000)
    window.settle()
    expect(dialog).to_have_count(0)
    assert window.parameters["pick"] == ["order:2"]
    assert _faults(window) == []


def test_on_a_phone_the_tour_is_read_step_by_step_and_offered_once(
    browser: Browser, address: str
) -> None:
    with open_dashboard(browser, address, **PHONE) as window:
        window.open("/")
        window.sign_in("Ngọc Lan")
        page, dialog = window.page, window.page.get_by_role("dialog")
        window.part("tour-take").get_by_role("button").click()
        for step in range(1, 6):
            expect(dialog).to_contain_text(f"Bước {step}/5", timeout=60_000)
            assert _faults(window) == []
            if step < 5:
                window.part("tour-next").get_by_role("button").click()
        told = dialog.get_by_role("status")  # what is read out
        expect(told).to_contain_text("Mục Tìm kiếm")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        window.part("tour-done").get_by_role("button").click()
        expect(dialog).to_have_count(0, timeout=60_000)
        window.open("/")
        window.sign_in("Ngọc Lan")
        expect(window.part("home-needs")).to_be_visible()
        expect(window.part("tour-offer")).to_have_count(0)


def test_the_orders_of_a_bar_can_be_reached_by_keyboard(window: Dashboard) -> None:
    window.open(f"/overview?{MARCH}")
    window.sign_in("Hudson & Vale")
    chart = window.part("chart-channel-net_sales")
    expect(chart.get_by_role("figure", name="Chart: Net sales by channel")).to_have_count(1)

    window.part("table-of-channel-net_sales").locator("button").first.focus()
    window.page.keyboard.press("Enter")
    window.settle()
    popover = window.page.get_by_test_id("stPopoverBody")
    expect(popover.locator("table")).to_be_visible()
    rows = [row.locator("td").all_inner_texts() for row in popover.locator("tbody tr").all()]
    assert [[cell.strip() for cell in row[:2]] for row in rows] == [
        ["Boutique", "$799.90"],
        ["Website", "$290.50"],
    ]
    popover.get_by_role("combobox").focus()
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("Enter")
    window.settle()

    drill = window.part("drill-channel")
    expect(drill).to_contain_text("Orders – Website")
    expect(drill).to_contain_text("$290.50")


def test_what_was_picked_stays_while_another_page_is_looked_at(window: Dashboard) -> None:
    window.open(f"/overview?{MARCH}")
    window.sign_in("Hudson & Vale")
    window.click_bar("channel-net_sales", 1)
    expect(window.part("drill-channel")).to_contain_text("Orders – Website")
    window.go_to("Sales team")
    window.pick("person", "Ben Ode")
    expect(window.part("person-head")).to_be_visible()

    window.go_to("Overview")
    expect(window.part("drill-channel")).to_contain_text("Orders – Website")
    window.go_to("Sales team")
    expect(window.part("person-head")).to_contain_text("Ben Ode")


def test_a_seller_comes_in_where_there_is_something_to_see(window: Dashboard) -> None:
    window.open("/")
    window.sign_in("Hudson & Vale", "Ben Ode")
    expect(window.page.get_by_role("heading", name="Home", exact=True)).to_be_visible()

    window.open(f"/sales?{MARCH}")  # a link that somebody else has shared
    window.sign_in("Hudson & Vale", "Ben Ode")
    expect(
        window.page.get_by_role("heading", name="You cannot see this", exact=True)
    ).to_be_visible()
    links = window.part("permitted").get_by_role("link")
    names = [link.inner_text().split("\n")[-1] for link in links.all()]
    assert names == ["Home", "Sales team", "Explorer", "Projects", "People"]
    links.nth(1).click()
    window.settle()
    expect(window.page.get_by_role("heading", name="Sales team", exact=True)).to_be_visible()


@pytest.mark.parametrize("shop", ["Hudson & Vale", "Ngọc Lan"])
def test_on_a_phone_the_menu_is_named_and_goes_after_a_choice(
    browser: Browser, address: str, shop: str
) -> None:
    with open_dashboard(browser, address, **PHONE) as window:
        window.open("/")
        window.sign_in(shop)
        button = window.page.get_by_test_id("stExpandSidebarButton")
        name = "Menu" if shop == "Hudson & Vale" else "Trình đơn"
        expect(button).to_have_attribute("aria-label", name)
        button.click()
        products = texts()["page.products"]["en" if shop == "Hudson & Vale" else "vi"]
        window.page.get_by_test_id("stSidebarNavLink").filter(has_text=products).click()
        expect(window.page.get_by_role("heading", name=products, exact=True)).to_be_visible()
        window.settle()

        expect(window.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
        assert window.page.evaluate("document.elementFromPoint(100, 400).closest('aside')") is None

        low = """() => [...document.querySelectorAll('[data-variant]')].filter(
            (button) => button.getBoundingClientRect().height < 44).length"""
        assert window.page.locator("[data-variant=pills]").count() > 4
        assert window.page.evaluate(low) == 0

        # what needs somebody leads to where the page shows it
        lines = window.part("attention-lines").locator("a[href='#list-of-products']")
        if shop == "Ngọc Lan":
            expect(lines).to_have_count(0)  # its products need nobody
            return
        line = lines.first
        line.scroll_into_view_if_needed()
        assert line.bounding_box()["height"] >= 44  # type: ignore[index]
        line.tap()
        expect(window.part("list-of-products").locator("h3")).to_be_in_viewport()


#: Words of the title that are on two lines, and what is written where a list's toolbar stands.
_HIDDEN = """() => {
    const boxes = (node, from, to) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return [...range.getClientRects()].filter((box) => box.width > 0);
    };
    const texts = (root) => {
        const found = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) found.push(walker.currentNode);
        return found;
    };
    const seen = (element) => element.checkVisibility({visibilityProperty: true});
    const broken = texts(document.querySelector('.st-key-title h2')).flatMap((node) =>
        [...node.data.matchAll(/\\S+/g)]
            .filter((word) => boxes(node, word.index, word.index + word[0].length).length > 1)
            .map((word) => word[0]));
    const toolbars = [...document.querySelectorAll('[data-testid=stElementToolbar]')].filter(
        (bar) => seen(bar) && !bar.closest('details:not([open])'));
    const written = texts(document.querySelector('[data-testid=stMain]')).filter((node) =>
        node.data.trim() && seen(node.parentElement)
        && !node.parentElement.closest('[data-testid=stElementToolbar], details:not([open])'));
    const covered = toolbars.map((bar) => bar.getBoundingClientRect()).flatMap((bar) =>
        written.filter((node) => boxes(node, 0, node.length).some((box) =>
            box.left < bar.right && box.right > bar.left
            && box.top < bar.bottom && box.bottom > bar.top)));
    return [broken, toolbars.length > 0, covered.map((node) => node.data)];
}"""


@pytest.mark.parametrize("page", ["administration", "operations"])
@pytest.mark.parametrize("shop", ["Hudson & Vale", "Ngọc Lan"])
def test_on_a_phone_no_title_is_broken_and_no_list_covers_what_stands_above(
    browser: Browser, address: str, shop: str, page: str
) -> None:
    with open_dashboard(browser, address, **PHONE) as window:
        window.open(f"/{page}?{MARCH}")
        window.sign_in(shop)
        expect(window.page.get_by_test_id("stElementToolbar").first).to_be_attached()
        window.settle()

        assert window.page.evaluate(_HIDDEN) == [[], True, []]


def test_on_paper_nothing_is_cut_off(window: Dashboard) -> None:
    window.open(f"/sales?{MARCH}")
    window.sign_in("Hudson & Vale")
    window.page.emulate_media(media="print")
    sheet = window.page.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 1020 144[12]", sheet)  # A4's shape, in points
    window.page.set_viewport_size({"width": 1280, "height": 1843})  # without its margins
    window.page.wait_for_timeout(500)

    cut_off = window.page.evaluate(
        """() => [...document.querySelectorAll(
                '[data-testid=stMetric], .main-svg, [data-testid=stTable]'
            )].filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1
                || e.getBoundingClientRect().left < 0).length"""
    )
    assert cut_off == 0
    assert window.page.evaluate("document.querySelectorAll('.main-svg').length") > 4
    for hidden in ("filters", "account", "export-csv-bridge"):
        expect(window.part(hidden).first).to_be_hidden()


def test_streamlits_own_words_are_the_readers(window: Dashboard) -> None:
    window.open("/sales?period=custom&from=2026-03-01&to=2026-03-18&compare=before")
    window.sign_in("Ngọc Lan")
    assert window.page.evaluate("document.documentElement.lang") == "vi"
    window.page.keyboard.press("ControlOrMeta+k")
    window.page.get_by_role("dialog").get_by_role("searchbox").fill("nh")
    expect(window.page.get_by_test_id("InputInstructions")).to_have_text("Nhấn Enter")
    window.page.keyboard.press("Escape")
    expect(window.page.get_by_role("dialog")).to_have_count(0)
    calendar = window.page.get_by_test_id("stDateInputCalendar")
    for _ in range(5):  # Streamlit loads a language's months when they are first asked for
        window.part("choice-days").get_by_role("button").first.click()
        if "Tháng 3" in calendar.inner_text():
            break
        window.page.wait_for_timeout(500)
        window.page.keyboard.press("Escape")
    expect(calendar).to_contain_text("Tháng 3")
    window.page.keyboard.press("Escape")

    window.click_bar("channel-net_sales", 0)
    listed = window.part("drill-channel").get_by_test_id("stDataFrame")
    listed.scroll_into_view_if_needed()
    window.page.wait_for_timeout(300)
    box = listed.bounding_box()
    assert box
    menu = window.page.get_by_test_id("stDataFrameColumnMenu")
    for right in range(60, 400, 8):  # the sign at the end of a heading, wherever that is
        window.page.mouse.move(box["x"] + 40, box["y"] + 18)
        window.page.mouse.click(box["x"] + right, box["y"] + 18)
        window.page.wait_for_timeout(100)
        if menu.count():
            break
    expect(menu).to_contain_text("Sắp xếp tăng dần")
    for word in ("Sort", "Pin", "Autosize"):
        expect(menu).not_to_contain_text(word)
    expect(menu.get_by_text("Statistics")).to_be_hidden()


def test_a_list_is_sorted_by_what_is_in_it_and_its_total_stays_below(window: Dashboard) -> None:
    window.open(f"/overview?{MARCH}")
    window.sign_in("Hudson & Vale")
    window.click_bar("category-net_sales", 0)
    drill = window.part("drill-category")

    assert "Total" not in drill.get_by_test_id("stDataFrame").inner_text()
    total = window.part("total-drill-category")
    assert total.inner_text() == "Total · Net sales $799.90"
