"""The page Projects: what is late, blocked and done, for two shops, a manager, and one without."""

from collections.abc import Sequence

import duckdb
import pytest

from facet.release import Release
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
from tests.facet.reporting import house_campaigns, house_projects
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON
from tests.facet.reporting.house_goals import GOALS
from tests.facet.reporting.house_staff import DEE, FLO, TEAM

PAGE = "app_pages/projects.py"


def _make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    return [*house_projects.make(connection), *house_campaigns.create(connection)]


@pytest.fixture(scope="module")
def working_house(house_with: HouseWith) -> Release:
    return house_with(_make, staff=TEAM)


@pytest.fixture
def opened(app: App, working_house: Release) -> App:
    """Opens the page for a tenant's owner or somebody else, with an address; March if not said."""
    return opener(app, working_house, PAGE, **MARCH)


def test_what_needs_somebody_comes_first(opened: App) -> None:
    told = page_text(opened())

    for line in (
        "Overdue tasks: 1",
        "Blocked tasks, or tasks that wait for another: 1",
        "Open tasks that nobody is to do: 1",
        "Projects past their due day: 1",
        "Overdue milestones: 1",
        "Recurring tasks missed in the last 30 days: 1",
        "Mentions without an answer: 1",
        "Tasks with a comment that was not answered: 1",
    ):
        assert line in told


def test_tiles_say_what_march_did_and_how_long_it_took(opened: App) -> None:
    found = {label: value for label, (value, _) in tiles(opened()).items()}

    # done after 4, 6 and 10 days, of which two began 2 and 5 days before; one of two in time
    assert found == {
        "Tasks created": "4",
        "Tasks done": "3",
        "Tasks on time": "50.0%",
        "Lead time in days": "6",
        "Lead time in days, 85th percentile": "10",
        "Cycle time in days": "3.5",
        "Cycle time in days, 85th percentile": "5",
        "Open now": "3",
        "In progress": "1",
    }


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON)

    assert tiles(page)["Tỷ lệ xong đúng hạn"][0] == "100,0%"
    assert [row[:4] for row in listed(page, "Công việc")] == [
        ["Đếm nhẫn", "Kiểm kê kho", "Cần làm", "Trần Thị Mai"]
    ]
    assert "Việc quá hạn: 1" in page_text(page)
    assert "Lượt nhắc tên" not in page_text(page)


def test_open_tasks_are_listed_by_what_holds_of_them_and_by_age(opened: App) -> None:
    page = opened()

    assert [row[0] for row in listed(page, "Task")] == ["Count the studs"]
    page.pills(key="choice-tasks").set_value("blocked").run()
    assert [row[:4] for row in listed(page, "Task")] == [
        ["Write the report", "Stock count 26", "Blocked", "Nobody"]
    ]
    page.pills(key="choice-tasks").set_value("open").run()
    assert [row[0] for row in listed(page, "Task")] == [
        *("Count the studs", "Write the report", "Clean the vault"),
    ]
    assert table(page, "Age") == [
        ["8 to 30 days", "1", "1", "1", "0"],
        ["31 to 90 days", "1", "0", "0", "1"],
        ["Over 90 days", "1", "0", "0", "0"],
    ]


def test_a_bar_that_is_clicked_lists_the_tasks_behind_it(
    opened: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    monkeypatch.setattr(figures, "clicked_key", lambda _: "2026-03-12")
    page.run()

    assert "Tasks done: 1, of which late: 1." in page_text(page)


def test_projects_are_told_with_their_tasks_and_milestones(opened: App) -> None:
    page = opened(part="projects")

    assert [row[:3] for row in listed(page, "Project")] == [["Stock count 26", "Overdue", "50.0%"]]
    # of the period and overdue; what was reached a year ago is not told
    assert [row[0::2][:2] for row in listed(page, "Milestone")] == [
        ["Count", "Overdue"],
        ["Lists", "Slipped"],
        ["Plan", "Hit"],
    ]


def test_projects_of_campaigns_stand_beside_the_goals_they_serve(opened: App) -> None:
    rows = listed(opened(part="projects"), "Campaign")

    assert {tuple(row[:2]) for row in rows} == {("Spring bloom", "Spring windows")}
    assert {goal["goal_name"] for goal in GOALS if goal["campaign_id"] == 1} >= {
        row[5] for row in rows
    }


def test_people_have_their_work_and_who_may_not_be_seen_has_no_name(opened: App) -> None:
    page = opened(part="people")
    assert sorted(row[:2] for row in listed(page, "Person")) == [
        *(["Cy Gone", "1"], ["Eli Jay", "1"], ["Nobody", "1"]),
    ]
    assert "Tasks 3" in total(page)
    assert [row[:3] for row in listed(page, "To answer")] == [["Eli Jay", "Count the studs", "2"]]

    # Eli reports to Dee, Ben and Cy do not
    page = opened(user=DEE, part="people")
    assert sorted(row[:2] for row in listed(page, "Person")) == [
        *(["Eli Jay", "1"], ["Nobody", "1"], ["Somebody else", "1"]),
    ]
    assert [row[3] for row in listed(page, "To answer")] == ["Somebody else"]


def test_recurring_tasks_are_told_by_what_became_of_their_turns(opened: App) -> None:
    page = opened(part="recurring")

    assert [row[:7] for row in listed(page, "Task", "Were due")] == [
        ["Wind the clocks", "Weekly", "3", "1", "1", "1", "33.3%"]
    ]
    assert [row[:2] for row in listed(page, "Task", "What happened")] == [
        ["Wind the clocks", "No task was made"]
    ]


def test_who_has_no_right_to_staff_has_no_such_page(app: App, working_house: Release) -> None:
    script = app(home=working_house.directory.parent.parent, **MARCH)
    script.session_state[KEY] = State(demo_user=(NEW_YORK, FLO))
    page = script.run().switch_page(PAGE).run()

    assert "Stock count 26" not in page_text(page)
    assert not page.metric


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("tasks", "No task is recorded."),
        ("projects", "No project is recorded."),
        ("projects", "No milestone is recorded."),
        ("people", "No mention is recorded."),
        ("recurring", "No recurring task is recorded."),
    ],
)
def test_a_shop_of_which_nothing_is_recorded_reads_what_is_missing(
    opened: App, part: str, missing: str
) -> None:
    page = opened(EMPTY, part=part, lang="en")

    assert not page.dataframe
    assert not page.metric
    assert missing in page_text(page)
