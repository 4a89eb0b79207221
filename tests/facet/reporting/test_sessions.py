"""Sessions end when nobody clicks, when they are old, and when somebody signs out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facet.reporting.identity.claims import Claims
from facet.reporting.identity.sessions import Sessions

START = datetime(2026, 3, 18, 12, tzinfo=UTC)
ADA = Claims(
    issuer="https://id.example",
    subject="ada",
    email="ada@shop.example",
    nonce="n",
    issued_at=START,
    expires_at=START + timedelta(minutes=10),
)
BEN = replace(ADA, subject="ben", email="ben@shop.example")


def minutes(count: float) -> datetime:
    return START + timedelta(minutes=count)


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(
        tmp_path / "sessions.sqlite", idle=timedelta(minutes=30), longest=timedelta(hours=2)
    )


def test_a_session_lasts_while_somebody_clicks(sessions: Sessions) -> None:
    clicks = [0, 29, 58, 87, 116]
    assert [sessions.state(ADA, minutes(n)) for n in clicks] == ["open"] * 5
    assert sessions.state(ADA, minutes(121)) == "over"
    assert sessions.state(ADA, minutes(121)) == "ended"


def test_idle_time_ends_it_for_good_and_nobody_elses(sessions: Sessions) -> None:
    assert sessions.state(ADA, minutes(0)) == "open"
    assert sessions.state(BEN, minutes(0)) == "open"
    assert sessions.state(BEN, minutes(20)) == "open"
    assert sessions.state(ADA, minutes(31)) == "idle"
    assert sessions.state(ADA, minutes(31)) == "ended"
    assert sessions.state(BEN, minutes(40)) == "open"


def test_a_token_is_used_before_it_expires_or_not_at_all(sessions: Sessions) -> None:
    assert sessions.state(ADA, minutes(12)) == "expired"
    assert sessions.state(BEN, minutes(9)) == "open"
    assert sessions.state(BEN, minutes(30)) == "open"  # the session is not the token
    future = replace(ADA, issued_at=minutes(60), expires_at=minutes(70))
    assert sessions.state(future, minutes(0)) == "expired"


def test_signing_out_ends_the_cookie_too_and_a_new_sign_in_begins_anew(
    sessions: Sessions,
) -> None:
    assert sessions.state(ADA, minutes(0)) == "open"
    sessions.end(ADA, minutes(1))
    assert sessions.state(ADA, minutes(2)) == "ended"
    again = replace(ADA, issued_at=minutes(3), expires_at=minutes(13))
    assert sessions.state(again, minutes(3)) == "open"


def test_another_server_and_a_restart_know_of_it(sessions: Sessions) -> None:
    sessions.state(ADA, minutes(0))
    sessions.end(ADA, minutes(1))
    other = Sessions(sessions.path, idle=sessions.idle, longest=sessions.longest)
    assert other.state(ADA, minutes(2)) == "ended"


def test_many_at_once_do_not_disturb_each_other(sessions: Sessions) -> None:
    people = [replace(ADA, subject=f"p{n}") for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        states = list(threads.map(lambda claims: sessions.state(claims, minutes(0)), people * 5))
    assert states == ["open"] * 200


def test_who_it_was_is_not_written_down(sessions: Sessions) -> None:
    sessions.state(ADA, minutes(0))
    written = b"".join(path.read_bytes() for path in sessions.path.parent.glob("sessions*"))
    assert b"ada" not in written
