"""Facts as sentences, in the reader's language."""

from collections.abc import Sequence
from decimal import Decimal

from facet.reporting.present.contributions import OF_NET_SALES, Effects, Part, worth_telling
from facet.reporting.present.formats import DASH
from facet.reporting.query.table import Cell
from facet.reporting.screen.pages.home.data.stretches import Figure, Stretch, Subject
from facet.reporting.screen.pages.home.data.why import OTHERS, SEVERAL, Split
from facet.reporting.screen.session.view import View


def headline(view: View, subject: Subject, stretch: Stretch) -> str:
    """What net sales came to, and whether that is as usual."""
    sales = stretch.sales
    values = {
        "sales": view.text(f"home_sales.{subject.name}"),
        "now": view.formats.short(sales.now, "money"),
        "before": view.formats.short(sales.before, "money"),
        "orders": view.count(stretch.figures[-1].now or 0),
    }
    if stretch.preset == "yesterday":
        day = stretch.now.period.start
        return view.text(
            f"home_yesterday.{state_of_yesterday(stretch)}",
            weekday=view.formats.weekday(day.isoweekday(), "EEEE"),
            days=view.count(stretch.days),
            event=event_name(view, stretch),
            **values,
        )
    moved = {None: "plain", 0: "usual"}.get(sales.compares, "moved")
    return view.text(
        f"home_period.{moved}",
        period=view.text(f"home_period.{stretch.preset}"),
        change=_change(view, sales),
        against=against(view, stretch),
        **values,
    )


def other(view: View, stretch: Stretch, figure: Figure) -> str:
    """Another metric that is not as usual."""
    kind = view.kind(figure.metric)
    state = "moved" if stretch.preset != "yesterday" else _more_or_less(figure.compares)
    return view.text(
        f"home_other.{state}",
        metric=view.label(figure.metric),
        now=view.formats.short(figure.now, kind),
        before=view.formats.short(figure.before, kind),
        change=_change(view, figure),
        against=against(view, stretch),
    )


def of_effects(view: View, effects: Effects) -> str:
    """What a change of net sales is made of: quantity, price and so on, which add up to it."""
    change = effects.of(OF_NET_SALES)
    values = [getattr(effects, name) for name in OF_NET_SALES]
    written = view.formats.side_by_side([change, *values], "money")
    parts = [
        f"{view.text(f'home_effect.{name}_{_more_or_less(value)}')} {signed(written(value), value)}"
        for name in OF_NET_SALES
        if (value := getattr(effects, name))
    ]
    told = ", ".join(parts) or DASH
    return view.text("home_why.effects", change=signed(written(change), change), parts=told)


def of_split(view: View, split: Split) -> str:
    """The largest parts of a change by one dimension, and what all others come to."""
    told = worth_telling(split.parts)
    kind = view.kind(split.metric)
    written = view.formats.side_by_side([part.change for part in split.parts], kind)

    def listed(parts: Sequence[Part]) -> list[str]:
        return [
            f"{part_name(view, split, part)} {signed(written(part.change), part.change)}"
            for part in parts
        ]

    along = listed(told.with_it)
    if told.other_count:
        others = view.text("home_why.others", count=view.count(told.other_count))
        along.append(f"{others} {signed(written(told.others), told.others)}")
    parts = ", ".join(along)
    if told.against_it:
        against_it = ", ".join(listed(told.against_it))
        parts = view.text("home_why.against", parts=parts, against=against_it)
    return view.text(f"home_why.{split.by}", parts=parts)


def part_name(view: View, split: Split, part: Part) -> str:
    """The name of a channel, a person or whatever a change is split by."""
    match split.by, part.key:
        case "person", None:
            return view.text("home_name.unattributed")
        case "person", key if key == OTHERS:
            return view.text("home_name.others")
        case "promotion", None:
            return view.text("home_name.no_promotion")
        case "promotion", key if key == SEVERAL:
            return view.text("home_name.several")
        case (("person" | "promotion"), key):
            return str(part.name or key)
    return view.value_label(split.dimension.name, part.name)


def against(view: View, stretch: Stretch) -> str:
    """What a stretch is held against."""
    if stretch.comparison == "none":
        return ""
    return view.text(f"home_against.{stretch.comparison}", event=event_name(view, stretch))


def event_name(view: View, stretch: Stretch) -> str:
    """The event of a stretch; nothing where there is none."""
    event = stretch.event
    return "" if event is None else event.name or view.word("event", event.code)


def signed(written: str, value: Decimal) -> str:
    """A written number with its sign, though it be positive."""
    return f"+{written}" if value > 0 else written


def _change(view: View, figure: Figure) -> str:
    """The change of a figure, of what it was; by how much, where it was nothing."""
    if figure.now is None or figure.before is None:
        return DASH
    kind, change = view.kind(figure.metric), figure.now - figure.before
    said = view.formats.change(figure.now, figure.before, kind)
    return said or signed(view.formats.short(change, kind), change)


def state_of_yesterday(stretch: Stretch) -> str:
    """Which sentence tells of yesterday; ordinary is a day of which nothing was unusual."""
    if stretch.event is not None:
        return "event"
    compares = stretch.sales.compares
    if compares:
        return _more_or_less(compares)
    is_ordinary = compares == 0 and not any(figure.compares for figure in stretch.figures)
    return "usual" if is_ordinary else "plain"


def _more_or_less(value: Cell) -> str:
    assert isinstance(value, int | Decimal)
    return "more" if value > 0 else "less"
