"""A build beside a release: every mart, then every metric that may be another one."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from facet.config import Settings
from facet.diff.metrics import compare_metrics
from facet.diff.report import MartDifference, Report
from facet.diff.rows import compare, counted
from facet.diff.sides import Sides, opened
from facet.pipeline.development import Project
from facet.release import Release
from facet.release.publishing import serve_from_marts


def compare_build(
    settings: Settings,
    project: Project,
    release: Release,
    build: Path,
    *,
    tenant_id: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """What would differ for whoever reads it, if a build were published instead of a release.

    Args:
        settings: memory and threads.
        project: the marts and metrics of the build.
        release: what it is compared with.
        build: a DuckDB file; marts that it does not have count as served.
        tenant_id: one tenant; None: all.
        progress: is told each step in a few words.

    Raises:
        WarehouseError: the build cannot be read.
        ReleaseError: the release does not have the tenant.
    """
    report = progress or (lambda _: None)
    if tenant_id is not None:
        release.file_of(tenant_id)
    with opened(settings, release, build, only=tenant_id) as sides:
        marts = tuple(_marts(sides, project, report))
        report("metrics")
        content = json.loads(project.semantic_manifest.read_text(encoding="utf-8"))
        after = json.dumps(serve_from_marts(content))
        metrics, notes = compare_metrics(sides, release, after, marts)
        before = json.loads(release.semantic_manifest.read_text(encoding="utf-8"))
        names_before, names_after = _names(before), _names(content)
        return Report(
            build=str(build),
            release_id=release.id,
            tenants={
                tenant.tenant_id: tenant.tenant_name
                for tenant in release.tenants
                if tenant_id in (None, tenant.tenant_id)
            },
            marts_compared=len({*sides.marts_before(), *(mart.name for mart in project.marts)}),
            metrics_compared=len(names_before | names_after),
            not_built=tuple(mart.name for mart in project.marts if not sides.after(mart.name)),
            marts=marts,
            metrics=metrics,
            metrics_new=tuple(sorted(names_after - names_before)),
            metrics_gone=tuple(sorted(names_before - names_after)),
            notes=(*_notes(release), *notes),
        )


def _marts(
    sides: Sides, project: Project, report: Callable[[str], None]
) -> Iterator[MartDifference]:
    for number, mart in enumerate(project.marts, start=1):
        report(f"{number} of {len(project.marts)}: {mart.name}")
        if not sides.after(mart.name):
            continue
        if sides.before(mart.name):
            found = compare(sides, mart, project.grains.get(mart.name, ()))
            if found is not None:
                yield found
        else:
            rows = counted(sides, sides.rows_after(mart.name), is_new=True)
            yield MartDifference(mart=mart.name, state="new", tenants=rows)
    for name in sorted(sides.marts_before() - {mart.name for mart in project.marts}):
        rows = counted(sides, sides.rows_before(name), is_new=False)
        yield MartDifference(mart=name, state="gone", tenants=rows)


def _names(content: dict[str, list[dict[str, str]]]) -> set[str]:
    return {entry["name"] for entry in content["metrics"]}


def _notes(release: Release) -> Iterator[str]:
    """The tenants who are not served what that release was built as."""
    for tenant in release.tenants:
        if tenant.status != "fresh":
            was = "an older file is served" if tenant.status == "kept" else "nothing is served"
            yield f"{tenant.tenant_name}: {was}, as {', '.join(tenant.reasons)} failed"
