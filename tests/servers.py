"""Throw-away PostgreSQL servers and databases."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from facet.config import Settings
from facet.operational import embedded


@contextmanager
def server(name: str) -> Iterator[str]:
    """The URL of a server's database ``postgres``; processes that say the same name share it.

    Its folder is not one of pytest's: run as root, the server has another user, whom the next
    session of pytest would shut out of all of them.
    """
    home = Path(tempfile.gettempdir()) / name
    with embedded(Settings(home=home)) as address:
        url = database(address, "postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("alter system set fsync = off")
            connection.execute("select pg_reload_conf()")
        yield url
    if not (home / "postgres" / "postmaster.pid").exists():
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def databases(url: str, *, template: str) -> Iterator[Callable[[], str]]:
    """Makes databases like `template` on a server and returns their URLs; gone in the end.

    Names of the same template have the same length.
    """
    names: list[str] = []
    numbers = count(1)

    def new() -> str:
        name = f"{template}_{os.getpid():07}_{next(numbers):03}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"create database {name} template {template}")
        names.append(name)
        return database(url, name)

    yield new
    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            connection.execute(f"drop database if exists {name} with (force)")


def database(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{after}"
