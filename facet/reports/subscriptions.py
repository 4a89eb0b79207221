"""Who gets which report and when: what ``FACET_HOME/reports.yml`` says, and what people chose."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Final, cast, get_args

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.reporting.present.filters import COMPARISONS, Address
from facet.reporting.present.languages import LANGUAGES, Language
from facet.reporting.query.comparing import Comparison
from facet.reports.schedule import Every, Schedule
from facet.reports.sections import SECTIONS
from facet.saved.subscriptions import FileFormat, PageSubscription, every_subscription
from facet.settings_file import Section, read_settings

__all__ = ["FileFormat"]

FILE_NAME: Final = "reports.yml"
_DEFAULTS: Final = Path(__file__).with_name(FILE_NAME)
_KEYS: Final = (
    *("tenant", "recipient", "sections", "every", "day", "at"),
    *("time_zone", "language", "compare", "formats"),
)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: When pages are sent.
MORNING: Final = time(7)
_LAST_DAY: Final = 28  # that every month has
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ADDRESS: Final = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")
#: Like is compared with like: days with days of their weekday, months with the year before.
_COMPARISONS: Final[Mapping[Every, Comparison]] = {
    "day": "weekday",
    "week": "weekday",
    "month": "year",
}


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """A report that somebody of a tenant is sent.

    `recipient` is the address by which the CRM knows them: whose numbers they see follows from it,
    as at the sign-in. Without a `language` or `time_zone` it is the tenant's. It has `sections`, or
    it is of a `page` at an `address` that user `user_id` subscribed to, alone or under a `title`.
    """

    name: str
    tenant_id: int
    recipient: str
    sections: tuple[str, ...]
    schedule: Schedule
    comparison: Comparison
    formats: tuple[FileFormat, ...]
    language: Language | None = None
    time_zone: str | None = None
    user_id: int | None = None
    page: str | None = None
    address: Address = field(default_factory=dict)
    title: str | None = None


def read_subscriptions(settings: Settings) -> tuple[Subscription, ...]:
    """The subscriptions of a home: the operator's by name, then those that people chose.

    Raises:
        ConfigurationError: the file cannot be used; it names the entry and what it may hold.
        SavedError: what people chose cannot be read.
    """
    return (*read_operators(settings), *read_chosen(settings))


def read_chosen(settings: Settings) -> tuple[Subscription, ...]:
    """The subscriptions that people chose on pages.

    Raises:
        SavedError: they cannot be read.
    """
    return tuple(map(_chosen, every_subscription(settings)))


def read_operators(settings: Settings) -> tuple[Subscription, ...]:
    """The subscriptions of ``reports.yml``, by name; none where it is not there.

    Raises:
        ConfigurationError: the file cannot be used; it names the entry and what it may hold.
    """
    file = read_settings(settings.home / FILE_NAME, defaults=_DEFAULTS).only("reports")
    reports = file.sections("reports")
    for name in reports:
        if not _NAME.fullmatch(name):
            raise file.error(f"reports.{name}", "named by small letters, digits and -, at most 60")
    return tuple(_subscription(name, reports[name].only(*_KEYS)) for name in sorted(reports))


def find(subscriptions: Collection[Subscription], name: str) -> Subscription:
    """The subscription of a name.

    Raises:
        ConfigurationError: there is none.
    """
    for subscription in subscriptions:
        if subscription.name == name:
            return subscription
    known = ", ".join(own.name for own in subscriptions) or "none"
    raise ConfigurationError(
        f"No report {name!r}",
        why=f"FACET_HOME/{FILE_NAME} has: {known}.",
        next_step="Choose one of these, or add it there.",
    )


def _chosen(of: PageSubscription) -> Subscription:
    """A page on the morning of its day, on the clocks of who chose it."""
    day = of.weekday if of.every == "week" else 1
    return Subscription(
        name=f"{of.page}.{of.subscription_id}",  # the operator's have no dot
        tenant_id=of.tenant_id,
        recipient=of.recipient,
        sections=(),
        schedule=Schedule(every=of.every, at=MORNING, day=day),
        comparison=_COMPARISONS[of.every],
        formats=(of.file_format,),
        language=of.language if of.language in LANGUAGES else None,
        time_zone=of.time_zone,
        user_id=of.user_id,
        page=of.page,
        address=of.address,
        title=of.name,
    )


def _subscription(name: str, entry: Section) -> Subscription:
    every = cast(Every, entry.choice("every", get_args(Every)))
    recipient = entry.text("recipient")
    if not _ADDRESS.fullmatch(recipient):
        raise entry.error("recipient", "one e-mail address")
    return Subscription(
        name=name,
        tenant_id=entry.number("tenant", least=1),
        recipient=recipient,
        sections=_some(entry, "sections", tuple(SECTIONS), ()),
        schedule=Schedule(every=every, at=entry.time_of_day("at"), day=_day(entry, every)),
        comparison=cast(Comparison, entry.choice("compare", COMPARISONS, _COMPARISONS[every])),
        formats=cast(
            tuple[FileFormat, ...], _some(entry, "formats", get_args(FileFormat), ("pdf",))
        ),
        language=entry.choice("language", tuple(LANGUAGES)) if "language" in entry.values else None,
        time_zone=entry.zone("time_zone") if "time_zone" in entry.values else None,
    )


def _day(entry: Section, every: Every) -> int:
    """The day of the week or of the month, the first unless it says another."""
    if every == "week":
        return _WEEKDAYS.index(entry.choice("day", _WEEKDAYS, "mon")) + 1
    if every == "day" and "day" in entry.values:
        raise entry.error("day", "left out where `every` is day")
    day = entry.number("day", least=1, default=1)
    if day > _LAST_DAY:
        raise entry.error("day", f"a day that every month has, from 1 to {_LAST_DAY}")
    return day


def _some(
    entry: Section, name: str, options: Collection[str], default: Collection[str]
) -> tuple[str, ...]:
    """Some of what there is, each once."""
    found = entry.texts(name, default)
    if not found or len(set(found)) != len(found) or not set(found) <= set(options):
        raise entry.error(name, f"a list of some of {', '.join(options)}, each once")
    return found
