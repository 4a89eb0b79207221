"""Who is told of what, when, and how often; over a real webhook."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from typing import Any

import pytest
from filelock import FileLock

from facet.alerts.checking import check, send_test
from facet.alerts.record import AlertRecord
from facet.config import Settings
from facet.errors import AlertError, BusyError
from facet.release import Release
from tests.facet.alerts.conftest import AS_OF, NEW_YORK, SAIGON
from tests.facet.alerts.test_rules import promotion
from tests.facet.alerts.webhook import Webhook

Configure = Callable[[Mapping[str, Any]], None]
PublishMarts = Callable[..., Release]
HOUR = timedelta(hours=1)

FAILED = "The last run failed"
UNRECORDED = "Facet can record no alerts"
LIMIT = "Ngọc Lan: Spring is nearly used up"


def near_limit(tenant_id: int) -> dict[str, Any]:
    return promotion(tenant_id, 5, use_count=9, usage_limit_count=10)


def test_it_is_told_once_when_it_begins_again_after_a_day_and_once_when_it_is_over(
    settings: Settings, webhook: Webhook, configure: Configure, record_run: Callable[..., None]
) -> None:
    configure({"recipients": {"ops": {"url": webhook.url("ops")}}, "rules": {"data_stale": OFF}})
    record_run(AS_OF, "the database is gone")

    def told(after: timedelta) -> list[str]:
        check(settings, now=AS_OF + after)
        return webhook.titles("ops")

    assert told(0 * HOUR) == [FAILED]
    assert told(1 * HOUR) == []
    record_run(AS_OF + HOUR, "the database is gone")
    assert told(23.9 * HOUR) == []
    assert told(24 * HOUR) == [f"Still: {FAILED}"]
    assert told(47 * HOUR) == []
    record_run(AS_OF + 47 * HOUR)
    assert told(48 * HOUR) == [f"Resolved: {FAILED}"]
    assert told(49 * HOUR) == []
    record_run(AS_OF + 49 * HOUR, "and again")
    assert told(50 * HOUR) == [FAILED]

    with AlertRecord.of(settings) as record:
        rows = [(one.alert_id, one.recipient, one.kind, one.error) for one in record.sendings()]
    kinds = [(1, "firing"), (1, "reminder"), (1, "resolved"), (2, "firing")]
    assert rows == [(alert, "ops", kind, None) for alert, kind in kinds]


OFF = {"enabled": False}


def test_at_a_rehearsal_it_is_the_moment_that_the_settings_name(
    settings: Settings, webhook: Webhook, configure: Configure, publish_marts: PublishMarts
) -> None:
    """Ten minutes after the data's there is nothing, after two hours they are old."""
    publish_marts({})
    configure({"recipients": {"ops": {"url": webhook.url("ops")}}})
    for hours, told in ((1 / 6, []), (2, ["Numbers are out of date"])):
        check(replace(settings, as_of=AS_OF + hours * HOUR))
        assert webhook.titles("ops") == told


