"""The part of a tenant's data that somebody sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DataScope:
    """The visible part of a tenant: whose performance (None: everybody's), and personal data."""

    people: frozenset[int] | None
    has_personal_data: bool
