#!/usr/bin/env bash
# What a tool of the Model Context Protocol's Python SDK answers, by the type that it says it returns.
#
# Versions: mcp 2.3.0, Python 3.11.
# Behaviour: a tool that says it returns Decimal, or date, has no schema and no structured answer, and its text has the quotes
#   of JSON in it. Decimal | None, which answers with the same text, has both, and so has float. A list is one piece of text for
#   each row, so that an empty list, like None, is no text at all: a model that reads the text is told nothing, not that there
#   is nothing. And a float that is not a number, such as a ratio by zero, is sent as null against the server's own schema; the
#   server says nothing, and the SDK's own client refuses the answer. Rows in a model with a field for them say that they are
#   none.
# Output seen: below, under `expected`: whether the tool has a schema, its text, its structured answer.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mcp==2.3.0

cat > "$folder/answers.py" <<'PY'
import asyncio
from datetime import date
from decimal import Decimal

from mcp.client import Client
from mcp.server.mcpserver import MCPServer
from pydantic import BaseModel

shop = MCPServer("shop")


class Sales(BaseModel):
    rows: list[Decimal]


@shop.tool()
def amount() -> Decimal:
    return Decimal("12.30")


@shop.tool()
def amount_or_none() -> Decimal | None:
    return Decimal("12.30")


@shop.tool()
def share() -> float:
    return 12.30


@shop.tool()
def day() -> date:
    return date(2026, 1, 31)


@shop.tool()
def amounts() -> list[Decimal]:
    return [Decimal("12.30"), Decimal("0")]


@shop.tool()
def no_amounts() -> list[Decimal]:
    return []


@shop.tool()
def no_amounts_in_a_model() -> Sales:
    return Sales(rows=[])


@shop.tool()
def share_of_nothing() -> float:
    return float("nan")


@shop.tool()
def share_or_none() -> float | None:
    return None


async def main():
    async with Client(shop) as client:
        for tool in (await client.list_tools()).tools:
            schema = "schema" if tool.output_schema else "no schema"
            try:
                answer = await client.call_tool(tool.name, {})
            except RuntimeError as error:
                print(tool.name, schema, str(error).splitlines()[0], sep=" | ")
            else:
                text = [" ".join(content.text.split()) for content in answer.content]
                print(tool.name, schema, text, answer.structured_content, sep=" | ")


asyncio.run(main())
PY
"$folder/venv/bin/python" "$folder/answers.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
amount | no schema | ['"12.30"'] | None
amount_or_none | schema | ['"12.30"'] | {'result': '12.30'}
share | schema | ['12.3'] | {'result': 12.3}
day | no schema | ['"2026-01-31"'] | None
amounts | schema | ['"12.30"', '"0"'] | {'result': ['12.30', '0']}
no_amounts | schema | [] | {'result': []}
no_amounts_in_a_model | schema | ['{ "rows": [] }'] | {'rows': []}
share_of_nothing | schema | Invalid structured content returned by tool share_of_nothing: None is not of type 'number'
share_or_none | schema | [] | {'result': None}
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: Decimal alone has no structured answer, Decimal | None has one."
