"""Publish: marts in, a release out, or nothing at all."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from facet.config import Settings
from facet.errors import BuildError
from facet.release import for_tools, store
from facet.release.disk import disk_errors, share, sync, write_durably
from facet.release.gathering import Marts, Tenant, gather
from facet.release.manifest import (
    Audit,
    Release,
    Snapshot,
    TenantFile,
    manifest_name,
    tenant_file_name,
    to_json,
)
from facet.release.tenant_files import GUARDS, MARTS_SCHEMA, Mart

#: What the gateway attaches a tenant's file as.
SERVED_DATABASE = "warehouse"


def publish(
    settings: Settings,
    *,
    url: str,
    marts: Sequence[Mart],
    audit: Audit,
    snapshot: Snapshot,
    semantic_manifest: Path,
    dbt_version: str,
    started_at: datetime | None = None,
    rights: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Release:
    """Write a release from the marts of either engine and switch to it. The caller holds the lock.

    A tenant with a failed test keeps the file it has in the current release; one of whom nothing
    has changed shares the file of an earlier one. Until the last step,
    the switch, nothing that is served changes; whatever fails before it leaves no trace.

    Args:
        settings: engine, warehouse, folder of the releases, how many of them to keep.
        url: the PostgreSQL database, where that is the engine.
        marts: the tables to publish, dim_tenants among them.
        audit: the results of the data tests.
        snapshot: what the marts were built from.
        semantic_manifest: dbt's ``semantic_manifest.json``.
        dbt_version: for the record.
        started_at: when the run began; default now.
        rights: the text of ``rights.json``, which says who may see what of it.
        progress: is told each step in a few words.

    Raises:
        BuildError: not one tenant passed its tests, or there is no tenant.
        ReleaseError: the disk is full, or a file is not what it should be.
    """
    report = progress or (lambda _: None)
    with _drafted(settings) as (release_id, folder):
        draft = _Draft(
            id=release_id, snapshot=snapshot, audit=audit, folder=folder, writers=settings.threads
        )
        with gather(settings, url=url, marts=marts, folder=folder) as gathered:
            tenants = gathered.tenants()
            files = draft.enter(tenants, gathered, report)
            strays = gathered.rows_without_tenant(tenants)
        _require_a_fresh_one(files, audit)
        manifest = json.loads(semantic_manifest.read_text(encoding="utf-8"))
        now = datetime.now(UTC)
        release = Release(
            id=release_id,
            created_at=now,
            started_at=started_at or now,
            snapshot=snapshot,
            engine=settings.engine,
            facet_version=version("facet"),
            dbt_version=dbt_version,
            duckdb_version=version("duckdb"),
            tenants=files,
            audit=audit,
            rows_without_tenant=strays,
            directory=folder,
        )
        write_durably(release.semantic_manifest, json.dumps(serve_from_marts(manifest)))
        release = _switch(settings, release, rights)
    for_tools.update(release)
    return release


def publish_again(
    settings: Settings,
    served: Release,
    *,
    snapshot: Snapshot,
    started_at: datetime,
    rights: str | None = None,
) -> Release | None:
    """Release once more what is served, as of a later moment. The caller holds the lock.

    None, and nothing is released, where a tenant's file is not what was published, or is an older
    one because a test failed.

    Raises:
        ReleaseError: the disk is full.
    """
    files = [(served.directory / entry.file_name, entry) for entry in served.tenants]
    if not all(
        entry.status == "fresh" and store.is_as_published(path, entry) for path, entry in files
    ):
        return None
    with _drafted(settings) as (release_id, folder):
        for path, entry in files:
            share(path, folder / entry.file_name)
        share(served.semantic_manifest, folder / served.semantic_manifest.name)
        release = replace(
            served,
            id=release_id,
            created_at=datetime.now(UTC),
            started_at=started_at,
            snapshot=snapshot,
            tenants=tuple(replace(entry, snapshot_at=snapshot.at) for _, entry in files),
            directory=folder,
        )
        release = _switch(settings, release, rights)
    for_tools.update(release)
    return release


@contextmanager
def _drafted(settings: Settings) -> Iterator[tuple[str, Path]]:
    """The id and the folder of a release to be; whatever fails leaves no trace of it."""
    release_id = _new_id(datetime.now(UTC))
    releases_dir = settings.releases_dir
    with disk_errors(f"Release {release_id} was not published", releases_dir):
        releases_dir.mkdir(parents=True, exist_ok=True)
        store.remove_leftovers(releases_dir)
        folder = releases_dir / f"{store.BUILDING}{release_id}"
        folder.mkdir()
        try:
            yield release_id, folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    store.prune(settings)


def _switch(settings: Settings, release: Release, rights: str | None) -> Release:
    """Complete a draft, give it its name, and serve it from now on."""
    release = replace(
        release,
        number=store.next_number(settings.releases_dir),
        follows=store.current_id(settings.releases_dir),
    )
    if rights is not None:
        write_durably(release.directory / "rights.json", rights)
    write_durably(release.directory / "release.json", to_json(release))
    folder = store.adopt(release.directory, release.id)
    release = replace(release, directory=folder)
    try:
        store.switch(release)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return release


def serve_from_marts(node: Any) -> Any:
    """Rewrite a semantic manifest to be of a tenant's file, at any depth.

    Its relations are that file's. That there is one tenant need not be asked there, and which
    alternative Facet's readers demand themselves.
    """
    if isinstance(node, list):
        return [serve_from_marts(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "where_filters" in node:
        asked = [one for one in node["where_filters"] if one["where_sql_template"] not in GUARDS]
        return {**node, "where_filters": asked} if asked else None
    rewritten = {key: serve_from_marts(value) for key, value in node.items()}
    relation = rewritten.get("node_relation")
    if isinstance(relation, dict):
        relation |= {
            "database": SERVED_DATABASE,
            "schema_name": MARTS_SCHEMA,
            "relation_name": f'"{SERVED_DATABASE}"."{MARTS_SCHEMA}"."{relation["alias"]}"',
        }
    return rewritten


def _new_id(now: datetime) -> str:
    """Sorts by time; the last four digits count the second's 65536ths."""
    return f"{now:%Y%m%dT%H%M%SZ}-{now.microsecond * 65536 // 1_000_000:04x}"


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """The release being written: what decides each tenant's entry in it."""

    id: str
    snapshot: Snapshot
    audit: Audit
    folder: Path
    #: How many files are written at once.
    writers: int

    def enter(
        self, tenants: Sequence[Tenant], marts: Marts, report: Callable[[str], None]
    ) -> tuple[TenantFile, ...]:
        """Put each tenant's file in place: one that there is already, or else a new one."""
        there = store.files_by_digest(self.folder.parent)
        found = {tenant.tenant_id: self._found(tenant, marts, there) for tenant in tenants}
        changed = [tenant for tenant in tenants if found[tenant.tenant_id] is None]
        marts.load([tenant.tenant_id for tenant in changed])
        with ThreadPoolExecutor(self.writers) as pool:
            written = pool.map(lambda tenant: self._write(tenant, marts), changed)
            for number, (tenant, file) in enumerate(zip(changed, written, strict=True), start=1):
                report(f"tenant {number} of {len(changed)}: {tenant.tenant_name}")
                found[tenant.tenant_id] = file
        return tuple(file for file in found.values() if file is not None)

    def _found(self, tenant: Tenant, marts: Marts, there: store.FilesByDigest) -> TenantFile | None:
        """The entry of a tenant who needs no new file; None for one who does."""
        if reasons := self.audit.reasons(tenant.tenant_id):
            return self._keep(tenant, reasons)
        for path, entry in there.get((tenant.tenant_id, marts.digest(tenant.tenant_id)), ()):
            if store.is_as_published(path, entry):
                share(path, self.folder / entry.file_name)
                return replace(
                    entry,
                    **asdict(tenant),
                    status="fresh",
                    reasons=(),
                    snapshot_at=self.snapshot.at,
                )
        return None

    def _write(self, tenant: Tenant, marts: Marts) -> TenantFile:
        path = self.folder / tenant_file_name(tenant.tenant_id)
        marts.write(tenant.tenant_id, path)
        sync(path)
        return TenantFile(
            **asdict(tenant),
            status="fresh",
            from_release=self.id,
            snapshot_at=self.snapshot.at,
            rows=marts.rows(tenant.tenant_id),
            size_bytes=path.stat().st_size,
            sha256=store.checksum(path),
            digest=marts.digest(tenant.tenant_id),
        )

    def _keep(self, tenant: Tenant, reasons: tuple[str, ...]) -> TenantFile:
        served = store.served_entry(self.folder.parent, tenant.tenant_id)
        if served is None:
            return TenantFile(**asdict(tenant), status="missing", reasons=reasons, rows={})
        entry, release = served
        share(release.file_of(entry.tenant_id), self.folder / entry.file_name)
        manifest = release.semantic_manifest_of(entry.tenant_id)
        share(manifest, self.folder / manifest_name(entry.tenant_id))
        return replace(entry, **asdict(tenant), status="kept", reasons=reasons)


def _require_a_fresh_one(files: Sequence[TenantFile], audit: Audit) -> None:
    if any(file.status == "fresh" for file in files):
        return
    if not files:
        raise BuildError(
            "Nothing was published",
            why="There is no tenant: dim_tenants is empty.",
            next_step="Check that FACET_OPERATIONAL_URL is the right database.",
        )
    raise BuildError(
        "Nothing was published",
        why=f"No tenant passed its tests; failed: {', '.join(t.name for t in audit.failed)}.",
        next_step="Look at the failing rows in the schema facet_audit, correct their cause, and "
        "run `facet run` again; what is served has not changed.",
    )
