"""The part of a tenant's data that somebody sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DataScope:
    """What of a tenant is seen: whose performance (None: everybody's), and personal data or not."""

    people: frozenset[int] | None
    has_personal_data: bool
