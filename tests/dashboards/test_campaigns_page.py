"""The page Campaigns: what it says for two tenants, and where there is nothing to say yet."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import Settings
from facet.release import Release
from facet.reporting.screen.pages.campaigns.data.orders import orders_of_link
from facet.reporting.screen.pages.campaigns.sources import Step, describe_path
from facet.reporting.screen.session.view import View
from tests.dashboards.reading import App, listed, sign_in, tiles, words
from tests.facet.reporting import fixtures, house_campaigns
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, publish_house

Page = Callable[..., AppTest]
CAMPAIGNS = "app_pages/campaigns.py"


@pytest.fixture
def page(app: App, campaign_house: Release) -> Page:
    """Opens the page for a tenant, by its address."""

    def opened(tenant_id: int, **address: str) -> AppTest:
        script = app(home=campaign_house.directory.parent.parent, **address)
        script = sign_in(script, tenant_id).switch_page(CAMPAIGNS)
        for name, value in address.items():
            script.query_params[name] = value
        script.run()
        assert not script.exception
        return script

    return opened


def headlines(script: AppTest) -> list[str]:
    return [str(element.value).replace("\\", "") for element in script.subheader]


def totals(script: AppTest) -> list[str]:
    """What is told under the lists."""
    texts = [str(element.value).replace("\\", "").replace("*", "") for element in script.markdown]
    return [text for text in texts if text.startswith("Total ")]


def test_the_first_sentence_and_tiles_say_who_needs_somebody(page: Page) -> None:
    script = page(NEW_YORK)

    assert headlines(script) == [
        "2 of 5 goals need attention",
        "At risk: 62.0% of expected",
        "Spring bloom: $3,100.40 in net sales",
    ]
    found = tiles(script)
    assert [found[name][0] for name in ("At risk", "Behind", "On track", "Achieved")] == ["1"] * 4
    assert found["At risk"][1] == "of 5 goals"
    assert found["Attributed net sales"] == ("$3,100.40", "2.5 orders")
    assert found["Attributed margin"] == ("$1,500.60", "48.4% of net sales")
    assert found["Spent"] == ("$1,250.50", "budget $5,000.00")
    assert found["Return on spend"] == ("1.20×", "spend known of 1 of 1")
    assert found["Actual"] == ("$3,100.40", "of $10,000.00")
    assert found["Projected \\(modelled\\)"] == ("$6,200.80", "90%: $5,800.30 to $6,601.30")
    assert found["Needed a day"] == ("$492.83", "days left: 14")


def test_goals_are_listed_worst_first_with_their_own_kinds_of_numbers(page: Page) -> None:
    script = page(NEW_YORK)

    rows = [[*row[:3], *row[5:]] for row in listed(script, "Status")]
    spring = "Spring bloom"
    assert rows == [
        ["At risk", "Spring sales", spring, "62.0%", "$3,100.40", "$3,100.40", "$5,000.00",
         "$6,200.80", "$492.83", "14", "$3,100.40"],
        ["Behind", "Second half", spring, "95.2%", "$200.00", "$200.00", "$210.00", "$5,714.29",
         "$414.29", "14", "–"],
        ["On track", "Spring orders", spring, "125.0%", "2.5", "2.5", "2", "5", "0.11", "14", "–"],
        ["No target", "Spring leads", spring, "–", "1.5", "1.5", "–", "3", "–", "14", "–"],
        ["Achieved", "Shop windows", spring, "–", "3", "3", "0", "6", "0", "14", "–"],
    ]  # fmt: skip
    assert any(line.endswith(" $3,100.40 · Target $10,000.00") for line in totals(script))
    assert "Together $3,100.40 of $10,000.00." in words(script).replace("\\", "")


@pytest.mark.parametrize(
    ("show", "goal", "message"),
    [
        ("running", "13", "Behind: 95.2% of expected"),
        ("running", "14", "On track: 125.0% of expected"),
        ("running", "15", "Achieved: the target is 0"),
        ("running", "16", "No target is set: 1.5 so far"),
        ("over", "12", "Missed: 72.5% of target"),
        ("over", "21", "Achieved: 125.0% of target"),
        ("coming", "22", "Not started: begins Apr 1, 2026"),
    ],
)
def test_a_goal_is_said_in_a_sentence(page: Page, show: str, goal: str, message: str) -> None:
    script = page(NEW_YORK, show=show, goal=goal)

    assert headlines(script)[1] == message
    assert script.query_params.get("goal", goal) == goal
    assert len(script.get("plotly_chart")) == 1


def test_another_model_and_window_give_other_numbers_and_are_in_the_address(page: Page) -> None:
    script = page(NEW_YORK)
    script.selectbox(key="pick-model").set_value("linear").run()
    assert script.query_params["model"] == "linear"
    assert tiles(script)["Attributed net sales"][0] == "$2,000.40"
    assert tiles(script)["Actual"][0] == "$2,790.36"

    script.selectbox(key="pick-model").set_value("last_touch")
    script.selectbox(key="pick-window").set_value("7").run()
    assert script.query_params["window"] == "7"
    assert tiles(script)["Attributed net sales"][0] == "$800.00"
    assert listed(script, "Attribution")[0][:4] == ["Last touch", "$800.00", "$375.15", "1"]


def test_other_campaigns_let_go_of_the_goal_that_was_picked(page: Page) -> None:
    script = page(NEW_YORK)
    script.selectbox(key="pick-goal").set_value("14").run()
    assert script.query_params["goal"] == "14"
    script.selectbox(key="pick-show").set_value("over").run()

    assert headlines(script)[1] == "Missed: 72.5% of target"
    assert script.query_params == {"show": "over"}


def test_a_campaign_has_its_models_side_by_side_its_paths_links_and_work(page: Page) -> None:
    script = page(NEW_YORK)

    models = listed(script, "Attribution")
    assert models[0] == [
        "Last touch", "$3,100.40", "$1,500.60", "2.5", "2.5", "1", "1.5", "1.20×",
    ]  # fmt: skip
    assert models[2][:2] == ["Linear", "$2,000.40"]
    assert listed(script, "Path") == [
        ["Ad click → Link (newsletter)", "2", "1.5", "$2,300.40"],
        ["[Store visit, other campaign] → Promotion redeemed", "1", "1", "$800.00"],
    ]
    assert listed(script, "Link") == [
        ["newsletter / email / spring", "–", "120", "2", "1.7%", "$2,500.40", "–"],
        ["blog", "Mia Chen", "10", "0", "0.0%", "$0.00", "$0.00"],
    ]
    assert [row[:4] for row in listed(script, "Activity")] == [
        ["Opening mail", "E-mail", "Done", "Newsletter"],
        ["Window", "Event", "Overdue", "–"],
    ]
    paths, links, work = totals(script)[-3:]
    assert re.findall(r"[\d$][\d,.]*", paths) == ["3", "2.5", "$3,100.40"]
    assert re.findall(r"[\d$][\d,.]*", links) == ["130", "2", "$2,500.40", "$0.00"]
    assert " $1,250.50 ·" in work
    assert listed(script, "Project")[0][:2] == ["Spring windows", "Active"]
    facts = "Active · Mar 1, 2026 – Mar 31, 2026 · Ada Frost · spent $1,250.50 of $5,000.00"
    assert facts in words(script).replace("\\", "")


def test_campaigns_side_by_side_add_up_to_the_tiles(page: Page) -> None:
    script = page(NEW_YORK, show="all")

    rows = listed(script, "Campaign")
    assert [[row[0], *row[3:7], row[8]] for row in rows] == [
        ["Spring bloom", "$3,100.40", "$1,500.60", "2.5", "$1,250.50", "1.20×"],
        ["Winter glow", "$1,000.00", "$400.00", "3", "–", "–"],
    ]
    (line,) = (line for line in totals(script) if "Return on spend" in line)
    assert re.findall(r"[\d$][\d,.]*", line) == [
        "$4,100.40", "$1,900.60", "5.5", "$1,250.50", "1.20",
    ]  # fmt: skip
    assert tiles(script)["Attributed net sales"] == ("$4,100.40", "5.5 orders")
    assert tiles(script)["Return on spend"] == ("1.20×", "spend known of 1 of 2")


def test_the_history_of_a_target_is_told(page: Page) -> None:
    assert listed(page(NEW_YORK), "Version") == [
        ["1", "$8,000.00", "–", "Feb 20, 2026", "Mar 4, 2026"],
        ["2", "$10,000.00", "+25.0%", "Mar 5, 2026", "–"],
    ]
    assert "Chỉ tiêu không thay đổi kể từ 25 thg 2, 2026." in words(page(SAIGON))


def test_another_tenant_reads_its_own_campaign_in_vietnamese(page: Page) -> None:
    script = page(SAIGON)

    assert script.header[0].value == "Chiến dịch"
    assert [headline.replace("\xa0", " ") for headline in headlines(script)] == [
        "1 trong 2 mục tiêu cần được chú ý",
        "Chậm tiến độ: đạt 90,8% mức kỳ vọng",
        "Tết đoàn viên: doanh thu thuần 27,3 Tr ₫",
    ]
    row = [cell.replace("\xa0", " ") for cell in listed(script, "Trạng thái")[0]]
    assert [*row[:3], *row[5:]] == [
        "Chậm tiến độ", "Doanh thu Tết", "Tết đoàn viên", "90,8%", "27,3 Tr ₫", "27,3 Tr ₫",
        "30 Tr ₫", "90,8 Tr ₫", "5,2 Tr ₫", "14",
    ]  # fmt: skip
    assert "kỳ vọng theo doanh số năm trước quanh Tết Nguyên đán" in words(script)


def test_a_goal_of_today_has_started_and_nothing_is_said_of_its_pace(page: Page) -> None:
    script = page(SAIGON, goal="12")

    assert headlines(script)[1] == "Mới bắt đầu: chưa có ngày nào trọn vẹn để đánh giá"
    row = [cell.replace("\xa0", " ") for cell in listed(script, "Trạng thái")[1]]
    assert [*row[:3], *row[5:]] == [
        "Mới bắt đầu", "Flash sale", "Tết đoàn viên", "–", "4", "0", "0", "–", "5", "2",
    ]  # fmt: skip
    assert listed(script, "Hành trình")[0][0] == "Dùng khuyến mãi"
    assert "Chiến dịch chưa có liên kết theo dõi." in words(script)
    assert "Chưa ghi nhận hoạt động nào." in words(script)


def test_the_rows_behind_a_goal_and_a_link_are_told(page: Page, campaign_house: Release) -> None:
    script = page(NEW_YORK)
    script.toggle(key="goal-rows-11").set_value(True).run()
    text = words(script).replace("\\", "")
    assert "Rows: 3. They add up to $3,100.40 (Net sales), exactly the goal's number." in text
    assert listed(script, "Order")[0][:3] == ["1-0001", "$2,100.40", "Mar 2, 2026"]

    view = View.of(fixtures.sign_in(campaign_house, NEW_YORK), campaign_house, "en")
    assert orders_of_link(view, 1).total("net_sales_amount") == Decimal("2500.40")


@pytest.mark.parametrize(
    ("show", "message", "way_on"),
    [
        ("coming", "Goals yet to start: 1", "Not started: begins Apr 1, 2026"),
        ("over", "1 of 2 goals were achieved", "Missed: 72.5% of target"),
    ],
)
def test_campaigns_that_are_over_or_to_come_have_pages_too(
    page: Page, show: str, message: str, way_on: str
) -> None:
    script = page(NEW_YORK, show=show)
    assert headlines(script)[:2] == [message, way_on]


def test_a_campaign_to_come_has_nothing_yet_and_says_so(page: Page) -> None:
    script = page(NEW_YORK, show="coming", campaign="3")

    assert headlines(script)[-1] == "Summer sun: $0.00 in net sales"
    assert "No order has been attributed to this campaign" in words(script)
    assert "This campaign has no tracked links." in words(script)


def test_without_campaigns_the_page_says_what_to_do(page: Page) -> None:
    script = page(EMPTY)

    assert "**No campaigns yet**" in words(script)
    assert "Create a campaign in the CRM" in words(script)
    assert not script.metric


def test_campaigns_without_goals_are_told_so_and_shown(
    app: App, tmp_path: Path, semantic_manifest: Path
) -> None:
    rows = house_campaigns.marts(has_goals=False)
    publish_house(
        Settings(home=tmp_path),
        semantic_manifest,
        more=lambda connection: house_campaigns.create(connection, rows),
    )
    script = sign_in(app(home=tmp_path), NEW_YORK).switch_page(CAMPAIGNS).run()

    assert not script.exception
    assert headlines(script) == [
        "No goal with a target here",
        "Spring bloom: $3,100.40 in net sales",
    ]
    assert "Give one a goal with a target and days in the CRM" in words(script)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            (Step("journey", "ad_click", True), Step("utm_link", "blog", False)),
            "Ad click → [Link (blog), other campaign]",
        ),
        (
            (Step("journey", None, True), Step("journey", "billboard", True)),
            "Unknown touch → billboard",
        ),
    ],
)
def test_a_path_is_read_step_by_step(
    campaign_house: Release, steps: tuple[Step, ...], message: str
) -> None:
    view = View.of(fixtures.sign_in(campaign_house, NEW_YORK), campaign_house, "en")
    assert describe_path(view, steps) == message
