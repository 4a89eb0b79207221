"""The manifest of a release: ``release.json`` and the values it is read into."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from facet.errors import ReleaseError

Status = Literal["fresh", "kept", "missing"]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What marts were built from: which operational database, as it was at which moment."""

    at: datetime
    source: str


@dataclass(frozen=True, kw_only=True)
class FailedTest:
    """A data test that failed: how many rows, and whose. `tenant_ids` None: everybody's."""

    name: str
    rows: int
    tenant_ids: tuple[int, ...] | None


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The results of the data tests, by which each tenant is published or kept as it was."""

    passed: int = 0
    warned: tuple[str, ...] = ()
    failed: tuple[FailedTest, ...] = ()

    def reasons(self, tenant_id: int) -> tuple[str, ...]:
        """The names of the failed tests that concern a tenant."""
        return tuple(
            test.name
            for test in self.failed
            if test.tenant_ids is None or tenant_id in test.tenant_ids
        )


@dataclass(frozen=True, kw_only=True)
class TenantFile:
    """A tenant in a release.

    `fresh`: built and tested in this release. `kept`: its tests failed (`reasons`), so it still
    has the file it had, as of `snapshot_at`. `missing`: they failed and it has none.
    `from_release` is the release that the file was written for: an earlier one too where nothing
    has changed since. `digest` is what the file holds (docs/decisions/0031); empty: not known.
    """

    tenant_id: int
    tenant_name: str = ""
    is_demo: bool = False
    status: Status
    from_release: str | None = None
    reasons: tuple[str, ...] = ()
    snapshot_at: datetime | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    size_bytes: int = 0
    sha256: str = ""
    digest: str = ""

    @property
    def file_name(self) -> str:
        """The name of the tenant's file in the release's folder."""
        return tenant_file_name(self.tenant_id)


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release, as its ``release.json`` describes it; `directory` is where it is.

    What has a default here may be missing there: another version of Facet may have written it.
    """

    id: str
    created_at: datetime
    started_at: datetime | None = None
    snapshot: Snapshot
    engine: str = ""
    facet_version: str = ""
    dbt_version: str = ""
    duckdb_version: str = ""
    tenants: tuple[TenantFile, ...]
    audit: Audit = Audit()
    #: Counts releases in the order in which they were published, which the clock may contradict.
    number: int = 0
    #: The release that was served until then.
    follows: str | None = None
    #: Rows whose tenant is not in dim_tenants, by mart; they are in nobody's file.
    rows_without_tenant: Mapping[str, int] = field(default_factory=dict)
    directory: Path

    @property
    def is_demo(self) -> bool:
        """True when every tenant of it is demo data."""
        return bool(self.tenants) and all(tenant.is_demo for tenant in self.tenants)

    @property
    def semantic_manifest(self) -> Path:
        """MetricFlow's manifest, its relations named as the gateway attaches them."""
        return self.directory / "semantic_manifest.json"

    def semantic_manifest_of(self, tenant_id: int) -> Path:
        """The manifest that a tenant's file was built with: a kept file has its own."""
        own = self.directory / manifest_name(tenant_id)
        return own if own.is_file() else self.semantic_manifest

    def tenant(self, tenant_id: int) -> TenantFile:
        """A tenant's entry.

        Raises:
            ReleaseError: the release does not have the tenant.
        """
        for tenant in self.tenants:
            if tenant.tenant_id == tenant_id:
                return tenant
        raise ReleaseError(
            f"Tenant {tenant_id} is not in release {self.id}",
            why="The tenant is not in dim_tenants, or was not when the release was made.",
            next_step="Check the tenant's id, or run `facet run`.",
        )

    def file_of(self, tenant_id: int) -> Path:
        """The path of a tenant's file.

        Raises:
            ReleaseError: the release does not have the tenant, or no file of it.
        """
        tenant = self.tenant(tenant_id)
        if tenant.status == "missing":
            raise ReleaseError(
                f"Tenant {tenant_id} has no file in release {self.id}",
                why=f"It never passed its tests; failed: {', '.join(tenant.reasons)}.",
                next_step="Correct the data that the tests name, and run `facet run`.",
            )
        return self.directory / tenant.file_name


def tenant_file_name(tenant_id: int) -> str:
    """The name of a tenant's file in any release."""
    return f"tenant_{tenant_id}.duckdb"


def manifest_name(tenant_id: int) -> str:
    """The name of the semantic manifest that goes with a tenant's kept file."""
    return f"tenant_{tenant_id}.semantic_manifest.json"


def to_json(release: Release) -> str:
    """The text of ``release.json``."""
    content = asdict(replace(release, directory=Path()))
    del content["directory"]
    return json.dumps(content, indent=2, ensure_ascii=False, default=_plain) + "\n"


def read(directory: Path) -> Release:
    """Read the release in a folder, whichever version of Facet wrote it.

    What it says that is not known here is passed over; what it does not say has a default.

    Raises:
        ReleaseError: it has no ``release.json``, or one that does not say what it must.
    """
    path = directory / "release.json"
    try:
        return _parse(json.loads(path.read_text(encoding="utf-8")), directory)
    except OSError as error:
        reason = error.strerror or str(error)
    except KeyError as error:
        reason = f"it does not say {error}, as another version of Facet may not"
    except (ValueError, TypeError, AttributeError) as error:
        reason = f"it is not what Facet writes: {error}"
    raise ReleaseError(
        f"Release {directory.name} cannot be read",
        why=f"{path}: {reason}.",
        next_step="Roll back to another with `facet release rollback`, or run `facet run`.",
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in release.json")


def known_fields(kind: Any, content: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a document that are fields of a dataclass.

    Raises:
        KeyError: it lacks one that has no default.
    """
    names = {of.name: of for of in fields(kind)}
    for name, of in names.items():
        if name not in content and of.default is MISSING and of.default_factory is MISSING:
            raise KeyError(name)
    return {name: content[name] for name in names if name in content}


def _parse(content: dict[str, Any], directory: Path) -> Release:
    audit = known_fields(Audit, content.get("audit", {}))
    started_at = content.get("started_at")
    return Release(
        **known_fields(Release, {**content, "directory": directory})
        | {
            "created_at": datetime.fromisoformat(content["created_at"]),
            "started_at": None if started_at is None else datetime.fromisoformat(started_at),
            "snapshot": _snapshot(content["snapshot"]),
            "tenants": tuple(_tenant(tenant) for tenant in content["tenants"]),
            "audit": Audit(
                passed=audit.get("passed", 0),
                warned=tuple(audit.get("warned", ())),
                failed=tuple(_failed_test(test) for test in audit.get("failed", ())),
            ),
        }
    )


def _snapshot(content: dict[str, Any]) -> Snapshot:
    fields = known_fields(Snapshot, content)
    return Snapshot(**fields | {"at": datetime.fromisoformat(content["at"])})


def _tenant(content: dict[str, Any]) -> TenantFile:
    fields = known_fields(TenantFile, content)
    at, reasons = fields.get("snapshot_at"), tuple(fields.get("reasons", ()))
    if fields["status"] not in get_args(Status):  # of another version: not to be served by this one
        reasons = (*reasons, f"its state is {fields['status']!r}")
        fields["status"] = "missing"
    return TenantFile(
        **fields
        | {
            "reasons": reasons,
            "snapshot_at": None if at is None else datetime.fromisoformat(at),
        }
    )


def _failed_test(content: dict[str, Any]) -> FailedTest:
    fields = known_fields(FailedTest, content)
    ids = fields["tenant_ids"]
    return FailedTest(**fields | {"tenant_ids": None if ids is None else tuple(ids)})
