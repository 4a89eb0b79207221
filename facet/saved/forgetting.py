"""Taking people out of what is kept: users of a tenant with all that is theirs, and customers."""

import json
from collections.abc import Collection
from typing import Final

from facet.config import Settings
from facet.saved.file import path_of, saved_file

#: Parameters of an address that name a customer.
_CUSTOMER: Final = "customer"


def forget_user(settings: Settings, *, tenant_id: int, user_id: int) -> int:
    """Delete a user's views, start, subscriptions, alerts and tour; notes stay, without a writer.

    Returns:
        How many views, starts, subscriptions, choices of alerts, tours and notes were touched.

    Raises:
        SavedError: the file cannot be written.
    """
    path = path_of(settings)
    if not path.exists():
        return 0
    who = [tenant_id, user_id]
    own = "select view_id from views where tenant_id = ?1 and user_id = ?2"
    with saved_file(path) as file:
        file.execute("pragma secure_delete = on")
        count = file.execute(
            f"delete from starts where tenant_id = ?1 and (user_id = ?2 or view_id in ({own}))",
            who,
        ).rowcount
        for table in ("views", "subscriptions", "alert_readers", "tours"):
            count += file.execute(
                f"delete from {table} where tenant_id = ? and user_id = ?", who
            ).rowcount
        count += file.execute(
            "update notes set user_id = null where tenant_id = ? and user_id = ?", who
        ).rowcount
    return int(count)


def forget_customers(settings: Settings, *, tenant_id: int, customer_ids: Collection[int]) -> int:
    """Delete the views and subscriptions that are of one of some customers of a tenant.

    Returns:
        How many were deleted.

    Raises:
        SavedError: the file cannot be written.
    """
    path = path_of(settings)
    if not path.exists():
        return 0
    names = {str(customer) for customer in customer_ids}
    with saved_file(path) as file:
        file.execute("pragma secure_delete = on")
        count = 0
        for table, key, others in (
            ("views", "view_id", ("starts",)),
            ("subscriptions", "subscription_id", ()),
        ):
            rows = file.execute(
                f"select {key}, address from {table} where tenant_id = ?", [tenant_id]
            ).fetchall()
            gone = [
                (tenant_id, found)
                for found, address in rows
                if names.intersection(json.loads(address).get(_CUSTOMER, ()))
            ]
            for each in (*others, table):
                file.executemany(f"delete from {each} where tenant_id = ? and {key} = ?", gone)
            count += len(gone)
    return count
