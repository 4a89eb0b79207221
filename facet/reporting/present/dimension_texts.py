"""Words of dimensions and of their values, in the reader's language."""

from datetime import date
from typing import Final

from babel import Locale

from facet.reporting.present.tenant_view import TenantView
from facet.reporting.present.texts import texts
from facet.reporting.query.periods import Grain
from facet.reporting.query.table import Cell

_GRAINS: Final[dict[str, Grain]] = {"local_week": "week", "month": "month", "fiscal_month": "month"}
#: What is said of things that have no value of a dimension.
_MISSING: Final = {
    "channel": "missing.channel",
    "category": "missing.category",
    "product": "missing.product",
    "metal": "missing.metal",
    "gemstone": "missing.gemstone",
    "price_band": "missing.price",
    "brand": "missing.brand",
    "collection": "missing.collection",
    "segment": "missing.segment",
    "country": "missing.country",
    "city": "missing.city",
}


def dimension_label(view: TenantView, name: str) -> str:
    """The label of a dimension, an entity, or a grain of time."""
    known = view.reader.catalogue.dimensions
    if name in known:
        return known[name].label(view.language)
    moment, _, grain = name.rpartition("__")
    if not moment:
        return view.text(f"entity.{name}") if f"entity.{name}" in texts() else name
    label = view.text(f"by_grain.{grain}") if f"by_grain.{grain}" in texts() else grain
    return f"{known[moment].label(view.language)} ({label})" if moment in known else label


def in_a_sentence(label: str) -> str:
    """A label within a sentence: in small letters, but for what is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def value_text(view: TenantView, name: str, value: Cell) -> str:
    """The label of a value of a dimension, an entity, or a grain of time."""
    if value is None:
        column = name.rpartition("__")[2].removesuffix("_name").removesuffix("_id")
        return view.text(_MISSING.get(column, "missing.value"))
    if isinstance(value, date):
        grain = _GRAINS.get(name.rpartition("__")[2])
        return view.formats.bucket(value, grain) if grain == "month" else view.formats.day(value)
    dimension = view.reader.catalogue.dimensions.get(name)
    words = dimension.words if dimension else ""
    if words == "weekday":
        return view.formats.weekday(int(value))
    if words == "hour":
        return view.formats.hour(int(value))
    if words == "country":
        return str(Locale.parse(view.formats.locale).territories.get(str(value), value))
    if words == "price_band":
        return view.text("answer.price_band", price=view.formats.exact(value, "money"))
    if isinstance(value, bool):
        return view.text("answer.yes" if value else "answer.no")
    return view.word(words, value)
