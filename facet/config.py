"""Every setting of Facet, read from the environment in this one place.

=========================== ======================= ==============================================
variable                    default                 meaning
=========================== ======================= ==============================================
FACET_HOME                  ``.facet`` in the       all state: embedded PostgreSQL, warehouse,
                            project                 releases, logs
FACET_ENGINE                ``duckdb``              where dbt builds: ``duckdb`` or ``postgres``
FACET_OPERATIONAL_URL       the embedded server     ``postgresql://…`` of the operational database
FACET_OPERATIONAL_SCHEMA    ``public``              the schema its tables are in
FACET_SYNC_SLOT             none                    the replication slot and publication by which
                                                    sync reads changes from the server's log
FACET_LEGACY_URL            none                    the old database, for ``operational compare``
FACET_READER_ROLE           ``facet_reader``        the group of roles that read marts in
                                                    PostgreSQL; ``facet_reader_7`` reads tenant 7
FACET_RELEASES_KEPT         ``5``                   how many releases are kept
FACET_RUNS_KEPT             ``5000``                how many runs are on record, and moments of sync
FACET_LOGS_KEPT             ``10``                  of how many builds dbt's log is kept
FACET_HISTORY_DAYS          ``400``                 days that figures of runs and of the schema's
                                                    quality are kept for
FACET_AUDIT_DAYS            for ever                days that the audit trail is kept for
FACET_MEMORY_LIMIT          ``2GB``                 memory that sync, build and publish may use
FACET_THREADS               ``2``                   threads that they may use
FACET_PORT                  ``8501``                port of the dashboards, on the loopback address
FACET_HEALTH_ADDRESS        none                    where ``facet health`` answers: a port of the
                                                    loopback address, or ``host:port``
FACET_HEALTH_MAX_AGE        ``7200``                seconds after which data are stale there
FACET_AS_OF                 the copy's moment       the moment that a run takes for now, to
                                                    rehearse on old data: ``2026-11-22T12:00Z``
FACET_RIGHTS_MAX_AGE        ``86400``               seconds after which rights that nothing has
                                                    refreshed let nobody in
FACET_SESSION_IDLE          ``3600``                seconds without a click that end a session
FACET_SESSION_MAX           ``43200``               seconds after which a session ends in any case
FACET_OIDC_ISSUER           none                    the OpenID provider: its metadata are at
                                                    ``<issuer>/.well-known/openid-configuration``
FACET_OIDC_CLIENT_ID        none                    Facet's id there
FACET_OIDC_CLIENT_SECRET    none                    and its secret
FACET_PUBLIC_URL            the loopback address    where people reach the dashboards
FACET_SMTP_URL              none                    the server that mail goes through:
                                                    ``smtp://user:password@host:587`` (STARTTLS),
                                                    or ``smtps://…:465`` (TLS from the start)
FACET_MAIL_FROM             none                    the sender: ``Facet <reports@shop.example>``
FACET_UNSUBSCRIBE_URL       none                    the https address of ``facet reports serve``,
                                                    for unsubscribing with one click
=========================== ======================= ==============================================
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, cast

from facet.errors import ConfigurationError, is_full, not_written
from facet.home import create
from facet.mail_server import Smtp, sender_of, smtp_of

PROJECT_DIR = Path(__file__).resolve().parent.parent

Engine = Literal["duckdb", "postgres"]


@dataclass(frozen=True, kw_only=True)
class Oidc:
    """The OpenID provider that vouches for people, and how Facet is known there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one process; see the module's table for their meaning."""

    home: Path = PROJECT_DIR / ".facet"
    project_dir: Path = PROJECT_DIR
    engine: Engine = "duckdb"
    operational_url: str | None = None
    operational_schema: str = "public"
    sync_slot: str = ""
    legacy_url: str | None = None
    reader_role: str = "facet_reader"
    releases_kept: int = 5
    runs_kept: int = 5000
    logs_kept: int = 10
    history_days: int = 400
    audit_days: int | None = None
    memory_limit: str = "2GB"
    threads: int = 2
    port: int = 8501
    health_address: tuple[str, int] | None = None
    health_max_age: timedelta = timedelta(hours=2)
    as_of: datetime | None = None
    rights_max_age: timedelta = timedelta(days=1)
    session_idle: timedelta = timedelta(hours=1)
    session_max: timedelta = timedelta(hours=12)
    oidc: "Oidc | None" = None
    public_url: str | None = None
    smtp: Smtp | None = None
    mail_from: str | None = None
    unsubscribe_url: str | None = None

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file that sync and dbt write; nobody else opens it."""
        return self.home / "warehouse.duckdb"

    @property
    def releases_dir(self) -> Path:
        """Where releases are published; the only folder that dashboards read."""
        return self.home / "releases"

    @property
    def rights_dir(self) -> Path:
        """Where rights are kept between releases."""
        return self.home / "rights"

    @property
    def lock_path(self) -> Path:
        """The lock that one run at a time holds."""
        return self.home / "run.lock"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings.

        Raises:
            ConfigurationError: a variable holds a value that it cannot have.
        """
        given = os.environ if environment is None else environment
        env = {name: value for name, value in given.items() if value}  # empty is as good as unset
        engine = env.get("FACET_ENGINE", "duckdb")
        if engine not in ("duckdb", "postgres"):
            raise _invalid("FACET_ENGINE", engine, "duckdb or postgres")
        return cls(
            home=Path(env.get("FACET_HOME", PROJECT_DIR / ".facet")).expanduser().resolve(),
            engine=cast(Engine, engine),
            operational_url=env.get("FACET_OPERATIONAL_URL"),
            operational_schema=env.get("FACET_OPERATIONAL_SCHEMA", "public"),
            sync_slot=_slot(env, "FACET_SYNC_SLOT"),
            legacy_url=env.get("FACET_LEGACY_URL") or None,
            reader_role=_role(env, "FACET_READER_ROLE", cls.reader_role),
            releases_kept=_positive_integer(env, "FACET_RELEASES_KEPT", 5),
            runs_kept=_positive_integer(env, "FACET_RUNS_KEPT", cls.runs_kept),
            logs_kept=_positive_integer(env, "FACET_LOGS_KEPT", cls.logs_kept),
            history_days=_positive_integer(env, "FACET_HISTORY_DAYS", cls.history_days),
            audit_days=_positive_integer(env, "FACET_AUDIT_DAYS", 1)
            if "FACET_AUDIT_DAYS" in env
            else None,
            memory_limit=_memory(env, "FACET_MEMORY_LIMIT", "2GB"),
            threads=_positive_integer(env, "FACET_THREADS", 2),
            port=_positive_integer(env, "FACET_PORT", 8501),
            health_address=listening_address("FACET_HEALTH_ADDRESS", env["FACET_HEALTH_ADDRESS"])
            if "FACET_HEALTH_ADDRESS" in env
            else None,
            health_max_age=_seconds(env, "FACET_HEALTH_MAX_AGE", cls.health_max_age),
            as_of=_moment(env, "FACET_AS_OF"),
            rights_max_age=_seconds(env, "FACET_RIGHTS_MAX_AGE", cls.rights_max_age),
            session_idle=_seconds(env, "FACET_SESSION_IDLE", cls.session_idle),
            session_max=_seconds(env, "FACET_SESSION_MAX", cls.session_max),
            oidc=_oidc(env),
            public_url=_public_url(env, "FACET_PUBLIC_URL"),
            smtp=smtp_of("FACET_SMTP_URL", env.get("FACET_SMTP_URL")),
            mail_from=sender_of("FACET_MAIL_FROM", env.get("FACET_MAIL_FROM")),
            unsubscribe_url=_public_url(env, "FACET_UNSUBSCRIBE_URL"),
        )

    def create_home(self) -> None:
        """Create the folder of all state where it is missing; it is for its owner alone.

        Raises:
            ConfigurationError: it cannot be created, or is somebody else's.
            WarehouseError: its disk is full.
        """
        try:
            create(self.home)
        except OSError as error:
            if is_full(error):
                raise not_written(self.home, error) from error
            raise ConfigurationError(
                f"FACET_HOME={str(self.home)!r}",
                why=f"The folder cannot be created or closed to others: {error.strerror}.",
                next_step="Set FACET_HOME to a folder of your own.",
            ) from error


