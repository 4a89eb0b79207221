"""The record of a page, which the menu, the filters, the address and the entry use."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from facet.rights import codes

#: Where a page stands in the menu, in this order.
Section = Literal["sales", "marketing", "work", "company"]
#: What of the filter bar a page has: `parts` are channels, categories, buyers, and the grain.
Control = Literal["measure", "period", "compare", "parts"]

#: What of a tenant a page may show. Orders come with buyers for who may see their names, people are
#: those whose performance the reader may see.
Subject = Literal[
    "sales",
    "products",
    "orders",
    "customers",
    "shipments",
    "messages",
    "people",
    "campaigns",
    "promotions",
    "marketing",
    "projects",
    "schema",
    "quarantine",
    "operations",
    "runs",
    "rights",
    "audit",
]

#: Of a page for whoever may see any: what it shows is by each reader's own permissions.
ANYBODY: Final = (
    *(codes.SALES, codes.STAFF, codes.MARKETING, codes.PLATFORM, codes.ADMINISTRATION),
)
EVERYTHING_BUT_MEASURE: Final[tuple[Control, ...]] = ("period", "compare", "parts")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page, declared once, in its own folder.

    Args:
        name: in the address, of its texts (``page.<name>``) and of its file in ``app_pages``.
        section: of the menu.
        icon: a name among Material Symbols.
        permissions: of these it takes one.
        shows: what it may show to who has one; a test searches it for everything else.
        controls: what of the filter bar it has; none: it shows things that have no period.
        parameters: its own choices, by the names in the address.
        marts: what it cannot do without; a release that lacks one shows that it is older.
        rows_of: of `marts`, the one that must hold a row for there to be anything to show.
    """

    name: str
    section: Section
    icon: str
    permissions: tuple[str, ...]
    shows: tuple[Subject, ...]
    controls: tuple[Control, ...] = ()
    parameters: tuple[str, ...] = ()
    marts: tuple[str, ...] = ()
    rows_of: str | None = None

    def is_for(self, permissions: Collection[str]) -> bool:
        """Whether somebody with these permissions may see it."""
        return not set(self.permissions).isdisjoint(permissions)

    @property
    def own_permissions(self) -> tuple[str, ...]:
        """The permissions that are there to open it; none of a page that is for anybody."""
        return () if self.permissions == ANYBODY else self.permissions

    def has(self, control: Control) -> bool:
        """Whether the filter bar has a control on it."""
        return control in self.controls

    @property
    def has_period(self) -> bool:
        """Whether what it shows is of days that are chosen."""
        return self.has("period")
