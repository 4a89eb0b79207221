"""Who looks at what is served and what is in the mailbox, and holds it against the database."""

import io
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from typing import Any, Final

import duckdb
from openpyxl import load_workbook

from facet.release import Release, current, verify
from facet.reporting.present.formats import Formats
from facet.reports.sections import SECTIONS
from tests.facet.reports.test_files import text_of
from tests.project.compare import Figures, differences, measured
from tests.project.conftest import Served
from tests.project.figures import SALES, expected_sales
from tests.project.long.living_shop import OWNERS, SHOPS
from tests.project.long.world import World

_TILES: Final = SECTIONS["sales"].tiles
_FILE: Final = re.compile(r"(.+)_(\d{4}-\d\d-\d\d)\.(pdf|xlsx)")
_DAYS: Final = {"daily": 1, "weekly": 7}
_LANGUAGES: Final = {1: "en", 2: "vi", 3: "en"}


class Witness:
    """Holds each release that is served against the operational database, and reads each mail."""

    def __init__(self, world: World) -> None:
        self._world = world
        #: What releases say: by id, then by tenant, metric and day.
        self.figures: dict[str, Figures] = {}
        #: What came: report and the date that it is of; a notice has none.
        self.reports: dict[int, list[tuple[str, date]]] = defaultdict(list)
        self.notices: dict[int, list[datetime]] = defaultdict(list)
        #: What was not as it must be. Two weeks take too long to end at the first.
        self.problems: list[str] = []

    def look(self) -> None:
        """Look at a release that is new, and at mails that have come."""
        release = current(self._world.settings.releases_dir)
        if release.id not in self.figures:
            self._look_at(release)
        box = self._world.report_mails
        for mail, recipients in zip(box.mails, box.recipients, strict=True):
            self._read(mail, recipients)
        for arrived in (box.mails, box.recipients, box.raw):
            arrived.clear()

    def _require(self, *, found: object, wanted: object, of: str) -> None:
        if found != wanted:
            self.problems.append(f"{self._world.now}: {of} must be {wanted}, is {found}")
            print(self.problems[-1], flush=True)

    def _look_at(self, release: Release) -> None:
        """What a release says is what the database says, or what it said of who is kept."""
        self._require(found=verify(release), wanted=(), of="what is wrong with files")
        served = Served(
            url=self._world.database.url, settings=self._world.settings, release=release
        )
        found = measured(served, SALES, ["metric_time__day"])
        expected = expected_sales(served.url, release.snapshot.at)
        before = self.figures[list(self.figures)[-1]] if self.figures else {}
        for tenant in release.tenants:
            if tenant.status != "fresh":
                expected = _of(tenant.tenant_id, before) | {
                    key: value for key, value in expected.items() if key[0] != tenant.tenant_id
                }
            strange = _rows_of_others(release, tenant.tenant_id)
            self._require(found=strange, wanted=0, of=f"rows of others, {tenant.tenant_id}")
        for tenant_id, rows in differences(expected, found).items():
            self._require(found=rows[:5], wanted=[], of=f"differences of {tenant_id}")
        self.figures[release.id] = found

    def _read(self, mail: EmailMessage, recipients: list[str]) -> None:
        [address] = recipients
        tenant = next(tenant for tenant, owner in OWNERS.items() if owner == address)
        files = {str(part.get_filename()): part.get_content() for part in mail.iter_attachments()}
        texts = [str(mail["subject"]), str(mail.get_body(("plain",)))]
        if not files:
            self.notices[tenant].append(self._world.now)
        for name, content in files.items():
            matched = _FILE.fullmatch(name)
            assert matched
            report, day = matched[1], date.fromisoformat(matched[2])
            if name.endswith(".xlsx"):
                book = load_workbook(io.BytesIO(content))
                sheets = [[[cell.value for cell in row] for row in sheet.rows] for sheet in book]
                net_sales = self._require_figures(tenant, report, day, sheets)
                self.reports[tenant].append((report, day))
                texts.append(str(sheets))
        for name, content in files.items():
            if name.endswith(".pdf"):
                texts.append(text_of(content))
                self._require(found=net_sales in texts[-1], wanted=True, of=f"{name}: {net_sales}")
        others = [shop for other, (shop, *_) in SHOPS.items() if other != tenant]
        self._require(found=SHOPS[tenant][0] in texts[0], wanted=True, of=f"name in {texts[0]}")
        strange = [shop for shop in others if any(shop in text for text in texts)]
        self._require(found=strange, wanted=[], of=f"others in {texts[0]}")

    def _require_figures(self, tenant: int, report: str, day: date, sheets: list[Any]) -> str:
        """The figures of its days, as the release has them that it names; net sales as written."""
        cells = [cell for rows in sheets for row in rows for cell in row]
        [release] = self.figures.keys() & set(map(str, cells))
        days = [
            day - timedelta(days=back) for back in range(1, _DAYS[report.partition("-")[0]] + 1)
        ]
        now = (Decimal(str(cell or 0)) for cell in sheets[0][1][1:])
        said = dict(zip(_TILES, now, strict=True))
        for metric in ("net_sales", "orders", "returns"):
            known = self.figures[release]
            total = sum(known.get((tenant, metric, day), 0) for day in days)
            self._require(found=said[metric], wanted=total, of=f"{metric} of {report}, {day}")
        _, _, currency, locale = SHOPS[tenant]
        formats = Formats.of(_LANGUAGES[tenant], tenant_locale=locale, currency=currency)
        return formats.exact(said["net_sales"], "money").replace("\xa0", " ")


def _of(tenant: int, figures: Figures) -> Figures:
    return {key: value for key, value in figures.items() if key[0] == tenant}


def _rows_of_others(release: Release, tenant: int) -> int:
    """How many rows of a tenant's file are not that tenant's."""
    with duckdb.connect(str(release.file_of(tenant)), read_only=True) as file:
        tables = file.execute(
            "select table_name from duckdb_columns() where column_name = 'tenant_id'"
            " and schema_name = 'facet_marts'"
        ).fetchall()
        counts = " + ".join(
            f"(select count(*) from facet_marts.{name} where tenant_id is distinct from {tenant})"
            for (name,) in tables
        )
        [(count,)] = file.execute(f"select {counts}").fetchall()
    return int(count)
