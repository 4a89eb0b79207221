"""The embedded server: shared while in use, stopped after the last, clear when it cannot start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from facet.config import Settings
from facet.errors import OperationalError
from facet.operational import embedded, operational_url

_USE_IT = """
import sys
from pathlib import Path
from facet.config import Settings
from facet.operational import embedded
with embedded(Settings(home=Path(sys.argv[1]))) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


def test_processes_share_it_and_the_last_one_stops_it(short_home: Path) -> None:
    others = [
        subprocess.Popen(
            [sys.executable, "-c", _USE_IT, str(short_home)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    with embedded(Settings(home=short_home)) as url, embedded(Settings(home=short_home)) as again:
        assert url == again
        for other in others:
            assert other.stdout is not None
            assert other.stdout.readline().strip() == url
    with psycopg.connect(url) as connection:
        assert connection.execute("select current_setting('timezone')").fetchone() == ("UTC",)
        assert connection.execute("select 'Z' < 'a'").fetchone() == (True,)
    for other in others:
        assert other.communicate("")[1] == ""
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    with embedded(Settings(home=short_home)) as url, psycopg.connect(url):
        pass


def test_a_killed_process_does_not_keep_it_up(short_home: Path) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", _USE_IT, str(short_home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert killed.stdout is not None
    killed.stdout.readline()
    killed.kill()
    killed.communicate()
    with embedded(Settings(home=short_home)) as url:
        pass
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_serving_ends_with_the_server_when_asked_to_stop(short_home: Path, number: int) -> None:
    serving = subprocess.Popen(
        [Path(sys.executable).with_name("facet"), "operational", "serve"],
        env={**os.environ, "FACET_HOME": str(short_home)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert serving.stdout is not None
    url = serving.stdout.readline().strip()
    serving.send_signal(number)
    assert serving.communicate(timeout=60)[1] == "Stopped.\n"
    assert serving.returncode == 0
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_server_that_cannot_start_says_why(short_home: Path) -> None:
    data_dir = short_home / "postgres"
    data_dir.mkdir()
    (data_dir / "PG_VERSION").write_text("9\n")
    with (
        pytest.raises(OperationalError, match=r"does not start: .*expecting version"),
        embedded(Settings(home=short_home)),
    ):
        pass


def test_a_url_in_the_settings_wins(short_home: Path) -> None:
    settings = Settings(home=short_home, operational_url="postgresql://elsewhere/crm")
    with operational_url(settings) as url:
        assert url == "postgresql://elsewhere/crm"
    assert not (short_home / "postgres").exists()
