"""The page Home: sentences for each kind of reader, which open to rows that add up to them.

March in New York, to the 18th, beside February to the 18th: a ring at 1,000 less 100.10 beside one
at 600; new are a pearl at 250.50 and two studs at 80, of which 40 came back, as did 100 of a ring
of the year before.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from facet.audit.trail import AuditTrail, Event
from facet.release import Release
from facet.reporting.query.periods import Period
from facet.reporting.screen.pages.home.data.stretches import Days, Figure, Stretch
from facet.reporting.screen.pages.home.sentences import state_of_yesterday
from tests.dashboards.conftest import serve_home
from tests.dashboards.driver import PHONE, open_dashboard
from tests.dashboards.reading import (
    App,
    HouseWith,
    listed,
    opener,
    page_text,
    pick,
    plain,
    show,
    total,
)
from tests.facet.reporting import house_whole
from tests.facet.reporting.house import NEW_YORK, SAIGON
from tests.facet.reporting.house_staff import ADA, BEN, DEE, FLO
from tests.facet.reporting.house_whole import IAN

PAGE = "app_pages/home.py"
EFFECTS = "open-month_to_date-effects"
MOVED = [
    "Yesterday was an ordinary Tuesday: net sales $0.00, orders: 0.",
    "This month so far, net sales came to $1,090.40: +81.7% against the period before ($600.00).",
    "The difference of +$490.40 is made of: more pieces +$330.50, higher prices +$400.00,"
    " larger discounts -$100.10, more returns -$140.00.",
    "By channel: Website +$290.50, Boutique +$199.90.",
    "By category: Earrings +$290.50, Rings +$199.90.",
    "Gross margin: $560.40, +40.1% against the period before ($400.00).",
    "Orders: 3, +200.0% against the period before (1).",
]


@pytest.fixture(scope="module")
def whole(house_with: HouseWith) -> Release:
    """The house with everything in it; nobody has looked at it before."""
    return house_with(house_whole.make, staff=house_whole.STAFF)


@pytest.fixture
def opened(app: App, whole: Release) -> App:
    """Opens Home beside the period before."""
    return opener(app, whole, PAGE, compare="before")


def said(script: AppTest) -> list[str]:
    """The sentences that lead or open somewhere."""
    links: Any = script.get("page_link")
    labels = [*(link.proto.label for link in links), *(box.label for box in script.expander)]
    return list(map(_bare, labels))


def _bare(label: str) -> str:
    """A label without the arrow before it."""
    return plain(label.partition(":] ")[2] if label.startswith((":green", ":red")) else label)


def _open(script: AppTest, key: str) -> AppTest:
    script.session_state[key] = True
    return show(script)


def test_the_owner_is_told_what_changed_and_what_it_is_made_of(opened: App) -> None:
    sentences = said(opened())

    assert [sentence for sentence in sentences if sentence in MOVED] == MOVED
    assert "Critical alerts open: 2." in sentences


def test_the_same_in_vietnamese(opened: App) -> None:
    sentences = said(opened(lang="vi"))

    for sentence in (
        "Hôm qua là một ngày Thứ Ba bình thường: doanh thu thuần 0,00\xa0US$, số đơn: 0.",
        "Tháng này đến nay, doanh thu thuần đạt 1.090,40\xa0US$: +81,7% so với kỳ trước"
        " (600,00\xa0US$).",
        "Theo danh mục: Earrings +290,50\xa0US$, Rings +199,90\xa0US$.",
        "Số đơn hàng: 3, +200,0% so với kỳ trước (1).",
    ):
        assert sentence in sentences


def test_another_shop_reads_its_own_in_dong(opened: App) -> None:
    script = opened(SAIGON)

    assert "Xin chào Trần Thị Mai." in page_text(script)
    sentences = said(script)
    assert "Hôm qua, Thứ Ba: doanh thu thuần 2,25\xa0Tr\xa0₫, số đơn: 1." in sentences
    assert "Tháng này đến nay, doanh thu thuần đạt 27,3\xa0Tr\xa0₫, số đơn: 2." in sentences


def test_a_sentence_opens_to_products_that_add_up_to_it_and_these_to_orders(opened: App) -> None:
    script = _open(opened(), EFFECTS)

    assert listed(script, "Product", "Quantity") == [
        ["Pearl “Nacre”", "$250.50", "$0.00", "$0.00", "$0.00", "$250.50"],
        ["Solitaire", "$0.00", "$400.00", "-$100.10", "-$100.00", "$199.90"],
        ["Studs", "$80.00", "$0.00", "$0.00", "-$40.00", "$40.00"],
    ]
    assert "Quantity $330.50 · Price $400.00 · Discounts -$100.10 · Returns -$140.00" in total(
        script
    )
    assert "Change $490.40" in total(script)

    assert "They add up to $799.90" in page_text(pick(script, "Product", 1))


def test_each_person_of_the_sales_team_is_a_part_and_they_add_up(opened: App) -> None:
    script = _open(opened(), "open-month_to_date-rest")
    script.session_state["choice-by-month_to_date"] = "person"

    assert listed(show(script), "Person") == [
        ["Eli Jay", "$700.45", "$0.00", "$700.45"],
        ["Unattributed", "$40.00", "$600.00", "-$560.00"],
        ["Ben Ode", "$349.95", "$0.00", "$349.95"],
    ]
    assert "Change $490.40" in total(script)


def test_a_manager_has_those_whom_they_do_not_see_in_one_part(opened: App) -> None:
    script = _open(opened(user=DEE), "open-month_to_date-rest")
    script.session_state["choice-by-month_to_date"] = "person"

    assert listed(show(script), "Person") == [
        ["Eli Jay", "$700.45", "$0.00", "$700.45"],
        ["Those whom you do not see", "$389.95", "$600.00", "-$210.05"],
    ]
    assert "Ben Ode" not in page_text(script)


def test_a_seller_reads_of_their_own_sales_and_nothing_of_the_shop(opened: App) -> None:
    script = opened(user=BEN)

    sentences = said(script)
    assert sentences[:2] == [
        "Yesterday was an ordinary Tuesday: your net sales $0.00, orders: 0.",
        "This month so far, your net sales came to $349.95: +$349.95 against the period before"
        " ($0.00).",
    ]
    assert "By buyer: New +$449.95; against it Repeat -$100.00." in sentences
    everything = " ".join([*sentences, page_text(script)])
    for foreign in ("1,090.40", "490.40", "Gross margin", "Eli", "wrong", "alerts", "run out"):
        assert foreign not in everything


def test_sellers_open_their_own_orders(opened: App) -> None:
    script = _open(opened(user=BEN), "open-month_to_date-credited_net_sales-buyer")
    assert "They add up to $449.95" in page_text(pick(script, "Buyer", 0))


@pytest.mark.parametrize(
    ("sales", "orders", "state"),
    [
        *((0, 0, "usual"), (0, None, "usual"), (0, -1, "plain"), (0, 1, "plain")),
        *((1, 0, "more"), (-1, -1, "less"), (None, None, "plain")),
    ],
)
def test_a_day_of_which_something_was_unusual_was_no_ordinary_one(
    sales: int | None, orders: int | None, state: str
) -> None:
    figures = tuple(
        Figure(metric=name, now=Decimal(0), before=Decimal(5), compares=compares)
        for name, compares in (("net_sales", sales), ("orders", orders))
    )
    day = Period(date(2026, 3, 17), date(2026, 3, 17))
    stretch = Stretch(preset="yesterday", now=Days(period=day), figures=figures)
    assert state_of_yesterday(stretch) == state


@pytest.mark.parametrize(
    ("user", "sees", "not_this"),
    [
        (FLO, "Goals of campaigns", ("Overdue tasks", "Rows that make", "Those whom", "alerts")),
        (IAN, "Critical alerts open: 2.", ("Mia Chen",)),
    ],
    ids=["marketing", "analyst"],
)
def test_what_needs_somebody_is_of_pages_that_one_may_see(
    opened: App, user: int, sees: str, not_this: tuple[str, ...]
) -> None:
    script = opened(user=user)

    sentences = said(script)
    assert MOVED[1] in sentences
    everything = " ".join([*sentences, page_text(script)])
    assert sees in everything
    for foreign in not_this:
        assert foreign not in everything


def test_who_was_here_before_is_told_what_has_come_in_since(
    app: App, house_with: HouseWith
) -> None:
    """After 10 March, eight in the morning, 250.50, then 80 of which 40 came back."""
    release = house_with(house_whole.make, staff=house_whole.STAFF)
    home = release.directory.parent.parent
    before = datetime(2026, 3, 10, 12, tzinfo=UTC)
    for tenant, user in ((NEW_YORK, ADA), (SAIGON, BEN)):
        AuditTrail(home / "audit.sqlite").record(
            Event(at=before, tenant_id=tenant, user_id=user, kind="page", page="sales")
        )
    script = opener(app, release, PAGE)()

    assert (
        "New since you were last here, Mar 10, 2026, 8:00 AM: net sales $290.50, orders: 2,"
        " returns: $40.00." in said(script)
    )
    assert "They add up to $290.50" in page_text(_open(script, "open-since"))
    assert "since you were last here" not in " ".join(said(opener(app, release, PAGE)(user=DEE)))


def test_a_shop_without_orders_and_a_release_of_before_have_a_sentence_too(app: App) -> None:
    script = app()
    script.selectbox(key="sign-in-tenant").set_value(3).run()
    script.button(key="sign-in-button").click().run()

    assert not script.exception
    assert "No orders yet." in page_text(script)
    assert "was made before them" in page_text(script)  # the marts that others need


def test_in_a_browser_a_sentence_opens_and_another_leads_to_its_number(
    browser: Browser, whole: Release
) -> None:
    with (
        serve_home(whole.directory.parent.parent) as address,
        open_dashboard(browser, address, **PHONE) as window,
    ):
        window.open("/?compare=before")
        window.sign_in("Hudson & Vale", "Ada Frost")
        month = window.part("home-month_to_date")
        expect(month).to_contain_text("net sales came to $1,090.40")
        width = window.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert width <= 390

        window.part(EFFECTS).locator("summary").click()
        window.settle()
        expect(window.part("total-home-month_to_date-4-effects")).to_contain_text("Change $490.40")

        month.get_by_role("link").first.click()
        window.settle()
        expect(window.page.get_by_role("heading", name="Overview", exact=True)).to_be_visible()
        assert window.parameters == {"period": ["month_to_date"], "compare": ["before"]}
        assert window.tile("net_sales") == "$1,090.40"
