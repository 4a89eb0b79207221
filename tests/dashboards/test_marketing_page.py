"""The page Marketing: what needs somebody, and its four parts, for two shops and one without."""

from collections.abc import Sequence

import duckdb
import pytest

from facet.release import Release
from facet.reporting.present.formats import DASH
from tests.dashboards.reading import (
    MARCH,
    App,
    HouseWith,
    listed,
    opener,
    page_text,
    pick,
    table,
    tiles,
    total,
)
from tests.facet.reporting import house_campaigns, house_marketing
from tests.facet.reporting.house import EMPTY, SAIGON
from tests.facet.reporting.house_staff import BEN, FLO, TEAM

PAGE = "app_pages/marketing.py"


def _make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    return [*house_marketing.make(connection), *house_campaigns.create(connection)]


@pytest.fixture(scope="module")
def marketing_house(house_with: HouseWith) -> Release:
    return house_with(_make, staff=TEAM)


@pytest.fixture
def opened(app: App, marketing_house: Release) -> App:
    """Opens the page for a tenant's owner or somebody else, with an address; March if not said."""
    return opener(app, marketing_house, PAGE, **MARCH)


def test_what_needs_somebody_comes_first_and_tiles_say_what_march_brought(opened: App) -> None:
    """Of 3,300.40 in three orders a tenth is due for two; of another nobody knows the rate."""
    page = opened()
    told = page_text(page)

    for line in (
        "Files in use whose rights have expired: 1",
        "Files in use whose rights end within 30 days or before their campaign: 1",
        "Overdue campaign activities: 1",
        "Links without an address or a campaign: 2",
        "Links still used after their campaign ended: 1",
        "Affiliates with orders and no commission rate: 1",
        "Documents of running campaigns that have expired or expire within 30 days: 1",
        "Missing parts of brands: 2",
    ):
        assert line in told
    assert {label: value for label, (value, _) in tiles(page).items()} == {
        "Net sales from affiliates": "$3,300.40",
        "Orders from affiliates": "3",
        "Commission due": "$290.04",
        "Touchpoints of links": "2",
    }


def test_affiliates_have_sales_cost_and_commission_and_their_orders(opened: App) -> None:
    page = opened()

    assert [row[:1] + row[2:] for row in listed(page, "Affiliate", "Commission due")] == [
        [
            *("Mia Chen", "10.0%", "1", "2", "1", "$2,900.40", "$1,425.00", "$1,475.40", "$290.04"),
            *("$300.04", "Mar 10, 2026"),
        ],
        ["Zoe Roe", DASH, "1", "1", "0", "$400.00", *(DASH,) * 4, "Mar 18, 2026"],
    ]
    assert "Net sales $3,300.40" in total(page)
    assert "Commission due $290.04" in total(page)


def test_an_affiliate_that_is_picked_shows_the_orders_behind_its_sales(opened: App) -> None:
    before = page_text(opened())
    page = pick(opened(), "Affiliate", 0)

    assert "Orders – Mia Chen" not in before
    assert "Orders – Mia Chen" in page_text(page)
    assert "$2,900.40" in total(page, 1)


def test_names_of_affiliates_are_for_those_with_the_right_to_them(opened: App) -> None:
    page = opened(user=FLO)

    assert [row[0] for row in listed(page, "Affiliate", "Commission due")] == ["KOL-04", "KOL-05"]
    assert "Mia Chen" not in page_text(page)


def test_links_are_listed_by_what_is_wrong_with_them(opened: App) -> None:
    page = opened()

    assert [row[:2] for row in listed(page, "Link")] == [
        ["blog", "No address"],
        ["radio", "No campaign"],
    ]
    for chosen, sources in (
        ("still_used", ["poster"]),
        ("never_used", ["radio"]),
        ("unused", ["flyer", "radio"]),
        ("all", ["newsletter", "blog", "poster", "flyer", "radio"]),
    ):
        page.pills(key="choice-links").set_value(chosen).run()
        assert [row[0] for row in listed(page, "Link")] == sources


def test_channels_stand_beside_what_their_pages_brought(opened: App) -> None:
    """On the website 250.50 and 80 less 40; in the boutique 899.90 less 100 of an older order."""
    assert [row[:5] + row[7:8] for row in listed(opened(), "Marketing channel")] == [
        ["Site banner", "Display", "Website", "2", "$290.50", "$250.50"],
        ["Shop window", "Offline", "Boutique", "1", "$799.90", "$80.00"],
        ["Old leaflet (inactive)", "Offline", DASH, DASH, DASH, "$0.00"],
    ]


