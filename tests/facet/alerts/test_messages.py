"""What a message says, to whom it is sent; over a real webhook."""

import re

from facet.alerts.checking import check
from facet.config import Settings
from tests.facet.alerts.conftest import AS_OF, NEW_YORK, SAIGON
from tests.facet.alerts.test_checking import OFF, Configure, PublishMarts
from tests.facet.alerts.test_rules import goal
from tests.facet.alerts.webhook import Webhook


def test_each_recipient_reads_their_language_on_their_clocks(
    settings: Settings, webhook: Webhook, configure: Configure, publish_marts: PublishMarts
) -> None:
    name = "Nhẫn\ncưới"  # what a title would break on
    publish_marts({"rpt_campaign_goals": [goal(SAIGON, 7, goal_name=name), goal(NEW_YORK, 8)]})
    configure(
        {
            "rules": {"data_stale": OFF},
            "time_zone": "Asia/Ho_Chi_Minh",
            "recipients": {
                "vi": {"url": webhook.url("vi"), "language": "vi", "tenants": [SAIGON]},
                "en": {
                    "url": webhook.url("en"),
                    "tenants": [SAIGON],
                    "time_zone": "America/New_York",
                },
            },
        }
    )
    check(settings, now=AS_OF)
    told = dict(webhook.received)
    assert told["/vi"]["title"] == "Ngọc Lan: mục tiêu Nhẫn cưới có nguy cơ không đạt"
    assert told["/vi"]["message"].split("\n\n") == [
        "Ngọc Lan, Tết: Nhẫn cưới mới đạt 40,0% so với tiến độ; còn 3 ngày, ngày cuối là 20 thg 3,"
        " 2026. Từ 18 thg 3, 2026, 22:30 (Asia/Ho_Chi_Minh).",
        "Trang Chiến dịch cho thấy tiến độ và mức cần đạt mỗi ngày.",
        "Cảnh báo · goal_at_risk · Facet",
    ]
    line = told["/en"]["message"].split("\n\n")[0]
    assert line == (
        "Ngọc Lan, Tết: Nhẫn cưới is at 40.0% of what it should be; days left: 3, the last is"
        " Mar 20, 2026. Since Mar 18, 2026, 11:30 AM (America/New_York)."
    )
    assert told["/en"]["type"] == "warning"


def test_every_message_of_a_look_at_many_counts_what_it_does_not_list(
    settings: Settings, webhook: Webhook, configure: Configure, publish_marts: PublishMarts
) -> None:
    goals = [goal(SAIGON, number, goal_name=f"Goal {number:02}") for number in range(1, 23)]
    publish_marts({"rpt_campaign_goals": goals})
    configure({"recipients": {"ops": {"url": webhook.url("ops")}}, "rules": {"data_stale": OFF}})
    check(settings, now=AS_OF)
    [(_, body)] = webhook.received
    assert body["title"] == "22 goals are at risk"
    assert re.findall(r"Goal \d\d", body["message"])[-1] == "Goal 20"
    assert "… + 2" in body["message"]
