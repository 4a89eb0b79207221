"""Problems of a thing of a schema: a code with its details, and the English for it."""

from dataclasses import dataclass
from typing import Final, Literal

ProblemName = Literal[
    "absent",
    "undeclared",
    "unvalidated",
    "on_delete",
    "other_type",
    "nullable",
    "may_cross",
    "crosses",
    "orphaned",
    "unowned",
    "lists",
    "not_in_force",
    "undescribed",
]

_ENGLISH: Final[dict[ProblemName, str]] = {
    "absent": "does not exist",
    "undeclared": "is not declared as a foreign key to {target}",
    "unvalidated": "is declared as a foreign key to {target}, but not validated",
    "on_delete": "says on delete {found}, not {due}",
    "other_type": "is {found}, not {due}",
    "nullable": "may be null",
    "may_cross": "may refer to another tenant's row of {target}",
    "crosses": "refers to another tenant's row of {target}",
    "orphaned": "refers to no row of {target}",
    "unowned": "is null",
    "lists": "holds comma-separated lists",
    "not_in_force": "is not in force",
    "undescribed": "has no comment",
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a thing.

    ``target`` is the table that it refers to; ``found`` and ``due`` are what it is and should be.
    """

    name: ProblemName
    target: str | None = None
    found: str | None = None
    due: str | None = None

    def __str__(self) -> str:
        return _ENGLISH[self.name].format(target=self.target, found=self.found, due=self.due)
