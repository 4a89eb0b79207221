"""The page Campaigns: what it says for two tenants, and where there is nothing to say yet."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.dashboards.test_pages import sign_in, words
from tests.facet.reporting.house import NEW_YORK

App = Callable[..., AppTest]
CAMPAIGNS = "app_pages/campaigns.py"


def test_a_release_made_before_the_marts_says_how_they_come(app: App) -> None:
    script = sign_in(app(), NEW_YORK).switch_page(CAMPAIGNS).run()

    assert not script.exception
    assert "it was made before this page" in words(script)
    assert script.code[0].value == "facet run"
    assert not script.metric
