"""What the oracle says of affiliates, links, files, brands and activities, and a release's."""

from datetime import datetime
from typing import Any, Final

from tests.oracle.query import query_oracle
from tests.project.compare import Figures, rows


def _place(column: str, *listed: str) -> str:
    """The place of a word among those that the definition lists, from 1 up; null of none."""
    cases = " ".join(f"when '{word}' then {n}" for n, word in enumerate(listed, 1))
    return f"case {column} {cases} end"


#: In the order of the oracle: what it is of, its key in words, numbers.
_QUERIES: Final = {
    "use": "select tenant_id, 'use', use_type || '|' || use_id, utm_link_id, affiliate_id,"
    " net_sales_amount, cost_amount, used_date - date '2000-01-01',"
    " is_of_new_customer::integer, commission_amount from fct_link_uses",
    "affiliate": "select tenant_id, 'affiliate', affiliate_id::text, link_count, order_count,"
    " new_customer_count, net_sales_amount, cost_amount, commission_amount from rpt_affiliates",
    "link": "select tenant_id, 'link', utm_link_id::text, "
    + _place("link_fault", "no_address", "no_campaign", "campaign_deleted", "campaign_over")
    + ", touch_count, order_count,"
    " last_used_date - date '2000-01-01', is_still_used::integer from rpt_utm_links",
    "channel": "select tenant_id, 'channel', marketing_channel_id::text, page_id, activity_count,"
    " open_activity_count, spent_amount, impression_count, click_count, cost_per_click"
    " from rpt_marketing_channels",
    "file": "select tenant_id, 'file', marketing_asset_id::text, "
    + _place("asset_use", "archived", "draft", "running", "coming", "over", "brand", "none")
    + ", "
    + _place("rights_state", "always", "expired", "end_soon", "end_early", "hold")
    + ", needs_rights::integer, license_left_days, unchanged_days, folder_id"
    " from rpt_marketing_assets",
    "folder": "select tenant_id, 'folder', folder_id::text, own_asset_count, asset_count,"
    " size_bytes, needy_asset_count, last_changed_date - date '2000-01-01'"
    " from rpt_asset_folders",
    "brand": "select tenant_id, 'brand', concat_ws('|', brand_setting_id, brand_item),"
    " record_count, changed_date - date '2000-01-01' from rpt_brand_items",
    "document": "select tenant_id, 'document', reference_document_id::text, "
    + _place("document_state", "expired", "end_soon", "hold")
    + ", needs_renewal::integer, valid_left_days from rpt_reference_documents",
    "activity": "select tenant_id, 'activity', activity_id::text, "
    + _place("activity_state", "late", "running", "planned", "done_late", "done", "cancelled")
    + ", late_days, change_count, move_count, moved_due_days from rpt_activity_schedule",
    "term": "select tenant_id, 'term', concat_ws('|', promotion_id, term_type, thing_id,"
    " case term_type when 'attribute' then asked_value end), quantity, discount_rate,"
    " product_count from rpt_promotion_terms",
}
FIGURES: Final = frozenset(_QUERIES)


def expected_marketing(url: str, as_of: datetime) -> Figures:
    """Each affiliate, link, channel, file, folder, brand item, document, activity and term."""
    found = query_oracle(url, "marketing", as_of=as_of)
    return {(tenant, figure, words): tuple(numbers) for tenant, figure, words, numbers in found}


def served_marketing(served: Any) -> Figures:
    """The same of the marts."""
    return {row[:3]: row[3:] for query in _QUERIES.values() for row in rows(served.release, query)}
