"""What the house's marketing has: affiliates, links, channels, activities, files, brands.

In March orders 1 and 2 came to New York by Mia Chen's link, for a tenth of 2,100.40 and of 800;
order 3 by Zoe Roe's, whose rate nobody has entered and whose goods have no known cost. In February
one order of 100 came by Mia.
"""

from collections.abc import Sequence
from typing import Any, Final

import duckdb

from tests.facet.reporting.contracts import Record, create
from tests.facet.reporting.house import id_of
from tests.facet.reporting.house_staff import BEN, ELI, MAI


def _use(tenant: int, number: int, link: int, day: str, **more: Any) -> Record:
    """A touchpoint, or with net sales an order of an affiliate."""
    is_order = "net_sales_amount" in more
    return {
        "tenant_id": tenant, "use_type": "order" if is_order else "touch", "use_id": number,
        "utm_link_id": link, "order_id": number if is_order else None,
        "demand_sales_amount": more.get("net_sales_amount"), "is_touch": not is_order,
        "is_order": is_order, "is_of_new_customer": False, "is_affiliate_order": is_order,
        "used_date": day, "used_at_local": f"{day} 09:00:00", **more,
    }  # fmt: skip


_MIA: Final[Record] = {"affiliate_id": 4, "campaign_id": 1}
_USES: Final = (
    _use(1, 1, 1, "2026-03-02", **_MIA, net_sales_amount="2100.40", costed_demand_amount="2200",
         cost_amount="1000", commission_amount="210.04", is_of_new_customer=True),
    _use(1, 2, 1, "2026-03-10", **_MIA, net_sales_amount="800", costed_demand_amount="800",
         cost_amount="425", commission_amount="80"),
    _use(1, 3, 2, "2026-03-18", affiliate_id=5, net_sales_amount="400", costed_demand_amount="0",
         cost_amount="0"),
    _use(1, 9, 1, "2026-02-05", **_MIA, net_sales_amount="100", costed_demand_amount="100",
         cost_amount="60", commission_amount="10"),
    _use(1, 1, 1, "2026-03-05", **_MIA), _use(1, 2, 3, "2026-03-06", campaign_id=2),
    _use(1, 3, 4, "2026-02-10", campaign_id=1),
    _use(2, 1, 1, "2026-03-01", affiliate_id=7, net_sales_amount="25000000",
         costed_demand_amount="25000000", cost_amount="12000000", commission_amount="1250000"),
)  # fmt: skip


def _link(tenant: int, number: int, source: str, fault: str | None, **more: Any) -> Record:
    return {
        "tenant_id": tenant, "utm_link_id": number, "utm_source": source, "link_fault": fault,
        "click_count": 12, "touch_count": 1, "order_count": 0, "is_never_used": False,
        "is_still_used": False, **more,
    }  # fmt: skip


def _activity(
    tenant: int, number: int, name: str, state: str, user: int, due: str, **more: Any
) -> Record:
    owner = {BEN: "Ben Ode", ELI: "Eli Jay", MAI: "Trần Thị Mai"}[user]
    return {
        "tenant_id": tenant, "activity_id": number, "campaign_id": 1, "owner_id": user,
        "activity_name": name, "activity_type": "event", "campaign_name": "Spring bloom",
        "owner_name": owner, "activity_state": state, "change_count": 0, "move_count": 0,
        "moved_due_days": 0, "is_late": state == "late", "is_moved": False, "due_date": due,
        **more,
    }  # fmt: skip


def _file(
    tenant: int, number: int, name: str, use: str, rights: str, left: int | None, **more: Any
) -> Record:
    return {
        "tenant_id": tenant, "marketing_asset_id": number, "asset_name": name,
        "asset_type": "video", "asset_use": use, "rights_state": rights, "size_bytes": 1000,
        "license_left_days": left, "unchanged_days": 40, "changed_date": "2026-02-06",
        "needs_rights": use in ("running", "coming", "brand")
        and rights in ("expired", "end_soon", "end_early"), **more,
    }  # fmt: skip


_ITEMS: Final = {
    "settings": ("tagline", "mission", "tone_of_voice", "website"),
    "colors": ("primary_color", "text_color", "background_color"),
    "logos": ("light_logo", "dark_logo", "mark"),
    "typography": ("heading_typeface", "body_typeface"),
    "guidelines": ("logo_rule", "color_rule", "typography_rule", "imagery_rule", "voice_rule"),
}


def _brand(tenant: int, name: str, *missing: str) -> list[Record]:
    """A brand with all that completes one but for what is missing."""
    items = [(part, item) for part, listed in _ITEMS.items() for item in listed]
    return [
        {"tenant_id": tenant, "brand_setting_id": 1, "brand_item": item, "brand_name": name,
         "brand_part": part, "item_position": n, "record_count": int(item not in missing),
         "is_default": True, "is_there": item not in missing, "is_missing": item in missing,
         "changed_date": None if item in missing else f"2026-02-{n + 1:02}"}
        for n, (part, item) in enumerate(items)
    ]  # fmt: skip


