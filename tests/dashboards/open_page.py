"""Opens pages of the tree that it runs in, clicks bars, picks rows, and prints all they send.

Run as `python -m tests.dashboards.open_page <page>,… <language>,…` with ``FACET_HOME`` set; prints
JSON, by language and page.
"""

import json
import sys
from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from facet.config import PROJECT_DIR
from facet.reporting.screen.frame import sign_in
from tests.dashboards.everything_sent import query, watch
from tests.facet.reporting.fixtures import AT_THIS_MACHINE
from tests.facet.reporting.house import NEW_YORK


def opened(pages: Sequence[str], language: str) -> dict[str, str]:
    """All that pages send to somebody who signs in at a shop as in the demo, by page."""
    main = str(PROJECT_DIR / "dashboards" / "streamlit_app.py")
    texts = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign_in, "request_context", lambda: AT_THIS_MACHINE)
        sent = watch(patch)
        script = AppTest.from_file(main, default_timeout=60)
        query(script, {"lang": language, "period": "month_to_date"})
        script.run().selectbox(key="sign-in-tenant").set_value(NEW_YORK).run()
        script.button(key="sign-in-button").click().run()
        for page in pages:
            script.switch_page(f"app_pages/{page}.py").run()
            sent.forget()
            sent.clicks = True
            script.run()
            assert not script.exception
            texts[page] = sent.text()
    return texts


if __name__ == "__main__":
    names, languages = (argument.split(",") for argument in sys.argv[1:])
    print(json.dumps({language: opened(names, language) for language in languages}))
