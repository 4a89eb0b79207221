"""Tables are exported by those who may, when they may; and what people do is recorded."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.export import Heading
from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.overview import PAGE
from facet.reporting.screen.parts.exports import Exported, delivered
from facet.reporting.screen.session.state import KEY, State
from facet.reporting.screen.session.view import View
from facet.rights.codes import EXPORT
from tests.dashboards.driver import Dashboard
from tests.dashboards.reading import MARCH, App, overview, words
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import NEW_YORK, SAIGON, id_of, publish_house
from tests.facet.reporting.house_people import STAFF

HEADINGS = (Heading(label="Channel"), Heading(label="Net sales", kind="money"))
ROWS: tuple[tuple[Cell, ...], ...] = (("=Boutique", 7),)


@pytest.fixture
def home(tmp_path: Path, semantic_manifest: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of its own, with an analyst who may not export: its trail is empty."""
    staff = (*STAFF, (1, 14, 11, "Di Sum", "marketing", True))
    publish_house(Settings(home=tmp_path), semantic_manifest, staff=staff)
    monkeypatch.setenv("FACET_HOME", str(tmp_path))
    return tmp_path


def _trail(home: Path, tenant_id: int) -> tuple[Event, ...]:
    now = datetime.now(UTC)
    trail = AuditTrail.of(Settings(home=home))
    return trail.events(tenant_id, since=now - timedelta(days=1), until=now + timedelta(days=1))


def _deliver(view: View) -> bytes:
    return delivered(view, PAGE, "channel", "csv", lambda: Exported(headings=HEADINGS, rows=ROWS))


def _view(house: Release, principal: Principal, again: Callable[[], Principal] | None) -> View:
    return View.of(principal, house, "en", reauthenticate=again)


def test_whoever_may_export_gets_the_table_and_it_is_written_down(
    home: Path, house: Release
) -> None:
    ada = fixtures.sign_in(house, NEW_YORK)

    content = _deliver(_view(house, ada, lambda: ada))

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["Channel", "Net sales"], ["'=Boutique", "7"]]
    (event,) = _trail(home, NEW_YORK)
    assert (event.kind, event.user_id, event.page) == ("export", 11, "overview")
    assert event.details["rows"] == 1
    assert event.details["format"] == "csv"


@pytest.mark.parametrize("reason", ["session", "right", "scope"])
def test_what_was_allowed_when_the_page_was_drawn_does_not_count(
    home: Path, house: Release, reason: str
) -> None:
    ada = fixtures.sign_in(house, NEW_YORK)

    def again() -> Principal:
        if reason == "session":
            raise PermissionError("The session is idle.")
        if reason == "right":
            return replace(ada, permissions=ada.permissions - {EXPORT})
        return replace(ada, people=frozenset({11}))

    with pytest.raises(PermissionError, match=reason):
        _deliver(_view(house, ada, again))
    (event,) = _trail(home, NEW_YORK)
    assert (event.kind, event.details["reason"]) == ("refused", f"export.{reason}")
    assert _trail(home, SAIGON) == ()


def test_what_cannot_be_written_down_is_not_handed_out(
    home: Path, house: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = fixtures.sign_in(house, NEW_YORK)
    (home / "audit.sqlite").mkdir()

    with pytest.raises(OSError, match="cannot be written"):
        _deliver(_view(house, ada, lambda: ada))


def test_a_view_without_a_session_exports_nothing(home: Path, house: Release) -> None:
    with pytest.raises(PermissionError, match="session"):
        _deliver(_view(house, fixtures.sign_in(house, NEW_YORK), None))


def _as(script: AppTest, user_id: int) -> AppTest:
    script.session_state[KEY] = State(demo_user=(NEW_YORK, user_id))
    return script.run()


def test_only_who_may_export_is_offered_it(app: App, home: Path) -> None:
    ada = overview(app(home=home, **MARCH), NEW_YORK)
    assert {button.label for button in ada.download_button} == {"CSV", "Excel"}
    assert "All rows (2) with exact figures" in ada.download_button[0].help

    di = _as(app(home=home, **MARCH), 14).switch_page("app_pages/overview.py").run()
    assert len(di.metric) == 8
    assert not di.download_button


def test_what_people_open_and_are_refused_is_written_down_once(app: App, home: Path) -> None:
    script = overview(app(home=home, channel="Website", **MARCH), NEW_YORK)
    script.run()
    _as(app(home=home), 14).switch_page("app_pages/access.py").run()

    seen = [
        (event.user_id, event.kind, event.page, event.details["filters"])
        for event in reversed(_trail(home, NEW_YORK))
    ]
    march = {"period": ["month_to_date"], "compare": ["before"]}
    assert seen == [
        (11, "page", "home", {}),
        (11, "page", "overview", {**march, "channel": [str(id_of("Website"))]}),
        (14, "page", "home", {}),
        (14, "refused", "access", {}),
    ]
    first = _trail(home, NEW_YORK)[-2]
    assert {"net_sales", "orders"} <= set(first.details["metrics"])
    assert first.release_id
    assert _trail(home, SAIGON) == ()


def test_the_page_of_access_shows_ones_own_shop_alone(app: App, home: Path) -> None:
    overview(app(home=home, **MARCH), SAIGON)
    script = overview(app(home=home, **MARCH), NEW_YORK)
    script.switch_page("app_pages/access.py").run()
    script.run()

    assert script.header[0].value == "Access"
    assert {m.label: m.value for m in script.metric} == {
        "People": "1", "Pages opened": "3", "Exports": "0", "Refused": "0",
    }  # fmt: skip
    shown = script.dataframe[0].value
    assert list(shown["Who"]) == ["Ada Frost"] * 3
    assert list(shown["Page"]) == ["Access", "Overview", "Home"]
    assert list(shown["Choices"])[1] == "Compare with: Period before; Period: This month"
    assert "Net sales" in list(shown["Numbers shown"])[1]
    script.selectbox(key="access-kind").set_value("export").run()
    assert script.dataframe[0].value.empty
    assert "choice-compare" not in {box.key for box in script.selectbox}
    script.switch_page("app_pages/overview.py").run()  # where it is as it was
    assert script.selectbox(key="choice-compare").value == "before"


def test_nobody_else_may_see_who_looked_at_what(app: App, home: Path) -> None:
    script = _as(app(home=home), 14).switch_page("app_pages/access.py").run()

    assert "You cannot see this" in [header.value for header in script.header]
    assert not script.dataframe
    assert "Ada Frost" not in words(script)


def test_a_person_downloads_a_table_in_a_browser(dashboard: Dashboard) -> None:
    dashboard.open("/overview?period=month_to_date&compare=before")
    dashboard.sign_in("Hudson & Vale")

    download = dashboard.download("export-csv-channel")
    with Path(download.path()).open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert download.suggested_filename == ("hudson-vale_channel_2026-03-01_2026-03-18.csv")
    assert rows == [
        ["Channel", "Net sales", "Orders", "Average order value", "Gross margin rate", "Share"],
        ["Boutique", "799.90", "1", "899.90000000", "0.49993749", "0.73358401"],
        ["Website", "290.50", "2", "165.25000000", "0.55249569", "0.26641599"],
    ]
    expect(dashboard.page.get_by_test_id("stElementToolbarButton")).to_have_count(0)
