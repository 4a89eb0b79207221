"""The dashboards in a real browser, on a server started as a person starts it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.dashboards.driver import PHONE, Dashboard, open_dashboard
from tests.facet.reporting.house import id_of

MARCH = "?period=month_to_date&compare=before"
ALL = "of which {} have Net sales. They add up to"
#: One order of March, and a return of one from the year before.
BACK = (
    "Orders: 1, of which 1 have Net sales; 1 more were placed at another time."
    " They add up to $799.90"
)


def test_a_manager_signs_in_reads_and_leaves(dashboard: Dashboard) -> None:
    dashboard.open(f"/overview{MARCH}")
    dashboard.sign_in("Hudson & Vale", "Ada Frost")

    assert dashboard.tile("net_sales") == "$1,090.40"
    assert dashboard.change("net_sales") == "+81.7%"
    assert "Gross sales minus discounts minus returns" in dashboard.help("net_sales")
    assert dashboard.parameters == {"period": ["month_to_date"], "compare": ["before"]}
    assert "Anyone at this machine can sign in" in dashboard.part("demo-banner").inner_text()
    assert re.search(r"Data as of Mar 18, 2026, 11:30 AM", dashboard.part("footer").inner_text())

    dashboard.go_to("Sales")
    bridge = dashboard.table("table-bridge")
    assert bridge[1] == ["Gross sales", "$1,330.50", "$600.00", "+121.8%"]
    assert bridge[-1] == ["Total sales", "$1,197.44", "$600.00", "+99.6%"]
    assert dashboard.parameters == {"period": ["month_to_date"], "compare": ["before"]}

    dashboard.part("account").locator("button").first.click()
    dashboard.part("sign-out").locator("button").click()
    expect(dashboard.part("sign-in")).to_be_visible()


def test_another_tenants_manager_reads_other_numbers_in_vietnamese(dashboard: Dashboard) -> None:
    dashboard.open(f"/overview{MARCH}")
    dashboard.sign_in("Ngọc Lan")

    assert dashboard.tile("net_sales").replace("\xa0", " ") == "27,3 Tr ₫"
    dashboard.go_to("Doanh số")
    row = dashboard.table("table-bridge")[5]
    assert [cell.replace("\xa0", " ") for cell in row[:2]] == ["Doanh thu thuần", "27.250.000 ₫"]


@pytest.mark.parametrize(
    ("chart", "bar", "part", "message"),
    [
        (
            "trend-net_sales",
            1,
            "Mar 2, 2026",
            "Orders: 1, of which 1 have Net sales. They add up to $899.90",
        ),
        (
            "channel-net_sales",
            1,
            "Website",
            "Orders: 2, of which 2 have Net sales. They add up to $290.50",
        ),
        ("channel-net_sales", 0, "Boutique", BACK),
        ("category-net_sales", 0, "Rings", BACK),
    ],
)
def test_a_bar_opens_to_its_orders(
    dashboard: Dashboard, chart: str, bar: int, part: str, message: str
) -> None:
    dashboard.open(f"/overview{MARCH}")
    dashboard.sign_in("Hudson & Vale")
    dashboard.click_bar(chart, bar)

    drill = dashboard.part(f"drill-{chart.partition('-')[0]}")
    expect(drill).to_contain_text(f"Orders – {part}")
    expect(drill).to_contain_text(message)


def test_choices_are_in_the_address_and_going_back_takes_them_back(dashboard: Dashboard) -> None:
    dashboard.open("/overview")
    dashboard.sign_in("Hudson & Vale")
    assert dashboard.tile("net_sales") == "$6,690.40"

    dashboard.choose("period", "This month")
    assert dashboard.tile("net_sales") == "$1,090.40"
    assert dashboard.parameters == {"period": ["month_to_date"]}

    dashboard.page.go_back()
    dashboard.settle()
    assert dashboard.parameters == {}
    assert dashboard.tile("net_sales") == "$6,690.40"


def _place_of(dashboard: Dashboard, day: int) -> tuple[float, float]:
    """The middle of a day of March, which has 18, in the chart over time."""
    area = dashboard.part("chart-trend-net_sales").locator(".nsewdrag")
    area.scroll_into_view_if_needed()
    dashboard.page.wait_for_timeout(300)
    box = area.bounding_box()
    assert box
    return box["x"] + box["width"] * (day - 0.5) / 18, box["y"] + box["height"] / 2


def test_days_that_are_dragged_over_are_the_period_until_they_are_taken_off(
    dashboard: Dashboard,
) -> None:
    """From 2 to 4 March: the order of 1,000 less 100.10."""
    dashboard.open("/overview?period=month_to_date&compare=before")
    dashboard.sign_in("Hudson & Vale")
    mouse = dashboard.page.mouse
    mouse.move(*_place_of(dashboard, 2))
    mouse.down()
    mouse.move(*_place_of(dashboard, 4), steps=5)
    mouse.up()
    dashboard.settle()
    expect(dashboard.part("chip-days")).to_contain_text("Days: Mar 2, 2026 – Mar 4, 2026")
    assert dashboard.tile("net_sales") == "$899.90"
    days = {"period": ["custom"], "from": ["2026-03-02"], "to": ["2026-03-04"]}
    assert dashboard.parameters == {**days, "compare": ["before"]}

    dashboard.part("chip-days").locator("button").first.click()
    dashboard.settle()
    expect(dashboard.part("chip-days")).to_have_count(0)
    assert dashboard.parameters == {"period": ["month_to_date"], "compare": ["before"]}
    assert dashboard.tile("net_sales") == "$1,090.40"


def test_another_language_leaves_the_filters_as_they_are(dashboard: Dashboard) -> None:
    dashboard.open("/overview")
    dashboard.sign_in("Hudson & Vale")
    dashboard.choose("period", "This month")
    dashboard.part("account").locator("button").first.click()
    dashboard.page.get_by_text("Tiếng Việt").click()
    dashboard.settle()
    expect(dashboard.page.get_by_role("heading", name="Tổng quan", exact=True)).to_be_visible()
    dashboard.page.keyboard.press("Escape")
    dashboard.settle()
    dashboard.part("saved-views").locator("button").first.click()
    dashboard.settle()
    assert dashboard.parameters == {"period": ["month_to_date"], "lang": ["vi"]}


def test_a_filter_of_the_menu_that_was_taken_off_stays_off(dashboard: Dashboard) -> None:
    """The menu is closed then, and the browser would send again what had been chosen in it."""
    dashboard.open(f"/overview{MARCH}")
    dashboard.sign_in("Hudson & Vale")
    dashboard.part("more-filters").locator("button").first.click()
    dashboard.part("choice-channel").locator("input").first.click()
    dashboard.page.get_by_role("option", name="Website").click()
    dashboard.settle()
    chip = dashboard.part(f"chip-channel-{id_of('Website')}")
    expect(chip).to_be_visible()
    dashboard.page.keyboard.press("Escape")
    dashboard.page.keyboard.press("Escape")
    chip.locator("button").first.click()
    dashboard.settle()
    expect(chip).to_have_count(0)

    dashboard.choose("compare", "Nothing")
    assert "channel" not in dashboard.parameters
    assert dashboard.tile("net_sales") == "$1,090.40"

    dashboard.go_to("Sales")  # where the choice goes along; one step leads back
    assert dashboard.parameters["compare"] == ["none"]
    dashboard.page.go_back()
    dashboard.settle()
    expect(dashboard.page.get_by_role("heading", name="Overview", exact=True)).to_be_visible()


def test_a_finger_opens_a_bar_moves_the_page_and_is_dragged_over_days(
    browser: Browser, address: str
) -> None:
    with open_dashboard(browser, address, **PHONE) as dashboard:
        dashboard.open("/overview?period=month_to_date")
        dashboard.sign_in("Hudson & Vale")
        finger = dashboard.page.context.new_cdp_session(dashboard.page)

        def swipe(start: tuple[float, float], across: float, up: float) -> None:
            x, y = start
            for step in range(9):
                kind = "touchMove" if step else "touchStart"
                at = {"x": x + across * step / 8, "y": y - up * step / 8}
                finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
            finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            dashboard.settle()

        bar = dashboard.part("chart-trend-net_sales").locator(".barlayer .point path").nth(1)
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        assert box
        dashboard.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        dashboard.settle()
        expect(dashboard.part("drill-trend")).to_contain_text("Orders – Mar 2, 2026")
        before = _place_of(dashboard, 2)
        swipe(before, 0, 120)
        area = dashboard.part("chart-trend-net_sales").locator(".nsewdrag").bounding_box()
        assert area
        assert area["y"] + area["height"] / 2 < before[1] - 60
        assert "from" not in dashboard.parameters
        first, last = _place_of(dashboard, 2), _place_of(dashboard, 4)
        swipe(first, last[0] - first[0], 0)
        expect(dashboard.part("chip-days")).to_contain_text("Mar 2, 2026 – Mar 4, 2026")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["/", "/overview", "/sales"])
def test_on_a_phone_nothing_runs_over_the_edge(
    browser: Browser, address: str, page: str, scheme: str
) -> None:
    with open_dashboard(browser, address, color_scheme=scheme, **PHONE) as dashboard:
        dashboard.open(f"{page}{MARCH}")
        dashboard.sign_in("Ngọc Lan")

        width = dashboard.page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth"
        )
        assert width <= 390
        for metric in dashboard.page.locator("[class*=st-key-tile-]").all():
            box = metric.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390


def test_two_people_at_once_see_their_own(browser: Browser, address: str) -> None:
    with (
        open_dashboard(browser, address) as one,
        open_dashboard(browser, address) as other,
    ):
        for dashboard in (one, other):
            dashboard.open(f"/overview{MARCH}&lang=en")
        one.sign_in("Hudson & Vale")
        other.sign_in("Ngọc Lan")
        read: list[Callable[[], str]] = [lambda: one.tile("orders"), lambda: other.tile("orders")]
        assert [number() for number in read] == ["3", "2"]
        one.choose("period", "Today")
        assert [number() for number in read] == ["1", "2"]
