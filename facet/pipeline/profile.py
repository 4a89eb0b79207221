"""dbt's connection profile: profiles.yml and the environment variables it reads."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psycopg import conninfo

from facet.config import PROJECT_DIR, Settings

#: libpq's own defaults do not apply: the profile wants each of these said.
_POSTGRES = {
    "host": "localhost",
    "port": "5432",
    "user": "postgres",
    "password": "",
    "dbname": "postgres",
    "sslmode": "prefer",
}

#: Keys begin with the tenant, whose columns hang together: PostgreSQL takes joins on them to give a
#: row or two where there are thousands, and loops over what it should hash.
_PLANNER = "-c enable_nestloop=off"


def dbt_home(settings: Settings) -> Path:
    """dbt's own folder: profile, logs, and what it parsed and compiled for each engine."""
    return settings.home / "dbt"


def target_path(settings: Settings) -> Path:
    """Where dbt keeps what it parsed and compiled: a folder per engine, as neither fits both."""
    return dbt_home(settings) / settings.engine


def partial_parse(settings: Settings) -> Path:
    """What dbt parsed last: the next parse goes on from it."""
    return target_path(settings) / "partial_parse.msgpack"


def new_log(settings: Settings) -> Path:
    """The folder of the log of a build that begins; those of the last builds are kept.

    They are numbered: a clock may go back.
    """
    logs = dbt_home(settings) / "logs"
    numbers = sorted(int(folder.name) for folder in logs.glob("[0-9]*") if folder.name.isdecimal())
    for number in numbers[: 1 - settings.logs_kept or None]:
        shutil.rmtree(logs / f"{number:06}", ignore_errors=True)
    folder = logs / f"{(numbers or [0])[-1] + 1:06}"
    folder.mkdir(parents=True)
    return folder


def install_profile(settings: Settings) -> None:
    """Copy profiles.example.yml to dbt's folder of profiles."""
    dbt_home(settings).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT_DIR / "profiles.example.yml", dbt_home(settings) / "profiles.yml")


def environment(settings: Settings, url: str) -> dict[str, str]:
    """The variables that the profile and the project read.

    Args:
        settings: engine, paths and limits.
        url: the operational database as libpq's URL; a socket's folder may stand in ``?host=``.
    """
    given = conninfo.conninfo_to_dict(url)
    postgres = {key: str(given.get(key) or default) for key, default in _POSTGRES.items()}
    return {
        "FACET_ENGINE": settings.engine,
        "FACET_TENANT": "",  # whoever asks for one tenant's metrics does not build for it alone
        "FACET_WAREHOUSE_PATH": str(settings.warehouse_path),
        "FACET_OPERATIONAL_SCHEMA": settings.operational_schema,
        "FACET_READER_ROLE": settings.reader_role,
        "FACET_MEMORY_LIMIT": settings.memory_limit,
        "FACET_THREADS": str(settings.threads),
        "PGTZ": "UTC",
        "PGOPTIONS": _PLANNER,
        **{f"FACET_POSTGRES_{key.upper()}": value for key, value in postgres.items()},
    }


@contextmanager
def environment_set(variables: Mapping[str, str]) -> Iterator[None]:
    """Have environment variables set while the block runs, and as they were after it."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
