"""Shapes of questions and answers, for HTTP and assistants alike.

Numbers with decimals are texts, for no reader of JSON keeps their digits. Rows stand in a field of
a model, so that none of them is told as such.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from facet.metrics.orders import OrdersBehind
from facet.metrics.result import Result
from facet.metrics.shop import Asked
from facet.reporting.present.question import MOST_NAMES, MOST_ROWS
from facet.reporting.query.comparing import Comparison
from facet.reporting.query.periods import NamedPeriod

_MOST_VALUES = 200
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Names = Annotated[list[_Name], Field(max_length=MOST_NAMES)]
_Values = Annotated[
    list[Annotated[str, Field(max_length=500)]], Field(min_length=1, max_length=_MOST_VALUES)
]
_Where = Annotated[
    dict[_Name, _Values],
    Field(
        max_length=MOST_NAMES,
        description="Dimensions and the values to keep, which are alternatives; '' keeps what has"
        ' none: {"channel": ["Website"]}.',
    ),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _OfDays(_Strict):
    where: _Where = {}
    period: NamedPeriod | None = Field(
        None, description="Days by a name; without it, start and end: every day there is."
    )
    start: date | None = Field(None, description="The first day, instead of a period.")
    end: date | None = Field(None, description="The last day, instead of a period.")
    limit: int | None = Field(None, ge=1, le=MOST_ROWS, description="At most so many rows.")


class Question(_OfDays):
    """A question in metrics and dimensions."""

    metrics: Annotated[_Names, Field(min_length=1, description="By name: net_sales.")]
    by: _Names = Field([], description="Dimensions to group by: month, channel.")
    compare: Comparison = Field(
        "none",
        description="What the period is compared with: the columns …__before. A change is told by"
        " this alone.",
    )
    order_by: _Names = Field([], description="Metrics or dimensions; - before one: descending.")

    def asked(self, most_rows: int) -> Asked:
        """The question as it is asked, of so many rows at most."""
        return Asked(
            metrics=self.metrics,
            by=self.by,
            where=_given(self.where),
            period=self.period,
            start=self.start,
            end=self.end,
            compare=self.compare,
            order_by=self.order_by,
            limit=min(self.limit or most_rows, most_rows),
        )


class OrdersQuestion(_OfDays):
    """A question for the orders behind a number of sales."""

    metric: Annotated[_Name, Field(description="A sum over orders: net_sales, orders, units …")]

    def asked(self, most_rows: int) -> Asked:
        """The question as it is asked, of so many rows at most."""
        return Asked(
            metrics=[self.metric],
            where=_given(self.where),
            period=self.period,
            start=self.start,
            end=self.end,
            limit=min(self.limit or most_rows, most_rows),
        )


class _OfTenant(BaseModel):
    tenant: str = Field(description="Whose numbers these are.")
    currency: str = Field(description="Of every amount of money.")
    as_of: str = Field(description="The moment of the data, by the tenant's clocks.")


class MetricShape(BaseModel):
    """A metric that may be asked for."""

    name: str
    label: str
    kind: str = Field(description="money, count, rate (0.12 is 12 %), decimal, days or minutes.")
    definition: str


class MetricList(_OfTenant):
    """The metrics that may be asked for."""

    metrics: list[MetricShape]


class DimensionShape(BaseModel):
    """A dimension to group by or narrow to."""

    name: str
    label: str


class DimensionList(BaseModel):
    """The dimensions that all of some metrics have."""

    metrics: list[str]
    dimensions: list[DimensionShape]
    grains: list[str] = Field(
        description="Of the day that a metric counts on; a week is the shop's."
    )


class Explanation(_OfTenant):
    """What a metric means, and what it is computed of."""

    name: str
    label: str
    kind: str
    definition: str
    expression: str
    computed_of: list[str] = Field(description="The metrics that the expression speaks of.")
    marts: list[str]
    filters: list[str] = Field(description="Which rows of the marts count, where not all do.")
    dimensions: list[DimensionShape]
    permissions: list[list[str]] = Field(description="Of each list one permission is needed.")
    lower_is_better: bool
    adds_up: bool = Field(description="Whether parts by a dimension add up to the whole.")
    orders_behind: bool = Field(description="Whether the orders behind it can be asked for.")


class ColumnShape(BaseModel):
    """A column; of a dimension `kind` is null."""

    name: str
    label: str
    kind: str | None


class Answer(BaseModel):
    """Rows of a question, with what they are of; decimals are texts with all their digits."""

    as_of: str
    currency: str
    days: str = Field(description="The days in words; empty: every day there is.")
    period: tuple[date, date] | None
    compared: tuple[date, date] | None
    not_compared: str | None = Field(description="Why it is compared with nothing, though asked.")
    is_cut: bool = Field(description="Whether there are more rows than these.")
    slips: list[str] = Field(
        description="What was kept by `where` that nothing has at any time, in words, with values"
        " that there are: the name may be misspelt."
    )
    columns: list[ColumnShape]
    rows: list[list[str | int | bool | None]]

    @classmethod
    def of(cls, result: Result) -> Self:
        """The shape of a result."""
        return cls.model_validate_json(result.to_json())


class OrdersAnswer(BaseModel):
    """Orders behind a number: those listed and the others add up to it."""

    metric: str
    number: str | None = Field(description="Null where it is not known.")
    others: int = Field(description="How many orders are not listed.")
    others_sum: str
    listed: Answer

    @classmethod
    def of(cls, found: OrdersBehind) -> Self:
        """The shape of the orders behind a number."""
        return cls(
            metric=found.metric,
            number=None if found.number is None else str(found.number),
            others=found.others,
            others_sum=str(found.others_sum),
            listed=Answer.of(found.listed),
        )


class Problem(BaseModel):
    """Why there is no answer, and what to do about it."""

    what: str
    why: str
    next_step: str


def _given(where: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in where.items() for value in values]