def test_activities_are_told_by_state_and_by_week(opened: App) -> None:
    page = opened(part="activities")

    assert [row[:3] + row[5:8] for row in listed(page, "Activity")] == [
        ["Window", "Spring bloom", "Overdue", "6", "2", "4"]
    ]
    for chosen, names in (
        ("running", ["Film shoot"]),
        ("planned", ["Gift post"]),
        ("done", ["Opening mail"]),
        ("moved", ["Window"]),
    ):
        page.pills(key="choice-activities").set_value(chosen).run()
        assert [row[0] for row in listed(page, "Activity")] == names
    # weeks from Sunday: overdue, running, planned, done late, done, cancelled, moved
    assert listed(page, "Week from") == [
        ["Mar 1, 2026", "0", "0", "0", "0", "1", "0", "0"],
        ["Mar 8, 2026", "1", "0", "0", "0", "0", "0", "1"],
        ["Mar 22, 2026", "0", "1", "0", "0", "0", "0", "0"],
        ["Apr 5, 2026", "0", "0", "1", "0", "0", "0", "0"],
    ]


def test_files_that_need_somebody_come_first_and_folders_are_a_tree(opened: App) -> None:
    page = opened(part="files")

    assert [row[:5] for row in listed(page, "File")] == [
        ["bloom-film.mp4", "Campaign running", "Expired", "Mar 15, 2026", "-3"],
        ["house-song.mp3", "For the brand", "End within 30 days", "Mar 28, 2026", "10"],
    ]
    page.pills(key="choice-files").set_value("unused").run()
    assert [row[0] for row in listed(page, "File")] == ["glow.jpg"]
    page.pills(key="choice-files").set_value("draft").run()
    assert [row[0] for row in listed(page, "File")] == ["sketch.psd"]
    assert [row[:4] for row in listed(page, "Folder")] == [
        ["Brand", "0", "0", "0"],
        ["Campaigns", "2", "1", "2"],
        ["\u2003Films", "1", "1", "1"],
    ]
    assert [row[:3] for row in listed(page, "Document")] == [
        ["Photographer", "Contract", "Expired"],
        ["Winter venue", "Contract", "Campaign not running"],
        ["Spring brief", "Brief", "Valid"],
    ]


def test_a_brand_is_told_part_by_part_with_what_is_missing(opened: App) -> None:
    page = opened(part="brand")

    assert listed(page, "Brand") == [
        [
            *("House of Hudson (default)", "88.2%", "4 of 4", "3 of 3", "2 of 3", "2 of 2"),
            *("4 of 5", "Feb 16, 2026"),
        ]
    ]
    assert table(page, "Missing") == [
        ["House of Hudson", "Logos", "Logo for dark backgrounds"],
        ["House of Hudson", "Rules", "Rule for tone of voice"],
    ]


def test_another_shop_reads_its_own_in_its_language(opened: App) -> None:
    page = opened(SAIGON)

    assert [row[0] for row in listed(page, "Cộng tác viên", "Hoa hồng phải trả")] == ["Phạm Lan"]
    assert tiles(page)["Hoa hồng phải trả"][0] == "1,25\xa0Tr\xa0₫"
    assert "Mọi liên kết đều có địa chỉ và chiến dịch." in page_text(page)
    assert "Hiện không có việc tiếp thị nào cần xử lý." in page_text(page)
    assert "Không thiếu gì." in page_text(opened(SAIGON, part="brand"))


def test_who_has_no_right_to_marketing_has_no_such_page(opened: App) -> None:
    page = opened(user=BEN)

    assert "KOL-04" not in page_text(page)
    assert not page.metric
    assert not page.dataframe


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("links", ["No affiliate is", "No tracked link is", "No marketing channel is"]),
        ("activities", ["No campaign activity is"]),
        ("files", ["No file is", "No folder is", "No document is"]),
        ("brand", ["No brand is"]),
    ],
)
def test_a_shop_of_which_nothing_is_recorded_reads_what_is_missing(
    opened: App, part: str, missing: Sequence[str]
) -> None:
    page = opened(EMPTY, part=part, lang="en")

    assert not page.dataframe
    assert not page.metric
    for message in missing:
        assert f"{message} recorded." in page_text(page)
