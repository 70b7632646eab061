"""The simulated practices beside the diagnosis: suspicions, tests, children without one, beta-blockers.

Eight practices, about 82,000 people, as at 31 October 2026, counted by the audit's own rules. What has no
code in a public source is recorded under made-up codes. No published share is behind most of these; each
range says what a reader of a report would take for a practice that could be.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.engine import count
from imp2art.audit.packing.pack import pack_practice
from imp2art.codes.library import read_library
from imp2art.simulate.model import read_model
from imp2art.simulate.practice import simulate_practice
from imp2art.simulate.stand_ins import with_stand_ins

AS_AT = date(2026, 10, 31)
SLUGS = (
    "beta-blocker-non-selective",
    "suspected-unconfirmed",
    "case-finding-medicines",
    "case-finding",
    "qof-ast012",
)
LIBRARY = with_stand_ins(read_library())


class Practices:
    """All tables, and of each indicator how many met it of how many, in each practice."""

    def __init__(self) -> None:
        model = read_model(LIBRARY, seed=1, as_at=AS_AT, months=36)
        self.tables: list[dict[str, pa.Table]] = []
        self.counted: dict[str, list[tuple[int, int]]] = {slug: [] for slug in SLUGS}
        indicators = [INDICATORS[slug] for slug in SLUGS]
        for outline in model.outlines(practices=8):
            made = simulate_practice(model, outline).tables
            tables = {name: pa.Table.from_batches(batches) for name, batches in made.items()}
            self.tables.append(tables)
            found = count(pack_practice(tables, indicators, LIBRARY), indicators, (AS_AT,))
            for slug in SLUGS:
                self.counted[slug].append((int(found[slug].numerator[0]), int(found[slug].denominator[0])))

    def share(self, slug: str) -> float:
        met, of = (sum(column) for column in zip(*self.counted[slug], strict=True))
        return met / of

    def rows_of(self, table: str, slug: str) -> list[pa.Table]:
        """In each practice, the rows with a code of the list."""
        codes = pa.array([str(code) for code in LIBRARY.codelist(slug)])
        return [tables[table].filter(pc.is_in(tables[table]["code"], codes)) for tables in self.tables]

    def people_of(self, table: str, slug: str) -> list[set[str]]:
        return [set(rows["patient_id"].to_pylist()) for rows in self.rows_of(table, slug)]


@pytest.fixture(scope="module")
def practices() -> Practices:
    return Practices()


@pytest.mark.parametrize(
    ("slug", "low", "high"),
    [
        ("beta-blocker-non-selective", 0.003, 0.02),
        ("suspected-unconfirmed", 0.20, 0.55),
        ("case-finding-medicines", 0.05, 0.25),
        ("case-finding", 0.20, 0.50),
        ("qof-ast012", 0.42, 0.62),
    ],
)
def test_each_share_is_one_that_a_practice_could_have(practices, slug, low, high):
    """AST012: 54% of adults and 40% of children had any objective measure (NRAP Wales 2021-23)."""
    assert low < practices.share(slug) < high


@pytest.mark.parametrize("slug", SLUGS)
def test_every_practice_has_somebody_to_count(practices, slug):
    assert all(of > 0 for _, of in practices.counted[slug])
    assert sum(met > 0 for met, _ in practices.counted[slug]) >= 7


def test_some_suspicions_are_confirmed_later_and_some_never(practices):
    diagnosed = practices.people_of("events", "asthma-diagnosis")
    suspected = practices.people_of("events", "suspected-asthma")
    found = Counter(
        person in known for known, people in zip(diagnosed, suspected, strict=True) for person in people
    )
    assert found[True] > 100
    assert found[False] > 100


def test_a_suspicion_that_is_confirmed_comes_before_the_diagnosis(practices):
    diagnoses = practices.rows_of("events", "asthma-diagnosis")
    suspicions = practices.rows_of("events", "suspected-asthma")
    for known, first in zip(diagnoses, suspicions, strict=True):
        since = _first_days(known)
        days = zip(first["patient_id"].to_pylist(), first["event_first"].to_pylist(), strict=True)
        assert all(day < since[person] for person, day in days if person in since)


def test_tests_are_near_the_diagnosis(practices):
    """Within three months on either side: what AST012 asks for."""
    diagnoses = practices.rows_of("events", "asthma-diagnosis")
    for slug in ("feno", "spirometry-reversibility", "peak-flow-variability"):
        for known, tests in zip(diagnoses, practices.rows_of("events", slug), strict=True):
            since = _first_days(known)
            days = zip(tests["patient_id"].to_pylist(), tests["event_first"].to_pylist(), strict=True)
            assert tests.num_rows > 0
            assert all(abs((day - since[person]).days) <= 90 for person, day in days)


def test_a_childs_total_ige_comes_with_the_eosinophils(practices):
    ige, blood = (practices.people_of("events", slug) for slug in ("total-ige", "blood-eosinophils"))
    assert any(ige)
    assert all(people <= tested for people, tested in zip(ige, blood, strict=True))


def test_wheeze_is_mostly_of_small_children(practices):
    ages = [
        (day - born[person]).days / 365.25
        for tables, rows in zip(practices.tables, practices.rows_of("events", "wheeze"), strict=True)
        for born in [_born(tables)]
        for person, day in zip(rows["patient_id"].to_pylist(), rows["event_first"].to_pylist(), strict=True)
    ]
    assert sum(age < 6 for age in ages) / len(ages) > 0.5


def test_children_without_a_diagnosis_get_relievers_and_nobody_grown_does(practices):
    diagnosed = practices.people_of("events", "asthma-diagnosis")
    relievers = practices.people_of("issues", "saba")
    for tables, known, people in zip(practices.tables, diagnosed, relievers, strict=True):
        born = _born(tables)
        undiagnosed = people - known
        assert len(undiagnosed) > 5
        assert all((AS_AT - born[person]).days < 22 * 365.25 for person in undiagnosed)


def test_beta_blockers_are_for_grown_people_with_asthma(practices):
    diagnosed = practices.people_of("events", "asthma-diagnosis")
    for slug_rows, known, tables in zip(
        practices.rows_of("issues", "beta-blocker-non-selective"), diagnosed, practices.tables, strict=True
    ):
        born = _born(tables)
        people = set(slug_rows["patient_id"].to_pylist())
        assert people <= known
        days = zip(slug_rows["patient_id"].to_pylist(), slug_rows["issue_date"].to_pylist(), strict=True)
        assert all((day - born[person]).days > 18 * 365 for person, day in days)


def _first_days(diagnoses: pa.Table) -> dict[str, date]:
    """An attack's code says asthma too, so that someone can have several."""
    days = zip(diagnoses["patient_id"].to_pylist(), diagnoses["event_first"].to_pylist(), strict=True)
    return dict(sorted(days, key=lambda entry: entry[1], reverse=True))


def _born(tables: dict[str, pa.Table]) -> dict[str, date]:
    patients = tables["patients"]
    return dict(zip(patients["patient_id"].to_pylist(), patients["date_of_birth"].to_pylist(), strict=True))