def listening_address(name: str, text: str) -> tuple[str, int]:
    """The host and port that a setting names; a port alone is one of the loopback address.

    Raises:
        ConfigurationError: it is neither.
    """
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") or "127.0.0.1"
    if not port.isdecimal() or not 0 < int(port) < 65536 or text.startswith(":"):
        raise _invalid(name, text, "a port such as 8502, or a host and a port: 10.0.0.5:8502")
    return host, int(port)


def _positive_integer(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or int(text) < 1:
        raise _invalid(name, text, "a whole number of at least 1")
    return int(text)


def _seconds(env: Mapping[str, str], name: str, default: timedelta) -> timedelta:
    return timedelta(seconds=_positive_integer(env, name, int(default.total_seconds())))


def _role(env: Mapping[str, str], name: str, default: str) -> str:
    role = env.get(name, default)
    if not re.fullmatch(r"(?!pg_)[a-z_][a-z0-9_]{0,39}", role):  # it stands in names and patterns
        raise _invalid(name, role, "a role's name of small letters, digits and _, at most 40")
    return role


def _slot(env: Mapping[str, str], name: str) -> str:
    slot = env.get(name, "")
    if not re.fullmatch(r"[a-z0-9_]{0,63}", slot):
        raise _invalid(name, slot, "a slot's name of small letters, digits and _, at most 63")
    return slot


def _oidc(env: Mapping[str, str]) -> Oidc | None:
    names = ("FACET_OIDC_ISSUER", "FACET_OIDC_CLIENT_ID", "FACET_OIDC_CLIENT_SECRET")
    given = [env.get(name) for name in names]
    if not any(given):
        return None
    for name, value in zip(names, given, strict=True):
        if value is None:
            raise _invalid(name, "", "set where another of FACET_OIDC_… is")
    issuer, client_id, client_secret = map(str, given)
    if not issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise _invalid(names[0], issuer, "an https address")
    return Oidc(issuer=issuer.rstrip("/"), client_id=client_id, client_secret=client_secret)


def _public_url(env: Mapping[str, str], name: str) -> str | None:
    url = env.get(name)
    if url is not None and not url.startswith(
        ("https://", "http://127.0.0.1:", "http://localhost:")
    ):
        raise _invalid(name, url, "an https address")
    return url.rstrip("/") if url else None


def _moment(env: Mapping[str, str], name: str) -> datetime | None:
    if name not in env:
        return None
    try:
        moment = datetime.fromisoformat(env[name])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _invalid(name, env[name], "a moment with its offset, such as 2026-11-22T12:00Z")
    return moment


def _memory(env: Mapping[str, str], name: str, default: str) -> str:
    text = env.get(name, default)
    if not re.fullmatch(r"\d+(\.\d+)? ?[KMGT]i?B", text):
        raise _invalid(name, text, "a size such as 2GB or 512MB")
    return text


def _invalid(name: str, value: str, expected: str) -> ConfigurationError:
    return ConfigurationError(
        f"{name}={value!r}",
        why=f"It must be {expected}.",
        next_step=f"Set {name} to {expected}, or unset it for the default.",
    )
