"""Bars and rows that are picked are in the address: a link shows them, or says that it cannot."""

import re
from collections.abc import Sequence

import duckdb
import pytest
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from facet.release import Release
from facet.reporting.screen.session.state import KEY, State
from tests.dashboards.driver import Dashboard, open_dashboard
from tests.dashboards.reading import MARCH, App, HouseWith, page_text, show, sign_in
from tests.facet.reporting import house_projects, house_staff
from tests.facet.reporting.house import NEW_YORK, SAIGON
from tests.facet.reporting.house_staff import TEAM

OVERVIEW = "app_pages/overview.py"
NOT_KNOWN = {
    NEW_YORK: "Part of the address is not known here and was left out: Picked “{}”.",
    SAIGON: "Một phần địa chỉ không có ở đây nên đã được bỏ qua: Mục đã chọn “{}”.",
}
OF_DAY = {NEW_YORK: "Orders – Mar 2, 2026", SAIGON: "Đơn hàng – 2 thg 3, 2026"}


def _opened(script: AppTest, tenant_id: int, *picks: str, page: str = OVERVIEW) -> AppTest:
    script = sign_in(script, tenant_id).switch_page(page)
    for name, value in MARCH.items():
        script.query_params[name] = value
    script.query_params["pick"] = list(picks)
    return show(script)


@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
def test_a_link_opens_the_orders_of_a_day(app: App, tenant_id: int) -> None:
    page = _opened(app(), tenant_id, "day:2026-03-02")

    assert OF_DAY[tenant_id] in page_text(page)
    assert _picks(page) == ["day:2026-03-02"]
    assert not page.info


@pytest.mark.parametrize("tenant_id", [NEW_YORK, SAIGON])
@pytest.mark.parametrize(
    "pick", ["day:2020-01-01", "day:x", "channel:999999", "category:Rings", "nothing:1", "x", ""]
)
def test_what_is_not_there_is_told_and_left_out(app: App, tenant_id: int, pick: str) -> None:
    page = _opened(app(), tenant_id, "day:2026-03-02", pick)

    assert _told(page) == [NOT_KNOWN[tenant_id].format(pick)]
    assert _picks(page) == ([] if pick.startswith("day:") else ["day:2026-03-02"])
    page.run()
    assert not page.info


def test_what_is_another_shops_is_told_like_what_is_not_there(app: App) -> None:
    there = _opened(app(), SAIGON)
    key = next(key for key, name in _channels(there).items() if name == "Zalo")
    page = _opened(app(), NEW_YORK, f"channel:{key}")

    assert key not in _channels(page)
    assert _told(page) == [NOT_KNOWN[NEW_YORK].format(f"channel:{key}")]
    assert "Zalo" not in page_text(page)


def test_a_pick_stays_while_a_filter_leaves_it_there(app: App) -> None:
    page = _opened(app(), NEW_YORK, "day:2026-03-02")
    page.selectbox(key="choice-compare").set_value("none").run()
    assert OF_DAY[NEW_YORK] in page_text(page)
    assert _picks(page) == ["day:2026-03-02"]

    page.selectbox(key="choice-period").set_value("today").run()
    assert "Orders –" not in page_text(page)
    assert "pick" not in page.query_params
    assert not page.info


def test_a_pick_is_there_again_after_another_page(app: App) -> None:
    page = _opened(app(), NEW_YORK, "day:2026-03-02")
    page.query_params.clear()
    page.switch_page("app_pages/sales.py").run()
    assert "Mar 2, 2026" not in page_text(page)
    page.query_params.clear()
    page.switch_page(OVERVIEW).run()

    assert OF_DAY[NEW_YORK] in page_text(page)
    assert _picks(page) == ["day:2026-03-02"]


@pytest.fixture(scope="module")
def working_house(house_with: HouseWith) -> Release:
    def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
        return [*house_projects.make(connection), *house_staff.make(connection)]

    return house_with(make, staff=TEAM)


@pytest.mark.parametrize(
    ("project", "is_there"), [(10, True), (20, False), (999, False)],
    ids=["one's own", "another shop's", "nobody's"],
)  # fmt: skip
def test_a_link_opens_a_row_by_its_id(
    app: App, working_house: Release, project: int, *, is_there: bool
) -> None:
    script = app(home=working_house.directory.parent.parent)
    script.session_state[KEY] = State(demo_user=(NEW_YORK, 11))
    script.run().switch_page("app_pages/projects.py")
    script.query_params["part"] = "projects"
    script.query_params["pick"] = f"projects:{project}"
    page = show(script)

    assert ("Tasks of the project" in page_text(page)) is is_there
    told = [] if is_there else [NOT_KNOWN[NEW_YORK].format(f"projects:{project}")]
    assert _told(page) == told
    assert "Kiểm kê kho" not in page_text(page)


def test_whom_one_may_not_see_is_told_like_who_is_not_there(
    app: App, working_house: Release
) -> None:
    said = []
    for person in (11, 999):
        script = app(home=working_house.directory.parent.parent)
        script.session_state[KEY] = State(demo_user=(NEW_YORK, 14))
        script.run().switch_page("app_pages/staff.py")
        script.query_params["person"] = str(person)
        page = show(script)
        assert "Ada Frost" not in page_text(page)
        said.append([told.replace(str(person), "…") for told in _told(page)])

    assert (
        said[0]
        == said[1]
        == ["Part of the address is not known here and was left out: Person “…”."]
    )


def test_a_colleague_sees_what_a_link_shows_or_that_they_may_not(
    browser: Browser, address: str
) -> None:
    with open_dashboard(browser, address) as one:
        one.open("/sales?period=month_to_date")
        one.sign_in("Hudson & Vale", "Ada Frost")
        one.click_bar("trend-net_sales", 1)
        expect(one.part("drill-trend")).to_contain_text("Orders – Mar 2, 2026")
        link = one.page.url
        assert one.parameters["pick"] == ["day:2026-03-02"]
        _goes_back_and_forth(one)

    path = link.removeprefix(address)
    with open_dashboard(browser, address) as other:
        other.open(path)
        other.sign_in("Hudson & Vale", "Ada Frost")
        expect(other.part("drill-trend")).to_contain_text("Orders – Mar 2, 2026")
    with open_dashboard(browser, address) as seller:
        seller.open(path)
        seller.sign_in("Hudson & Vale", "Ben Ode")
        expect(seller.part("message")).to_contain_text("You cannot see this")
        assert not re.search("Mar 2, 2026|1-0001", seller.page.inner_text("body"))


def _goes_back_and_forth(window: Dashboard) -> None:
    window.page.go_back()
    window.settle()
    assert "pick" not in window.parameters
    expect(window.part("drill-trend")).to_have_count(0)
    window.page.go_forward()
    window.settle()
    expect(window.part("drill-trend")).to_contain_text("Orders – Mar 2, 2026")


def _told(page: AppTest) -> list[str]:
    return [str(info.value).replace("\\", "") for info in page.info]


def _picks(page: AppTest) -> list[str]:
    given = page.query_params.get("pick", [])
    return [given] if isinstance(given, str) else given


def _channels(page: AppTest) -> dict[str, str]:
    view = page.session_state[KEY].view
    return dict(view.choices.channel)
