"""Diagnosis: tested near its day, suspected and forgotten, and children treated without one.

The codes of most tests, of a suspicion and of wheeze were not found in a public source. Here each such
list holds one made-up code, as if a site had imported it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from imp2art.codes.identifiers import SnomedCode
from imp2art.codes.library import Library, read_library
from imp2art.codes.slots import SLOTS
from imp2art.codes.verhoeff import check_digit
from imp2art.codes.versions import keep_version
from imp2art.core.partial_date import PartialDate
from imp2art.record.events import CodedEvent
from tests.audit_people import LIBRARY, entry, issue, outcome_of, someone

DAY = "2026-10-31"
TREATED = issue("ics", "2026-06-01")


def made_up(slug: str) -> SnomedCode:
    """A code of our own for a list that has none."""
    digits = f"99{sorted(SLOTS).index(slug):02}70000"
    return SnomedCode(f"{digits}{check_digit(digits)}")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("codelists")
    for slug in SLOTS:
        empty = LIBRARY.codelist(slug)
        keep_version(folder, replace(empty, terms={made_up(slug): slug}))
    return read_library(folder)


def coded(slug: str, when: str) -> CodedEvent:
    return CodedEvent(PartialDate.parse(when), made_up(slug))


# --- AST012 ------------------------------------------------------------------------------------------


def ast012(library: Library, *entries, diagnosed: str = "2026-03-10", born: str = "1980-06-15") -> str:
    record = someone(entry("asthma-diagnosis", diagnosed), TREATED, *entries, born=born)
    return outcome_of("qof-ast012", record, DAY, library)


@pytest.mark.parametrize(
    ("tested", "expected"),
    [
        ("2025-12-09", "not met"),
        ("2025-12-10", "met"),  # 3 months before
        ("2026-03-10", "met"),
        ("2026-06-10", "met"),  # 3 months after
        ("2026-06-11", "not met"),
    ],
)
def test_a_test_is_near_the_diagnosis_within_3_months(library, tested, expected):
    assert ast012(library, entry("spirometry-reversibility", tested)) == expected


def test_a_diagnosis_without_a_test_is_not_met(library):
    assert ast012(library) == "not met"


@pytest.mark.parametrize(
    ("diagnosed", "expected"),
    [("2025-03-31", "outside"), ("2025-04-01", "not met"), ("2019-05-01", "outside")],
)
def test_only_a_first_diagnosis_from_April_2025_on_is_asked_about(library, diagnosed, expected):
    assert ast012(library, diagnosed=diagnosed) == expected


def test_old_asthma_coded_anew_is_not_new(library):
    assert ast012(library, entry("asthma-diagnosis", "2019-05-01")) == "outside"


ADULTS = ("blood-eosinophils", "feno", "bronchial-challenge")
CHILDREN = ("feno", "bronchial-challenge", "house-dust-mite-test")
CHILD = "2014-06-15"


@pytest.mark.parametrize("test", [slug for slug in SLOTS if slug not in ("suspected-asthma", "wheeze")])
def test_the_tests_differ_by_age(library, test):
    near = coded(test, "2026-03-01")
    assert ast012(library, near) == ("met" if test in ADULTS else "not met")
    assert ast012(library, near, born=CHILD) == ("met" if test in CHILDREN else "not met")


def test_a_child_s_total_ige_counts_together_with_eosinophils(library):
    both = (coded("total-ige", "2026-03-01"), coded("blood-eosinophils", "2026-03-02"))
    assert ast012(library, *both, born=CHILD) == "met"


@pytest.mark.parametrize(("born", "expected"), [("2010-03-10", "met"), ("2010-03-11", "not met")])
def test_16_years_are_those_on_the_day_of_the_diagnosis(library, born, expected):
    assert ast012(library, coded("blood-eosinophils", "2026-03-10"), born=born) == expected


def test_a_test_of_some_day_of_the_year_cannot_be_told(library):
    assert ast012(library, entry("peak-flow-variability", "2026")) == "cannot tell"


# --- suspected, and never confirmed ------------------------------------------------------------------


def suspected(library: Library, *entries) -> str:
    return outcome_of("suspected-unconfirmed", someone(*entries), DAY, library)


@pytest.mark.parametrize(("when", "expected"), [("2025-10-31", "met"), ("2025-11-01", "outside")])
def test_a_suspicion_is_given_a_year(library, when, expected):
    assert suspected(library, coded("suspected-asthma", when)) == expected


def test_a_suspicion_that_was_confirmed_is_not_met(library):
    confirmed = (coded("suspected-asthma", "2024-01-01"), entry("asthma-diagnosis", "2024-06-01"))
    assert suspected(library, *confirmed) == "not met"


def test_a_suspicion_that_is_repeated_is_as_old_as_the_first(library):
    again = (coded("suspected-asthma", "2024-01-01"), coded("suspected-asthma", "2026-08-01"))
    assert suspected(library, *again) == "met"


def test_without_a_suspicion_nobody_is_asked_about(library):
    assert suspected(library) == "outside"


# --- children who may have asthma --------------------------------------------------------------------

SCHOOL_CHILD = "2016-06-15"


def child(library: Library, *entries, slug: str = "case-finding-medicines", born: str = SCHOOL_CHILD) -> str:
    return outcome_of(slug, someone(*entries, born=born), DAY, library)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), "outside"),
        ((issue("saba", "2026-06-01"),), "outside"),
        ((issue("saba", "2026-06-01", "2"),), "met"),
        ((issue("saba", "2025-06-01", "2"),), "outside"),
        ((issue("ics", "2026-06-01"),), "met"),
        ((issue("ics", "2025-06-01"),), "outside"),
        ((issue("ics", "2025-06-01", "2"),), "met"),
        ((issue("oral-steroid", "2026-06-01", "12", "tablet"),), "met"),
        ((entry("asthma-review", "2022-06-01"),), "met"),
        ((entry("asthma-review", "2021-06-01"),), "outside"),
        ((issue("saba", "2026-06-01", None),), "cannot tell"),
    ],
    ids=[
        "nothing",
        "one reliever",
        "two relievers",
        "two relievers, long ago",
        "a preventer",
        "a preventer, long ago",
        "two preventers in two years",
        "steroid tablets",
        "a review without a diagnosis",
        "a review, long ago",
        "relievers, nobody knows how many",
    ],
)
def test_what_speaks_of_asthma_in_a_child(library, entries, expected):
    assert child(library, *entries) == expected


def test_a_child_with_a_diagnosis_was_found(library):
    diagnosed = (entry("asthma-diagnosis", "2024-01-01"), issue("ics", "2026-06-01"))
    assert child(library, *diagnosed) == "not met"


@pytest.mark.parametrize(
    ("born", "expected"),
    [("2021-10-31", "met"), ("2021-11-01", "outside"), ("2008-11-01", "met"), ("2008-10-31", "outside")],
)
def test_children_are_5_to_17_years_old(library, born, expected):
    assert child(library, issue("ics", "2026-06-01"), born=born) == expected


@pytest.mark.parametrize(("slug", "since"), [("suspected-asthma", "2021-11-01"), ("wheeze", "2024-11-01")])
def test_the_whole_search_reads_a_suspicion_and_wheeze_too(library, slug, since):
    assert child(library, coded(slug, since), slug="case-finding") == "met"
    assert child(library, coded(slug, "2020-01-01"), slug="case-finding") == "outside"
    assert child(library, coded(slug, since)) == "outside"