#: By mart the rows of New York, then those of Saigon.
ROWS: Final[dict[str, Sequence[Record]]] = {
    "fct_link_uses": _USES,
    "rpt_affiliates": [
        {"tenant_id": tenant, "affiliate_id": number, "affiliate_code": code,
         "affiliate_name": name, "affiliate_status": "active", "commission_rate": rate,
         "link_count": 1, "order_count": 1, "commission_amount": due, "is_deleted": False,
         "lacks_rate": rate is None, "last_order_date": last}
        for tenant, number, code, name, rate, due, last in (
            (1, 4, "KOL-04", "Mia Chen", "0.1", "300.04", "2026-03-10"),
            (1, 5, "KOL-05", "Zoe Roe", None, None, "2026-03-18"),
            (2, 7, "CTV-07", "Phạm Lan", "0.05", "1250000", "2026-03-01"),
        )
    ],
    "rpt_utm_links": [
        _link(1, 1, "newsletter", None, campaign_name="Spring bloom", affiliate_id=4,
              affiliate_code="KOL-04", affiliate_name="Mia Chen", order_count=3,
              last_used_date="2026-03-10"),
        _link(1, 2, "blog", "no_address", affiliate_id=5, affiliate_code="KOL-05",
              affiliate_name="Zoe Roe", touch_count=0, order_count=1, last_used_date="2026-03-18"),
        _link(1, 3, "poster", "campaign_over", campaign_name="Winter glow", is_still_used=True,
              last_used_date="2026-03-06"),
        _link(1, 4, "flyer", None, campaign_name="Spring bloom", last_used_date="2026-02-10"),
        _link(1, 5, "radio", "no_campaign", touch_count=0, is_never_used=True),
        _link(2, 1, "zalo", None, affiliate_id=7, affiliate_code="CTV-07",
              affiliate_name="Phạm Lan", touch_count=0, order_count=1,
              last_used_date="2026-03-01"),
    ],
    "rpt_marketing_channels": [
        {"tenant_id": tenant, "marketing_channel_id": number, "marketing_channel_name": name,
         "marketing_channel_type": kind, "page_id": id_of(page), "channel_name": page,
         "activity_count": activities, "open_activity_count": 1, "spent_amount": spent,
         "click_count": clicks, "cost_per_click": per_click, "is_active": number != 3}
        for tenant, number, name, kind, page, activities, spent, clicks, per_click in (
            (1, 1, "Site banner", "display", "Website", 2, "250.50", 100, "2.505"),
            (1, 2, "Shop window", "offline", "Boutique", 1, "80", None, None),
            (1, 3, "Old leaflet", "offline", None, 0, "0", None, None),
            (2, 1, "Zalo OA", "social", "Zalo", 1, "1000000", None, None),
        )
    ],
    "rpt_activity_schedule": [
        _activity(1, 1, "Opening mail", "done", BEN, "2026-03-02", completed_date="2026-03-02"),
        _activity(1, 2, "Window", "late", ELI, "2026-03-12", late_days=6, change_count=3,
                  move_count=2, moved_due_days=4, is_moved=True),
        _activity(1, 3, "Film shoot", "running", BEN, "2026-03-25"),
        _activity(1, 4, "Gift post", "planned", BEN, "2026-04-10"),
        _activity(1, 5, "Old parade", "done_late", BEN, "2025-03-02", late_days=1,
                  completed_date="2025-03-03"),
        _activity(2, 1, "Livestream Tết", "planned", MAI, "2026-03-20",
                  campaign_name="Tết đoàn viên"),
    ],
    "rpt_marketing_assets": [
        _file(1, 1, "bloom-film.mp4", "running", "expired", -3, campaign_name="Spring bloom",
              license_until_date="2026-03-15", folder_id=2, folder_name="Films",
              approved_by=BEN, approved_by_name="Ben Ode"),
        _file(1, 2, "house-song.mp3", "brand", "end_soon", 10, brand_name="House of Hudson",
              license_until_date="2026-03-28", folder_id=1, folder_name="Campaigns"),
        _file(1, 3, "sketch.psd", "draft", "always", None),
        _file(1, 4, "glow.jpg", "over", "expired", -20, license_until_date="2026-02-26"),
        _file(2, 1, "phim-tet.mp4", "running", "hold", 300, license_until_date="2027-01-12"),
    ],
    "rpt_asset_folders": [
        {"tenant_id": tenant, "folder_id": number, "parent_folder_id": parent,
         "folder_name": name, "folder_level": level, "own_asset_count": own, "asset_count": count,
         "size_bytes": 1000 * count, "needy_asset_count": count, "last_changed_date": "2026-02-06"}
        for tenant, number, parent, name, level, own, count in (
            (1, 1, None, "Campaigns", 1, 1, 2), (1, 2, 1, "Films", 2, 1, 1),
            (1, 3, None, "Brand", 1, 0, 0), (2, 1, None, "Phim", 1, 0, 0),
        )
    ],
    "rpt_brand_items": [
        *_brand(1, "House of Hudson", "dark_logo", "voice_rule"), *_brand(2, "Ngọc Lan 1986"),
    ],
    "rpt_reference_documents": [
        {"tenant_id": tenant, "reference_document_id": number, "document_title": title,
         "document_type": kind, "campaign_name": campaign, "document_state": state,
         "needs_renewal": needs, "valid_until_date": until, "changed_date": "2026-02-01"}
        for tenant, number, title, kind, campaign, state, needs, until in (
            (1, 1, "Spring brief", "brief", "Spring bloom", "hold", False, None),
            (1, 2, "Photographer", "contract", None, "expired", True, "2026-03-01"),
            (1, 3, "Winter venue", "contract", "Winter glow", "expired", False, "2026-02-28"),
            (2, 1, "Hợp đồng Tết", "contract", "Tết đoàn viên", "hold", False, None),
        )
    ],
}  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
    """Create the marts of marketing with the house's rows; returns their names."""
    for name, rows in ROWS.items():
        create(connection, name, rows)
    return tuple(ROWS)
