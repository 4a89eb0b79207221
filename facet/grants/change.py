"""Something to be done in the database: a statement, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A statement and its reason, in a few words."""

    statement: str
    why: str
