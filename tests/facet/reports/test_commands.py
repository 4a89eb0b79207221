"""The commands as an operator calls them."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from facet.reports.commands import register
from tests.facet.reports.conftest import MAI, MORNING, Home


@pytest.fixture
def facet(home: Home, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    monkeypatch.setenv("FACET_HOME", str(home.settings.home))
    monkeypatch.setenv("FACET_AS_OF", MORNING.isoformat())
    monkeypatch.setenv("FACET_SMTP_URL", f"smtp://127.0.0.1:{home.box.port}")
    monkeypatch.setenv("FACET_MAIL_FROM", "reports@house.example")
    app = typer.Typer()
    register(app)
    return app


def said(app: typer.Typer, *arguments: str) -> str:
    outcome = CliRunner().invoke(app, ["reports", *arguments], catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_reports_are_listed_sent_ended_and_begun_again(home: Home, facet: typer.Typer) -> None:
    ben = {**MAI, "tenant": 1, "recipient": "12@house.example", "sections": ["sales", "staff"]}
    home.subscribe(mai_daily=MAI, ben_daily={**ben, "every": "month", "day": 28})
    assert said(facet, "list").splitlines() == [
        "ben-daily: tenant 1, 12@house.example, pdf  next 2026-03-28 07:00 EDT"
        "  the recipient may not see: sales",
        "mai-daily: tenant 2, 21@house.example, pdf  next 2026-03-19 07:00 +07",
    ]
    assert said(facet, "send", "--due") == "mai-daily: sent\n"
    assert said(facet, "send", "--due") == ""
    assert said(facet, "send", "--now", "mai-daily") == "mai-daily: sent\n"
    assert len(home.box.mails) == 2
    token = str(home.box.mails[0]["list-unsubscribe"]).partition("%20")[2].rstrip(">")
    assert said(facet, "unsubscribe", token) == "mai-daily: nothing more is sent.\n"
    assert "last sent for 2026-03-18  unsubscribed" in said(facet, "list")
    assert said(facet, "send", "--now", "mai-daily") == "mai-daily: unsubscribed\n"
    assert said(facet, "resubscribe", "mai-daily") == "mai-daily: sent again.\n"


def test_a_preview_is_a_file_and_sends_nothing(
    home: Home, facet: typer.Typer, tmp_path: Path
) -> None:
    home.subscribe(mai_daily={**MAI, "formats": ["pdf", "xlsx"]})
    for name, start in (("it.pdf", b"%PDF"), ("it.xlsx", b"PK")):
        said(facet, "preview", "mai-daily", "--output", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(start)
    assert home.box.mails == []
    assert home.events(2) == ()


@pytest.mark.parametrize("arguments", [(), ("--due", "--now", "mai-daily")])
def test_what_to_send_is_said_in_one_way(facet: typer.Typer, arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(facet, ["reports", "send", *arguments]).exit_code == 2
