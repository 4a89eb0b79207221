"""MetricFlow's engine and renderers, which are no public interface.

Pinned by dbt-metricflow 0.15 (metricflow 0.213); held by tests/facet/reporting/test_metrics.py, and
that a period reads its days alone by tests/project/test_plans.py. Imported on first use: MetricFlow
takes a second to import.
"""

from typing import Any, cast

from metricflow.engine.metricflow_engine import (
    MetricFlowEngine,
    MetricFlowQueryRequest,
    OutputColumnOrderMode,
)
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.optimizer.optimization_levels import SqlOptimizationLevel
from metricflow.sql.render.duckdb_renderer import (
    DuckDbSqlExpressionRenderer,
    DuckDbSqlPlanRenderer,
)
from metricflow.sql.render.expr_renderer import SqlExpressionRenderResult
from metricflow_semantic_interfaces.type_enums.time_granularity import TimeGranularity
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup


class _Expressions(DuckDbSqlExpressionRenderer):  # type: ignore[misc]
    """Every time dimension of the project is a day: to cut it to the day is to leave it as it is.

    DuckDB would compute ``date_trunc`` for every row of a mart before it knows which rows it needs.
    """

    def visit_date_trunc_expr(self, node: Any) -> Any:
        if node.time_granularity is not TimeGranularity.DAY:
            return super().visit_date_trunc_expr(node)
        day = self.render_sql_expr(node.arg)
        return SqlExpressionRenderResult(
            sql=f"cast({day.sql} as date)", bind_parameter_set=day.bind_parameter_set
        )


class _Plans(DuckDbSqlPlanRenderer):  # type: ignore[misc]
    EXPR_RENDERER = _Expressions()

    @property
    def expr_renderer(self) -> Any:
        return self.EXPR_RENDERER


class _DuckDbDialect:
    """All that compiling needs of a client: it names the dialect, and runs nothing."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = _Plans()


class Engine:
    """Compiler of the metrics of one semantic manifest; one query at a time."""

    def __init__(self, manifest: str) -> None:
        lookup = SemanticManifestLookup(parse_manifest_from_dbt_generated_manifest(manifest))
        self._engine = MetricFlowEngine(lookup, _DuckDbDialect())

    def statement(
        self,
        names: tuple[str, ...],
        by: tuple[str, ...],
        conditions: tuple[str, ...],
        order_by: tuple[str, ...],
        limit: int | None,
    ) -> str:
        """The statement of a query."""
        request = MetricFlowQueryRequest.create(
            metric_names=names or None,
            group_by_names=by or None,
            where_constraints=conditions or None,
            order_by_names=order_by or None,
            limit=limit,
            output_column_order_mode=OutputColumnOrderMode.INPUT_ORDER,
            # the next level shares what several metrics read in a CTE, which DuckDB then writes
            # out whole: a condition on the day would no longer keep it from reading every row
            sql_optimization_level=SqlOptimizationLevel.O4,
        )
        return cast(str, self._engine.explain(request).sql_statement.sql)
