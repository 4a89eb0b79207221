"""What somebody looks for by a few words, over all that their pages can open, the best first.

What nobody may open is not looked for: each kind of thing belongs to the page that opens it, and
only the pages of the reader are searched. Below, the gateway hides what it hides everywhere.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from facet.reporting.present.staff import people_of
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.present.texts import texts
from facet.reporting.query.folding import folded
from facet.reporting.query.marts import PLACE
from facet.reporting.query.table import Cell, Record
from facet.rights.codes import PERSONAL_DATA

Kind = Literal["page", "metric", "product", "order", "customer", "person", "campaign", "promotion"]
#: So many of each kind are shown; so short words find too much to be of use.
MOST: Final = 5
LEAST_LETTERS: Final = 2
MOST_LETTERS: Final = 80
_MOST_WORDS: Final = 8
#: The place of what has the words in its explanation alone.
_EXPLAINED: Final = 4


@dataclass(frozen=True, kw_only=True)
class Found:
    """A thing that was found: the page that opens it, and how its address names it.

    `place` says how well it fits, 0 the best: it is just these words, begins with them, words of
    it begin so, it has them anywhere, or words of its explanation begin so.
    """

    key: str
    label: str
    page: str
    place: int
    address: Mapping[str, Sequence[str]] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of a kind, the best first; `has_more` where there is more than is shown."""

    kind: Kind
    found: Sequence[Found]
    has_more: bool


def words_of(given: str) -> tuple[str, ...]:
    """The words to look for; none where what was given is too short."""
    words = tuple(dict.fromkeys(folded(given[:MOST_LETTERS]).split()))[:_MOST_WORDS]
    return words if len("".join(words)) >= LEAST_LETTERS else ()


def search(view: TenantView, words: Sequence[str], pages: Collection[str]) -> Sequence[Group]:
    """What has all of some words, by kind; the kind of what fits best comes first.

    Args:
        view: of whoever looks.
        words: as `words_of` reads them.
        pages: the names of the pages that the reader may see.
    """
    if not words:
        return ()
    groups = [
        Group(kind=kind, found=found[:MOST], has_more=len(found) > MOST)
        for kind, (page, find) in _KINDS.items()
        if page in pages and (found := sorted(find(view, words), key=lambda each: each.place))
    ]
    shown = sorted(_pages(view, words, pages), key=lambda each: each.place)
    if shown:
        groups.insert(0, Group(kind="page", found=shown[:MOST], has_more=len(shown) > MOST))
    return sorted(groups, key=lambda group: group.found[0].place)


def kinds_of(view: TenantView, pages: Collection[str]) -> Sequence[Kind]:
    """The kinds of things that somebody may find."""
    names = view.principal.may(PERSONAL_DATA)
    kinds = [kind for kind, (page, _) in _KINDS.items() if page in pages]
    return ("page", *(kind for kind in kinds if kind != "customer" or names))


def _pages(view: TenantView, words: Sequence[str], pages: Collection[str]) -> Iterable[Found]:
    """Pages by their titles in any language, and by what they say of themselves."""
    for name in pages:
        about = f"{name}.about"
        place = _place(words, texts()[f"page.{name}"].values(), texts()[about].values())
        if place is not None:
            yield Found(
                key=name,
                label=view.text(f"page.{name}"),
                page=name,
                place=place,
                about=view.text(about),
            )


