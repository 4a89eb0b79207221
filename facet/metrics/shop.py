"""A tenant's metrics from Python, in three lines; with the rights of a person or the operator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self, get_args

from facet.audit.trail import AuditTrail, Event
from facet.config import Settings
from facet.errors import ConfigurationError, FacetError
from facet.metrics.orders import OrdersBehind, orders_behind
from facet.metrics.result import Result
from facet.release import Release, current
from facet.reporting.identity.identity import NOBODY, Principal, operator, recipient_of
from facet.reporting.present.choices import require_choices, slips_of
from facet.reporting.present.filters import Filters
from facet.reporting.present.languages import Language
from facet.reporting.present.question import (
    Given,
    Question,
    QuestionError,
    answer,
    permitted_metrics,
    statement,
    understood,
)
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.query.comparing import Comparison
from facet.reporting.query.metric import Metric
from facet.reporting.query.periods import EARLIEST, LATEST, NamedPeriod, Period
from facet.reporting.query.table import Cell
from facet.rights.document import rights_of
from facet.rights.keys import secret_of


class NotPermittedError(FacetError):
    """Somebody who may see nothing of a tenant, or a tenant that is not there."""

    exit_code = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with its days: what a person, a program or an assistant may ask.

    Args:
        metrics: by name.
        by: dimensions, in full or in short: ``month``, ``channel``.
        where: dimensions and the values to keep; an empty text keeps what has none.
        period: a preset such as ``last_30_days``; None, and no `start` or `end`: every day.
        start: the first local day.
        end: the last local day.
        compare: what the period is compared with.
        order_by: metrics and dimensions; ``-`` before a name for descending.
        limit: at most so many rows.
    """

    metrics: Sequence[str]
    by: Sequence[str] = ()
    where: Sequence[Given] = ()
    period: NamedPeriod | None = None
    start: date | None = None
    end: date | None = None
    compare: Comparison = "none"
    order_by: Sequence[str] = ()
    limit: int | None = None


@dataclass(frozen=True)
class Shop:
    """One tenant's metrics, of the release that is served, for one principal."""

    view: TenantView
    settings: Settings
    #: By what way is asked, for the audit trail: ``command``, ``python``.
    way: str

    @classmethod
    def of(
        cls,
        tenant_id: int | None = None,
        *,
        person: str | None = None,
        language: Language | None = None,
        settings: Settings | None = None,
        way: str = "python",
    ) -> Self:
        """The metrics of a tenant.

        Args:
            tenant_id: whose; may be left out where the release has one tenant.
            person: the address of the one whose rights are to hold; None: the operator's.
            language: of labels; None: the tenant's own.
            settings: where the home is; None: by the environment.
            way: by what way is asked, for the audit trail.

        Raises:
            ConfigurationError: there are several tenants, and none was named.
            NotPermittedError: there is no such tenant, or the person may see nothing of it.
            ReleaseError: nothing is published.
        """
        settings = settings or Settings.from_environment()
        release = current(settings.releases_dir)
        principal = principal_of(settings, release, _tenant(release, tenant_id), person)
        return cls.seen_by(principal, release, settings, language=language, way=way)

    @classmethod
    def seen_by(
        cls,
        principal: Principal,
        release: Release,
        settings: Settings,
        *,
        language: Language | None = None,
        way: str,
    ) -> Self:
        """The metrics of a principal's tenant, with their rights.

        Raises:
            ReleaseError: the release does not have the tenant, or cannot be read.
        """
        return cls(TenantView.of(principal, release, language), settings, way)

    def metrics(self) -> tuple[Metric, ...]:
        """The metrics that may be asked for."""
        return permitted_metrics(self.view)

    def dimensions(self, *metrics: str) -> tuple[str, ...]:
        """The dimensions that all of some metrics have.

        Raises:
            UnknownNameError: there is no such metric, or not for this person.
        """
        understood(self.view, metrics)
        return self.view.reader.catalogue.shared_dimensions(metrics)

    def query(self, metrics: Sequence[str], **rest: Any) -> Result:
        """The answer to a question of these metrics; `rest` are the other fields of `Asked`."""
        return self.ask(Asked(metrics=metrics, **rest))

    def ask(self, asked: Asked) -> Result:
        """The answer to a question; it is in the audit trail before it is returned.

        Raises:
            UnknownNameError: there is no such name, or not for this person.
            AmbiguousQuestionError: a name or a metric leaves open what is meant.
            QuestionError: it cannot be asked so.
            OSError: it cannot be recorded.
        """
        view, question = self._read(asked)
        found = answer(view, question)
        self._record(question, found.period, len(found.table))
        return Result.of(view, question, found, slips=slips_of(view, question))

    def orders(self, asked: Asked) -> OrdersBehind:
        """The orders that a number was summed from: of one metric, without `by` and `compare`.

        Raises:
            QuestionError: it is no sum over orders, or there are too many of them.
            UnknownNameError, AmbiguousQuestionError, OSError: as of `ask`.
        """
        view, question = self._read(asked)
        found = orders_behind(view, question)
        self._record(question, found.listed.period, len(found.listed.rows), of="orders")
        return found

    def sql(self, asked: Asked) -> tuple[str, Mapping[str, Cell]]:
        """The SQL that answers a question on the tenant's file, and its parameters."""
        return statement(*self._read(asked))

    def _read(self, asked: Asked) -> tuple[TenantView, Question]:
        view = self.view.showing(_filters(asked))
        question = understood(
            view,
            asked.metrics,
            by=asked.by,
            where=asked.where,
            order_by=asked.order_by,
            limit=asked.limit,
            is_of_all_time=asked.period is None and asked.start is None and asked.end is None,
        )
        if question.is_of_all_time and asked.compare != "none":
            raise QuestionError(
                "Every day there is cannot be compared",
                why="No period was given, and there is no time before all of it.",
                next_step=f"Give one of {', '.join(get_args(NamedPeriod))}; or the first and the"
                " last day.",
            )
        require_choices(view, question)
        return view, question

    def _record(self, question: Question, period: Period | None, rows: int, **more: str) -> None:
        principal = self.view.principal
        days = period and [period.start.isoformat(), period.end.isoformat()]
        event = Event(
            at=datetime.now(UTC),
            tenant_id=principal.tenant_id,
            user_id=None if principal.user_id == NOBODY else principal.user_id,
            kind="question",
            release_id=self.view.release.id,
            details={
                "metrics": list(question.metrics),
                "by": list(question.by),
                "where": {name: list(map(str, cells)) for name, cells in question.where.items()},
                "days": days,
                "rows": rows,
                "way": self.way,
                "who": principal.full_name,
                **more,
            },
        )
        AuditTrail.of(self.settings).record(event)


