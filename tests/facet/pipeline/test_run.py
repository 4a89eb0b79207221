"""A whole run: sync, build, publish, record; and what happens when something is wrong."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer import Typer
from typer.testing import CliRunner

from facet.config import Settings
from facet.errors import BuildError, BusyError, HeldBackError, ReleaseError
from facet.lock import run_lock
from facet.operational.clocks import Clocks
from facet.pipeline.commands import run_command
from facet.pipeline.history import last_runs
from facet.pipeline.run import run
from facet.release import current, list_releases
from facet.rights.document import Rights

Shop = Callable[[str], None]

BAD_EVEN = "update public.orders set total = -1 where id = 2"


def test_a_run_publishes_and_is_recorded(settings: Settings, synced_shop: Shop) -> None:
    messages: list[str] = []

    report = run(settings, progress=messages.append)

    release = current(settings.releases_dir)
    assert (report.outcome, report.release_id) == ("published", release.id)
    assert (release.directory / "rights.json").is_file()
    assert list(report.steps) == ["sync", "measure", "build", "publish"]
    [warning] = report.warnings
    assert warning.startswith("ICT: is no time zone, in sys_tenants 2; name one")
    assert last_runs(settings) == (report,)
    assert release.snapshot.at.isoformat() == "2026-01-02T00:00:00+00:00"
    assert release.snapshot.source == "database shop on db.example"
    assert [tenant.rows["fct_orders"] for tenant in release.tenants] == [20, 20]
    assert "publish · tenant 2 of 2: Even" in messages
    assert "sync · tables were scanned" in messages


def test_a_bad_tenant_is_held_back_and_the_report_says_so(
    settings: Settings, synced_shop: Shop
) -> None:
    first = run(settings)
    synced_shop(BAD_EVEN)

    report = run(settings)

    assert report.held_back == ("Even",)
    assert report.failed_tests[0].startswith("within_tenant_fct_orders")
    odd, even = current(settings.releases_dir).tenants
    assert (odd.status, odd.from_release) == ("fresh", first.release_id)  # nothing of Odd changed
    assert (even.status, even.from_release) == ("kept", first.release_id)


def test_the_command_has_a_code_of_its_own_for_a_tenant_held_back(
    settings: Settings, synced_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "from_environment", lambda: settings)
    app = Typer()
    app.command()(run_command)
    assert CliRunner().invoke(app).exit_code == 0
    synced_shop(BAD_EVEN)

    ended = CliRunner().invoke(app)

    assert isinstance(ended.exception, HeldBackError)
    assert ended.exception.exit_code == 11
    assert str(ended.exception).startswith("Published without Even: Failed: within_tenant_fct_ord")
    assert ended.output.startswith(f"Release {current(settings.releases_dir).id} in ")


def test_a_failed_run_is_recorded_and_changes_nothing(
    settings: Settings, synced_shop: Shop
) -> None:
    served = run(settings).release_id
    model = settings.project_dir / "models/marts/sales/fct_orders.sql"
    model.write_text(model.read_text() + "where no_such_column")

    with pytest.raises(BuildError, match="fct_orders"):
        run(settings)

    failed, published = last_runs(settings)
    assert (failed.outcome, published.outcome) == ("failed", "published")
    assert "no_such_column" in str(failed.error)
    assert list(failed.steps) == ["sync", "measure", "build"]
    assert [release.id for release in list_releases(settings)] == [served]
    assert current(settings.releases_dir).id == served


def test_a_full_disk_in_sync_is_a_clear_error(
    settings: Settings, synced_shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("facet.sync.sync", full_disk)

    with pytest.raises(ReleaseError, match=r"The step sync failed: The disk of .* is full"):
        run(settings)


def test_postgres_publishes_without_sync(
    settings: Settings, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def url(_: Settings) -> Iterator[str]:
        yield postgres_url

    monkeypatch.setattr("facet.operational.server.operational_url", url)
    monkeypatch.setattr("facet.pipeline.measuring.measure", lambda *_, **__: None)
    right = Clocks(unusable={}, differences=())
    monkeypatch.setattr("facet.operational.clocks.compare", lambda *_, **__: right)
    nobody = Rights(taken_at=datetime(2026, 1, 2, tzinfo=UTC), people=(), shops=())
    monkeypatch.setattr("facet.rights.reading.read_rights", lambda *_: nobody)

    report = run(replace(settings, engine="postgres"))

    release = current(settings.releases_dir)
    assert list(report.steps) == ["measure", "build", "publish"]
    assert release.engine == "postgres"
    assert release.snapshot.at == report.started_at
    assert [tenant.rows["fct_orders"] for tenant in release.tenants] == [20, 20]


@pytest.fixture
def other_process(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until it is killed."""
    script = (
        "import sys; from pathlib import Path\n"
        "from facet.config import Settings; from facet.lock import run_lock\n"
        f"with run_lock(Settings(home=Path({str(settings.home)!r}))):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_is_turned_away_until_the_first_is_dead(
    settings: Settings, other_process: subprocess.Popen[str]
) -> None:
    with pytest.raises(BusyError, match=rf"Process {other_process.pid}, since 20\d\d-"):
        run(settings)
    assert last_runs(settings) == ()

    other_process.kill()
    other_process.wait()

    with run_lock(settings):
        pass
