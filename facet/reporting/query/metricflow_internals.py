"""MetricFlow's engine and renderers, which are no public interface.

Pinned by dbt-metricflow 0.15 (metricflow 0.213); held by tests/facet/reporting/test_metrics.py, and
that a period is asked of columns with days by tests/project/test_plans.py. Imported on first use:
MetricFlow takes a second to import.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

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

#: How the name of a column ends that has a moment, on the tenant's clocks.
_MOMENT: Final = "_at_local"


class _Expressions(DuckDbSqlExpressionRenderer):  # type: ignore[misc]
    """Writes the day of a moment as the column that has it, and weeks and months as those of it.

    Marts are sorted by days. DuckDB skips the rows of other days by what it knows of a column
    alone: of ``date_trunc``, or of a cast of the moment, it would compute every row of a mart
    before it knows which it needs.

    Args:
        days: the column with the day of each column with a moment.
    """

    def __init__(self, days: Mapping[str, str]) -> None:
        self._days = days

    def visit_date_trunc_expr(self, node: Any) -> Any:
        granularity = node.time_granularity
        if granularity.to_int() < TimeGranularity.DAY.to_int():
            return super().visit_date_trunc_expr(node)
        moment = self.render_sql_expr(node.arg)
        day = self._days.get(moment.sql, moment.sql)
        of_a_day = granularity is TimeGranularity.DAY
        return SqlExpressionRenderResult(
            sql=f"cast({day} as date)" if of_a_day else f"date_trunc('{granularity.value}', {day})",
            bind_parameter_set=moment.bind_parameter_set,
        )


class _Plans(DuckDbSqlPlanRenderer):  # type: ignore[misc]
    def __init__(self, days: Mapping[str, str]) -> None:
        super().__init__()
        self.EXPR_RENDERER = _Expressions(days)

    @property
    def expr_renderer(self) -> Any:
        return self.EXPR_RENDERER


class _DuckDbDialect:
    """All that compiling needs of a client: it names the dialect, and runs nothing."""

    sql_engine_type = SqlEngine.DUCKDB

    def __init__(self, days: Mapping[str, str]) -> None:
        self.sql_plan_renderer = _Plans(days)


def days_of_moments(manifest: Any) -> Mapping[str, str]:
    """The column with the day of each moment: a mart has it under the name of the dimension."""
    found: dict[str, set[str]] = {}
    for model in manifest.semantic_models:
        for dimension in model.dimensions:
            if dimension.expr and dimension.expr.endswith(_MOMENT):
                found.setdefault(dimension.expr, set()).add(dimension.name)
    return {moment: names.pop() for moment, names in found.items() if len(names) == 1}


class Engine:
    """Compiler of the metrics of one semantic manifest; one query at a time."""

    def __init__(self, manifest: str) -> None:
        parsed = parse_manifest_from_dbt_generated_manifest(manifest)
        dialect = _DuckDbDialect(days_of_moments(parsed))
        self._engine = MetricFlowEngine(SemanticManifestLookup(parsed), dialect)

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

    def dimensions_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The dimensions and entities that all of some metrics have; moments without a grain.

        Of a thing that is joined, not of what that thing refers to in turn.
        """
        found = self._engine.simple_dimensions_for_metrics(list(names))
        dimensions = {
            name for each in found if (name := each.granularity_free_dunder_name).count("__") < 2
        }
        entities = {each.name for each in self._engine.entities_for_metrics(list(names))}
        return tuple(sorted(dimensions | entities))
