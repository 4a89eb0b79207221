"""Random queries of random people: each result is what a model of ten lines says they may see.

Two shops have the same user ids, order numbers and days, so that a row of the wrong shop or person
would not stand out by itself; all queries go through one gateway and one cache.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from facet.config import Settings
from facet.release import Release
from facet.reporting.identity.claims import Claims
from facet.reporting.identity.identity import Principal, sign_in
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.marts import MartReader
from facet.reporting.query.metrics import MetricReader
from facet.reporting.query.table import Cell, Table
from facet.rights import codes
from facet.rights.document import Person, Rights, Shop
from facet.rights.keys import email_key
from tests.facet.reporting import contracts, house_campaigns, house_promotions
from tests.facet.reporting.house import publish_house

SEED: Final = 20260318
SECRET: Final = b"of the model"
QUESTIONS: Final = 3000
IDS: Final = range(11, 19)
CHANNELS: Final = ("Boutique", "Website", "Zalo")
FIRST: Final = date(2026, 3, 1)
DIMENSIONS: Final = {"staff_member": "user_id", "sales_credit__channel_name": "channel_name"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """Credit of somebody for something; a redemption and a campaign have the same people."""

    tenant_id: int
    number: int
    user_id: int | None
    channel_name: str
    day: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Query:
    """A query: grouped by what, with which values kept, in which days."""

    by: tuple[str, ...]
    where: dict[str, list[Any]]
    start: date
    end: date


def random_rows(chance: random.Random) -> list[Row]:
    return [
        Row(
            tenant_id=tenant,
            number=number,
            user_id=chance.choice([None, *IDS]),
            channel_name=chance.choice(CHANNELS),
            day=FIRST + timedelta(days=chance.randrange(10)),
            amount=Decimal(chance.randrange(1, 10**7)) / 100,
        )
        for tenant in (1, 2)
        for number in range(1, 121)
    ]


def random_people(chance: random.Random) -> list[Person]:
    """People of whom every third shares an address with the one before, maybe at another shop."""
    return [
        Person(
            tenant_id=1 + (number + number // 9) % 2,
            user_id=100 + number,
            email_key=email_key(SECRET, f"{number - (number % 3 == 2)}@house.example"),
            full_name=f"Person {number}",
            role_codes="",
            is_active=chance.random() > 0.1,
            permissions=frozenset(p for p in codes.CODES if chance.random() < 0.4),
            people=frozenset(chance.sample(IDS, chance.randrange(5))),
        )
        for number in range(60)
    ]


def may_sign_in(people: Sequence[Person], email: int, tenant: int) -> Person | None:
    """The model of who is let in."""
    key = email_key(SECRET, f"{email}@house.example")
    return next(
        (
            person
            for person in people
            if (person.email_key, person.tenant_id) == (key, tenant)
            and person.is_active
            and person.permissions
        ),
        None,
    )


def may_see(person: Person, tenant: int, user: int | None) -> bool:
    """The model of whose rows somebody sees."""
    own = person.tenant_id == tenant
    return own and (codes.ALL_STAFF in person.permissions or user in person.people)


def sums(rows: Sequence[Row], person: Person, query: Query) -> dict[tuple[Any, ...], Decimal]:
    """The model of a result."""
    found: dict[tuple[Any, ...], Decimal] = {}
    for row in rows:
        kept = all(getattr(row, DIMENSIONS[name]) in v for name, v in query.where.items())
        in_days = query.start <= row.day <= query.end
        if kept and in_days and may_see(person, row.tenant_id, row.user_id):
            group = tuple(getattr(row, DIMENSIONS[name]) for name in query.by)
            found[group] = found.get(group, Decimal()) + row.amount
    return found


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return random_rows(random.Random(SEED))


@pytest.fixture(scope="module")
def release(
    tmp_path_factory: pytest.TempPathFactory, semantic_manifest: Path, rows: list[Row]
) -> Release:
    settings = Settings(home=tmp_path_factory.mktemp("scopes"))
    return publish_house(settings, semantic_manifest, more=_planted(rows))


def _planted(rows: list[Row]) -> Callable[[duckdb.DuckDBPyConnection], Sequence[str]]:
    credits = [
        {
            "tenant_id": row.tenant_id, "order_id": row.number, "user_id": row.user_id,
            "credit_role": "primary", "is_credited": True, "credit_number": 1,
            "channel_name": row.channel_name, "net_sales_amount": str(row.amount),
            "ledger_date": row.day, "event_date": row.day, "order_date": row.day,
        }
        for row in rows
    ]  # fmt: skip
    redemptions = [
        {
            "tenant_id": row.tenant_id, "redemption_id": row.number, "user_id": row.user_id,
            "channel_name": row.channel_name, "redeemed_date": row.day,
        }
        for row in rows
    ]  # fmt: skip
    campaigns = [
        {
            "tenant_id": row.tenant_id, "campaign_id": row.number, "owner_id": row.user_id,
            "owner_name": row.user_id and f"Name {row.tenant_id}-{row.user_id}",
        }
        for row in rows
    ]  # fmt: skip

    def make(connection: duckdb.DuckDBPyConnection) -> Sequence[str]:
        contracts.create(connection, "fct_sales_credits", credits)
        house_promotions.create(connection, "fct_promotion_redemptions", redemptions)
        house_campaigns.create(connection, {"dim_campaigns": campaigns})
        return ("fct_sales_credits", "fct_promotion_redemptions", "dim_campaigns")

    return make


def _query(chance: random.Random) -> Query:
    start = FIRST + timedelta(days=chance.randrange(12))
    where: dict[str, list[Any]] = {}
    if chance.random() < 0.4:
        where["staff_member"] = chance.sample([None, 99, *IDS], 2)
    if chance.random() < 0.3:
        where["sales_credit__channel_name"] = [chance.choice([*CHANNELS, "' or 1 = 1 --"])]
    by = tuple(name for name in DIMENSIONS if chance.random() < 0.5)
    return Query(by=by, where=where, start=start, end=start + timedelta(days=chance.randrange(8)))


def test_every_answer_is_what_the_model_lets_see(release: Release, rows: list[Row]) -> None:
    chance = random.Random(SEED)
    people = random_people(chance)
    shops = tuple(Shop(tenant_id=n, name=f"Shop {n}", is_active=True) for n in (1, 2, 3))
    rights = Rights(taken_at=datetime.now(UTC), people=tuple(people), shops=shops)
    gateway = Gateway(connections_kept=60)
    counted = dict.fromkeys(("refused", "limited", "everybody"), 0)

    for number in range(QUESTIONS):
        email, tenant = chance.randrange(64), chance.choice((1, 2))
        person, query = may_sign_in(people, email, tenant), _query(chance)
        claims = _claims(email)
        if person is None:
            with pytest.raises(PermissionError):
                sign_in(claims, rights, SECRET, release, tenant_id=tenant)
            counted["refused"] += 1
            continue
        principal = sign_in(claims, rights, SECRET, release, tenant_id=tenant)
        counted["limited" if principal.people is not None else "everybody"] += 1
        metrics = MetricReader(gateway, principal, release)
        table = metrics.metrics(
            ["credited_net_sales"],
            by=query.by,
            where=query.where,
            start=query.start,
            end=query.end,
        )
        got = {tuple(row[:-1]): row[-1] for row in table.rows}
        expected = sums(rows, person, query)
        if not query.by:
            got, expected = {(): got[()] or 0}, {(): expected.get((), Decimal())}
        assert got == expected, (number, person, query)
        if number % 3 == 0:
            _marts(MartReader(gateway, principal, release), person, rows, chance)

    assert min(counted.values()) > QUESTIONS / 10, counted


def _marts(marts: MartReader, person: Person, rows: Sequence[Row], chance: random.Random) -> None:
    """Rows of a mart as they stand: all of the shop's, without the people who are not seen."""
    own = [row for row in rows if row.tenant_id == person.tenant_id]
    wanted = chance.sample([None, *IDS], 3)
    found = marts.rows("fct_promotion_redemptions", ["redemption_id", "user_id"])
    assert _pairs(found) == {
        row.number: row.user_id if may_see(person, row.tenant_id, row.user_id) else None
        for row in own
    }
    ids = [user for user in wanted if user is not None]
    found = marts.rows("dim_campaigns", ["campaign_id", "owner_name"], where={"owner_id": ids})
    assert _pairs(found) == {
        row.number: f"Name {row.tenant_id}-{row.user_id}"
        for row in own
        if row.user_id in ids and may_see(person, row.tenant_id, row.user_id)
    }
    customers = marts.rows("dim_customers", ["full_name", "city", "country_code"]).rows
    assert customers
    for name, city, country in customers:
        assert country == ("US" if person.tenant_id == 1 else "VN")
        if codes.PERSONAL_DATA in person.permissions:
            assert str(name).startswith(f"Buyer {person.tenant_id}-")
            assert city == ("Boston" if person.tenant_id == 1 else "Huế")
        else:
            assert name is city is None


def _pairs(table: Table) -> dict[Cell, Cell]:
    return {row[0]: row[1] for row in table.rows}


def _claims(email: int) -> Claims:
    now = datetime.now(UTC)
    return Claims(
        issuer="https://id.example",
        subject=str(email),
        email=f"{email}@house.example",
        nonce="",
        issued_at=now,
        expires_at=now + timedelta(hours=1),
    )


def test_a_union_of_rights_never_widens_what_one_alone_does_not_allow(release: Release) -> None:
    """Every right but `all_staff` leaves the people as they are, however many there are."""
    person = random_people(random.Random(SEED))[0]
    shops = (Shop(tenant_id=person.tenant_id, name="Shop", is_active=True),)
    for permissions in (codes.CODES, codes.CODES - {codes.ALL_STAFF}):
        one = replace(person, is_active=True, permissions=permissions, people=frozenset({11}))
        rights = Rights(taken_at=datetime.now(UTC), people=(one,), shops=shops)
        principal: Principal = sign_in(
            _claims(0), rights, SECRET, release, tenant_id=person.tenant_id
        )
        sees_all = codes.ALL_STAFF in permissions
        assert principal.people == (None if sees_all else frozenset({11}))
