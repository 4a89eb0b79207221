"""The page People: hours, for two shops, a manager, somebody alone, and one without the right."""

from collections.abc import Sequence

import duckdb
import pytest

from facet.release import Release
from facet.reporting.present.formats import DASH
from facet.reporting.screen.parts import figures
from facet.reporting.screen.session.state import KEY, State
from tests.dashboards.reading import (
    MARCH,
    App,
    HouseWith,
    listed,
    opener,
    page_text,
    table,
    tiles,
    total,
)
from tests.facet.reporting import house_hours, house_staff
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON
from tests.facet.reporting.house_staff import BEN, DEE, FLO, TEAM

PAGE = "app_pages/people.py"


def _make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    return [*house_staff.make(connection), *house_hours.make(connection)]


@pytest.fixture(scope="module")
def peopled_house(house_with: HouseWith) -> Release:
    return house_with(_make, staff=TEAM)


@pytest.fixture
def opened(app: App, peopled_house: Release) -> App:
    """Opens the page for a tenant's owner or somebody else, with an address; March if not said."""
    return opener(app, peopled_house, PAGE, **MARCH)


def test_what_needs_somebody_comes_first(opened: App) -> None:
    told = page_text(opened())

    for line in (
        "Time off that begins today or has begun, and nobody has decided: 1",
        "Time off requests that wait for a decision: 2",
        "Changes of shifts that wait for a decision: 1",
        "Shifts ahead on which the person cannot work: 1",
        "Shifts of the last 30 days without a shift report: 1",
        "Shifts of the last 30 days to which nobody came: 1",
        "Shifts of the last 30 days that began late: 1",
        "Open warnings of people: 1",
        "Disputed evaluations: 1",
        "Evaluations not handed in though their period is over: 1",
        "Evaluations that the person has not acknowledged: 1",
    ):
        assert line in told


def test_hours_are_told_by_what_became_of_them(opened: App) -> None:
    page = opened()

    # 4 × 8 of Ben, 8 + 4 of Eli; absent 8 of 8 + 20 that were worked; 1 of 2 known starts was late.
    # Worked is what the house's staff report: 10 and 20
    assert {label: value for label, (value, _) in tiles(page).items()} == {
        "Hours planned": "44.00",
        "Hours worked": "30.00",
        "Hours absent": "8.00",
        "Absence rate": "28.6%",
        "Hours on leave": "8.00",
        "Late starts": "1",
        "Late start rate": "50.0%",
        "Early ends": "1",
    }
    assert [row[:9] for row in listed(page, "Person", "Hours planned")] == [
        ["Ben Ode", "32.00", "10.00", "16.00", "8.00", "33.3%", "0.00", "8.00", "1"],
        ["Eli Jay", "12.00", "20.00", "4.00", "0.00", "0.0%", "8.00", "0.00", "0"],
    ]
    assert "Hours planned 44.00" in total(page)
    assert table(page, "Kind of leave") == [["Annual leave", "Yes", "1", "8.00"]]


