"""One question by every way there is: from Python, over HTTP, as an assistant, by command."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import httpx
import typer
from mcp.client import Client
from typer.testing import CliRunner

from facet.api.assistant import assistant_server
from facet.api.door import Door
from facet.api.issuing import issue_to_person
from facet.api.offered import MOST_LOOKED_AT
from facet.api.shapes import Answer, Question
from facet.config import Settings
from facet.errors import FacetError
from facet.metrics.commands import register
from facet.metrics.shop import Shop

#: An answer, or the sentences of a refusal.
Told = dict[str, Any]
_OPTIONS: Final = {"period": "--period", "start": "--from", "end": "--to", "limit": "--limit"}


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Somebody of a tenant, and their ways to ask."""

    settings: Settings
    tenant_id: int
    address: str

    def shop(self) -> Shop:
        return Shop.of(self.tenant_id, person=self.address, settings=self.settings)

    def ways(self, server: str) -> Mapping[str, Callable[[Told], Told]]:
        """The ways by name; `server` is the address of one that answers over HTTP."""
        token = issue_to_person(
            self.settings, tenant_id=self.tenant_id, address=self.address, days=1
        ).text
        door = Door(self.settings, way="mcp", per_minute=100_000)
        shop = self.shop()

        def by_python(question: Told) -> Told:
            try:
                found = shop.ask(Question.model_validate(question).asked(MOST_LOOKED_AT))
            except FacetError as error:
                return refused(error)
            return Answer.of(found).model_dump(mode="json")

        def by_http(question: Told) -> Told:
            headers = {"Authorization": f"Bearer {token}"}
            url = f"{server}/v1/query"
            told: Told = httpx.post(url, json=question, headers=headers, timeout=60).json()
            return told

        def as_assistant(question: Told) -> Told:
            async def session() -> Any:
                mcp = assistant_server(door, lambda: door.by_token(token, place="here"))
                async with Client(mcp) as client:
                    return await client.call_tool("query", {"question": question})

            # a browser's test may have left a loop of its own in this thread
            with ThreadPoolExecutor(1) as thread:
                result = thread.submit(asyncio.run, session()).result()
            if result.is_error:
                text = "\n".join(part.text for part in result.content)
                lines = text.removeprefix("Error executing tool query: ").split("\n")[-3:]
                return dict(zip(("what", "why", "next_step"), lines, strict=True))
            return dict(result.structured_content)

        def by_command(question: Told) -> Told:
            app = typer.Typer()
            register(app)
            environment = {**os.environ, "FACET_HOME": str(self.settings.home)}
            outcome = CliRunner().invoke(app, self._command(question), env=environment)
            if isinstance(outcome.exception, FacetError):
                return refused(outcome.exception)
            assert outcome.exit_code == 0, outcome.output
            return dict(json.loads(outcome.stdout))

        return {
            "python": by_python,
            "http": by_http,
            "assistant": as_assistant,
            "command": by_command,
        }

    def _command(self, question: Told) -> list[str]:
        words = ["metrics", "query", *question["metrics"], "--tenant", str(self.tenant_id)]
        words += ["--as", self.address, "--format", "json", "--compare", question["compare"]]
        for name in question["by"]:
            words += ["--by", name]
        for name, values in question.get("where", {}).items():
            for value in values:
                words += ["--where", f"{name}={value}"]
        for name, option in _OPTIONS.items():
            if name in question:
                words += [option, str(question[name])]
        return words


def refused(error: FacetError) -> Told:
    """What a refusal says."""
    return {"what": error.what, "why": error.why, "next_step": error.next_step}
