"""A person's credit by the order."""

from collections.abc import Sequence
from typing import Final

from facet.reporting.present.staff import SALES
from facet.reporting.query.table import Row
from facet.reporting.screen.session.view import View

ROLE: Final = "sales_credit__credit_role"
NUMBER: Final = "sales_credit__order_number"
DAY: Final = "sales_credit__order_date__day"
CHANNEL: Final = "sales_credit__channel_name"
BUYER: Final = "sales_credit__buyer_type"
#: What is measured beside the sale and never added in, by its role.
BESIDE: Final = {"overlay": "overlay_net_sales", "originator": "originator_net_sales"}


def credit_of(view: View, user_id: int) -> Sequence[Row]:
    """Each order of a person by role, the most credit first."""
    orders = view.query(
        [SALES, *BESIDE.values()],
        by=["sales_order", "person", NUMBER, DAY, ROLE, CHANNEL, BUYER],
        period=view.period,
        where={"staff_member": [user_id]},
        order_by=[f"-{SALES}", NUMBER],
    )
    return tuple(map(Row, orders.records()))
