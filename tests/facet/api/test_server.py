"""Metrics over HTTP, asked of a real server: whose, by whom, how often, and in which forms."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pytest
from openapi_spec_validator import validate
from pyarrow import parquet

from facet.api.server import serve
from facet.api.tokens import Tokens
from facet.audit.trail import AuditTrail
from facet.config import Settings
from facet.errors import ConfigurationError
from facet.metrics.shop import Shop
from tests.facet.api.conftest import MARCH, Client, events, person, served, service
from tests.facet.reporting import house_staff
from tests.facet.reporting.house import NEW_YORK, SAIGON, publish_house
from tests.facet.reporting.house_people import SECRET
from tests.facet.reporting.house_staff import ADA, BEN, CY, DEE, ELI, TEAM

BY_CHANNEL = {"metrics": ["net_sales", "orders"], "by": ["channel"], **MARCH}
PROBLEM = {"what", "why", "next_step"}


def refused(answer: httpx.Response, status: int) -> dict[str, str]:
    """The reason of a refusal, which is told in three sentences and nothing else."""
    assert answer.status_code == status, answer.text
    content: dict[str, str] = answer.json()
    assert set(content) == PROBLEM
    assert "Traceback" not in answer.text
    return content


def test_a_question_is_answered_with_exact_numbers(home: Settings, client: Client) -> None:
    answer = client(person(home, 11)).post("/v1/query", json=BY_CHANNEL)

    assert answer.status_code == 200, answer.text
    content = answer.json()
    assert content["rows"] == [["Boutique", "799.90", 1], ["Website", "290.50", 2]]
    assert (content["currency"], content["as_of"]) == ("USD", "2026-03-18T11:30:00-04:00")
    assert content["period"] == ["2026-03-01", "2026-03-18"]
    assert content["is_cut"] is False


def test_files_are_exact_and_for_those_who_may_export(home: Settings, client: Client) -> None:
    ada = client(person(home, 11))

    def content(form: str) -> bytes:
        answer = ada.post("/v1/query", json=BY_CHANNEL, headers={"Accept": form})
        assert answer.headers["content-type"].partition(";")[0] == form
        return answer.content

    arrow = pa.ipc.open_stream(content("application/vnd.apache.arrow.stream")).read_all()
    packed = parquet.read_table(BytesIO(content("application/vnd.apache.parquet")))
    for table in (arrow, packed):
        assert table.schema.field("net_sales").type == pa.decimal128(38, 2)
        assert table.to_pydict() == {
            "ledger_entry__channel_name": ["Boutique", "Website"],
            "net_sales": [Decimal("799.90"), Decimal("290.50")],
            "orders": [1, 2],
        }
    assert content("text/csv").decode("utf-8-sig").splitlines()[1] == "Boutique,799.90,1"

    books = client(service(home, "facet.sales"))
    assert books.post("/v1/query", json=BY_CHANNEL).status_code == 200
    arrow_alone = {"Accept": "application/vnd.apache.arrow.stream"}
    told = refused(books.post("/v1/query", json=BY_CHANNEL, headers=arrow_alone), 403)
    assert "facet.export" in told["why"]
    refused(ada.post("/v1/query", json=BY_CHANNEL, headers={"Accept": "image/png"}), 406)


def test_a_token_answers_of_its_own_tenant_alone(home: Settings, client: Client) -> None:
    """Orders of March in Saigon come to 27,250,000 ₫, whatever the question says besides."""
    ada, mai = client(person(home, 11)), client(person(home, 21, SAIGON))
    asked = {"metrics": ["net_sales"], **MARCH}

    assert ada.post("/v1/query", json=asked).json()["rows"] == [["1090.40"]]
    assert mai.post("/v1/query", json=asked).json()["rows"] == [["27250000.00"]]
    assert ada.post("/v1/query?tenant=2", json=asked).json()["rows"] == [["1090.40"]]
    assert "tenant" in refused(ada.post("/v1/query", json={**asked, "tenant": 2}), 422)["why"]
    for other in (ada, mai):
        where = {**asked, "by": ["channel"]}
        names = {row[0] for row in other.post("/v1/query", json=where).json()["rows"]}
        assert ("Boutique" in names) is (other is ada)


def test_somebody_sees_what_they_may_and_of_the_rest_not_that_it_is_there(
    home: Settings, client: Client
) -> None:
    ben = client(person(home, 12))
    listed = {metric["name"] for metric in ben.get("/v1/metrics").json()["metrics"]}
    assert listed == {
        m.name for m in Shop.of(1, person="12@house.example", settings=home).metrics()
    }
    assert listed
    assert "net_sales" not in listed
    missing = refused(ben.post("/v1/query", json={"metrics": ["no_such_thing"]}), 404)
    hidden = refused(ben.post("/v1/query", json={"metrics": ["net_sales"]}), 404)
    assert hidden["what"] == missing["what"].replace("no_such_thing", "net_sales")
    assert hidden["why"] == missing["why"]
    for path in ("/v1/explain/net_sales", "/v1/dimensions?metric=net_sales"):
        refused(ben.get(path), 404)
    refused(ben.post("/v1/rows", json={"metric": "net_sales"}), 404)


def test_a_service_may_what_it_was_given(home: Settings, client: Client) -> None:
    books = client(service(home, "facet.sales"))
    listed = {metric["name"] for metric in books.get("/v1/metrics").json()["metrics"]}
    assert "net_sales" in listed
    for metric in listed:
        needed = Shop.of(1, settings=home).view.reader.catalogue.permissions[metric]
        assert all("facet.sales" in models for models in needed), metric
    told = books.post("/v1/rows", json={"metric": "net_sales", **MARCH}).json()
    names = [column["name"] for column in told["listed"]["columns"]]
    assert "person__full_name" not in names

    named = {"metrics": ["orders"], "by": ["person__full_name"], **MARCH}
    assert {row[0] for row in books.post("/v1/query", json=named).json()["rows"]} == {None}
    ada = client(person(home, 11)).post("/v1/query", json=named).json()["rows"]
    assert any(row[0] for row in ada)


def test_people_and_services_see_whose_performance_they_may(
    tmp_path: Path, semantic_manifest: Path
) -> None:
    """Ben: 449.95 and 1,000.00 less 100.00; Eli, who reports to Dee: 449.95 and 250.50; the rest of
    what was sold, 40.00, 600.00 and 5,000.00, is nobody's. Cy originated an order and Dee has an
    overlay, of which sales are not credited to them.
    """
    shop = Settings(home=tmp_path / "shop")
    publish_house(shop, semantic_manifest, staff=TEAM, more=house_staff.make)
    (shop.home / "secret").write_bytes(SECRET)
    asked = {"metrics": ["credited_net_sales"], "by": ["staff_member"]}
    with served(shop) as address:

        def told(token: str) -> list[list[object]]:
            headers = {"Authorization": f"Bearer {token}"}
            answer = httpx.post(f"{address}/v1/query", json=asked, headers=headers, timeout=60)
            rows: list[list[object]] = answer.json()["rows"]
            return rows

        ben, cy, dee, eli = [BEN, "1349.95"], [CY, "0.00"], [DEE, "0.00"], [ELI, "700.45"]
        assert told(person(shop, BEN)) == [ben]
        assert told(person(shop, DEE)) == [eli, dee]
        assert told(service(shop, "facet.staff")) == []
        everybody = told(service(shop, "facet.staff", "facet.all_staff"))
        assert everybody == [[None, "5640.00"], ben, eli, cy, dee]
        assert told(person(shop, ADA)) == everybody


def test_a_defect_tells_nothing_of_itself(home: Settings, client: Client) -> None:
    """The house's release lacks the mart that its metrics of tasks read."""
    answer = client(person(home, 11)).post("/v1/query", json={"metrics": ["tasks_created"]})
    told = refused(answer, 500)
    assert "fct_tasks" not in answer.text
    assert told["what"] == "Something went wrong here"


