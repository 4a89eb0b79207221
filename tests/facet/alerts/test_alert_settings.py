"""What `alerts.yml` may configure, and how it is told what it may not."""

from collections.abc import Callable, Mapping
from datetime import time, timedelta
from string import Formatter
from typing import Any

import pytest

from facet.alerts.messages import texts
from facet.alerts.settings import QuietHours, alert_settings
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.reporting.present.languages import LANGUAGES

Configure = Callable[[Mapping[str, Any]], None]
HOOK = "json://127.0.0.1:9/pw-secret"


def test_without_a_file_there_are_rules_and_nobody_is_told(settings: Settings) -> None:
    defaults = alert_settings(settings)
    assert set(defaults.rules) == {
        *("run_failed", "tenant_held_back", "data_stale", "source_shrunk", "volume_dropped"),
        "job_failed",
        *("quarantine_grew", "goal_at_risk", "budget_runs_out", "usage_limit_near"),
        "stock_out",
        "unanswered_messages",
    }
    assert {rule.owner for rule in defaults.rules.values()} == {"operations", "business"}
    assert all(rule.thresholds for rule in defaults.rules.values())
    assert (defaults.recipients, defaults.resend_after) == ((), timedelta(days=1))


def test_what_the_file_says_stands_in_place_of_the_defaults(
    settings: Settings, configure: Configure
) -> None:
    configure(
        {
            "rules": {"data_stale": {"minutes": 30}, "usage_limit_near": {"enabled": False}},
            "quiet_hours": {"from": "22:00", "until": "07:00"},
            "recipients": {
                "ops": {"url": HOOK},
                "owner": {"url": HOOK, "quiet_hours": {}, "owners": ["business"], "tenants": [2]},
            },
        }
    )
    said = alert_settings(settings)
    stale = said.rules["data_stale"]
    assert (stale.thresholds, stale.severity) == ({"minutes": 30}, "critical")
    assert "usage_limit_near" not in said.rules
    ops, owner = said.recipients
    assert (ops.quiet_hours, ops.tenants) == (QuietHours(time(22), time(7)), None)
    assert (owner.quiet_hours, owner.tenants, owner.owners) == (None, (2,), ("business",))


def test_an_unquoted_time_which_yaml_counts_in_minutes_is_understood(settings: Settings) -> None:
    settings.create_home()
    file = settings.home / "alerts.yml"
    file.write_text(
        f"quiet_hours: {{from: 22:30, until: 06:15}}\nrecipients: {{a: {{url: '{HOOK}'}}}}"
    )
    (recipient,) = alert_settings(settings).recipients
    assert recipient.quiet_hours == QuietHours(time(22, 30), time(6, 15))


def _recipient(**other: Any) -> dict[str, Any]:
    return {"recipients": {"ops": {"url": HOOK, **other}}}


@pytest.mark.parametrize(
    ("content", "place", "expected"),
    [
        ({"rule": {}}, "rule", "one of keep_days, quiet_hours,"),
        ({"rules": {"run_fails": {}}}, "rules.run_fails", "one of budget_runs_out,"),
        ({"rules": {"run_failed": {"minutes": 1}}}, "rules.run_failed.minutes", "one of enabled,"),
        ({"rules": {"run_failed": {"runs": 1.5}}}, "rules.run_failed.runs", "a whole number"),
        ({"rules": {"run_failed": {"runs": True}}}, "rules.run_failed.runs", "a whole number"),
        ({"rules": {"run_failed": {"runs": -1}}}, "rules.run_failed.runs", "at least 0"),
        ({"rules": {"run_failed": {"severity": "high"}}}, "rules.run_failed.severity", "critical,"),
        ({"rules": {"run_failed": 5}}, "rules.run_failed", "names with their values"),
        ({"time_zone": "ICT"}, "time_zone", "a time zone such as"),
        ({"resend_hours": 0}, "resend_hours", "at least 1"),
        (_recipient(language="de"), "recipients.ops.language", "one of en, vi"),
        (_recipient(owners=["boss"]), "recipients.ops.owners", "a list of business, operations"),
        (_recipient(owners=[]), "recipients.ops.owners", "a list of"),
        (_recipient(tenants=["2"]), "recipients.ops.tenants", "a list of whole numbers"),
        (_recipient(quiet_hours={"from": "22:00"}), "quiet_hours.until", "a time of day"),
        (_recipient(quiet_hours={"from": "25:00", "until": "7"}), "quiet_hours.from", "a time of"),
        (_recipient(url="nosuch://pw-secret"), "recipients.ops.url", "apprise can send to"),
        (_recipient(url=None), "recipients.ops.url", "a text"),
    ],
)
def test_what_it_may_not_say_is_told_by_place_and_without_its_value(
    settings: Settings, configure: Configure, content: Mapping[str, Any], place: str, expected: str
) -> None:
    configure(content)
    with pytest.raises(ConfigurationError) as caught:
        alert_settings(settings)
    assert caught.value.what.endswith(f"{place} in alerts.yml")
    assert expected in caught.value.why
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("recipients: {ops: {url: json://u:pw-secret@", "line 1: "),
        ("- one\n- two", "it holds no names"),
        ("time_zone: *10", "line 1: "),
    ],
)
def test_a_file_that_is_no_settings_is_told_without_its_lines(
    settings: Settings, text: str, reason: str
) -> None:
    settings.create_home()
    (settings.home / "alerts.yml").write_text(text)
    with pytest.raises(ConfigurationError, match="cannot be read as settings") as caught:
        alert_settings(settings)
    assert reason in caught.value.why
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", sorted(texts()))
def test_a_text_is_there_in_every_language_with_the_same_gaps(key: str) -> None:
    entry = texts()[key]
    assert set(entry) == set(LANGUAGES)
    gaps = {
        frozenset((name, spec) for _, name, spec, _ in Formatter().parse(said) if name)
        for said in entry.values()
    }
    assert len(gaps) == 1


def test_every_rule_has_its_texts(settings: Settings) -> None:
    for rule in alert_settings(settings).rules:
        assert {f"{rule}.title", f"{rule}.line", f"{rule}.next"} <= set(texts())
