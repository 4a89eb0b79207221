"""Files, brands and documents of a random tenant, and terms of its promotions."""

from tests.project.random_tenant import Tenant


def add_files(t: Tenant) -> None:
    """Folders below each other, brands with some of their parts, files and documents."""
    for n in t.times(3):
        t.add(
            "mkt_asset_folders",
            parent_id=t.maybe(t.one("mkt_asset_folders")), name=f"D{n}",
            deleted_at=t.moment() if t.some(20) else None,
        )  # fmt: skip
    for n in t.times(2):
        _add_brand(t, n)
    for n in t.times(5):
        status = t.pick("approved", "approved", "draft", "archived")
        t.add(
            "mkt_marketing_assets",
            folder_id=t.maybe(t.one("mkt_asset_folders")),
            campaign_id=t.maybe(t.one("mkt_campaigns")),
            brand_setting_id=t.maybe(t.one("mkt_brand_settings")), name=f"F{n}",
            asset_type="image", status=status, url="x", size_bytes=t.pick(None, 0, 7),
            approved_at=t.moment() if status == "approved" else None,
            license_until_on=t.maybe(t.day()), updated_at=t.moment(),
            deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip
    for n in t.times(2):
        t.add(
            "mkt_reference_documents",
            campaign_id=t.maybe(t.one("mkt_campaigns")), title=f"D{n}", url="x",
            valid_until_on=t.maybe(t.day()), deleted_at=t.moment() if t.some(10) else None,
        )  # fmt: skip


def add_terms(t: Tenant) -> None:
    """What promotions ask for and give, and the products that have it."""
    for n in t.times(2):
        t.add("product_attribute", code=f"A{n}", name=f"A{n}", value_type="text")
    for product in t.subset("product", 2) if t.ids("product_attribute") else ():
        t.add(
            "product_attribute_value",
            product_id=product, product_attribute_id=t.one("product_attribute"),
            content=t.pick("gold", " gold", "jade"),
        )  # fmt: skip
    if t.ids("product_attribute"):
        for promotion in t.subset("mkt_promotions", 2):
            t.add(
                "mkt_promotion_attributes",
                promotion_id=promotion, product_attribute_id=t.one("product_attribute"),
                content=t.pick("gold", "gold ", "jade"),
            )  # fmt: skip
    for promotion in t.subset("mkt_promotions", 2):
        for product in t.subset("product", 2):
            role = t.pick("buy", "get")
            t.add(
                "mkt_promotion_bmgm_products",
                promotion_id=promotion, product_role=role, product_id=product,
                quantity=t.pick(1, 2),
                discount_rate=t.pick(None, "0.2", "1") if role == "get" else None,
            )  # fmt: skip


def add_changes(t: Tenant) -> None:
    """What was changed of activities, days in any spelling among it."""
    for _ in t.times(6) if t.ids("mkt_campaign_activities") else ():
        t.add(
            "mkt_campaign_activities_history",
            campaign_activity_id=t.one("mkt_campaign_activities"),
            field_name=t.pick("due_on", "due_on", "starts_on", "status"),
            changed_from=t.pick("2026-11-01", "2026-11-05", "2026-02-30", None, "soon"),
            changed_to=t.pick("2026-11-05", "2026-11-01", "5.11.2026"), occurred_at=t.moment(),
        )  # fmt: skip


def _add_brand(t: Tenant, n: int) -> None:
    brand = t.add(
        "mkt_brand_settings",
        code=f"B{n}", name=f"B{n}", tagline=t.pick(None, " ", "x"), mission=t.pick(None, "x"),
        updated_at=t.moment(), deleted_at=t.moment() if t.some(20) else None,
    )  # fmt: skip
    for usage in ("primary", "text", "accent"):
        if t.some(50):
            t.add(
                "mkt_brand_colors",
                brand_setting_id=brand, name=usage, hex_code="#C9A227", usage_type=usage,
                updated_at=t.moment(), deleted_at=t.moment() if t.some(20) else None,
            )  # fmt: skip
    for variant, background in (("full", "any"), ("full", "dark"), ("mark", "light")):
        if t.some(40):
            t.add(
                "mkt_brand_logos",
                brand_setting_id=brand, variant=variant, background_type=background, url="x",
                updated_at=t.moment(),
            )  # fmt: skip
    for usage in ("heading", "caption"):
        if t.some(40):
            t.add(
                "mkt_brand_typography",
                brand_setting_id=brand, usage_type=usage, font_family="x", updated_at=t.moment(),
            )  # fmt: skip
    for _ in t.times(2):
        t.add(
            "mkt_brand_guidelines",
            brand_setting_id=brand, section=t.pick("logo", "voice", "other"), title="x", body="x",
            updated_at=t.moment(),
        )  # fmt: skip