def test_on_a_full_disk_people_are_told_of_that_once_a_day(
    settings: Settings, webhook: Webhook, configure: Configure, record_run: Callable[..., None]
) -> None:
    saigon = {"url": webhook.url("saigon"), "tenants": [SAIGON]}
    configure({"recipients": {"ops": {"url": webhook.url("ops")}, "saigon": saigon}})
    check(settings, now=AS_OF)
    record_run(AS_OF, "nobody answers")
    for hours, told in ((0, [UNRECORDED]), (23, []), (24, [f"Still: {UNRECORDED}"])):
        with full_disk(), pytest.raises(AlertError, match=r"alerts\.sqlite"):
            check(settings, now=AS_OF + hours * HOUR)
        assert (webhook.titles("ops"), webhook.titles("saigon")) == (told, [])
    check(settings, now=AS_OF + 25 * HOUR)
    assert webhook.titles("ops") == ["Numbers are out of date", FAILED]
    record_run(AS_OF + 26 * HOUR, "out of memory")
    with full_disk(), pytest.raises(AlertError):
        check(settings, now=AS_OF + 26 * HOUR)
    assert webhook.titles("ops") == [UNRECORDED]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may have a byte more, as far as this process writes it."""
    soft, hard = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        setrlimit(RLIMIT_FSIZE, (soft, hard))


def test_a_recipient_gets_the_tenants_owners_and_severities_that_are_theirs(
    settings: Settings,
    webhook: Webhook,
    configure: Configure,
    publish_marts: PublishMarts,
    record_run: Callable[..., None],
) -> None:
    publish_marts({"rpt_promotions": [near_limit(NEW_YORK), near_limit(SAIGON)]})
    record_run(AS_OF, "row 17 of Hart & Vale is bad")
    configure(
        {
            "recipients": {
                "ops": {"url": webhook.url("ops"), "owners": ["operations"]},
                "saigon": {"url": webhook.url("saigon"), "tenants": [SAIGON]},
                "all": {"url": webhook.url("all")},
                "urgent": {"url": webhook.url("urgent"), "severity": "critical"},
            }
        }
    )
    check(settings, now=AS_OF)
    received = {path: str(body) for path, body in webhook.received if path == "/saigon"}
    assert webhook.titles("ops") == webhook.titles("urgent") == [FAILED]
    assert webhook.titles("saigon") == [LIMIT]
    assert "Hart" not in received["/saigon"]
    assert webhook.titles("all") == [FAILED, "2 promotions are nearly used up"]


def test_who_was_not_reached_is_told_with_the_next_look_and_nobody_else(
    settings: Settings, webhook: Webhook, configure: Configure, record_run: Callable[..., None]
) -> None:
    recipients = {name: {"url": webhook.url(name)} for name in ("one", "two")}
    configure({"recipients": recipients, "rules": {"data_stale": OFF}})
    record_run(AS_OF, "out of memory")
    webhook.refusing.add("two")

    first = check(settings, now=AS_OF)
    assert [(one.recipient, one.error is None) for one in first.sendings] == [
        ("one", True),
        ("two", False),
    ]
    assert [one.recipient for one in first.unsent] == ["two"]
    webhook.refusing.clear()
    check(settings, now=AS_OF + HOUR)
    assert (webhook.titles("one"), webhook.titles("two")) == ([FAILED], [FAILED])


def test_quiet_hours_are_the_recipients_and_hold_back_what_is_not_critical(
    settings: Settings,
    webhook: Webhook,
    configure: Configure,
    publish_marts: PublishMarts,
    record_run: Callable[..., None],
) -> None:
    publish_marts({"rpt_promotions": [near_limit(NEW_YORK), near_limit(SAIGON)]})
    record_run(AS_OF, "out of memory")
    quiet = {"from": "22:00", "until": "07:00"}  # from 15:00 to 0:00 UTC in Saigon
    configure(
        {
            "rules": {"data_stale": OFF},
            "quiet_hours": quiet,
            "time_zone": "Asia/Ho_Chi_Minh",
            "recipients": {
                "here": {"url": webhook.url("here"), "tenants": [SAIGON]},
                "ops": {"url": webhook.url("ops"), "owners": ["operations"]},
                "abroad": {
                    "url": webhook.url("abroad"),
                    "tenants": [SAIGON],
                    "time_zone": "America/New_York",
                },
            },
        }
    )
    check(settings, now=AS_OF)
    assert webhook.titles("ops") == [FAILED]  # critical
    assert (webhook.titles("here"), webhook.titles("abroad")) == ([], [LIMIT])
    midnight = AS_OF.replace(hour=0, minute=0) + 24 * HOUR
    check(settings, now=midnight - timedelta(seconds=1))
    assert webhook.titles("here") == []
    check(settings, now=midnight)
    assert webhook.titles("here") == [LIMIT]


def test_what_is_over_before_the_quiet_hours_are_is_never_told(
    settings: Settings, webhook: Webhook, configure: Configure, publish_marts: PublishMarts
) -> None:
    publish_marts({"rpt_promotions": [near_limit(SAIGON)]})
    configure(
        {
            "rules": {"data_stale": OFF},
            "recipients": {"ops": {"url": webhook.url("ops")}},
            "quiet_hours": {"from": "15:00", "until": "16:00"},
        }
    )
    check(settings, now=AS_OF)
    publish_marts({"rpt_promotions": []})
    check(settings, now=AS_OF + timedelta(minutes=5))
    check(settings, now=AS_OF + HOUR)
    assert webhook.received == []


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_look_that_is_killed_is_gone_on_with_by_the_next(
    settings: Settings,
    webhook: Webhook,
    configure: Configure,
    record_run: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recipients = {name: {"url": webhook.url(name)} for name in ("one", "two")}
    configure({"recipients": recipients, "rules": {"data_stale": OFF}})
    record_run(AS_OF, "out of memory")
    with monkeypatch.context() as patched:
        send = AlertRecord.sent

        def die_at_the_second(record: AlertRecord, sendings: Any) -> None:
            if "two" in {one.recipient for one in sendings}:
                raise Killed
            send(record, sendings)

        patched.setattr(AlertRecord, "sent", die_at_the_second)
        with pytest.raises(Killed):
            check(settings, now=AS_OF)
    check(settings, now=AS_OF + HOUR)
    check(settings, now=AS_OF + 2 * HOUR)
    # two's message was out, but not written down
    assert (webhook.titles("one"), webhook.titles("two")) == ([FAILED], [FAILED, FAILED])


def test_one_looks_at_a_time(settings: Settings) -> None:
    settings.create_home()
    with FileLock(settings.home / "alerts.lock"), pytest.raises(BusyError, match="checked"):
        check(settings, now=AS_OF)


def test_what_is_long_over_is_forgotten(
    settings: Settings, webhook: Webhook, configure: Configure, record_run: Callable[..., None]
) -> None:
    configure({"recipients": {"ops": {"url": webhook.url("ops")}}, "keep_days": 2})
    record_run(AS_OF, "out of memory")
    check(settings, now=AS_OF)
    record_run(AS_OF)
    send_test(settings, now=AS_OF)

    def kept(now: datetime) -> tuple[int, int]:
        check(settings, now=now)
        with AlertRecord.of(settings) as record:
            ended = [one for one in record.alerts() if one.rule == "run_failed"]
            rows = [one for one in record.sendings() if one.alert_id in (1, None)]
            return len(ended), len(rows)

    assert kept(AS_OF + HOUR) == (1, 3)  # begun, over and the test
    assert kept(AS_OF + 48 * HOUR) == (1, 3)
    assert kept(AS_OF + 50 * HOUR) == (0, 0)
