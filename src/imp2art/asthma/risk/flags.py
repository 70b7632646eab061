"""What makes an attack more likely, or shows that care fell short: one flag a rule, worst first.

Each rule rests on a constant with a source (`reference/risk.toml`); where that is not configured the
rule does not run and `checks_not_run` says so: a missing flag never means "safe" (hazard H-24).
Words for people are in content/flags.toml, under the rule's slug. What raises the risk without asking for
anyone's act stands in `background.py` and ranks nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from imp2art.asthma.reference import NotConfigured, all_constants, constant
from imp2art.asthma.risk import after_attack, attacks, care, medicines
from imp2art.asthma.risk.background import conditions_without_codes
from imp2art.asthma.risk.facts import Flag, RiskFacts, risk_facts
from imp2art.codes.library import Library
from imp2art.record.patient_record import PatientRecord

__all__ = ["RULES", "Flag", "RiskFacts", "checks_not_run", "flags", "flags_of", "risk_facts"]

# In the order in which flags of one level are told.
RULES: tuple[Callable[[RiskFacts], Iterator[Flag]], ...] = (
    attacks.not_followed_up,
    after_attack.to_follow_up,
    medicines.laba_without_ics,
    medicines.beta_blocker,
    medicines.relievers,
    medicines.relievers_rising,
    medicines.saba_without_ics,
    medicines.preventer_not_collected,
    attacks.recent_admission,
    attacks.admission,
    attacks.attendances,
    attacks.courses,
    attacks.courses_for_referral,
    attacks.maintenance,
    attacks.near_fatal,
    medicines.separate_reliever,
    care.at_risk,
    attacks.attacks_in_year,
    care.control_poor,
    care.plan_not_current,
    care.no_review,
    medicines.change_not_reviewed,
    care.adherence_poor,
    care.smoker,
    after_attack.technique_due,
    medicines.relievers_not_countable,
)


def flags(record: PatientRecord, library: Library, on: date, taken_on: date) -> tuple[Flag, ...]:
    """Every flag of a person on a day, most urgent first."""
    return flags_of(risk_facts(record, library, on, taken_on))


def flags_of(facts: RiskFacts) -> tuple[Flag, ...]:
    """Every flag that the facts raise, most urgent first; of one level in the order of the rules."""
    raised = [flag for rule in RULES for flag in rule(facts)]
    return tuple(sorted(raised, key=lambda flag: flag.level))


def checks_not_run(on: date, library: Library) -> tuple[NotConfigured, ...]:
    """What cannot be checked on a day because a constant or a code has no trusted source."""
    answers = (constant(slug, on) for slug in all_constants())
    unknown = (answer for answer in answers if isinstance(answer, NotConfigured))
    return (*unknown, *conditions_without_codes(library))
