-- Temporary tables have no statistics unless they are asked for; without them the joins of the
-- batches go wrong by a factor of ten.
analyze demo_tenant, demo_page, demo_doors, demo_staff, demo_roster, demo_team;
analyze demo_category, demo_product, demo_variant, demo_mix, demo_gift, demo_name;
analyze demo_occasion, demo_campaign, demo_promotion, demo_offer, demo_day, demo_hours, demo_link;
