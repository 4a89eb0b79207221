"""Every text in every language, and none that nobody says."""

import csv
import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml

from facet.audit.trail import KINDS
from facet.config import PROJECT_DIR
from facet.operational.problems import ProblemName
from facet.reporting.identity.claims import ClaimsRefusal
from facet.reporting.identity.identity import DenialReason
from facet.reporting.identity.sessions import State
from facet.reporting.present import goals
from facet.reporting.present.alerts import PERMISSION_OF
from facet.reporting.present.commission import Fault
from facet.reporting.present.export import Format
from facet.reporting.present.filters import COMPARISONS, DIMENSIONS, GRAINS, PRESETS
from facet.reporting.present.forecasts import HORIZONS
from facet.reporting.present.forecasts import REASONS as FORECAST_REASONS
from facet.reporting.present.languages import DEFAULT, LANGUAGES, language_of
from facet.reporting.present.search import Kind as SearchKind
from facet.reporting.present.texts import UnknownTextError, text, texts
from facet.reporting.query.comparing import Reason
from facet.reporting.screen.frame.mailing import Hindrance
from facet.reporting.screen.frame.tour import STEPS as TOUR
from facet.reporting.screen.pages.customers.data.care import (
    EVENTS,
    HISTORY_STATUSES,
    OCCASIONS,
)
from facet.reporting.screen.pages.customers.data.care import (
    STAGES as POTENTIAL_STAGES,
)
from facet.reporting.screen.pages.customers.data.cohorts import MEASURES as COHORTS
from facet.reporting.screen.pages.customers.data.contacts import (
    BATCH_STATUSES,
    BATCH_TYPES,
    CONTACT_TYPES,
    STALLED,
)
from facet.reporting.screen.pages.customers.data.leads import OPEN, WAYS
from facet.reporting.screen.pages.customers.data.persons import SEGMENTS
from facet.reporting.screen.pages.customers.lifetime import REASONS as LIFETIME_REASONS
from facet.reporting.screen.pages.customers.persons import STATUSES as ORDER_STATUSES
from facet.reporting.screen.pages.customers.reengagement import REASONS as BATCH_REASONS
from facet.reporting.screen.pages.customers.reengagement import WAYS as BATCH_WAYS
from facet.reporting.screen.pages.migration.data import PRIORITIES, STATUSES
from facet.reporting.screen.pages.migration.scorecard import MEASURES
from facet.reporting.screen.pages.products.catalogue import FAULTS, PRICES
from facet.reporting.screen.pages.products.data.products import (
    AGES as STOCK_AGES,
)
from facet.reporting.screen.pages.products.data.products import CLASSES, MARK_DOWN, REORDER
from facet.reporting.screen.pages.products.features import FEATURES, TRUTHS
from facet.reporting.screen.pages.products.materials import RESULTS, UNITS
from facet.reporting.screen.pages.products.stock import ORDER_TYPES
from facet.reporting.screen.pages.products.stones import BY as STONES_BY
from facet.reporting.screen.pages.promotions.breakdowns import REJECTIONS
from facet.reporting.screen.pages.promotions.data.days import PHASES
from facet.reporting.screen.pages.promotions.data.promotions import STATES
from facet.reporting.screen.pages.promotions.detail import LIFT_REASONS
from facet.reporting.screen.pages.promotions.violations import RULES
from facet.reporting.screen.pages.quarantine.causes import SEVERITIES
from facet.reporting.screen.pages.staff.achievements import ACHIEVEMENTS
from facet.reporting.screen.pages.staff.data.orders import BESIDE
from facet.reporting.screen.pages.staff.what_if import Basis
from facet.reporting.screen.parts.ages import AGES
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.audit_log import Act
from facet.reports.schedule import Every
from facet.reports.sections import SECTIONS
from facet.saved.file import Refusal
from tests.variables import VARIABLES