def test_a_taken_port_is_told(home: Settings, address: str) -> None:
    port = int(address.rpartition(":")[2])
    with pytest.raises(ConfigurationError, match="cannot be listened on"):
        serve(home, ("127.0.0.1", port))


def test_the_orders_behind_a_number_add_up_to_it(home: Settings, client: Client) -> None:
    """March: 1,000.00 less 100.10; 250.50; 80.00 less 40.00; and 100.00 given back of last year."""
    ada = client(person(home, 11))
    told = ada.post("/v1/rows", json={"metric": "net_sales", **MARCH}).json()
    amounts = [row[-1] for row in told["listed"]["rows"]]
    assert amounts == ["899.90", "250.50", "40.00", "-100.00"]
    assert (told["number"], told["others"]) == ("1090.40", 0)

    short = ada.post("/v1/rows", json={"metric": "net_sales", "limit": 1, **MARCH}).json()
    assert [row[-1] for row in short["listed"]["rows"]] == ["899.90"]
    assert (short["number"], short["others"], short["others_sum"]) == ("1090.40", 3, "190.50")
    part = {"metric": "net_sales", "where": {"channel": ["Website"]}, **MARCH}
    assert ada.post("/v1/rows", json=part).json()["number"] == "290.50"
    refused(ada.post("/v1/rows", json={"metric": "average_order_value"}), 400)


