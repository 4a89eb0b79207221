"""A metric as its definition in the project describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from facet.reporting.query.manifest import measures_of
from facet.reporting.query.table import in_language

Kind = Literal["money", "count", "rate", "decimal", "days", "minutes"]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A metric as its definition in the project describes it."""

    name: str
    kind: Kind
    #: Its ``label`` and ``description``; in other languages ``label_vi`` and so on.
    texts: Mapping[str, str]
    #: Whether it is 0, rather than unknown, where there is nothing.
    is_sum: bool
    #: Whether it is 0 where nothing happened, though it may be unknown where something did.
    is_amount: bool
    #: Whether its days can be cut at a time of day.
    tells_time: bool
    #: Dimensions of which a query keeps one value, or by which it groups: sums over several
    #: of their values mean nothing.
    choose: tuple[str, ...]
    lower_is_better: bool
    #: Whether its parts add up by any dimension.
    is_additive: bool
    #: Whether it belongs to an order as a whole, and to no category of it.
    whole_order_only: bool
    #: Whether it comes to rest only later: of a time before it is told as it was then.
    as_of: bool
    #: Whether a period still grows by what is given back of its orders later: always, or where the
    #: tenant dates returns by their orders.
    counts_later_returns: Literal["always", "as_dated"] | None
    #: Whether it is a share of more than it tells of: 0 where nothing of that happened.
    is_share: bool
    #: What it is a rate of, which may be negative, and then the rate says nothing.
    rate_of: str | None
    #: The metric that says what it was to come to.
    target: str | None
    #: What it rests on: the sales whose costs are known, and all sales.
    costs_of: tuple[str, ...]

    def label(self, language: str) -> str:
        """Its name for people."""
        return self.texts[in_language("label", language, self.texts)]

    def description(self, language: str) -> str:
        """Its definition in a sentence or two."""
        return self.texts[in_language("description", language, self.texts)]


def metric_of(
    entry: Mapping[str, Any], meta: Mapping[str, Any], *, summed: set[str], timed: set[str]
) -> Metric:
    """A metric of a semantic manifest; `summed` and `timed` are the measures that are so."""
    measures = measures_of(entry)
    is_ratio = meta.get("is_ratio", entry["type"] != "simple")
    is_amount = measures <= summed and not is_ratio
    return Metric(
        name=entry["name"],
        kind=meta.get("format", "decimal"),
        texts=_texts(entry, meta),
        is_sum=is_amount and not meta.get("is_nullable", False),
        is_amount=is_amount,
        tells_time=measures <= timed,
        choose=tuple(meta.get("choose", ())),
        lower_is_better=meta.get("lower_is_better", False),
        is_additive=meta.get("is_additive", False),
        whole_order_only=meta.get("whole_order_only", False),
        as_of=meta.get("as_of", False),
        counts_later_returns=meta.get("counts_later_returns"),
        is_share=meta.get("is_share", False),
        rate_of=meta.get("rate_of"),
        target=meta.get("target"),
        costs_of=tuple(meta.get("costs_of", ())),
    )


def _texts(entry: Mapping[str, Any], meta: Mapping[str, Any]) -> dict[str, str]:
    """Label and description of a metric; those in other languages stand in its meta."""
    source = {
        "label": entry.get("label") or entry["name"],
        "description": entry.get("description") or "",
    }
    translated = {
        key: text
        for key, text in meta.items()
        if key.startswith(("label_", "description_")) and text
    }
    return {key: " ".join(text.split()) for key, text in (source | translated).items()}
