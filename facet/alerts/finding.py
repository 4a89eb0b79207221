"""The findings of rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: A value of a message as it is kept: numbers exact, days and moments in ISO form.
Value = str | int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that a rule found, now.

    `tenant_id` is None where it concerns no tenant alone. `subject` tells findings of a rule and
    tenant apart: the id of a goal or promotion. `values` are what its text has gaps for.
    """

    rule: str
    tenant_id: int | None = None
    subject: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Unevaluated:
    """A rule that could not be evaluated, for a tenant or (None) for all; it ends no alert."""

    rule: str
    tenant_id: int | None
    reason: str
