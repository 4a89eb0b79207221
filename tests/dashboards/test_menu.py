"""The menu has room for more pages than there are."""

from itertools import chain

import pytest

from facet.reporting.present.languages import Language
from facet.reporting.screen.frame.menu import entries
from facet.reporting.screen.registry import PAGES

SCRIPTS = {page.name: f"the script of {page.name}" for page in PAGES}


def test_pages_stand_side_by_side_where_they_fit() -> None:
    assert entries("en", SCRIPTS, 9) == [f"the script of {page.name}" for page in PAGES]


@pytest.mark.parametrize(
    ("language", "sections"),
    [
        ("en", ["Sales", "Marketing", "Work", "Company"]),
        ("vi", ["Bán hàng", "Tiếp thị", "Công việc", "Doanh nghiệp"]),
    ],
)
def test_more_pages_than_fit_stand_by_section_each_once(
    language: Language, sections: list[str]
) -> None:
    found = entries(language, SCRIPTS, 10)

    assert isinstance(found, dict)
    assert list(found) == sections
    assert found[sections[1]] == [
        f"the script of {name}" for name in ("campaigns", "promotions", "marketing")
    ]
    assert sorted(chain(*found.values())) == sorted(SCRIPTS.values())
