"""What a home's file of subscriptions may say, and what is told where it says anything else."""

import re
from datetime import time
from typing import Any

import pytest

from facet.config import PROJECT_DIR
from facet.errors import ConfigurationError
from facet.reporting.screen.registry import PAGES
from facet.reports.schedule import Schedule
from facet.reports.sections import SECTIONS
from facet.reports.subscriptions import Subscription, read_subscriptions
from tests.facet.reports.conftest import MAI, Home


def test_the_example_of_the_docs_is_read(home: Home) -> None:
    docs = (PROJECT_DIR / "docs" / "reports.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", docs, re.DOTALL)
    (home.settings.home / "reports.yml").write_text(example, encoding="utf-8")
    day, week = read_subscriptions(home.settings)
    assert day == Subscription(
        name="mai-every-morning",
        tenant_id=2,
        recipient="mai@ngoclan.example",
        sections=("sales", "promotions"),
        schedule=Schedule(every="day", at=time(17, 30)),
        comparison="weekday",
        formats=("pdf", "xlsx"),
    )
    assert (week.schedule, week.language) == (Schedule(every="week", at=time(8), day=2), "en")
    assert (week.time_zone, week.comparison) == ("Europe/Berlin", "before")


def test_a_home_without_the_file_has_no_reports(home: Home) -> None:
    assert read_subscriptions(home.settings) == ()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"tenant": "2"}, "tenant"),
        ({"recipient": "a@b.example, c@d.example"}, "recipient"),
        ({"recipient": "mai"}, "recipient"),
        ({"sections": []}, "sections"),
        ({"sections": ["sales", "payroll"]}, "sections"),
        ({"sections": ["sales", "sales"]}, "sections"),
        ({"every": "hour"}, "every"),
        ({"at": "25:00"}, "at"),
        ({"day": "tue"}, "day"),
        ({"every": "week", "day": 2}, "day"),
        ({"every": "month", "day": 31}, "day"),
        ({"time_zone": "CET"}, "time_zone"),
        ({"language": "xx"}, "language"),
        ({"compare": "yesterday"}, "compare"),
        ({"formats": ["docx"]}, "formats"),
        ({"subject": "Hello"}, "subject"),
    ],
)
def test_what_it_cannot_say_is_told_by_its_place(
    home: Home, change: dict[str, Any], place: str
) -> None:
    home.subscribe(other=MAI, mai={**MAI, **change})
    with pytest.raises(ConfigurationError) as caught:
        read_subscriptions(home.settings)
    assert caught.value.what == f"reports.mai.{place} in reports.yml"
    assert "must be" in caught.value.why
    assert str(home.settings.home) in caught.value.next_step


def test_a_section_takes_the_permission_of_its_page() -> None:
    permissions = {page.name: page.permissions for page in PAGES}
    for section in SECTIONS.values():
        assert permissions[section.page] == (section.permission,)
