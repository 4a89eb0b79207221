"""Metrics as MetricFlow compiles them for any tool: of dbt's own manifest, in an engine's SQL."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

from metricflow.engine.metricflow_engine import (
    MetricFlowEngine,
    MetricFlowQueryRequest,
    OutputColumnOrderMode,
)
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow.sql.render.postgres import PostgresSQLSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

_DIALECTS: Final[Any] = {
    "duckdb": (SqlEngine.DUCKDB, DuckDbSqlPlanRenderer),
    "postgres": (SqlEngine.POSTGRES, PostgresSQLSqlPlanRenderer),
}


class _Client:
    """All that compiling needs of a client: it names the dialect, and runs nothing."""

    def __init__(self, engine: str) -> None:
        self.sql_engine_type, renderer = _DIALECTS[engine]
        self.sql_plan_renderer = renderer()


class Compiler:
    """The SQL that ``mf query`` runs on an engine."""

    def __init__(self, manifest: Path, engine: str) -> None:
        parsed = parse_manifest_from_dbt_generated_manifest(manifest.read_text())
        self._engine = MetricFlowEngine(SemanticManifestLookup(parsed), cast(Any, _Client(engine)))

    def statement(
        self, metrics: Sequence[str], by: Sequence[str] = (), where: Sequence[str] = ()
    ) -> str:
        """The statement of a query."""
        return self._sql(
            MetricFlowQueryRequest.create(
                metric_names=metrics,
                group_by_names=by or None,
                where_constraints=where or None,
                output_column_order_mode=OutputColumnOrderMode.INPUT_ORDER,
            )
        )

    def saved(self, name: str) -> str:
        """The statement of a saved query."""
        return self._sql(MetricFlowQueryRequest.create(saved_query_name=name))

    def _sql(self, request: MetricFlowQueryRequest) -> str:
        return cast(str, self._engine.explain(request).sql_statement.sql)
