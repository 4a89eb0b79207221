"""Evaluations of the people whom the reader may see."""

from collections.abc import Sequence
from datetime import date
from typing import Final, cast

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Record
from facet.reporting.screen.session.view import View

PERSONS: Final = ("people_evaluated", "evaluation_score")
CRITERIA: Final = ("criteria_scored", "criterion_score")
_PERIOD: Final = "person_evaluation__evaluation_period"
_PERSON: Final = (
    *("user_id", "user_name", "department_name", "evaluation_score", "best_score"),
    *("change_score", "previous_score", "evaluator_count", "apart_score"),
    *("period_start", "period_end"),
)


def evaluation_periods(view: View) -> dict[str, Record]:
    """The periods of which somebody was evaluated, the last first, with the mean of each."""
    days = view.marts.totals(
        "fct_person_evaluations",
        [],
        by=["evaluation_period", "period_start", "period_end"],
        order_by=["-period_end", "-period_start"],
    ).records()
    means = {row[_PERIOD]: row for row in view.query(PERSONS, by=[_PERIOD], period=None).records()}
    nothing: Record = dict.fromkeys(PERSONS)
    return {
        str(row["evaluation_period"]): {**row, **means.get(row["evaluation_period"], nothing)}
        for row in days
    }


def days_of(row: Record) -> Period:
    """The days of an evaluation's period."""
    return Period(cast(date, row["period_start"]), cast(date, row["period_end"]))


def persons(view: View, period: str) -> Sequence[Record]:
    """Who was evaluated for a period, the best first."""
    return view.marts.rows(
        "fct_person_evaluations",
        _PERSON,
        where={"evaluation_period": [period]},
        order_by=["-evaluation_score", "user_name", "user_id"],
    ).records()


def departments(view: View, period: str) -> Sequence[Record]:
    """The mean of each department's people, the best first."""
    return view.query(
        PERSONS,
        by=["person_evaluation__department_id", "person_evaluation__department_name"],
        period=None,
        where={_PERIOD: [period]},
        order_by=["-evaluation_score", "person_evaluation__department_name"],
    ).records()


def criteria(view: View, period: str) -> Sequence[Record]:
    """The mean of people's scores for each criterion, the lowest first."""
    return view.query(
        CRITERIA,
        by=[
            "criterion_score__performance_criterion_id",
            "criterion_score__criterion_name",
            "criterion_score__department_name",
        ],
        period=None,
        where={"criterion_score__evaluation_period": [period]},
        order_by=["criterion_score", "criterion_score__criterion_name"],
    ).records()


def criteria_of(view: View, period: str, person: Record) -> Sequence[Record]:
    """What a person got for each criterion, that of the most weight first."""
    return view.marts.rows(
        "fct_criterion_scores",
        [
            *("criterion_name", "weight", "criterion_score", "max_score", "evaluator_count"),
            "apart_score",
        ],
        where={"evaluation_period": [period], "user_id": [person["user_id"]]},
        order_by=["-weight", "criterion_name", "performance_criterion_id"],
    ).records()


def evaluations(view: View, where: Where) -> Sequence[Record]:
    """Evaluations one by one, those that wait longest first."""
    return view.marts.rows(
        "fct_evaluations",
        [
            *("user_name", "evaluator_name", "department_name", "evaluation_status"),
            *("evaluation_score", "wait_days", "is_unfinished", "period_start", "period_end"),
        ],
        where=where,
        order_by=["-wait_days", "period_end", "performance_evaluation_id"],
    ).records()