HEADINGS = (
    *("table", "domain", "priority", "status"),
    *("replacement", "is_there", "rows", "purpose"),
)
QUALITY_HEADINGS = ("measure", "share", "whole", "table", "item", "problem", "rows")
UPKEEP_HEADINGS = (
    *("table", "rows", "partition", "index", "definition", "size", "keep"),
    *("key", "type", "used", "full"),
)
#: What the page Fulfilment shows of values of its marts, and its tiles and parts.
FULFILMENT = (
    *("fulfilment.", "waiting.", "waiting_means.", "shipment_status.", "shipment_service."),
    *("shipment.", "case.", "case_stage.", "case_outcome.", "case_service.", "returns."),
    *("return_reason.", "balance.", "age_band.", "order_status.", "difference_type."),
    *("shipstation_status.", "inbound_status."),
)
#: What the page Messages shows of values of its marts, and its parts.
MESSAGES = ("messages.", "volume.", "sender.", "sender_status.", "sms_error.")
#: What the page Operations shows of values of its marts, and what of it needs somebody.
OPERATIONS = (
    *("operation_needs.", "alert_severity.", "alert_status.", "call_direction."),
    *("note_subject.", "movement_type.", "late_action.", "late_reason."),
)
#: What the page Administration shows of values of its marts, and what of it needs somebody.
ADMINISTRATION = ("administration_needs.", "use_state.", "permission.")
#: What the page Projects shows of values of its marts, and its tiles, lists and parts.
PROJECTS = (
    *("projects_part.", "task_needs.", "task_now.", "task_now_means.", "task_list.", "task_none."),
    *("task_status.", "task_priority.", "task_age.", "milestone_outcome.", "frequency."),
    "turn_outcome.",
)
#: What the page People shows of values of its marts, and its parts.
PEOPLE = (
    *("people_part.", "people_needs.", "shift_state.", "rated_tile.", "rated_means."),
    *("evaluation_status.", "request_status.", "change_type.", "change_status.", "wish_of."),
    *("cover.", "warned_about."),
)
#: What the page Marketing shows of values of its marts, and its parts; terms of promotions.
MARKETING = (
    *("marketing_part.", "marketing_needs.", "affiliate_status.", "utm_list.", "utm_none."),
    *("link_fault.", "channel_type.", "activity_list.", "activity_none.", "activity_state."),
    *("file_list.", "file_none.", "asset_use.", "rights_state.", "asset_type."),
    *("document_state.", "document_type.", "brand_part.", "brand_item.", "term_type."),
)
#: Figures of a promotion that have a heading, and those that explain themselves at hand.
PROMOTION_HEADINGS = (
    *(
        "promotion",
        "state",
        "net",
        "redeemed",
        "cost",
        "budget",
        "burnout",
        "usage",
        "sales",
        "margin",
    ),
    *("lift", "roi", "violations", "pull_forward", "cannibalisation"),
    *("cost_by_category", "cost_by_product", "cost_by_channel"),
    *("discount", "free_item_cost", "discount_cost", "promoted_sales", "margin_after_promotion"),
    *("pull_forward_note", "cannibalisation_note", "no_pull_forward", "no_cannibalisation"),
    *("verdict_paid", "verdict_lost", "verdict_open", "list_cost", "list_sales"),
    *("list_lift", "list_roi"),
)
PROMOTION_HELP = (
    *("redeemed", "net", "cost", "budget", "burnout", "usage", "sales", "margin", "lift", "roi"),
    *("pull_forward", "cannibalisation"),
)
GOAL_MEANS = (
    *("attainment", "pace", "actual", "actual_to_date", "expected", "target", "projected"),
    *("required", "children", "course"),
)
CAMPAIGN_MEANS = ("net_sales", "gross_margin", "spent", "return_on_spend")
#: What the operational tables name, for which a word is sought as it comes.
TOUCHPOINTS = (
    *("ad_click", "email_open", "message", "phone_call", "post_reaction", "site_visit"),
    *("store_visit", "unknown"),
)
ACTIVITIES = (
    *("post", "advertisement", "email", "sms", "event", "livestream", "influencer", "other"),
)
OUTCOMES = ("net", "not_net", "rolled_back", "rejected")
GOAL_METRICS = (
    *("net_sales", "orders", "units", "new_customers", "leads", "redemptions", "custom"),
)
CAMPAIGN_STATUSES = ("draft", "active", "paused", "completed", "cancelled")
PROJECT_STATUSES = ("planned", "active", "on_hold", "completed", "cancelled")
PROMOTION_TYPES = ("percentage", "fixed_amount", "free_shipping", "bmgm", "free_item")
ACCESS_TILES = ("people", "pages", "exports", "refused")
ACCESS_HEADINGS = ("at", "who", "what", "page", "choices", "numbers", "rows", "release")


def domains() -> set[str]:
    """The domains that the schema has."""
    path = PROJECT_DIR / "seeds" / "operational_tables.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return {row["domain"] for row in csv.DictReader(file)}


def moving_events() -> set[str]:
    """The events that the calendar of some country has."""
    path = PROJECT_DIR / "seeds" / "event_countries.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return {row["event_code"] for row in csv.DictReader(file)}


