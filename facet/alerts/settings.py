"""Rules and recipients: the package's `alerts.yml`, overridden by the home's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal, cast, get_args

from facet.alerts.channels import Channel, ChannelError, Sender
from facet.config import Settings
from facet.reporting.present.languages import DEFAULT, LANGUAGES, Language
from facet.settings_file import Section, read_settings
from facet.zones import clock

Severity = Literal["critical", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

FILE_NAME: Final = "alerts.yml"
_DEFAULTS: Final = Path(__file__).with_name(FILE_NAME)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Something that is watched. `thresholds` are whole numbers, by what they count."""

    name: str
    owner: str
    severity: Severity
    thresholds: Mapping[str, int]


@dataclass(frozen=True)
class QuietHours:
    """A part of each day for critical messages alone; it may pass midnight."""

    start: time
    end: time

    def include(self, local: datetime) -> bool:
        """Whether a moment on the recipient's clocks is in them."""
        now = local.time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who receives messages.

    `tenants` None: about all tenants, and about what concerns none. `least` is the lowest severity.
    `rules` None: those of the owners; else these, whoever owns them.
    """

    name: str
    channel: Sender = field(repr=False)
    language: Language
    owners: tuple[str, ...]
    tenants: tuple[int, ...] | None
    least: Severity
    time_zone: str
    quiet_hours: QuietHours | None
    rules: frozenset[str] | None = None

    def receives(self, rule: Rule, tenant_id: int | None) -> bool:
        """Whether an alert of a rule and tenant is for this recipient."""
        return (
            (rule.owner in self.owners if self.rules is None else rule.name in self.rules)
            and SEVERITIES.index(rule.severity) <= SEVERITIES.index(self.least)
            and (self.tenants is None or tenant_id in self.tenants)
        )

    def is_quiet(self, now: datetime) -> bool:
        """Whether a moment is in the recipient's quiet hours."""
        local = now.astimezone(clock(self.time_zone))
        return self.quiet_hours is not None and self.quiet_hours.include(local)


@dataclass(frozen=True, kw_only=True)
class AlertSettings:
    """The rules that are enabled, by name, and the recipients."""

    rules: Mapping[str, Rule]
    recipients: tuple[Recipient, ...]
    resend_after: timedelta
    keep: timedelta
    time_zone: str
    quiet_hours: QuietHours | None


def alert_settings(settings: Settings) -> AlertSettings:
    """The defaults, with what the home's file says in place of theirs.

    Raises:
        ConfigurationError: the file says something that cannot be.
    """
    top = read_settings(settings.home / FILE_NAME, defaults=_DEFAULTS)
    top.only(
        *("rules", "recipients", "time_zone", "quiet_hours", "resend_hours", "keep_days"),
    )
    known = read_settings(_DEFAULTS, defaults=_DEFAULTS).sections("rules")
    parts = top.section("rules").only(*known)
    rules = {name: _rule(name, parts.section(name), known[name]) for name in known}
    owners = {rule.owner for rule in rules.values() if rule is not None}
    recipients = top.sections("recipients")
    zone = top.zone("time_zone")
    return AlertSettings(
        rules={name: rule for name, rule in rules.items() if rule is not None},
        recipients=tuple(
            _recipient(name, at, top, owners, zone) for name, at in recipients.items()
        ),
        resend_after=timedelta(hours=top.number("resend_hours", least=1)),
        keep=timedelta(days=top.number("keep_days", least=1)),
        time_zone=zone,
        quiet_hours=_quiet_hours(top),
    )


def _rule(name: str, part: Section, known: Section) -> Rule | None:
    part.only(*known.values, "enabled")
    thresholds = [key for key in known.values if key not in ("owner", "severity")]
    rule = Rule(
        name=name,
        owner=part.text("owner"),
        severity=cast(Severity, part.choice("severity", SEVERITIES)),
        thresholds={key: part.number(key) for key in thresholds},
    )
    return rule if part.flag("enabled", default=True) else None


def _recipient(name: str, part: Section, top: Section, owners: set[str], zone: str) -> Recipient:
    part.only(
        *("url", "language", "owners", "tenants", "severity", "time_zone", "quiet_hours"),
    )
    try:
        channel = Channel.of(part.text("url"))
    except ChannelError as error:
        raise part.error("url", str(error)) from None
    wanted = part.texts("owners", sorted(owners))
    if not wanted or not owners.issuperset(wanted):
        raise part.error("owners", f"a list of {', '.join(sorted(owners))}")
    return Recipient(
        name=name,
        channel=channel,
        language=part.choice("language", list(LANGUAGES), DEFAULT),
        owners=wanted,
        tenants=part.numbers("tenants"),
        least=cast(Severity, part.choice("severity", SEVERITIES, "info")),
        time_zone=part.zone("time_zone", zone),
        quiet_hours=_quiet_hours(part if "quiet_hours" in part.values else top),
    )


def _quiet_hours(part: Section) -> QuietHours | None:
    hours = part.section("quiet_hours").only("from", "until")
    if not hours.values:
        return None
    return QuietHours(hours.time_of_day("from"), hours.time_of_day("until"))
