"""What is offered to programs and assistants: five questions, the same by every way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from facet.api.refusals import FileNotPermittedError
from facet.api.shapes import (
    DimensionList,
    DimensionShape,
    Explanation,
    MetricList,
    MetricShape,
    OrdersQuestion,
    Question,
)
from facet.metrics.orders import OrdersBehind
from facet.metrics.result import Result
from facet.metrics.shop import Shop
from facet.reporting.present.dimension_texts import dimension_label
from facet.reporting.present.filters import MEASURES
from facet.reporting.present.question import MOST_ROWS
from facet.reporting.query.dimensions import TIME
from facet.reporting.query.metric import Metric
from facet.rights.codes import EXPORT

#: The rows of an answer to look at; more of them are an export.
MOST_LOOKED_AT: Final = 1_000
#: What ``week`` means.
_OWN_WEEK: Final = "local_week"


@dataclass(frozen=True)
class Offer:
    """The questions that may be asked of a shop; an answer has `most_rows` at most."""

    shop: Shop
    most_rows: int

    @classmethod
    def to_look_at(cls, shop: Shop) -> "Offer":
        """Answers for whoever reads them."""
        return cls(shop, MOST_LOOKED_AT)

    @classmethod
    def to_keep(cls, shop: Shop, *, is_file: bool) -> "Offer":
        """Answers for programs: long ones, and files, for those who may export.

        Raises:
            FileNotPermittedError: it is a file, and they may not.
        """
        if shop.view.principal.may(EXPORT):
            return cls(shop, MOST_ROWS)
        if is_file:
            raise FileNotPermittedError(
                "Files are not for everybody",
                why=f"CSV, Arrow and Parquet need {EXPORT}, as exports on pages do.",
                next_step=f"Ask for JSON, of up to {MOST_LOOKED_AT:,} rows.",
            )
        return cls.to_look_at(shop)

    def metrics(self, search: str | None = None) -> MetricList:
        """The metrics that may be asked for, or those that a word is in."""
        language = self.shop.view.language
        shapes = sorted(
            (_metric(metric, language) for metric in self.shop.metrics()), key=lambda one: one.name
        )
        word = (search or "").casefold()
        found = [
            shape
            for shape in shapes
            if any(word in text.casefold() for text in (shape.name, shape.label, shape.definition))
        ]
        return MetricList(metrics=found, **self._tenant())

    def dimensions(self, metrics: Sequence[str]) -> DimensionList:
        """The dimensions that all of some metrics have."""
        return DimensionList(
            metrics=list(metrics),
            dimensions=self._dimensions(metrics),
            grains=[g for g in self.shop.view.reader.catalogue.grains if g != _OWN_WEEK],
        )

    def query(self, question: Question) -> Result:
        """The answer to a question."""
        return self.shop.ask(question.asked(self.most_rows))

    def orders(self, question: OrdersQuestion) -> OrdersBehind:
        """The orders behind a number of sales."""
        return self.shop.orders(question.asked(self.most_rows))

    def explain(self, name: str) -> Explanation:
        """What a metric means, and what it is computed of."""
        dimensions = self._dimensions([name])
        view = self.shop.view
        metric, catalogue = view.metric(name), view.reader.catalogue
        source = catalogue.sources[name]
        return Explanation(
            **_metric(metric, view.language).model_dump(),
            expression=source.expression,
            computed_of=list(source.metrics),
            marts=list(source.marts),
            filters=list(source.filters),
            dimensions=dimensions,
            permissions=[sorted(needed) for needed in catalogue.permissions[name]],
            lower_is_better=metric.lower_is_better,
            adds_up=metric.is_additive,
            orders_behind=name in MEASURES,
            **self._tenant(),
        )

    def _dimensions(self, metrics: Sequence[str]) -> list[DimensionShape]:
        view = self.shop.view
        return [
            DimensionShape(name=name, label=dimension_label(view, name))
            for name in self.shop.dimensions(*metrics)
            if name != TIME  # by its grains
        ]

    def _tenant(self) -> dict[str, str]:
        tenant = self.shop.view.tenant
        return {
            "tenant": tenant.name,
            "currency": tenant.currency,
            "as_of": tenant.as_of_local.isoformat(timespec="seconds"),
        }


def _metric(metric: Metric, language: str) -> MetricShape:
    return MetricShape(
        name=metric.name,
        label=metric.label(language),
        kind=metric.kind,
        definition=metric.description(language),
    )