#: What Home says by the facts that it has found.
HOME = tuple(
    f"home_{kind}."
    for kind in ("against", "by", "effect", "other", "part", "period", "sales", "why", "yesterday")
)
#: Texts whose keys are put together from what there is to choose.
CHOSEN = {
    *(f"preset.{preset}" for preset in PRESETS),
    *(f"comparison.{comparison}" for comparison in COMPARISONS),
    *(f"period.not_compared_{reason}" for reason in get_args(Reason)),
    *(f"grain.{grain}" for grain in ("auto", *GRAINS)),
    *(f"filter.{name}" for name in DIMENSIONS),
    *(f"chart.trend_{grain}" for grain in GRAINS),
    *(f"chart.{by}" for by in (*DIMENSIONS, "product")),
    *(f"chart.against_{comparison}" for comparison in COMPARISONS if comparison != "none"),
    *(f"buyer.{buyer}" for buyer in ("new", "repeat", "guest")),
    *(f"refused.{refusal}" for refusal in ("not_demo", "not_loopback")),
    *(f"page.{page.name}" for page in PAGES),
    *(f"{page.name}.about" for page in PAGES),
    *(f"alert_rule.{rule}" for rule in PERMISSION_OF),
    *(f"search_kind.{kind}" for kind in get_args(SearchKind)),
    *(f"tour_{part}.{step}" for part in ("step", "told") for step in TOUR),
    *(f"section.{page.section}" for page in PAGES),
    *(f"denied.{reason}" for reason in (*get_args(DenialReason), *get_args(ClaimsRefusal))),
    *(f"session.{state}" for state in get_args(State) if state != "open"),
    *(f"table.by_{name}" for name in DIMENSIONS),
    *(f"migration_status.{status}" for status in STATUSES),
    *(f"priority.{priority}" for priority in PRIORITIES),
    *(f"resolution.{resolution}" for resolution in ("covered", "removed", "archive", "none")),
    *(f"migration.by_{by}" for by in ("domain", "priority")),
    *(f"migration.{name}" for name in HEADINGS),
    *(f"domain.{domain}" for domain in domains()),
    *(f"measure.{measure}" for measure in MEASURES),
    *(f"quality.{name}" for name in QUALITY_HEADINGS),
    *(f"problem.{problem}" for problem in get_args(ProblemName)),
    *(f"quarantine.{name}{end}" for name in SEVERITIES for end in ("", "_short", "_help")),
    *(f"upkeep.{name}" for name in UPKEEP_HEADINGS),
    *(f"staff.no_{name}" for name in ("targets", "hours", "leads")),
    *(f"staff.{name}" for name in ("reply", "by_clock", "in_hours", "first_reply", "next_reply")),
    *(f"staff.{name}" for name in ("achieved", "value", "when")),
    *(f"achievement.{name}" for name in ACHIEVEMENTS),
    *(f"credit_role.{role}" for role in ("primary", "shared", "seller", *BESIDE)),
    *(f"what_if.{name}_{basis}" for name in ("by", "from") for basis in get_args(Basis)),
    *(f"what_if.fault_{fault}" for fault in get_args(Fault)),
    *(f"promotion.{name}" for name in PROMOTION_HEADINGS),
    *(f"promotion_help.{name}" for name in PROMOTION_HELP),
    *(f"promotion_type.{name}" for name in PROMOTION_TYPES),
    *(f"promotion_state.{state}" for state in STATES),
    *(f"promotion_state.{state}_on" for state in ("running", "planned", "ended")),
    *(f"lift_reason.{reason}" for reason in (*LIFT_REASONS, "unknown")),
    *(f"phase.{phase}" for phase in PHASES),
    *(f"outcome.{outcome}" for outcome in OUTCOMES),
    *(f"rejection.{reason}" for reason in REJECTIONS),
    *(f"{kind}.{rule}" for kind in ("violation", "violation_told") for rule in RULES),
    "buyer.not_counted",
    *(f"campaign_show.{show}" for show in (*goals.PHASES, "all")),
    *(f"campaign_model.{model}" for model in VARIABLES["attribution_models"]),
    *(f"campaign_status.{status}" for status in CAMPAIGN_STATUSES),
    *(f"goal_status.{status}" for status in goals.STATUSES),
    *(
        f"goal_status_means.{status}"
        for status in goals.STATUSES
        if status not in ("no_target", "started")  # neither has a tile
    ),
    *(f"goal_metric.{metric}" for metric in GOAL_METRICS),
    *(f"goal_basis.{basis}" for basis in ("last_year", "event", "days")),
    *(f"goal.{name}" for name in ("actual", "actual_to_date", "children", "expected")),
    *(f"goal.{name}" for name in ("projected", "required")),
    *(f"goal.list_{name}" for name in ("expected", "projected")),
    *(f"event.{event}" for event in moving_events()),
    *(f"{kind}.{segment}" for kind in ("segment", "segment_means") for segment in SEGMENTS),
    *(f"cohort.{measure}{end}" for measure in COHORTS for end in ("", "_means")),
    *(f"{kind}.{name}" for kind in ("forecast_horizon", "forecast_period") for name in HORIZONS),
    *(f"forecast_line.{name}" for name in ("actual", "expected", "lower", "upper")),
    *(f"forecast_reason.{reason}" for reason in (*FORECAST_REASONS, "unknown")),
    *(f"lifetime_reason.{reason}" for reason in (*LIFETIME_REASONS, "unknown")),
    *(f"lifetime.{name}_repeats" for name in ("few", "many")),
    *(f"lifetime.{name}" for name in ("came", "was_expected")),
    *(f"reengaged_reason.{reason}" for reason in BATCH_REASONS),
    *(f"reengaged_by.{way}" for way in BATCH_WAYS),
    *(f"contact_type.{kind}" for kind in CONTACT_TYPES),
    *(f"batch_type.{kind}" for kind in BATCH_TYPES),
    *(f"batch_status.{status}" for status in (*BATCH_STATUSES, STALLED)),
    *(f"bought.{status}" for status in ORDER_STATUSES),
    *(f"lead.by_{way}" for way in WAYS),
    *(f"potential_stage.{stage}" for stage in (*POTENTIAL_STAGES, "won", "lost")),
    *(f"occasion.{occasion}" for occasion in OCCASIONS),
    *(f"happened.{event}" for event in EVENTS),
    *(f"history_status.{status}" for status in HISTORY_STATUSES),
    *(f"open_age.{age}" for age in AGES),
    *(f"lead_status.{status}" for status in OPEN),
    *(f"abc.{name}" for name in CLASSES),
    *(f"age.{age}" for age in STOCK_AGES),
    *(f"fault.{fault}" for fault in FAULTS),
    *(f"feature.{way}{kind}" for kind in FEATURES for way in ("", "no_")),
    *(f"feature.{truth}" for truth in TRUTHS),
    *(f"feature.name_{kind}" for kind in FEATURES if kind != "tag"),
    *(f"reorder.{name}" for name in ("title", "means", "nothing", *REORDER)),
    *(f"mark_down.{name}" for name in ("title", "means", "nothing", *MARK_DOWN)),
    *(f"stone.{name}" for name in STONES_BY),
    *(f"order_type.{name}" for name in ORDER_TYPES),
    *(f"material_unit.{name}" for name in UNITS),
    *(f"product.{name}" for name in PRICES),
    *(f"material.{name}" for name in RESULTS),
    *(f"campaign.{name}" for name in ("net_sales", "gross_margin", "spent")),
    *(f"goal_line.{name}" for name in ("actual", "expected", "target", "projected")),
    *(f"goal_means.{name}" for name in GOAL_MEANS),
    *(f"campaign_means.{name}" for name in CAMPAIGN_MEANS),
    *(f"touchpoint.{name}" for name in TOUCHPOINTS),
    *(f"touch_source.{name}" for name in ("utm_link", "redemption")),
    *(f"activity_type.{name}" for name in ACTIVITIES),
    *(f"activity_status.{name}" for name in ("planned", "in_progress", "done", "cancelled")),
    *(f"project_status.{name}" for name in PROJECT_STATUSES),
    *(key for key in texts() if key.startswith("streamlit.")),  # in words that are its own
    *(f"access.{name}{end}" for name in ACCESS_TILES for end in ("", "_help")),
    *(f"access.{name}" for name in ACCESS_HEADINGS),
    *(f"access.kind_{kind}" for kind in KINDS),
    *(f"access.saved_{act}" for act in get_args(Act)),
    *(f"saved.{reason}" for reason in get_args(Refusal)),
    *(f"node.{kind}" for kind in ("model", "seed", "snapshot", "test")),
    *(
        f"access.reason_{reason}"
        for reason in (
            *("page", "session", "right", "scope", "recipient", "delivery"),
            *("token", "question", "name", "file", "limit", "state"),
        )
    ),
    *(f"report.title_{every}" for every in get_args(Every)),
    *(
        f"{kind}.{every}"
        for kind in ("mailing_every", "mailing_means")
        for every in get_args(Every)
    ),
    *(f"mailing.{hindrance}" for hindrance in get_args(Hindrance)),
    *(f"report.by_{section.by}" for section in SECTIONS.values() if section.by),
    *("report.notice", "report.notice_subject"),
    *(f"access.choose_{name}" for name in ("kind", "who")),
    *(f"export.help_{kind}" for kind in get_args(Format)),
    *(key for key in texts() if key.startswith(("by_grain.", "entity."))),  # of any dimension
    *(key for key in texts() if key.startswith(("role.", "lead_source.", "stone_name."))),
    *(key for key in texts() if key.startswith("stone_shape.")),  # of what the CRM may hold
    *(key for key in texts() if key.startswith(FULFILMENT)),
    *(key for key in texts() if key.startswith((*OPERATIONS, *ADMINISTRATION))),
    *(key for key in texts() if key.startswith(PROJECTS)),
    *(key for key in texts() if key.startswith(PEOPLE)),
    *(key for key in texts() if key.startswith(MESSAGES)),
    *(key for key in texts() if key.startswith(MARKETING)),
    *(key for key in texts() if key.startswith(HOME)),
}


