"""dbt in this process: parse once, build every model, then test what was built.

Models are built before any test runs, so that a fault in one tenant's rows does not stop what all
tenants need (``dbt build`` skips whatever stands after a failed test). The tests then say whose
rows may be published.
"""

import json
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from facet.config import Settings
from facet.errors import BuildError, is_full
from facet.pipeline import changes, forecasts, lifetimes
from facet.pipeline.audit import NodeResult, read_audit
from facet.pipeline.culprits import VARIABLE, Model, culprits, failed_model
from facet.pipeline.dbt_internals import close_warehouse, name_no_callers, parse_for_any_warehouse
from facet.pipeline.failures import build_failure
from facet.pipeline.graph import Graph
from facet.pipeline.marts import marts_of
from facet.pipeline.profile import (
    dbt_home,
    environment,
    environment_set,
    install_profile,
    new_log,
    partial_parse,
    target_path,
)
from facet.release import Audit, Mart

Progress = Callable[[str], None]

_BROKEN: Final = ("error", "fail", "runtime error")
#: What dbt (1.11) tells of a build although there is nothing to build or test.
_NOT_BUILT: Final = ("operation", "exposure", "saved_query")
_NO_TESTS: Final = ("--exclude-resource-type", "test", "unit_test")
#: What is modelled from what was built: the tables that models read of it, and what fills them.
_FITS: Final = (
    (lifetimes.TABLES, lifetimes.fit_lifetimes),
    (forecasts.TABLES, forecasts.make_forecasts),
)
_DATA_TESTS: Final = ("--store-failures", "--exclude-resource-type", "unit_test")


@dataclass(frozen=True, kw_only=True)
class BuildResult:
    """What dbt built and how its tests went."""

    nodes: tuple[NodeResult, ...]
    #: Everything was built, asked for or not: a model that fails on changes alone has all built.
    of_everything: bool
    audit: Audit
    marts: tuple[Mart, ...]
    semantic_manifest: Path
    dbt_version: str
    seconds: float


def build(
    settings: Settings,
    url: str,
    *,
    only_changes: bool = False,
    measured: bool = True,
    exclude_unit_tests: bool = True,
    progress: Progress | None = None,
) -> BuildResult:
    """Build the models and run the data tests, on the engine that the settings name.

    Args:
        settings: project, engine, and the home that dbt's files go to.
        url: the operational database; on the PostgreSQL engine dbt builds in it.
        only_changes: build and test what ``facet_build`` says has changed, rather than everything.
        measured: the operational database was measured anew (``measuring.measure``).
        exclude_unit_tests: unit tests prove the project, not its data; they belong to development.
        progress: is told ``3 of 40: model fct_orders`` as nodes start.

    Raises:
        BuildError: the project does not parse, or a model (a unit test) failed; what was published
            before stays as it is.
        ReleaseError: the disk is full.
    """
    from dbt.version import __version__ as dbt_version

    started = time.monotonic()
    install_profile(settings)
    unit_tests = ["--exclude-resource-type", "unit_test"] if exclude_unit_tests else []
    with environment_set(environment(settings, url)):
        dbt = _Dbt(settings, progress or (lambda _: None))
        try:
            dbt.parse()
            results = _changes_built(dbt, settings, url, measured) if only_changes else None
            if results is None:
                changes.forget(settings, url)
                built = _built(dbt, settings, url, unit_tests)
                tested = dbt.invoke("test", *_DATA_TESTS)
            else:
                built, tested = results
        finally:
            dbt.close()
    tests = sum(node.resource_type == "test" for node in dbt.manifest.nodes.values())
    audit = read_audit(settings, url, tested)
    return BuildResult(
        nodes=(*built, *tested),
        of_everything=results is None,
        audit=replace(audit, passed=audit.passed + tests - len(tested)),
        marts=marts_of(dbt.manifest),
        semantic_manifest=target_path(settings) / "semantic_manifest.json",
        dbt_version=dbt_version,
        seconds=time.monotonic() - started,
    )


def manifest(settings: Settings) -> Path:
    """The project's manifest, as dbt wrote it last; the project is parsed where it never was.

    Raises:
        BuildError: the project does not parse.
    """
    path = target_path(settings) / "manifest.json"
    if not path.exists():
        install_profile(settings)
        with environment_set(environment(settings, settings.operational_url or "")):
            _Dbt(settings, lambda _: None).parse()
    return path


def _changes_built(
    dbt: "_Dbt", settings: Settings, url: str, measured: bool
) -> tuple[tuple[NodeResult, ...], tuple[NodeResult, ...]] | None:
    """Build and test what has changed; None where a model fails: all of it is then built anew."""
    graph = Graph(dbt.manifest)
    reached = changes.begin(settings, url, graph, measured=measured)
    with environment_set({changes.VARIABLE: "changes"}):
        built = dbt.invoke_for(reached, "build", *_NO_TESTS)
        dbt.close()
        if measured:
            built = _with_models(dbt, settings, url, built)
        if _broken(built):
            return None
        tested = dbt.invoke_for(changes.tests_reached(settings, url, graph), "test", *_DATA_TESTS)
    dbt.close()
    return built, tested


