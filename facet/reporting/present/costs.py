"""Cost coverage: how much of the sales has a known cost."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.conditions import Where

_SHOWN: Final = Decimal("0.001")


def where_costed(amount: Decimal, costed: Decimal, demand: Decimal) -> Decimal | None:
    """An amount that rests on costs; None where something was sold and no cost of it is known."""
    return amount if costed or not demand else None


def coverage_of(view: TenantView, names: Sequence[str], where: Where | None = None) -> str | None:
    """Of how much of the period's sales costs are known, where metrics rest on them and it is less
    than all.
    """
    metrics = view.reader.catalogue.metrics
    resting = (metrics[name].costs_of for name in names if name in metrics)
    sales = next(filter(None, resting), ())
    if not sales or not metrics.keys() >= set(sales):
        return None
    found = view.query(sales, period=view.period, where=where)
    return coverage(view, *map(found.total, sales))


def coverage(view: TenantView, costed: Decimal, demand: Decimal) -> str | None:
    """Of how much of some sales costs are known, in words; None where of all."""
    if not demand or costed == demand:
        return None
    if not costed:
        return view.text("cost.unknown")
    share = (costed / demand).quantize(_SHOWN, rounding=ROUND_DOWN)
    return view.text("cost.known", share=view.formats.exact(share, "rate"))
