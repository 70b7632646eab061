"""No hidden count of any invented practice is recovered by the strongest attacker."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.disclosure.attack import attack
from imp2art.audit.disclosure.cells import Cell
from imp2art.audit.disclosure.protect import protect_cells, relations_of

NESTED = ("saba-3", "saba-6", "saba-over-12")
SPLIT = {"age": ("0-5", "6-17", "18-64", "65+"), "sex": ("F", "M", "U")}
sizes = st.one_of(st.integers(0, 9), st.integers(0, 60), st.integers(0, 900))


def counts_of(people: list[tuple[int, int, int, int, int]]) -> dict[Cell, int]:
    """Groups of people: how many, their age group, their sex, and how many rules they meet."""
    counts: dict[Cell, int] = {}
    places = [("", ""), *((dimension, name) for dimension, names in SPLIT.items() for name in names)]
    for slug_at, slug in enumerate(NESTED):
        for dimension, name in places:
            chosen = [
                (size, met)
                for size, age, sex, met, _ in people
                if dimension == ""
                or name == SPLIT["age"][age] * (dimension == "age") + SPLIT["sex"][sex] * (dimension == "sex")
            ]
            counts[Cell(slug, False, dimension, name)] = sum(size for size, _ in chosen)
            counts[Cell(slug, True, dimension, name)] = sum(size for size, met in chosen if met > slug_at)
    return counts


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(sizes, st.integers(0, 3), st.integers(0, 2), st.integers(0, 3), st.just(0)),
        min_size=1,
        max_size=10,
    )
)
def test_the_strongest_attacker_recovers_nothing(people):
    counts = counts_of(people)
    relations = relations_of(counts)
    assert any(len(relation.terms) > 2 for relation in relations)  # groups are tied to their total
    assert {cell.slug for relation in relations for cell, _ in relation.terms} == set(NESTED)
    released = protect_cells(counts, relations)
    small = {cell for cell, count in counts.items() if count <= 7}
    assert all(released[cell] is None for cell in small)
    assert not attack(released, relations, small)
    assert not attack(released, relations)
    assert all(value is None or value % 5 == 0 for value in released.values())
    assert set(NESTED) <= INDICATORS.keys()
