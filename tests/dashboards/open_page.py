"""Opens a page of the tree that it runs in, clicks its longest bars, and prints all it sends.

Run as `python -m tests.dashboards.open_page <page> <language>…` with ``FACET_HOME`` set; prints
JSON, by language.
"""

import json
import sys

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR
from facet.reporting.screen.frame import sign_in
from tests.dashboards.everything_sent import query, watch
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import NEW_YORK


def opened(page: str, language: str) -> str:
    """All that a page sends to somebody who signs in at a shop as in the demo."""
    main = str(PROJECT_DIR / "dashboards" / "streamlit_app.py")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign_in, "request_context", lambda: AT_THIS_MACHINE)
        sent = watch(patch)
        script = AppTest.from_file(main, default_timeout=60)
        query(script, {"lang": language, "period": "month_to_date"})
        script.run().selectbox(key="sign-in-tenant").set_value(NEW_YORK).run()
        script.button(key="sign-in-button").click().run()
        script.switch_page(f"app_pages/{page}.py").run()
        sent.forget()
        sent.clicks = True
        script.run()
        assert not script.exception
        return sent.text()


if __name__ == "__main__":
    name, *languages = sys.argv[1:]
    print(json.dumps({language: opened(name, language) for language in languages}))
