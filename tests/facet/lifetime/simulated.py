"""Persons who order as BG/NBD and Gamma-Gamma say."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Person:
    """The moments of somebody's orders, in days since the first of all, and what each brought."""

    orders: list[float] = field(default_factory=list)
    margins: list[float] = field(default_factory=list)

    def between(self, first: float, last: float) -> list[float]:
        """What orders after a moment, up to another, brought."""
        brought = zip(self.orders, self.margins, strict=True)
        return [margin for at, margin in brought if first < at <= last]


def simulated(count: int, *, until: float, seed: int) -> list[Person]:
    """So many persons, whose first orders are spread over the time."""
    random = np.random.default_rng(seed)
    persons = []
    for begun in random.uniform(0, until - 1, count):
        person = Person()
        at, rate, leaves = float(begun), random.gamma(0.5, 1 / 20), random.beta(1.0, 3.0)
        unit = 1 / random.gamma(4.0, 1 / 300)
        while at <= until:
            person.orders.append(at)
            person.margins.append(float(random.gamma(5.0) * unit))
            if len(person.orders) > 1 and random.random() < leaves:
                break
            at += float(random.exponential(1 / rate))
        persons.append(person)
    return persons