def test_a_metric_is_explained(home: Settings, client: Client) -> None:
    told = client(person(home, 11)).get("/v1/explain/average_order_value").json()
    assert told["computed_of"] == ["demand_sales", "orders"]
    assert told["expression"] == "facet_marts.safe_divide(demand_sales, orders)"
    assert told["marts"] == ["fct_sales_ledger"]
    assert told["permissions"] == [["facet.sales"]]
    assert "ledger_entry__channel_name" in {one["name"] for one in told["dimensions"]}
    vietnamese = client(person(home, 11)).get("/v1/explain/net_sales?language=vi").json()
    assert vietnamese["label"] == "Doanh thu thuần"
    refused(client(person(home, 11)).get("/v1/explain/net_sales?language=xx"), 400)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({}, 422),
        ({"metrics": []}, 422),
        ({"metrics": ["orders"], "period": "custom"}, 422),
        ({"metrics": ["orders"], "limit": 0}, 422),
        ({"metrics": ["orders"] * 21}, 422),
        ({"metrics": ["orders"], "start": "2026-03-02", "end": "2026-03-01"}, 400),
        ({"metrics": ["orders"], "start": "0001-01-01", "compare": "year"}, 400),
        ({"metrics": ["orders"], "period": "today", "start": "2026-03-02"}, 400),
        ({"metrics": ["orders"], "order_by": ["month"]}, 400),
        ({"metrics": ["orders"], "by": ["'; drop table x; --"]}, 404),
        ({"metrics": ["orders"], "where": {"channel": ["'; drop table x; --"]}}, 200),
    ],
)
def test_what_cannot_be_asked_so_is_told(
    home: Settings, client: Client, question: dict[str, Any], status: int
) -> None:
    answer = client(person(home, 11)).post("/v1/query", json=question)
    if status == 200:
        assert answer.json()["rows"] == [[0]]
    else:
        refused(answer, status)