def _built(
    dbt: "_Dbt", settings: Settings, url: str, unit_tests: Sequence[str]
) -> tuple[NodeResult, ...]:
    """Build every model; without the tenants, if any, with whose rows alone one fails.

    Raises:
        BuildError: a model failed, and not because of some tenants' rows.
    """
    aside: dict[int, str] = {}
    while True:
        with environment_set({VARIABLE: json.dumps(aside), changes.VARIABLE: "everything"}):
            built = dbt.invoke("build", "--exclude-resource-type", "test", *unit_tests)
            built = _with_models(dbt, settings, url, built)
        broken = _broken(built)
        if not broken:
            return built
        dbt.close()
        failed = dbt.failed_models({node.unique_id for node in broken})
        is_of_rows = not any(is_full(node.message) for node in broken)
        found = culprits(settings, url, failed) if is_of_rows else {}
        if not found.keys() - aside.keys():
            _require_built(built, settings, dbt.log)
        aside |= found


def _with_models(
    dbt: "_Dbt", settings: Settings, url: str, built: tuple[NodeResult, ...]
) -> tuple[NodeResult, ...]:
    """Fit lifetime values and forecasts, if all was built; build once more what reads them."""
    sources = {source.name for source in dbt.manifest.sources.values()}
    fits = [(tables, fit) for tables, fit in _FITS if sources & tables.keys()]
    if not fits or _broken(built):
        return built
    dbt.close()
    renewed = [name for tables, fit in fits if fit(settings, url) for name in tables]
    again = dbt.invoke_for(
        [f"source:{lifetimes.SCHEMA}.{name}+" for name in renewed], "build", *_NO_TESTS
    )
    dbt.close()
    done = {node.unique_id for node in again}
    return (*(node for node in built if node.unique_id not in done), *again)


class _Dbt:
    """dbt with one parsed manifest for several commands."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self._settings = settings
        self.log = new_log(settings) / "dbt.log"
        self._progress = progress
        self.manifest: Any = None
        self._nodes: dict[str, Any] = {}

    def parse(self) -> None:
        """Parse the project; what has not changed since the last time is not parsed again.

        A metric that moved to another file is taken for a second one then (dbt-core 1.11): what
        cannot be parsed so is parsed anew before it counts as an error.
        """
        self._progress("parse")
        parse_for_any_warehouse()
        name_no_callers()
        parsed = partial_parse(self._settings)
        try:
            self.manifest = self._run("parse").result
        except BuildError:
            if not parsed.exists():
                raise
            parsed.unlink()
            self.manifest = self._run("parse").result

    def invoke(self, *command: str) -> tuple[NodeResult, ...]:
        """Run a command over the project's nodes; failures are among the results.

        What was parsed is not written again: that takes seconds, and nothing reads it.
        """
        outcome = self._run(*command, "--no-write-json")
        results = [
            one for one in outcome.result.results if one.node.resource_type not in _NOT_BUILT
        ]
        self._nodes = {result.node.unique_id: result.node for result in results}
        return tuple(_node_result(result) for result in results)

    def invoke_for(self, names: Collection[str], *command: str) -> tuple[NodeResult, ...]:
        """The same over the nodes of these names; without one dbt would read the next option."""
        return self.invoke(*command, "--select", *names) if names else ()

    def failed_models(self, unique_ids: Collection[str]) -> list[Model]:
        """The models among nodes of the last command, as they were sent to the database."""
        models = (failed_model(self._nodes[name], self.manifest) for name in unique_ids)
        return [model for model in models if model is not None]

    def close(self) -> None:
        """Let go of the warehouse's file, so that others can open it."""
        if self._settings.engine == "duckdb":
            close_warehouse()

    def _run(self, *command: str) -> Any:
        from dbt.cli.main import dbtRunner

        settings = self._settings
        runner = dbtRunner(manifest=self.manifest, callbacks=[self._on_event])
        outcome = runner.invoke(
            [
                *("--log-level", "none", "--log-level-file", "debug"),
                *("--log-path", str(self.log.parent)),
                *("--no-use-colors", "--no-use-colors-file", "--no-send-anonymous-usage-stats"),
                *command,
                *("--project-dir", str(settings.project_dir)),
                *("--profiles-dir", str(dbt_home(settings))),
                *("--target-path", str(target_path(settings))),
            ]
        )
        if isinstance(outcome.exception, KeyboardInterrupt):  # dbt catches even this
            raise outcome.exception
        if outcome.exception is not None:
            what = f"dbt could not {command[0]}"
            raise build_failure(settings, self.log, what, str(outcome.exception))
        return outcome

    def _on_event(self, event: Any) -> None:
        if event.info.name == "LogStartLine":
            data = event.data
            node = data.node_info
            self._progress(f"{data.index} of {data.total}: {node.resource_type} {node.node_name}")


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        resource_type=str(result.node.resource_type),
        status=str(result.status),
        message=result.message or "",
        seconds=result.execution_time,
        failures=result.failures or 0,
        relation=getattr(result.node, "relation_name", None),  # a skipped unit test has none
    )


def _broken(nodes: Sequence[NodeResult]) -> list[NodeResult]:
    return [node for node in nodes if node.status in _BROKEN]


def _require_built(nodes: Sequence[NodeResult], settings: Settings, log: Path) -> None:
    broken = _broken(nodes)
    if broken:
        node, more = broken[0], len(broken) - 1
        what = f"dbt could not build {node.resource_type} {node.name}"
        what = f"{what} (and {more} more)" if more else what
        raise build_failure(settings, log, what, node.message)
