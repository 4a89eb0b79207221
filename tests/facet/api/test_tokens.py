"""Tokens are shown once, kept as digests, end, and are used only to the hour."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from facet.api.commands import register
from facet.api.tokens import Tokens
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.metrics.shop import NotPermittedError
from tests.facet.api.conftest import events

NOW = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "tokens.sqlite")


def test_only_a_digest_is_kept_and_only_its_owner_reads_the_file(tokens: Tokens) -> None:
    issued = tokens.issue(tenant_id=1, user_id=11, name="Ada Frost", now=NOW)

    assert issued.text.startswith("facet_")
    assert issued.text not in repr(issued)
    assert issued.text.removeprefix("facet_").encode() not in tokens.path.read_bytes()
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    assert tokens.find(issued.text) == issued.token
    for other in ("", "facet_", issued.text[:-1], issued.text.upper(), f"{issued.text} "):
        assert tokens.find(other) is None
    again = tokens.issue(tenant_id=1, user_id=11, name="Ada Frost", now=NOW)
    assert again.text != issued.text


def test_a_token_is_good_until_its_day_or_until_it_is_revoked(tokens: Tokens) -> None:
    month = tokens.issue(tenant_id=1, name="books", days=30, now=NOW).token
    assert month.why_not(NOW + timedelta(days=30, seconds=-1)) is None
    assert "good until 2026-04-17 15:30" in str(month.why_not(NOW + timedelta(days=30)))
    assert tokens.issue(tenant_id=2, name="x", now=NOW).token.expires_at == NOW + timedelta(days=90)

    ended = tokens.revoke(month.id, now=NOW)
    assert ended is not None
    assert "revoked on 2026-03-18" in str(ended.why_not(NOW))
    assert tokens.revoke(month.id) is None
    assert tokens.revoke(99) is None
    assert [token.name for token in tokens.all()] == ["x", "books"]
    assert [token.name for token in tokens.all(1)] == ["books"]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_no_token_is_good_for_ever(tokens: Tokens, days: int) -> None:
    with pytest.raises(ConfigurationError, match="1 to 366"):
        tokens.issue(tenant_id=1, name="books", days=days)


def test_use_is_noted_once_an_hour(tokens: Tokens) -> None:
    token = tokens.issue(tenant_id=1, name="books", now=NOW).token
    tokens.note_use(token, NOW)
    (used,) = tokens.all()
    assert used == replace(token, used_at=NOW)
    tokens.note_use(used, NOW + timedelta(minutes=59))
    assert tokens.all() == (used,)
    tokens.note_use(used, NOW + timedelta(hours=1))
    assert tokens.all()[0].used_at == NOW + timedelta(hours=1)


def test_commands_make_list_and_revoke(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_HOME", str(home.home))
    app = typer.Typer()
    register(app)

    def facet(*arguments: str) -> str:
        outcome = CliRunner().invoke(app, ["token", *arguments], catch_exceptions=False)
        assert outcome.exit_code == 0, outcome.output
        return outcome.stdout

    text = facet("create", "--tenant", "1", "--person", "11@house.example").strip()
    asked = ("create", "--tenant", "1", "--service", "books", "--days", "7")
    facet(*asked, "--permission", "facet.sales")
    person = Tokens.of(home).find(text)
    assert person is not None
    assert (person.user_id, person.name, person.permissions) == (11, "Ada Frost", frozenset())
    assert text not in facet("list")
    books = next(line for line in facet("list").splitlines() if "books" in line)
    assert "facet.sales" in books
    assert "good" in books
    assert "Ada Frost" in facet("revoke", str(person.id))
    assert [event.details["act"] for event in events(home, 1)] == ["revoked", "made", "made"]
    assert [event.kind for event in events(home, 2)] == []

    for tenant, user in ((1, 21), (1, 13), (2, 11)):
        with pytest.raises(NotPermittedError, match="may see nothing"):
            facet("create", "--tenant", str(tenant), "--person", f"{user}@house.example")
    with pytest.raises(ConfigurationError, match=r"facet\.everything"):
        facet(*asked, "--permission", "facet.everything")
    with pytest.raises(ConfigurationError, match="could see nothing"):
        facet(*asked)
    with pytest.raises(NotPermittedError, match="no tenant 9"):
        facet("create", "--tenant", "9", "--service", "x", "--permission", "facet.sales")
