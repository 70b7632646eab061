"""The constructed vectors of the clinical fact file §8 for the register and AST007, by both engines.

No official patient-level cases are published; a domain expert is to sign these.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imp2art.audit.conditions import AgeAtLeast
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.definitions.qof_ast007 import ast007
from imp2art.audit.indicator import Clause
from imp2art.record.patient import Registration, RegistrationKind
from tests.audit_people import entry, issue, outcome_of, someone

PERIOD_END = "2026-03-31"
CURRENT, OF_2020 = ast007(control_assessed=False), ast007(control_assessed=True)
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2025-12-01"))


def from_5_years():
    """The register as the rules of 2026/27 have it, whatever the year."""
    register = INDICATORS["asthma-register"]
    age = Clause("old-enough", AgeAtLeast((("2020/21", 5),)))
    return replace(register, numerator=(*register.numerator[:2], age))


@pytest.mark.parametrize(
    ("letter", "record", "is_on"),
    [
        ("A", someone(*ASTHMA), True),
        ("B", someone(entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2024-12-01")), False),
        (
            "C",
            someone(*ASTHMA, entry("asthma-resolved", "2020-01-01"), entry("asthma-diagnosis", "2025-06-01")),
            True,
        ),
        ("E", someone(*ASTHMA, born="2020-04-02"), False),
        ("F", someone(entry("asthma-diagnosis", "2024-05-01"), born="2019-06-01"), False),
    ],
)
def test_register(letter, record, is_on):
    expected = "met" if is_on else "not met"
    assert outcome_of("asthma-register", record, PERIOD_END) == expected


def test_register_vector_e_is_on_under_the_rules_of_2026():
    assert outcome_of(from_5_years(), someone(*ASTHMA, born="2020-04-02"), PERIOD_END) == "met"


def test_ages_change_with_the_contract_year():
    child = someone(*ASTHMA, born="2021-03-01")
    assert outcome_of("asthma-register", child, "2026-03-31") == "not met"
    assert outcome_of("asthma-register", child, "2026-04-01") == "met"


def visit(control: bool = True, plan: str = "2026-01-10", attacks: str = "2026-01-02"):
    entries = [
        entry("asthma-review", "2026-01-10"),
        entry("asthma-plan", plan),
        entry("exacerbation-count", attacks),
    ]
    return [*entries, entry("act-score", "2026-01-02")] if control else entries


def invited(*days: str):
    return [entry("invitation", day) for day in days]


@pytest.mark.parametrize(
    ("letter", "entries", "current", "of_2020"),
    [
        ("A", visit(), "met", "met"),
        ("A without ACT", visit(control=False), "met", "not met"),
        ("B", visit(plan="2026-01-11"), "not met", "not met"),
        ("C", visit(attacks="2025-12-01"), "not met", "not met"),
        ("D", [entry("informed-dissent", "2025-11-01")], "excluded", "excluded"),
        (
            "E 4 days",
            [entry("invitation", "2025-06-01"), entry("invitation", "2025-06-05")],
            *["not met"] * 2,
        ),
        (
            "E 8 days",
            [entry("invitation", "2025-06-01"), entry("invitation", "2025-06-09")],
            *["excluded"] * 2,
        ),
    ],
)
def test_ast007(letter, entries, current, of_2020):
    record = someone(*ASTHMA, *entries)
    assert outcome_of(CURRENT, record, PERIOD_END) == current
    assert outcome_of(OF_2020, record, PERIOD_END) == of_2020


def test_ast015_is_ast007_from_5_years_on():
    child = someone(*ASTHMA, *visit(), born="2020-12-01")
    assert outcome_of(CURRENT, child, "2026-03-31") == "outside"
    assert outcome_of(CURRENT, child, "2026-04-01") == "met"
    assert CURRENT.version_on(date(2026, 3, 31)).startswith("AST007")
    assert CURRENT.version_on(date(2026, 4, 1)).startswith("AST015")


def test_ast007_a_success_counts_whatever_was_excluded():
    record = someone(*ASTHMA, *visit(), entry("informed-dissent", "2025-11-01"))
    assert outcome_of(CURRENT, record, PERIOD_END) == "met"


@pytest.mark.parametrize(("gap", "expected"), [("2025-06-07", "not met"), ("2025-06-08", "excluded")])
def test_ast007_invitations_are_7_days_apart_not_6(gap, expected):
    record = someone(*ASTHMA, *invited("2025-06-01", gap))
    assert outcome_of(CURRENT, record, PERIOD_END) == expected


@pytest.mark.parametrize(("when", "expected"), [("2025-12-31", "not met"), ("2026-01-01", "excluded")])
def test_ast007_newly_diagnosed_is_3_calendar_months(when, expected):
    record = someone(entry("asthma-diagnosis", when), issue("ics", "2026-02-01"))
    assert outcome_of(CURRENT, record, PERIOD_END) == expected


@pytest.mark.parametrize(
    ("start", "expected"), [(date(2025, 12, 31), "not met"), (date(2026, 1, 1), "excluded")]
)
def test_ast007_newly_registered_is_3_calendar_months(start, expected):
    spells = (Registration(start, None, RegistrationKind.GMS),)
    assert outcome_of(CURRENT, someone(*ASTHMA, spells=spells), PERIOD_END) == expected