def used_keys() -> set[str]:
    """Keys that the code names."""
    folders = (
        *(PROJECT_DIR / "facet" / name for name in ("reporting", "reports")),
        PROJECT_DIR / "dashboards",
    )
    sources = [path.read_text("utf-8") for folder in folders for path in folder.rglob("*.py")]
    return {
        key for source in sources for key in re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", source)
    }


@pytest.mark.parametrize("key", sorted(texts()))
def test_a_text_is_there_in_every_language_with_the_same_gaps(key: str) -> None:
    entry = texts()[key]
    missing = {language for language in LANGUAGES if not entry.get(language)}
    assert not missing, f"{key} has no {missing}: add it in the texts.yml that it stands in"
    assert set(entry) == set(LANGUAGES)
    gaps = {
        frozenset(name for _, name, _, _ in Formatter().parse(template) if name)
        for template in entry.values()
    }
    assert len(gaps) == 1


def test_no_two_files_have_a_text_of_one_key() -> None:
    reporting = PROJECT_DIR / "facet" / "reporting"
    keys = [
        key
        for file in sorted(reporting.glob("screen/**/*.yml"))
        for key in yaml.safe_load(file.read_text("utf-8"))
    ]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    keys = set(texts())
    assert keys - used_keys() - CHOSEN == set()
    assert CHOSEN - keys == set()