def test_only_good_tokens_open_anything(home: Settings, address: str) -> None:
    tokens = Tokens.of(home)
    long_ago = datetime.now(UTC) - timedelta(days=91)
    expired = tokens.issue(tenant_id=1, user_id=11, name="Ada Frost", now=long_ago).text
    revoked = tokens.issue(tenant_id=1, user_id=11, name="Ada Frost")
    tokens.revoke(revoked.token.id)
    stranger = tokens.issue(tenant_id=1, user_id=21, name="of Saigon").text
    before = len(events(home, NEW_YORK))

    headers: list[dict[str, str]] = [
        {},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer facet_unknown"},
        *({"Authorization": f"Bearer {text}"} for text in (expired, revoked.text, stranger)),
    ]
    for header in headers:
        answer = httpx.post(f"{address}/v1/query", json=BY_CHANNEL, headers=header)
        refused(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    found = events(home, NEW_YORK)
    assert len(found) - before == 3
    assert {(event.kind, event.details["reason"]) for event in found[:3]} == {
        ("refused", "api.token")
    }


def test_every_question_and_refusal_is_in_the_trail(home: Settings, client: Client) -> None:
    mai = client(person(home, 21, SAIGON))
    mai.post("/v1/query", json={"metrics": ["orders"], "by": ["month"], **MARCH})
    mai.post("/v1/rows", json={"metric": "orders", **MARCH})
    mai.post("/v1/query", json={"metrics": ["nothing"]})

    refusal, rows, asked = events(home, SAIGON)[:3]
    assert (asked.kind, asked.user_id, asked.details["way"]) == ("question", 21, "http")
    assert (asked.details["who"], asked.details["metrics"]) == ("Trần Thị Mai", ["orders"])
    assert (rows.kind, rows.details["of"]) == ("question", "orders")
    assert (refusal.kind, refusal.details["reason"]) == ("refused", "api.name")
    assert refusal.details["metrics"] == ["nothing"]
    assert AuditTrail.of(home).first_broken() is None


def test_there_is_room_for_so_many_requests_a_minute(home: Settings) -> None:
    first, second = person(home, 11), person(home, 11)
    with served(home, per_minute=2) as address:

        def status(token: str) -> int:
            headers = {"Authorization": f"Bearer {token}"}
            answer = httpx.get(f"{address}/v1/metrics?search=orders", headers=headers, timeout=60)
            if answer.status_code == 429:
                refused(answer, 429)
                assert 1 <= int(answer.headers["retry-after"]) <= 60
            return answer.status_code

        assert [status(first) for _ in range(4)] == [200, 200, 429, 429]
        assert status(second) == 200
        assert [status("facet_guess") for _ in range(3)] == [401, 401, 429]
    limits = [e for e in events(home, NEW_YORK) if e.details.get("reason") == "api.limit"]
    assert len(limits) == 1


def test_nothing_larger_than_a_question_is_read(home: Settings, client: Client) -> None:
    ada = client(person(home, 11))
    large = json.dumps({"metrics": ["x" * 70_000]}).encode()
    refused(ada.post("/v1/query", content=large), 413)
    pieces = (large[n : n + 1000] for n in range(0, len(large), 1000))
    refused(ada.post("/v1/query", content=pieces), 413)
    refused(ada.post("/v1/query", content=b"{"), 422)
    refused(ada.post("/v1/query", content=b"\xff\xfe"), 422)


def test_the_document_is_valid_and_lists_the_routes(home: Settings, address: str) -> None:
    document = httpx.get(f"{address}/openapi.json").json()
    validate(document)
    routes = {(path, verb) for path, verbs in document["paths"].items() for verb in verbs}
    assert routes == {
        ("/v1/metrics", "get"),
        ("/v1/dimensions", "get"),
        ("/v1/explain/{metric}", "get"),
        ("/v1/query", "post"),
        ("/v1/rows", "post"),
    }
    answers = document["paths"]["/v1/query"]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "403", "404", "406", "413", "422", "429", "503"}
    assert set(answers["200"]["content"]) == {
        "application/json",
        "application/vnd.apache.arrow.stream",
        "application/vnd.apache.parquet",
        "text/csv",
    }
    for path in ("/docs", "/redoc", "/", "/v1"):
        refused(httpx.get(f"{address}{path}"), 404)
