"""A page as PDF and a chart as a picture: what is on the page, for who may still see it."""

import io
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from facet.audit.trail import AuditTrail
from facet.config import Settings
from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.document.pdf import to_pdf, to_png
from facet.reporting.screen.parts import files
from facet.reporting.screen.registry import PAGES
from facet.reporting.screen.session.state import KEY, State
from tests.dashboards.reading import MARCH, App, open_page
from tests.facet.reporting import fixtures
from tests.facet.reporting.house import NEW_YORK, SAIGON, id_of

#: Of March's orders: 250.50 and 80 less 40 by the website, 25,000,000 and 2,250,000 in Saigon.
SHOPS = [
    (
        NEW_YORK,
        {"channel": str(id_of("Website"))},
        [
            "Net sales $290.50",
            "Channel: Website",
            "Mar 1, 2026 – Mar 18, 2026",
            "Website $290.50",
            "Total",
        ],
        ["Boutique", "$1,090.40", "Ngọc"],
    ),
    (
        SAIGON,
        {},
        ["Doanh thu thuần 27.250.000 ₫", "Cửa hàng 25.000.000 ₫", "Zalo 2.250.000 ₫"],
        ["Hudson", "$"],
    ),
]


def said_in(pdf: bytes) -> str:
    """All that a PDF says, with one space for each stretch of them."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def drawn(script: AppTest) -> State:
    """What the session knows when a page has been drawn."""
    state: State = script.session_state[KEY]
    return state


@pytest.mark.parametrize(
    ("tenant_id", "address", "said", "unsaid"), SHOPS, ids=["New York", "Saigon"]
)
def test_a_pdf_has_what_the_page_shows_under_its_filters(
    app: App, tenant_id: int, address: dict[str, str], said: list[str], unsaid: list[str]
) -> None:
    state = drawn(open_page(app(**MARCH, **address), tenant_id, "app_pages/overview.py"))
    assert state.view is not None
    page = next(page for page in PAGES if page.name == "overview")
    document = files.document_of(state.view, page, state.drawn_parts)

    text = said_in(to_pdf(document))
    assert [each for each in said if each not in text] == []
    assert [each for each in unsaid if each in text] == []
    trend = next(part for part in document.parts if part.trend)
    picture = to_png(replace(document, parts=(trend,)))
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    assert 1200 < width < 1400  # 170 mm at twice the density of a screen
    assert 200 < height < width


@pytest.mark.parametrize("reason", [None, "session", "right", "scope"])
def test_a_file_takes_the_rights_of_its_page_when_it_is_clicked_and_is_written_down(
    app: App, house: Release, reason: str | None
) -> None:
    ada = fixtures.sign_in(house, NEW_YORK)
    script = open_page(app(**MARCH), NEW_YORK, "app_pages/overview.py")
    state = drawn(script)
    assert state.view is not None

    def again() -> Principal:
        if reason == "session":
            raise PermissionError("The session is idle.")
        lost = {"facet.sales"} if reason == "right" else set()
        people = frozenset({11}) if reason == "scope" else ada.people
        return replace(ada, permissions=ada.permissions - lost, people=people)

    view = replace(state.view, reauthenticate=again)
    before = datetime.now(UTC)
    page = next(page for page in PAGES if page.name == "overview")
    make: Callable[[], bytes] = lambda: files._pdf(view, page, state.drawn_parts)  # noqa: E731
    if reason is None:
        assert "Net sales $1,090.40" in said_in(make())
    else:
        with pytest.raises(PermissionError, match=reason):
            make()
    trail = AuditTrail.of(Settings(home=house.directory.parent.parent))
    until = before + timedelta(days=1)
    (event,) = trail.events(NEW_YORK, since=before, until=until)
    assert event.kind == ("file" if reason is None else "refused")
    assert event.details["filters"] == {"period": ["month_to_date"], "compare": ["before"]}
    assert event.details.get("reason") == (None if reason is None else f"export.{reason}")
    assert trail.events(SAIGON, since=before, until=until) == ()


def test_nothing_is_sent_where_nobody_vouches_for_an_address(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = []
    for server in ("", "smtp://127.0.0.1:2525"):
        if server:
            monkeypatch.setenv("FACET_SMTP_URL", server)
            monkeypatch.setenv("FACET_MAIL_FROM", "Facet <reports@house.example>")
        script = open_page(app(**MARCH), NEW_YORK, "app_pages/overview.py")
        script.session_state["take-along"] = True
        script.run()
        assert "This page as PDF" in [button.label for button in script.download_button]
        assert "mail-me" not in {button.key for button in script.button}
        said = [str(caption.value) for caption in script.caption]
        reasons += [text for text in said if text.startswith("Nothing can be sent")]
    assert [reason.partition(": ")[2] for reason in reasons] == [
        "whoever runs Facet has set up no mail server.",
        "your sign-in vouches for no e-mail address.",
    ]
