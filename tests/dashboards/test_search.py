"""The search and the tour on pages: what is found opens, and nobody is shown around twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.release import Release
from facet.reporting.screen.session.state import KEY, State
from facet.saved.file import path_of
from facet.saved.tours import Tours
from tests.dashboards.reading import App, page_text, plain
from tests.facet.reporting.house import NEW_YORK, SAIGON

ADA, BEN, MAI = (NEW_YORK, 11), (NEW_YORK, 12), (SAIGON, 21)
OFFER = {"en": "New here?", "vi": "Bạn mới dùng?"}
NOT_KNOWN = "Một phần địa chỉ không có ở đây nên đã được bỏ qua: Mục đã chọn “{}”."


@pytest.fixture
def home(house: Release) -> Iterator[Settings]:
    """The home of the house; who has had the tour goes with the test."""
    settings = Settings(home=house.directory.parent.parent)
    yield settings
    path_of(settings).unlink(missing_ok=True)


def _drawn(page: AppTest) -> AppTest:
    """A page drawn again; of the house without marts, some say that it is older."""
    assert not page.run().exception
    return page


def _come(app: App, who: tuple[int, int]) -> AppTest:
    script = app()
    script.session_state[KEY] = State(demo_user=who)
    return _drawn(script)


def _search(app: App, who: tuple[int, int], given: str) -> AppTest:
    """The first page, with the dialog open in which somebody has typed something."""
    page = _come(app, who)
    page.session_state["search-words"] = given
    page.button(key="search").click()
    return _drawn(page)


def _links(page: AppTest) -> list[tuple[str, str]]:
    """Where the links of what was found lead: page and address."""
    protos = [link.proto for link in page.get("page_link")]
    return [(link.page, link.query_string) for link in protos if "metric=" in link.query_string]


def _searched(home: Settings, tenant: int) -> list[Event]:
    now = datetime.now(UTC)
    trail = AuditTrail.of(home)
    events = trail.events(tenant, since=now - timedelta(minutes=5), until=now + timedelta(1))
    return [event for event in events if event.kind == "search"]


def test_what_is_found_opens_and_the_search_is_recorded(app: App, home: Settings) -> None:
    before = len(_searched(home, SAIGON))
    page = _search(app, MAI, "doanh thu THUẦN")

    assert _links(page)[0] == ("explorer", "metric=net_sales")
    assert "Chỉ số" in page_text(page)
    (event, *_) = _searched(home, SAIGON)
    assert len(_searched(home, SAIGON)) == before + 1
    assert (event.user_id, event.page) == (MAI[1], None)
    assert event.details["found"]["metric"] == 5
    assert "thu" not in str(event.details)  # words may be names: they are in no trail


def test_nothing_is_looked_for_before_somebody_asks(app: App, home: Settings) -> None:
    before = len(_searched(home, NEW_YORK))
    page = _search(app, ADA, " a ")

    assert "Type at least two letters" in page_text(page)
    assert "Customers" in page_text(page)
    assert len(_searched(home, NEW_YORK)) == before
    seller = page_text(_search(app, BEN, ""))
    assert "What can be found: Pages, Metrics, Sales team." in seller
    nothing = _search(app, BEN, "*Xyzzy*")
    assert "Nothing found for “*Xyzzy*”. Try fewer letters" in page_text(nothing)


def _order(app: App, who: tuple[int, int], pick: str) -> AppTest:
    page = _come(app, who).switch_page("app_pages/sales.py")
    page.query_params["pick"] = pick
    return _drawn(page)


def test_an_order_that_the_address_names_is_told_whatever_the_period(app: App) -> None:
    """Order 6 is of the year before; 100 of its 1,000 were given back this March."""
    page = _order(app, ADA, "order:6")
    told = {metric.label: metric.value for metric in page.metric[:8]}

    assert "Order 1-0006" in page_text(page)
    assert "Mar 18, 2025 · Boutique · Repeat · Buyer 1-6" in page_text(page)
    assert (told["Gross sales"], told["Returns"]) == ("$1,000.00", "$100.00")
    assert (told["Net sales"], told["Payments collected"]) == ("$900.00", "$1,000.00")
    assert page.query_params["pick"] == "order:6"
    page.button(key="close-order").click()
    assert "Order 1-0006" not in page_text(_drawn(page))
    assert "pick" not in page.query_params


def test_another_shops_order_is_told_like_one_that_is_not_there(app: App) -> None:
    there = _order(app, MAI, "order:2")
    assert "Đơn hàng 2-0002" in page_text(there)
    told = {metric.label: metric.value for metric in there.metric[:8]}
    assert told["Doanh thu thuần"] == "2,25\xa0Tr\xa0₫"
    for pick in ("order:7", "order:x", "order:99999999999999999999"):
        page = _order(app, MAI, pick)
        assert "Đơn hàng 2-" not in page_text(page)
        assert [plain(str(info.value)) for info in page.info] == [NOT_KNOWN.format(pick)]
    assert "You cannot see this" in page_text(_order(app, BEN, "order:2"))


def test_the_tour_is_offered_until_somebody_answers(app: App, home: Settings) -> None:
    page = _come(app, ADA)
    assert OFFER["en"] in page_text(page)
    page.button(key="tour-leave").click()
    assert OFFER["en"] not in page_text(_drawn(page))
    assert OFFER["en"] not in page_text(_come(app, ADA))
    assert OFFER["vi"] in page_text(_come(app, MAI))
    assert OFFER["en"] in page_text(_come(app, BEN))
    assert not Tours.of(home, tenant_id=SAIGON, user_id=ADA[1]).is_over()


def test_the_tour_begins_where_it_is_taken_and_again_from_the_account(
    app: App, home: Settings
) -> None:
    page = _come(app, MAI)
    page.button(key="tour-take").click()
    assert "Bước 1/5" in page_text(_drawn(page))
    assert OFFER["vi"] not in page_text(page)
    again = _come(app, MAI).switch_page("app_pages/sales.py")
    _drawn(again)
    assert OFFER["vi"] not in page_text(again)
    again.button(key="tour-again").click()
    assert "Bước 1/5" in page_text(_drawn(again))


def test_pages_stand_where_it_is_not_known_who_had_the_tour(app: App, home: Settings) -> None:
    path_of(home).write_bytes(b"nonsense" * 512)

    assert OFFER["en"] not in page_text(_come(app, ADA))
