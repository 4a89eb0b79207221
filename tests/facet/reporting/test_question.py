"""Questions: short names told in full, values read, rows beside those of another time, rights."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.identity.identity import sign_in_demo
from facet.reporting.present.choices import require_choices
from facet.reporting.present.filters import Filters
from facet.reporting.present.question import (
    Answer,
    QuestionError,
    answer,
    permitted_metrics,
    statement,
    understood,
)
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.catalogue import AmbiguousQuestionError
from facet.reporting.query.periods import Period
from facet.reporting.query.unknown_names import UnknownNameError
from facet.rights.document import newest
from tests.facet.reporting import house_campaigns
from tests.facet.reporting.fixtures import AT_THIS_MACHINE, sign_in
from tests.facet.reporting.house import NEW_YORK, SAIGON, Order, id_of, publish_house

ViewOf = Callable[..., TenantView]
MONTH = Filters(preset="month_to_date", comparison="before")
CHANNEL, DAY = "ledger_entry__channel_name", "metric_time__day"


@pytest.fixture
def view_of(house: Release) -> ViewOf:
    def view(tenant_id: int = NEW_YORK, filters: Filters = MONTH) -> TenantView:
        return TenantView.of(sign_in(house, tenant_id), house, "en").showing(filters)

    return view


def asked(view: TenantView, metrics: Sequence[str], **rest: Any) -> Answer:
    return answer(view, understood(view, metrics, **rest))


def test_rows_stand_beside_those_of_the_comparison(view_of: ViewOf) -> None:
    """February has one order by the same time of its 18th, of the boutique."""
    found = asked(view_of(), ["net_sales", "orders"], by=["channel"])

    assert found.table.columns == (
        *(CHANNEL, "net_sales", "orders", "net_sales__before", "orders__before"),
    )
    assert found.table.rows == (
        ("Boutique", Decimal("799.90"), 1, Decimal("600.00"), 1),
        ("Website", Decimal("290.50"), 2, 0, 0),
    )
    assert found.compared is not None
    assert (found.compared.start, found.compared.end) == (date(2026, 2, 1), date(2026, 2, 18))


def test_the_same_question_of_another_tenant_is_another_answer(view_of: ViewOf) -> None:
    found = asked(view_of(SAIGON), ["net_sales"], by=["channel"])
    assert [row[:2] for row in found.table.rows] == [
        ("Cửa hàng", Decimal("25000000.00")),
        ("Zalo", Decimal("2250000.00")),
    ]


def test_days_stand_beside_days(view_of: ViewOf) -> None:
    assert asked(view_of(), ["net_sales"], by=["day"]).table.rows == (
        (date(2026, 3, 2), Decimal("899.90"), 0),
        (date(2026, 3, 5), Decimal("-100.00"), 0),
        (date(2026, 3, 10), Decimal("250.50"), 0),
        (date(2026, 3, 18), Decimal("40.00"), Decimal("600.00")),
    )


def test_what_stands_beside_nothing_is_in_the_answer(
    tmp_path: Path, semantic_manifest: Path
) -> None:
    """31 January is beside no day of February; the column adds up to January."""
    orders = (
        Order(order_id=1, day=date(2026, 1, 1), gross="3.00"),
        Order(order_id=2, day=date(2026, 1, 31), gross="7.00"),
        Order(order_id=3, day=date(2026, 2, 10), gross="10.00"),
        Order(tenant_id=SAIGON, order_id=3, day=date(2026, 2, 10), gross="99.00"),
    )
    release = publish_house(Settings(home=tmp_path), semantic_manifest, orders=orders)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    view = TenantView.of(sign_in(release, NEW_YORK), release, "en").showing(
        Filters(preset="custom", custom=february, comparison="before")
    )
    assert asked(view, ["net_sales"], by=["day"]).table.rows == (
        (date(2026, 2, 10), Decimal("10.00"), 0),
        (date(2026, 2, 1), 0, Decimal("3.00")),
        (None, 0, Decimal("7.00")),
    )


def test_quarters_are_compared_with_nothing(view_of: ViewOf) -> None:
    with pytest.raises(QuestionError, match="metric_time__quarter"):
        asked(view_of(), ["net_sales"], by=["quarter"])
    of_all_time = asked(view_of(), ["net_sales"], by=["quarter"], is_of_all_time=True)
    assert [row[0] for row in of_all_time.table.rows] == [date(2025, 1, 1), date(2026, 1, 1)]
    assert of_all_time.compared is None


def test_values_are_of_the_type_of_their_dimension(view_of: ViewOf) -> None:
    website = str(id_of("Website"))
    found = asked(view_of(), ["net_sales"], where=[("ledger_entry__page_id", website)])
    assert found.table.number("net_sales") == Decimal("290.50")
    both = asked(view_of(), ["net_sales"], where=[("channel", "Website"), ("channel", "Boutique")])
    assert both.table.number("net_sales") == Decimal("1090.40")
    # payments and taxes are of no category
    untold = asked(view_of(), ["taxes"], where=[("ledger_entry__category_name", "")])
    assert untold.table.number("taxes") == Decimal("92.04")
    with pytest.raises(QuestionError, match="'Website' is no value"):
        asked(view_of(), ["net_sales"], where=[("ledger_entry__page_id", "Website")])


def test_an_answer_ends_where_it_was_asked_to_and_says_so(view_of: ViewOf) -> None:
    everything = replace(MONTH, comparison="none")
    view = view_of(filters=everything)
    found = asked(view, ["orders"], by=["day"], order_by=["-orders", "day"], limit=2)
    assert found.table.column(DAY) == (date(2026, 3, 2), date(2026, 3, 10))
    assert found.is_cut
    assert not asked(view, ["orders"], by=["day"], limit=3).is_cut


def test_a_short_name_is_one_dimension_or_refused(view_of: ViewOf) -> None:
    view = view_of()
    question = understood(view, ["net_sales"], by=["month", "week", "product", "buyer_type"])
    assert question.by == (
        *("metric_time__month", "metric_time__local_week"),
        *("ledger_entry__product_name", "ledger_entry__buyer_type"),
    )
    with pytest.raises(AmbiguousQuestionError, match="person__full_name, staff_member__full_name"):
        understood(view, ["credited_net_sales"], by=["full_name"])
    with pytest.raises(UnknownNameError, match="'chanel'"):
        understood(view, ["net_sales"], by=["chanel"])
    with pytest.raises(QuestionError, match="order of 'channel'"):
        understood(view, ["net_sales"], order_by=["channel"])
    with pytest.raises(QuestionError, match="No metric"):
        understood(view, [])
    with pytest.raises(QuestionError, match="Too much"):
        understood(view, ["net_sales"], by=["day"] * 21)


def test_a_metric_that_is_not_for_somebody_is_one_that_there_is_not(house: Release) -> None:
    """Ben, of the sales staff, has no right to the shop's sales, and is told so as of a typo."""
    rights = newest(house.directory, max_age=timedelta(days=1))
    ben = sign_in_demo(house, AT_THIS_MACHINE, rights, tenant_id=NEW_YORK, user_id=12)
    view = TenantView.of(ben, house, "en")
    names = {metric.name for metric in permitted_metrics(view)}

    assert "credited_net_sales" in names
    assert names.isdisjoint({"net_sales", "campaign_net_sales", "webhook_attempts"})
    told = {}
    for name in ("net_sales", "net_sale"):
        with pytest.raises(UnknownNameError) as error:
            understood(view, [name])
        told[name] = error.value.what, error.value.why
        assert " net_sales," not in error.value.next_step
    assert told == {
        name: (f"No metric {name!r}", "The release does not have it.")
        for name in ("net_sales", "net_sale")
    }


