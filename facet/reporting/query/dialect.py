"""MetricFlow's SQL for DuckDB, written so that a period reads its days alone.

Imported on first use: MetricFlow takes a second to import.
"""

from typing import Any

from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import (
    DuckDbSqlExpressionRenderer,
    DuckDbSqlPlanRenderer,
)
from metricflow.sql.render.expr_renderer import SqlExpressionRenderResult
from metricflow_semantic_interfaces.type_enums.time_granularity import TimeGranularity


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


class DuckDbDialect:
    """All that compiling needs of a client: it names the dialect, and runs nothing."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = _Plans()