def test_a_bar_that_is_clicked_lists_the_shifts_behind_it(
    opened: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    page.pills(key="choice-hours").set_value("late_starts").run()
    monkeypatch.setattr(figures, "clicked_key", lambda _: "2026-03-03")
    page.run()

    assert "Shifts: 1." in page_text(page)
    assert [
        (row[0], row[4], *row[8:10]) for row in listed(page, "Person", "Planned start")
    ] == [("Ben Ode", "Worked", "20 min", "30 min")]  # fmt: skip


def test_evaluations_are_means_over_people(opened: App) -> None:
    page = opened(part="evaluations")

    # (3.5 + 4.2 + 2) / 3, changes of 0.5 and -0.8; Ada and Dee do not agree on Ben
    assert {label: value for label, (value, _) in tiles(page).items()} == {
        "Mean evaluation": "3.23",
        "Since the last period": "-0.15",
        "People evaluated": "3",
        "Evaluators differ": "1",
    }
    assert [row[:8] for row in listed(page, "Person", "Best possible")] == [
        ["Eli Jay", "Shop", "4.20", "5.00", "-0.80", "5.00", "1", DASH],
        ["Ben Ode", "Shop", "3.50", "5.00", "0.50", "3.00", "2", "1.00"],
        ["Cy Gone", "Stock", "2.00", "5.00", DASH, DASH, "1", DASH],
    ]
    assert table(page, "Department") == [["Shop", "2", "3.85"], ["Stock", "1", "2.00"]]
    assert [row[0::3] for row in listed(page, "Criterion")] == [
        ["Service", "2.83"],
        ["Sales", "4.25"],
    ]
    assert [row[1:] for row in table(page, "Evaluation period")] == [["3", "3.23"], ["2", "4.00"]]
    assert [row[:3] for row in listed(page, "Person", "State")] == [
        ["Ben Ode", "Disputed", DASH],
        ["Eli Jay", "Not handed in", "77"],
        ["Eli Jay", "Handed in", "9"],
    ]


def test_requests_that_wait_come_first_then_those_of_the_period(opened: App) -> None:
    page = opened(part="requests")

    assert [row[:6] for row in listed(page, "Person", "From")] == [
        ["Ben Ode", "5", "Annual leave", "Mar 18, 2026", "Mar 18, 2026", "Overdue"],
        ["Eli Jay", "2", "Annual leave", "Apr 1, 2026", "Apr 1, 2026", "Waiting"],
    ]
    # of March's four requests two were decided, after 2 and 5 days
    assert {label: value for label, (value, _) in tiles(page).items()} == {
        "Time off requests": "4",
        "Time off approved": "1",
        "Time off rejected": "1",
        "Time off waiting": "2",
        "Days to decide time off": "3.5",
    }
    assert table(page, "Kind of leave") == [["Annual leave", "2", "1", "1", "0"]]
    assert [row[:4] for row in listed(page, "Person", "Change")] == [
        ["Eli Jay", "Swapped", "3", "Ben Ode"]
    ]
    assert sorted(table(page, "Change")) == [
        ["Moved", "0", "1", "0", "0"],
        ["Reassigned", "1", "0", "0", "0"],
    ]
    assert [row[:5] for row in listed(page, "Person", "As wished")] == [
        ["Ben Ode", "4", "1", "0", "1"],
        ["Eli Jay", "2", "0", "0", "0"],
    ]
    assert [row[0] for row in listed(page, "Person", "State", "Planned start")] == ["Eli Jay"]

    # Dee sees that Eli's shift is to be another's, not whose
    page = opened(user=DEE, part="requests")
    assert [row[0] for row in listed(page, "Person", "From")] == ["Eli Jay"]
    assert [row[:4] for row in listed(page, "Person", "Change")] == [
        ["Eli Jay", "Swapped", "3", DASH]
    ]


def test_hours_of_the_week_fall_short_where_nobody_is_at_work(opened: App) -> None:
    page = opened(part="cover")

    # on Mondays a customer writes at 8 pm; at 10 am there is a third of an order and one person
    assert [row[2:] for row in listed(page, "Day")] == [["0.00", "0.00", "1.00", DASH]]
    assert "When people are at work" in page_text(page)
    assert "Không có giờ nào trong tuần thiếu người." in page_text(opened(SAIGON, part="cover"))

    # of the whole shop, which is not for who sees some of its people
    page = opened(user=DEE, part="cover")
    assert not page.dataframe
    assert "for those who may see everybody" in page_text(page)


def test_warnings_that_are_open_come_before_those_of_the_period(opened: App) -> None:
    rows = listed(opened(part="warnings"), "Person", "Warning")

    assert [(*row[:3], row[4]) for row in rows] == [
        ("Eli Jay", "Late start", "Shift report", "Open"),
        ("Ben Ode", "Talk", "Person", "Resolved"),
    ]


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON)

    assert tiles(page)["Số giờ theo lịch"][0] == "8,00"
    assert [row[0] for row in listed(page, "Nhân viên")] == ["Trần Thị Mai"]
    assert "Không có yêu cầu nào chờ trả lời" in page_text(page)


def test_a_manager_sees_the_people_below_and_a_seller_themself(opened: App) -> None:
    # Eli reports to Dee, Ben does not
    page = opened(user=DEE)
    assert [row[0] for row in listed(page, "Person", "Hours planned")] == ["Eli Jay"]
    assert tiles(page)["Hours planned"][0] == "12.00"

    page = opened(user=DEE, part="evaluations")
    assert tiles(page)["Mean evaluation"][0] == "4.20"
    # Ada is above Dee, who may not see her
    assert [row[4] for row in listed(page, "Person", "State")] == ["Somebody else", "Dee Hill"]

    page = opened(user=BEN)
    assert [row[0] for row in listed(page, "Person", "Hours planned")] == ["Ben Ode"]
    assert tiles(page)["Hours absent"][0] == "8.00"


def test_who_has_no_right_to_staff_has_no_such_page(app: App, peopled_house: Release) -> None:
    script = app(home=peopled_house.directory.parent.parent, **MARCH)
    script.session_state[KEY] = State(demo_user=(NEW_YORK, FLO))
    page = script.run().switch_page(PAGE).run()

    assert "Ben Ode" not in page_text(page)
    assert not page.metric


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("hours", "No shift is planned."),
        ("evaluations", "No evaluation was handed in."),
        ("requests", "No request for time off is recorded."),
        ("requests", "No change of the schedule is recorded."),
        ("cover", "No hours of work are recorded."),
        ("warnings", "No warning of anybody is open"),
    ],
)
def test_a_shop_of_which_nothing_is_recorded_reads_what_is_missing(
    opened: App, part: str, missing: str
) -> None:
    page = opened(EMPTY, part=part, lang="en")

    assert not page.dataframe
    assert not page.metric
    assert missing in page_text(page)