def _metrics(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """The metrics that the reader may ask for, by their words in any language."""
    for metric in view.metrics.values():
        told = metric.texts
        names = [metric.name, *(told[key] for key in told if key.startswith("label"))]
        place = _place(words, names, [told[key] for key in told if key.startswith("description")])
        if place is not None:
            yield Found(
                key=metric.name,
                label=metric.label(view.language),
                page="explorer",
                place=place,
                address={"metric": [metric.name]},
                about=metric.description(view.language),
            )


def _orders(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """Orders that count, by a part of the number, the latest first."""
    for order in _rows(
        view,
        "fct_orders",
        ("order_id", "order_number", "order_date", "channel_name"),
        words,
        among=("order_number",),
        order_by=("-order_date", "-order_id"),
    ):
        key = str(order["order_id"])
        told = (view.formats.day_or_dash(order["order_date"]), order["channel_name"])
        yield _found("sales", key, order, "order_number", told, pick=f"order:{key}")


def _products(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """Products by name and SKU, then those of which a variant has the words."""
    columns, order = ("product_id", "product_name", "sku"), ("-year_net_sales_amount", "product_id")
    among = ("product_name", "sku")
    own = list(_rows(view, "rpt_products", columns, words, among=among, order_by=order))
    for product in own:
        key = str(product["product_id"])
        yield _found("products", key, product, "product_name", (product["sku"],), product=key)
    variants = _rows(
        view,
        "rpt_product_variants",
        ("product_id", "variant_name", "sku"),
        words,
        among=("sku", "variant_name"),
        order_by=("product_id", "variant_id"),
    )
    others = {variant["product_id"]: variant for variant in reversed(list(variants))}
    for product in own:
        others.pop(product["product_id"], None)
    if not others or not view.marts.has("rpt_products"):
        return
    told = view.marts.rows("rpt_products", columns[:2], where={"product_id": list(others)})
    for product in told.records():
        key, variant = str(product["product_id"]), others[product["product_id"]]
        shown = {**product, PLACE: variant[PLACE]}
        about = (variant["variant_name"], variant["sku"])
        yield _found("products", key, shown, "product_name", about, product=key)


def _customers(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """Customers by name and code, for those who may see who they are."""
    if not view.principal.may(PERSONAL_DATA):
        return
    for person in _rows(
        view,
        "rpt_persons",
        ("person_id", "full_name", "customer_code", "segment"),
        words,
        among=("full_name", "customer_code"),
        order_by=("-net_sales_amount", "person_id"),
    ):
        key, name = str(person["person_id"]), person["full_name"] or person["customer_code"]
        code = (person["customer_code"],) if person["full_name"] else ()
        shown = {**person, "full_name": name}
        address = {"segment": str(person["segment"]), "customer": key}
        yield _found("customers", key, shown, "full_name", code, **address)


def _people(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """The people whose performance the reader may see, by name and job."""
    if not view.marts.has("dim_staff", "user_id", "full_name", "job_title"):
        return
    for person in people_of(view).values():
        job = person.job_title or ""
        place = _place(words, [person.name], [job])
        if place is not None:
            key = str(person.user_id)
            yield Found(
                key=key,
                label=person.name,
                page="staff",
                place=place,
                address={"person": [key]},
                about=job,
            )


def _campaigns(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """Campaigns by name and code, the newest first."""
    for campaign in _rows(
        view,
        "dim_campaigns",
        ("campaign_id", "campaign_name", "campaign_code"),
        words,
        among=("campaign_name", "campaign_code"),
        order_by=("-start_date", "campaign_id"),
    ):
        key = str(campaign["campaign_id"])
        code = (campaign["campaign_code"],)
        yield _found("campaigns", key, campaign, "campaign_name", code, campaign=key, show="all")


def _promotions(view: TenantView, words: Sequence[str]) -> Iterable[Found]:
    """Promotions by name and code, the newest first; as on their page none deleted unused."""
    for promotion in _rows(
        view,
        "rpt_promotions",
        ("promotion_id", "promotion_name", "promotion_code", "attempt_count", "is_deleted"),
        words,
        among=("promotion_name", "promotion_code"),
        order_by=("-start_date", "promotion_id"),
        limit=None,
    ):
        if promotion["attempt_count"] or not promotion["is_deleted"]:
            key = str(promotion["promotion_id"])
            code = (promotion["promotion_code"],)
            yield _found("promotions", key, promotion, "promotion_name", code, promotion=key)


_Find = Callable[[TenantView, Sequence[str]], Iterable[Found]]
#: Each kind with the page that opens it.
_KINDS: Final[Mapping[Kind, tuple[str, _Find]]] = {
    "metric": ("explorer", _metrics),
    "product": ("products", _products),
    "order": ("sales", _orders),
    "customer": ("customers", _customers),
    "person": ("staff", _people),
    "campaign": ("campaigns", _campaigns),
    "promotion": ("promotions", _promotions),
}


def _rows(
    view: TenantView,
    mart: str,
    columns: Sequence[str],
    words: Sequence[str],
    *,
    among: Sequence[str],
    order_by: Sequence[str],
    limit: int | None = MOST + 1,
) -> Sequence[Record]:
    """Rows of a mart that have the words; none of a release that was made before it."""
    needed = {*columns, *among, *(name.removeprefix("-") for name in order_by)}
    if not view.marts.has(mart, *needed):
        return ()
    return view.marts.find(
        mart, columns, words=words, among=among, order_by=order_by, limit=limit
    ).records()


def _found(
    page: str, key: str, row: Record, name: str, told: Iterable[Cell], **address: str
) -> Found:
    return Found(
        key=key,
        label=str(row[name]),
        page=page,
        place=int(str(row[PLACE])),
        address={parameter: [value] for parameter, value in address.items()},
        about=" · ".join(str(part) for part in told if part),
    )


def _place(words: Sequence[str], names: Iterable[str], more: Iterable[str]) -> int | None:
    """How well names fit, as `Conditions.keep_words` has it; of these and of what explains them
    only the beginnings of words are looked at, or short ones would be everywhere.
    """
    each = [folded(name) for name in names]
    text, whole = f" {' '.join(each)}", " ".join(words)
    if not all(f" {word}" in text for word in words):
        explained = f"{text} {folded(' '.join(more))}"
        return _EXPLAINED if all(f" {word}" in explained for word in words) else None
    if whole in each:
        return 0
    return 1 if any(name.startswith(whole) for name in each) else 2
