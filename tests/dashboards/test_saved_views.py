"""Saved views and notes: each shop's own, shared with those who may see the page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from facet.audit.trail import AuditTrail
from facet.config import Settings
from facet.release import Release
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.state import KEY, State
from facet.saved.file import path_of
from facet.saved.notes import Notes
from facet.saved.views import SavedViews
from tests.dashboards.reading import App, page_text, show
from tests.facet.reporting.house import NEW_YORK, SAIGON

ADA, BEN, MAI = (NEW_YORK, 11), (NEW_YORK, 12), (SAIGON, 21)
MARCH = {"period": ["month_to_date"]}
CLOSED = date(2026, 3, 3)


@pytest.fixture
def home(house: Release) -> Iterator[Settings]:
    """The home of the house; what a test saves in it goes with the test."""
    settings = Settings(home=house.directory.parent.parent)
    yield settings
    path_of(settings).unlink(missing_ok=True)


def _views(home: Settings, who: tuple[int, int]) -> SavedViews:
    return SavedViews.of(home, tenant_id=who[0], user_id=who[1])


def _opened(app: App, who: tuple[int, int], page: str | None = None) -> AppTest:
    """The page that somebody comes to, or another, with the menu of views open."""
    script = app()
    script.session_state[KEY] = State(demo_user=who)
    script.session_state["saved-views"] = True
    script.run()
    if page is not None:
        script.switch_page(f"app_pages/{page}.py")
    return show(script)


def _listed(page: AppTest) -> list[str]:
    """The views of the menu: a page that is refused links to others by their titles alone."""
    labels = [link.proto.label.replace("\\", "") for link in page.get("page_link")]
    return [label for label in labels if " · " in label]


def test_a_page_is_saved_as_it_is_shown_and_opened_again(app: App, home: Settings) -> None:
    page = _opened(app, ADA, "sales")
    page.selectbox(key="choice-period").set_value("month_to_date").run()
    page.text_input(key="new-view-name").set_value("Rings & more")
    page.checkbox(key="new-view-shared").check()
    page.button(key="save-view-button").click().run()

    (saved,) = _views(home, ADA).all()
    assert (saved.name, saved.page, saved.address) == ("Rings & more", "sales", MARCH)
    assert saved.is_shared
    assert _listed(page) == ["Rings & more · Sales"]
    link = page.get("page_link")[0].proto
    assert (link.page, link.query_string) == (
        "sales",
        f"period=month_to_date&view={saved.view_id}",
    )
    page.text_input(key="new-view-name").set_value("rings & MORE")
    page.button(key="save-view-button").click().run()
    assert [error.value for error in page.error] == [
        "You already have a view of this name. Choose another."
    ]
    acts = AuditTrail.of(home).acts(NEW_YORK, since=datetime(2020, 1, 1, tzinfo=UTC))
    assert (ADA[1], "saved", "sales") in acts


def test_shared_views_are_for_those_who_may_see_the_page(app: App, home: Settings) -> None:
    ada = _views(home, ADA)
    for name, page, is_shared in (
        ("All sales", "sales", True),
        ("Everybody", "staff", True),
        ("Mine alone", "staff", False),
    ):
        ada.save(name, page=page, address={}, is_shared=is_shared)
    _views(home, MAI).save("Nhẫn cưới", page="staff", address={}, is_shared=True)

    mine = ["All sales · Sales", "Everybody · Sales team", "Mine alone · Sales team"]
    assert _listed(_opened(app, ADA, "explorer")) == mine
    assert _listed(_opened(app, BEN, "staff")) == ["Everybody · Sales team"]
    assert _listed(_opened(app, MAI, "explorer")) == ["Nhẫn cưới · Đội ngũ bán hàng"]
    seller = _opened(app, BEN, "sales")
    assert "You cannot see this" in page_text(seller)
    assert not any("All sales" in label for label in _listed(seller))


def test_of_views_of_every_page_a_seller_has_those_of_their_pages(app: App, home: Settings) -> None:
    for page in PAGES:
        _views(home, ADA).save(page.name, page=page.name, address={}, is_shared=True)

    names = {label.partition(" · ")[0] for label in _listed(_opened(app, BEN, "staff"))}
    assert names == {"home", "explorer", "staff", "people", "projects"}
    assert _listed(_opened(app, MAI, "explorer")) == []


def test_somebody_starts_where_they_chose(app: App, home: Settings) -> None:
    views = _views(home, ADA)
    saved = views.save("March", page="sales", address=MARCH, is_shared=False)
    views.start_with(view_id=saved.view_id)
    page = _opened(app, ADA)

    assert page.header[0].value == "Sales"
    assert page.selectbox(key="choice-period").value == "month_to_date"
    linked = app(period="last_month")
    for who, header in ((ADA, "Home"), (MAI, "Trang chính")):
        linked.session_state[KEY] = State(demo_user=who)
        assert linked.run().header[0].value == header


def test_pages_stand_where_the_file_is_damaged(app: App, home: Settings) -> None:
    path_of(home).write_bytes(b"nonsense" * 512)
    page = _opened(app, MAI, "overview")

    assert page.metric
    assert [error.value for error in page.error] == [
        "Hiện không đọc hoặc ghi được góc nhìn và ghi chú. Người vận hành Facet có thể xem nguyên"
        " nhân trong nhật ký."
    ]


def test_notes_are_told_under_the_chart_in_their_shop_and_period(app: App, home: Settings) -> None:
    here, there = (Notes.of(home, tenant_id=tenant) for tenant in (NEW_YORK, SAIGON))
    here.add("Closed: *pipe*", [CLOSED], user_id=ADA[1])
    here.add("Long ago", [date(2025, 3, 3)], user_id=ADA[1])
    there.add("Đóng cửa", [CLOSED, date(2026, 3, 5)], user_id=MAI[1])

    told = _told(_opened(app, ADA, "overview"))
    assert told == [":material/sticky_note_2: Mar 3, 2026: Closed: *pipe* – Ada Frost"]
    told = _told(_opened(app, MAI, "overview"))
    assert told == [
        ":material/sticky_note_2: 3 thg 3, 2026 – 5 thg 3, 2026: Đóng cửa – Trần Thị Mai"
    ]


def test_notes_are_written_and_changed_by_who_may(app: App, home: Settings) -> None:
    page = _opened(app, ADA, "overview")
    page.session_state["write-notes-trend-net_sales"] = True
    page.run()
    page.text_input(key="note-text-trend-net_sales-").set_value("Closed")
    page.button(key="note-save-trend-net_sales-").click().run()

    (note,) = Notes.of(home, tenant_id=NEW_YORK).between(date(2026, 3, 1), date(2026, 3, 31))
    assert (note.text, note.user_id, note.start) == ("Closed", ADA[1], date(2026, 3, 18))
    assert [told.partition(": ")[2] for told in _told(page)] == ["Mar 18, 2026: Closed – Ada Frost"]


def _told(page: AppTest) -> list[str]:
    found = [str(caption.value).replace("\\", "") for caption in page.caption]
    return [said for said in found if "sticky_note" in said]
