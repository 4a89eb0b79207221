"""People whom the reader may see, and the teams of their managers."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from facet.reporting.present.staff import Person
from facet.reporting.query.conditions import Where
from facet.reporting.screen.session.view import View


@dataclass(frozen=True, kw_only=True)
class Team:
    """The people looked at, by name. `manager` is who was chosen; None: nobody was."""

    people: Mapping[int, Person]
    manager: int | None
    #: True where it is the whole shop, with what is unattributed and who has left.
    is_shop: bool

    @property
    def of_people(self) -> Where:
        """The condition that keeps a query to what these people have credit for."""
        return {"staff_member": sorted(self.people)}

    @property
    def of_all(self) -> Where:
        """The condition that keeps a query to the people, or of the shop to all credit."""
        return {} if self.is_shop else self.of_people

    @property
    def is_one_person(self) -> bool:
        """True for who sees nobody but themselves, so that there is nothing to compare."""
        return len(self.people) == 1 and not self.is_shop


def teams_of(view: View, people: Collection[int]) -> Mapping[int, set[int]]:
    """Everybody under each manager, the manager too, in the order of their names."""
    if not view.marts.has("dim_staff_managers"):
        return {}
    below: defaultdict[int, set[int]] = defaultdict(set)
    for manager, user_id in view.marts.rows("dim_staff_managers", ["manager_id", "user_id"]).rows:
        if manager in people and user_id in people:
            below[int(str(manager))].add(int(str(user_id)))
    return {manager: below[manager] for manager in people if manager in below}
