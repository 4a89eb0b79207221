"""What differs between a build and a release, as values; every figure is exact text."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

#: What became of a row; of a mart: it is in the build alone, or in the release alone.
Kind = Literal["added", "removed", "changed"]
State = Literal["changed", "new", "gone"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure before and after: of a month (a total), or of a column's values (a shift)."""

    of: str
    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True)
class Example:
    """A row that differs: its key, and the columns that do; personal data are not shown."""

    kind: Kind
    key: Mapping[str, str | None]
    columns: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class TenantDifference:
    """What differs of one tenant's rows of a mart."""

    tenant_id: int
    rows_before: int
    rows_after: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    #: In how many rows a column changed.
    columns: Mapping[str, int]
    totals: tuple[Figure, ...] = ()
    shifts: tuple[Figure, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MartDifference:
    """A mart that is new or gone, or whose columns or rows are others.

    `key`: what tells its rows apart; empty where rows were compared as wholes (`because`).
    `retyped`: columns with their type before and after.
    """

    mart: str
    state: State
    key: tuple[str, ...] = ()
    because: str = ""
    columns_new: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    retyped: tuple[Figure, ...] = ()
    tenants: tuple[TenantDifference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MetricDifference:
    """A metric whose values of some months are others, for one tenant.

    `choice`: the alternative that was chosen where a metric has some. `months`: how many differ;
    `examples`: those that differ most.
    """

    metric: str
    tenant_id: int
    choice: str = ""
    months: int
    examples: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that differs.

    `marts_compared`, `metrics_compared`: how many are on either side. `not_built`: marts of the
    project that the build does not have, taken as they are served.
    """

    build: str
    release_id: str
    tenants: Mapping[int, str]
    marts_compared: int
    metrics_compared: int
    not_built: tuple[str, ...] = ()
    marts: tuple[MartDifference, ...] = ()
    metrics: tuple[MetricDifference, ...] = ()
    metrics_new: tuple[str, ...] = ()
    metrics_gone: tuple[str, ...] = ()
    #: What could not be compared, each with its reason.
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.marts or self.metrics or self.metrics_new or self.metrics_gone)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON can say it."""
        return asdict(self)
