"""The pages there are, in the order of the menu. A new page is a folder and a line here."""

from typing import Final

from facet.reporting.screen.pages.access import PAGE as ACCESS
from facet.reporting.screen.pages.administration import PAGE as ADMINISTRATION
from facet.reporting.screen.pages.campaigns import PAGE as CAMPAIGNS
from facet.reporting.screen.pages.customers import PAGE as CUSTOMERS
from facet.reporting.screen.pages.explorer import PAGE as EXPLORER
from facet.reporting.screen.pages.fulfilment import PAGE as FULFILMENT
from facet.reporting.screen.pages.home import PAGE as HOME
from facet.reporting.screen.pages.marketing import PAGE as MARKETING
from facet.reporting.screen.pages.messages import PAGE as MESSAGES
from facet.reporting.screen.pages.migration import PAGE as MIGRATION
from facet.reporting.screen.pages.operations import PAGE as OPERATIONS
from facet.reporting.screen.pages.overview import PAGE as OVERVIEW
from facet.reporting.screen.pages.people import PAGE as PEOPLE
from facet.reporting.screen.pages.products import PAGE as PRODUCTS
from facet.reporting.screen.pages.projects import PAGE as PROJECTS
from facet.reporting.screen.pages.promotions import PAGE as PROMOTIONS
from facet.reporting.screen.pages.quarantine import PAGE as QUARANTINE
from facet.reporting.screen.pages.sales import PAGE as SALES
from facet.reporting.screen.pages.staff import PAGE as STAFF
from facet.reporting.screen.pages.warehouse import PAGE as WAREHOUSE
from facet.reporting.screen.session.page import Page

PAGES: Final[tuple[Page, ...]] = (
    HOME,
    OVERVIEW,
    SALES,
    CUSTOMERS,
    PRODUCTS,
    FULFILMENT,
    MESSAGES,
    STAFF,
    EXPLORER,
    CAMPAIGNS,
    PROMOTIONS,
    MARKETING,
    PROJECTS,
    PEOPLE,
    OPERATIONS,
    MIGRATION,
    QUARANTINE,
    WAREHOUSE,
    ADMINISTRATION,
    ACCESS,
)
#: The pages' own choices, by the names in the address.
PARAMETERS: Final = tuple(dict.fromkeys(name for page in PAGES for name in page.parameters))
