"""An assistant's session, by the SDK's own client: over standard streams, and beside it."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.types import CallToolResult, TextContent

from facet.api.assistant import assistant_server
from facet.api.door import Door
from facet.api.issuing import revoke
from facet.api.offered import MOST_LOOKED_AT
from facet.api.refusals import TooManyError
from facet.api.shapes import Answer, Question
from facet.api.tokens import Tokens
from facet.config import Settings
from facet.errors import FacetError
from facet.metrics.shop import NotPermittedError, Shop
from facet.rights.document import to_json
from tests.facet.api.conftest import MARCH, events, person, served, service
from tests.facet.reporting.house import NEW_YORK, SAIGON
from tests.facet.reporting.house_people import STAFF, rights_of_house

Call = tuple[str, dict[str, Any]]
FACET = str(Path(sys.executable).parent / "facet")


def text_of(result: CallToolResult) -> str:
    """What a model reads of a result."""
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))


def spoken(home: Settings, token: str, calls: Sequence[Call]) -> tuple[str, list[CallToolResult]]:
    """The instructions of a server that was started as an assistant starts it, and its answers."""

    async def session() -> tuple[str, list[CallToolResult]]:
        environment = {"FACET_HOME": str(home.home), "FACET_TOKEN": token}
        server = StdioServerParameters(command=FACET, args=["mcp"], env=environment)
        async with Client(server, mode="legacy") as client:
            tools = await client.list_tools()
            assert {tool.name for tool in tools.tools} == {
                "list_metrics",
                "dimensions",
                "query",
                "explain",
                "rows",
            }
            assert all(tool.output_schema for tool in tools.tools)
            results = [await client.call_tool(name, arguments) for name, arguments in calls]
            return client.instructions or "", results

    return asyncio.run(session())


def test_an_assistant_lists_asks_explains_and_drills(home: Settings) -> None:
    question = {"metrics": ["net_sales", "orders"], "by": ["channel"], **MARCH}
    instructions, results = spoken(
        home,
        person(home, 11),
        [
            ("list_metrics", {"search": "net sales"}),
            ("dimensions", {"metrics": ["net_sales"]}),
            ("query", {"question": question}),
            ("query", {"question": {"metrics": ["orders"], "by": ["channel"], **NOTHING}}),
            ("explain", {"metric": "average_order_value"}),
            ("rows", {"question": {"metric": "net_sales", **MARCH}}),
            ("query", {"question": {"metrics": ["nothing"]}}),
            ("query", {"question": {"metrics": ["orders"], "limit": 0}}),
        ],
    )

    for told in ("Hudson & Vale", "USD", "2026-03-18T11:30:00-04:00", "compare"):
        assert told in instructions
    listed, dimensions, answer, nothing, explained, rows, unknown, malformed = results
    found = [listed, dimensions, answer, nothing, explained, rows]
    contents = [result.structured_content or {} for result in found]
    assert "net_sales" in {metric["name"] for metric in contents[0]["metrics"]}
    assert "ledger_entry__channel_name" in {d["name"] for d in contents[1]["dimensions"]}
    assert contents[2]["rows"] == [["Boutique", "799.90", 1], ["Website", "290.50", 2]]
    assert json.loads(text_of(answer)) == contents[2]
    assert json.loads(text_of(nothing))["rows"] == []
    assert contents[4]["computed_of"] == ["demand_sales", "orders"]
    assert contents[5]["number"] == "1090.40"
    assert [row[-1] for row in contents[5]["listed"]["rows"]] == [
        "899.90",
        "250.50",
        "40.00",
        "-100.00",
    ]
    assert unknown.is_error
    assert "No metric 'nothing'" in text_of(unknown)
    assert malformed.is_error
    ways = [(event.kind, event.details["way"]) for event in events(home, NEW_YORK)[:4]]
    assert ways == [("refused", "mcp"), *[("question", "mcp")] * 3]


NOTHING = {"start": "2024-01-01", "end": "2024-01-02"}


def test_the_operator_asks_as_somebody_and_in_a_language(home: Settings) -> None:
    """Without a token, by the protocol's newest beginning: Mai's shop, in Vietnamese."""

    async def session() -> tuple[CallToolResult, CallToolResult]:
        as_mai = ["--tenant", str(SAIGON), "--as", "21@house.example", "--language", "vi"]
        environment = {"FACET_HOME": str(home.home)}
        server = StdioServerParameters(command=FACET, args=["mcp", *as_mai], env=environment)
        async with Client(server) as client:
            asked = {"question": {"metrics": ["net_sales"], **MARCH}}
            return (
                await client.call_tool("explain", {"metric": "net_sales"}),
                await client.call_tool("query", asked),
            )

    explained, answer = asyncio.run(session())
    told = explained.structured_content or {}
    assert (told["tenant"], told["label"]) == ("Ngọc Lan", "Doanh thu thuần")
    assert (answer.structured_content or {})["rows"] == [["27250000.00"]]
    assert events(home, SAIGON)[0].user_id == 21

    door = Door(home, way="mcp", per_minute=1)
    for nobody in ("13@house.example", "21@house.example", "x@house.example"):
        with pytest.raises(NotPermittedError, match="may see nothing"):
            door.by_address(nobody, NEW_YORK)
    assert door.by_address("11@house.example", NEW_YORK).principal.user_id == 11
    with pytest.raises(TooManyError):
        door.by_address("11@house.example", NEW_YORK)


def beside(door: Door, token: str, calls: Sequence[Call]) -> list[CallToolResult]:
    """Answers of a server in this process, to the SDK's client."""

    async def session() -> list[CallToolResult]:
        server = assistant_server(door, lambda: door.by_token(token, place="here"))
        async with Client(server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(session())


def test_an_assistant_sees_what_its_person_may(home: Settings) -> None:
    door = Door(home, way="mcp", per_minute=1000)
    asked = ("query", {"question": {"metrics": ["net_sales"], **MARCH}})
    (mai,) = beside(door, person(home, 21, SAIGON), [asked])
    ben, listed = beside(door, person(home, 12), [asked, ("list_metrics", {})])

    assert (mai.structured_content or {})["rows"] == [["27250000.00"]]
    assert ben.is_error
    assert "The release does not have it" in text_of(ben)
    assert "net_sales" not in {m["name"] for m in (listed.structured_content or {})["metrics"]}


def test_who_asks_too_often_is_told_when_to_ask_again(home: Settings) -> None:
    door = Door(home, way="mcp", per_minute=2)
    first, second = beside(door, person(home, 11), [("list_metrics", {"search": "orders"})] * 2)
    assert not first.is_error  # the session's beginning was one, too
    assert second.is_error
    assert "Ask again in" in text_of(second)


def test_who_left_is_out_with_the_next_question(home: Settings) -> None:
    """Ada, then a service of a tenant that was suspended, then a token that was revoked."""
    ada, books = person(home, 11), service(home, "facet.sales", tenant_id=SAIGON)
    last = person(home, 31, 3)
    question = {"metrics": ["orders"]}
    rights = home.rights_dir / "rights.json"
    rights.parent.mkdir(exist_ok=True)
    with served(home) as address:

        def status(token: str) -> int:
            headers = {"Authorization": f"Bearer {token}"}
            url = f"{address}/v1/query"
            return httpx.post(url, json=question, headers=headers, timeout=60).status_code

        def all_of() -> list[int]:
            return [status(token) for token in (ada, books, last)]

        assert all_of() == [200, 200, 200]
        left = [(*one[:5], False) if one[1] == 11 else one for one in STAFF]
        rights.write_text(to_json(rights_of_house(left, suspended=[SAIGON])), encoding="utf-8")
        assert all_of() == [401, 401, 200]
        with pytest.raises(FacetError, match="opens nothing"):
            Door(home, way="mcp").by_token(ada, place="here")
        rights.write_text(to_json(rights_of_house(STAFF[1:])), encoding="utf-8")
        assert all_of() == [401, 200, 200]
        rights.unlink()
        assert all_of() == [200, 200, 200]
        found = Tokens.of(home).find(last)
        assert found is not None
        revoke(home, found.id)
        assert all_of() == [200, 200, 401]


NAMES = ["net_sales", "orders", "average_order_value", "gross_margin_rate", "no_such_thing"]
DAYS = st.dates(date(2025, 1, 1), date(2026, 3, 31)).map(date.isoformat)
PERIODS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.sampled_from(["month_to_date", "last_30_days", "year_to_date"]).map(lambda p: {"period": p}),
    st.tuples(DAYS, DAYS).map(lambda days: {"start": days[0], "end": days[1]}),
)


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Questions of a few metrics by a few dimensions, good and bad ones."""
    question: dict[str, Any] = {
        "metrics": draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)),
        "by": draw(st.lists(st.sampled_from(["month", "channel", "colour"]), max_size=2)),
        "compare": draw(st.sampled_from(["none", "year", "before"])),
        **draw(PERIODS),
    }
    if draw(st.booleans()):
        question["where"] = {"channel": [draw(st.sampled_from(["Website", "Boutique", "Nowhere"]))]}
    if draw(st.booleans()):
        question["limit"] = draw(st.integers(1, 3))
    return question


def test_every_way_answers_and_refuses_alike(home: Settings) -> None:
    token = person(home, 11)
    door = Door(home, way="mcp", per_minute=100_000)
    shop = Shop.of(NEW_YORK, person="11@house.example", settings=home)
    outcomes: list[bool] = []
    with served(home, per_minute=100_000) as address:

        @hypothesis_settings(
            max_examples=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(question=questions())
        def check(question: dict[str, Any]) -> None:
            headers = {"Authorization": f"Bearer {token}"}
            url = f"{address}/v1/query"
            http = httpx.post(url, json=question, headers=headers, timeout=60).json()
            (mcp,) = beside(door, token, [("query", {"question": question})])
            asked = Question.model_validate(question).asked(MOST_LOOKED_AT)
            try:
                python = Answer.of(shop.ask(asked)).model_dump(mode="json")
            except FacetError as error:
                told = {"what": error.what, "why": error.why, "next_step": error.next_step}
                assert http == told
                assert mcp.is_error
                assert text_of(mcp).endswith("\n".join(told.values()))
                outcomes.append(False)
            else:
                assert http == python == mcp.structured_content
                outcomes.append(True)

        check()
    assert {True, False} == set(outcomes)