def test_texts_are_filled_in() -> None:
    assert text("en", "empty.offer", period="May") == "Show May"
    assert text("vi", "empty.offer", period="tháng 5") == "Xem tháng 5"


def test_a_text_that_is_not_there_says_where_it_belongs() -> None:
    with pytest.raises(UnknownTextError, match=r"No text 'margins.abuot': .*texts.yml"):
        text("en", "margins.abuot")


def test_what_lacks_a_language_is_said_in_the_first() -> None:
    assert text("eo", "empty.offer", period="majo") == "Show majo"
    assert next(iter(LANGUAGES)) == "en"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("vi", "vi"), ("vi-VN", "vi"), ("en_AU", "en"), ("fr-FR", "en"), ("", "en"), ("vii", "en")],
)
def test_a_locale_speaks_a_language_that_there_is(locale: str, language: str) -> None:
    assert language_of(locale) == language


@pytest.mark.parametrize(
    ("seed", "names"),
    [("quarantine_causes", ("reason", "next_step")), ("legacy_purposes", ("purpose",))],
)
def test_texts_of_seeds_are_there_in_every_language(seed: str, names: tuple[str, ...]) -> None:
    assert {DEFAULT, *VARIABLES["translations"]} == set(LANGUAGES)
    with (PROJECT_DIR / "seeds" / f"{seed}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = [*names, *(f"{name}_{one}" for name in names for one in VARIABLES["translations"])]
    assert rows
    assert all(row[column] for row in rows for column in columns)


def test_pages_say_nothing_of_their_own() -> None:
    for page in sorted((PROJECT_DIR / "dashboards" / "app_pages").glob("*.py")):
        words = re.findall(r'"([^"]*)"', page.read_text("utf-8").partition('"""\n')[2])
        assert not [word for word in words if " " in word], page


def test_pages_know_no_database() -> None:
    pages = [*Path(PROJECT_DIR / "dashboards").rglob("*.py")]
    assert len(pages) >= 3
    for page in pages:
        source = page.read_text("utf-8").lower()
        assert not re.search(r"duckdb|\bselect\b|pandas|facet\.release|gateway", source), page
        assert len(source.splitlines()) <= 60, page
