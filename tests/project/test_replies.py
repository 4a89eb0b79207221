"""Replies of staff are what the operational tables say: each question, each median, each case."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from statistics import median
from typing import Any

import pytest

from tests.oracle.query import query_oracle
from tests.project.compare import rows

#: By question: 1 first, 2 next, 10 more where it was answered; minutes; business minutes.
Question = tuple[int, Decimal | None, Decimal | None]
#: Tenant, person, day and message.
Key = tuple[int, int | None, Any, int]

_METRICS = (
    "questions", "questions_answered", "median_first_reply_minutes",
    "median_first_reply_business_minutes", "median_next_reply_minutes",
    "median_next_reply_business_minutes",
)  # fmt: skip


def _expected(url: str) -> dict[Key, Question]:
    found: dict[Key, dict[str, Any]] = defaultdict(dict)
    for tenant, metric, person, day, item, value in query_oracle(
        url, "staff_sales", using=("00_sales", "01_parts")
    ):
        found[tenant, person, day, item][metric] = value
    return {
        key: (
            int(values["question"]),
            values.get("reply_minutes"),
            values.get("business_reply_minutes"),
        )
        for key, values in found.items()
        if "question" in values
    }  # fmt: skip


def _published(served: Any) -> dict[Key, Question]:
    questions: dict[Key, Question] = {}
    for *key, question_type, is_answered, minutes, business_minutes in rows(
        served.release,
        "select tenant_id, user_id, asked_date, message_id, question_type, is_answered,"
        " reply_minutes, business_reply_minutes from fct_replies",
    ):
        assert tuple(key) not in questions
        code = {"first": 1, "next": 2}[question_type] + 10 * is_answered
        questions[tuple(key)] = code, minutes, business_minutes
    return questions


def _figures(questions: list[Question]) -> tuple[Any, ...]:
    """What the metrics must be of some questions."""
    medians = [
        median(found)
        if (found := [Decimal(m) for q in questions if q[0] == code and (m := q[n]) is not None])
        else None
        for code in (11, 12)
        for n in (1, 2)
    ]  # fmt: skip
    return len(questions), sum(question[0] > 10 for question in questions), *medians


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_question_has_the_reply_and_the_minutes_that_the_messages_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected, served = _expected(database), publish(database, engine)
    published = _published(served)
    assert expected.keys() == published.keys()
    differing = {
        key: (wanted, published[key])
        for key, wanted in expected.items()
        if wanted != published[key]
    }
    assert dict(list(differing.items())[:5]) == {}
    codes = {code for code, *_ in expected.values()}
    assert codes == {1, 2, 11, 12}, "questions of every kind"
    assert any(0 < (b or 0) < (m or 0) for _, m, b in expected.values()), "hours that cut"

    for tenant in served.release.tenants:
        by: dict[Any, list[Question]] = defaultdict(list)
        for (tenant_id, person, day, _), question in expected.items():
            if tenant_id == tenant.tenant_id:
                by[person, day].append(question)
                by[None, day.replace(day=1), "all"].append(question)
        reader = served.reader(tenant.tenant_id)
        daily = reader.metrics(_METRICS, by=["staff_member", "metric_time__day"])
        monthly = reader.metrics(_METRICS, by=["metric_time__month"])
        rows = {tuple(row[:2]): tuple(row[2:]) for row in daily.rows}
        rows |= {(None, row[0], "all"): tuple(row[1:]) for row in monthly.rows}
        assert rows == {key: _figures(questions) for key, questions in by.items()}


@pytest.mark.parametrize(
    ("case", "place", "new_york", "sydney"),
    [
        ("message_unanswered", 11, (1, None, None), (1, None, None)),
        ("message_answered_by_a_bot", 21, (1, None, None), (1, None, None)),
        ("reply_overnight", 31, (11, 860, 20), (11, 890, 20)),
        ("reply_to_several", 41, (11, 20, 20), (11, 20, 20)),
        ("reply_to_several", 46, (12, 1, 1), (12, 1, 1)),
        ("reply_over_sunday", 51, (11, None, 620), (11, None, 20)),
        ("question_after_answer", 61, (11, 30, 30), (11, 30, 30)),
        ("question_after_answer", 63, (2, None, None), (2, None, None)),
    ],
)
def test_a_planted_case_comes_out_as_its_page_says(
    demo_database: str, publish: Callable[..., Any], case: str, place: int,
    new_york: Question, sydney: Question,
) -> None:  # fmt: skip
    published = {
        (tenant, message): question
        for (tenant, _, _, message), question in _published(
            publish(demo_database, "duckdb")
        ).items()
        if message < 1000
    }
    for tenant, plus, wanted in ((5, 0, new_york), (6, 500, sydney)):
        found = published[tenant, plus + place]
        clock = found[1] if case == "reply_over_sunday" else wanted[1]  # a change of clocks may be
        assert found == (wanted[0], clock, wanted[2]), case