def test_the_statement_of_a_question_holds_no_value(view_of: ViewOf) -> None:
    view = view_of()
    text, parameters = statement(view, understood(view, ["orders"], where=[("channel", "Zalo")]))
    assert "Zalo" not in text
    assert "Zalo" in parameters.values()


def test_a_goal_is_attained_by_what_it_has_reached_and_is_asked_for_one_by_one(
    tmp_path: Path, semantic_manifest: Path
) -> None:
    """3,100.40 of 10,000 dollars and 2.5 of 4 orders add up to nothing; Saigon has its own."""
    release = publish_house(Settings(home=tmp_path), semantic_manifest, more=house_campaigns.create)
    attribution = [("attribution_model", "last_touch"), ("window_days", "28")]

    def attained(tenant_id: int) -> dict[Any, Any]:
        view = TenantView.of(sign_in(release, tenant_id), release, "en")
        question = understood(
            view, ["goal_attainment"], by=["goal"], where=attribution, is_of_all_time=True
        )
        require_choices(view, question)
        with pytest.raises(AmbiguousQuestionError, match=r"attribution_model is .*last_touch"):
            require_choices(view, replace(question, where={}))
        beside = replace(question, metrics=("orders", *question.metrics), by=(), where={})
        with pytest.raises(AmbiguousQuestionError, match=r"__goal is .+ · 1[12] or .+;"):
            require_choices(view, beside)  # orders have no goals
        found = answer(view, question).table
        rates = found.column("goal_attainment")
        return dict(zip(found.column("campaign_goal__goal"), rates, strict=True))

    assert attained(NEW_YORK) == {
        "Spring sales · 11": Decimal("0.31004000"),
        "First half · 12": Decimal("0.72510000"),
        "Second half · 13": Decimal("0.03333333"),
        "Spring orders · 14": Decimal("0.62500000"),
        "Shop windows · 15": None,
        "Spring leads · 16": None,
        "Winter vouchers · 21": Decimal("1.25000000"),
        "April · 22": Decimal(0),
    }
    assert attained(SAIGON) == {
        "Doanh thu Tết · 11": Decimal("0.27250000"),
        "Flash sale · 12": Decimal("0.40000000"),
    }
    view = TenantView.of(sign_in(release, NEW_YORK), release, "en")
    with pytest.raises(AmbiguousQuestionError, match="campaign_goal__goal"):
        answer(view, understood(view, ["goal_attainment"], where=attribution))
