"""What is private of dbt behaves as facet/pipeline/dbt_internals.py has it."""

from collections.abc import Callable

from dbt_common.behavior_flags import BehaviorFlag, BehaviorFlagRendered

from facet.config import Settings
from facet.pipeline.dbt import build


def test_flags_of_an_adapter_do_not_look_for_who_calls(
    settings: Settings, shop: Callable[[str], None]
) -> None:
    shop("")
    build(settings, "postgresql://localhost/unused")

    flag = BehaviorFlag(name="new_way", default=True, description="Another way.")
    assert BehaviorFlagRendered(flag, {})._behavior_change_event.flag_source == "dbt"
