"""The page Quarantine: causes grouped, the rows behind one, for two tenants and for who may not."""

from tests.dashboards.reading import App, cells, open_page, tiles, words
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON

QUARANTINE = "app_pages/quarantine.py"


def test_each_cause_is_a_line_with_how_many_and_the_first_ids(app: App) -> None:
    script = open_page(app(), NEW_YORK, QUARANTINE)

    assert {name: value for name, (value, _) in tiles(script).items()} == {
        "Errors": "1",
        "Warnings": "0",
        "Notices": "2",
    }
    # a browser sorts by numbers; how they are written goes beside them
    assert [[row[0], float(row[1]), *row[2:]] for row in cells(script.dataframe[0])] == [
        ["Error", 1, "Unknown_at_1.", "Choose.", "orders", "1/2026", "No", "71", "status"],
        ["Notice", 2, "No cost.", "Set it.", "order_items", "–", "Yes", "81, 82", "–"],
    ]


def test_another_tenant_reads_its_own_in_vietnamese(app: App) -> None:
    script = open_page(app(), SAIGON, QUARANTINE)

    assert script.header[0].value == "Cách ly"
    rows = cells(script.dataframe[0])
    assert [(row[0], row[2], row[3]) for row in rows] == [("Lỗi", "Lạ_tại_2.", "Chọn.")]


def test_a_tenant_with_nothing_in_quarantine_reads_that(app: App) -> None:
    script = open_page(app(), EMPTY, QUARANTINE)

    message = "Nothing is in quarantine"
    assert message in words(script)
    assert not script.dataframe
