"""A person's view on pages: of the tenant, and of the page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.languages import Language
from facet.reporting.present.tenant_view import TenantView
from facet.reporting.screen.session.page import Page


def _nobody() -> Principal:
    raise PermissionError("Nobody says who is there.")


@dataclass(frozen=True, kw_only=True)
class View(TenantView):
    """Everything a page needs; the same for one rerun from top to bottom."""

    #: Authenticates the reader outside the page; PermissionError where the session has ended.
    reauthenticate: Callable[[], Principal] = _nobody
    #: Where they are looked at; None: on no page.
    page: Page | None = None

    @classmethod
    def of(
        cls,
        principal: Principal,
        release: Release,
        language: Language | None,
        *,
        reauthenticate: Callable[[], Principal] | None = None,
    ) -> Self:
        """The view of a principal; the language is the tenant's unless another was chosen.

        Without `reauthenticate` nothing can be exported.

        Raises:
            ReleaseError: the release does not have the tenant, or cannot be read.
        """
        view = super().of(principal, release, language)
        return replace(view, reauthenticate=reauthenticate or _nobody)

    def on(self, page: Page) -> "View":
        """The same on a page."""
        return replace(self, page=page)
