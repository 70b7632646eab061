"""What makes an attack more likely, or shows that care fell short: one flag a rule, worst first.

Each rule rests on a constant with a source (`reference/risk.toml`); where that is not configured the
rule does not run and `checks_not_run` says so: a missing flag never means "safe" (hazard H-24).
Words for people are in content/flags.toml, under the rule's slug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from imp2art.asthma import risk_attacks, risk_care, risk_medicines
from imp2art.asthma.reference import NotConfigured, all_constants, constant
from imp2art.asthma.risk_facts import Flag, RiskFacts, risk_facts
from imp2art.codes.library import Library
from imp2art.record.patient_record import PatientRecord

__all__ = ["RULES", "Flag", "RiskFacts", "checks_not_run", "flags", "flags_of", "risk_facts"]

# In the order in which flags of one level are told.
RULES: tuple[Callable[[RiskFacts], Iterator[Flag]], ...] = (
    risk_attacks.not_followed_up,
    risk_medicines.laba_without_ics,
    risk_medicines.relievers,
    risk_medicines.saba_without_ics,
    risk_medicines.preventer_not_collected,
    risk_attacks.admission,
    risk_attacks.attendances,
    risk_attacks.courses,
    risk_attacks.maintenance,
    risk_medicines.separate_reliever,
    risk_care.at_risk,
    risk_attacks.attacks_in_year,
    risk_care.control_poor,
    risk_care.plan_not_current,
    risk_care.no_review,
    risk_medicines.change_not_reviewed,
    risk_care.adherence_poor,
    risk_care.smoker,
    risk_medicines.relievers_not_countable,
)


def flags(record: PatientRecord, library: Library, on: date, taken_on: date) -> tuple[Flag, ...]:
    """Every flag of a person on a day, most urgent first."""
    return flags_of(risk_facts(record, library, on, taken_on))


def flags_of(facts: RiskFacts) -> tuple[Flag, ...]:
    """Every flag that the facts raise, most urgent first; of one level in the order of the rules."""
    raised = [flag for rule in RULES for flag in rule(facts)]
    return tuple(sorted(raised, key=lambda flag: flag.level))


def checks_not_run(on: date) -> tuple[NotConfigured, ...]:
    """What cannot be checked on a day because a constant or a code has no trusted source."""
    answers = (constant(slug, on) for slug in all_constants())
    return tuple(answer for answer in answers if isinstance(answer, NotConfigured))