def principal_of(
    settings: Settings, release: Release, tenant_id: int, address: str | None
) -> Principal:
    """Whose rights hold: the person's with an address, else those of whoever keeps Facet.

    Raises:
        NotPermittedError: the release has no such tenant, or the person may see nothing of it.
        RightsError: who may see what is not known, or was known too long ago.
    """
    if address is None:
        try:
            return operator(release, tenant_id=tenant_id)
        except PermissionError as error:
            raise NotPermittedError(
                f"There is no tenant {tenant_id}",
                why=f"{error}",
                next_step=f"Choose one of: {', '.join(map(str, _tenants(release)))}.",
            ) from error
    rights = rights_of(release.directory, settings)
    found = recipient_of(address, rights, secret_of(settings), release, tenant_id=tenant_id)
    if isinstance(found, Principal):
        return found
    raise NotPermittedError(
        f"{address} may see nothing of tenant {tenant_id}",
        why=f"By the CRM's users and roles: {found}.",
        next_step="Give the address that the CRM has of somebody there, or a role with Facet's"
        " permissions to whoever has this one (docs/operations.md).",
    )


def _tenant(release: Release, tenant_id: int | None) -> int:
    if tenant_id is not None:
        return tenant_id
    tenants = _tenants(release)
    if len(tenants) == 1:
        return tenants[0]
    raise ConfigurationError(
        "No tenant was named",
        why=f"The release has {len(tenants)}: {', '.join(map(str, tenants))}.",
        next_step="Name one with --tenant.",
    )


def _tenants(release: Release) -> list[int]:
    return [tenant.tenant_id for tenant in release.tenants if tenant.status != "missing"]


def _filters(asked: Asked) -> Filters:
    """The filters of a question's days; a period with one end goes on to the other's limit."""
    if asked.start is None and asked.end is None:
        return Filters(preset=asked.period or Filters.preset, comparison=asked.compare)
    if asked.period is not None:
        raise ConfigurationError(
            "A period and days were given",
            why="Both say which days are meant.",
            next_step="Give a period, or its first and last day.",
        )
    start, end = asked.start or asked.end, asked.end or asked.start
    assert start is not None
    assert end is not None
    if start < EARLIEST or end > LATEST:
        raise ConfigurationError(
            f"No days from {start} to {end}",
            why=f"Days are of {EARLIEST:%Y} to {LATEST:%Y}.",
            next_step="Give days within these.",
        )
    if end < start:
        raise ConfigurationError(
            f"The period ends before it starts: {start} to {end}",
            why="The last day is earlier than the first.",
            next_step="Give the earlier day first.",
        )
    return Filters(preset="custom", custom=Period(start, end), comparison=asked.compare)
