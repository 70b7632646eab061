"""What raises the risk of attacks by itself: conditions, age, the regimen's make-up. Facts, not a score.

Each is a flag with its rule, day and source, of the least level. They are shown beside a review and rank
nobody on the register: most are neither urgent nor the practice's to mend, and a list that flags everyone
flags no one (H-25). A condition whose codelist is empty cannot be looked for, and that is said (H-24).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from imp2art.asthma.inhalers import current_medicines, is_inhaler
from imp2art.asthma.reference import NotConfigured, number, whole
from imp2art.asthma.risk.attacks import year
from imp2art.asthma.risk.facts import Flag, RiskFacts, last_day
from imp2art.codes.library import Library
from imp2art.codes.medicine import MedicineClass
from imp2art.codes.slots import RISK_CONDITIONS
from imp2art.core.age import age_on
from imp2art.core.period import months_up_to
from imp2art.record.patient import Sex

_NOT_CONTROLLER = (MedicineClass.SABA, MedicineClass.SAMA)
_LEAST = 4


def background(facts: RiskFacts, told: Iterable[str] = ()) -> tuple[Flag, ...]:
    """Every background fact of a person. `told` are conditions that the person told of today."""
    found = tuple(flag for rule in BACKGROUND for flag in rule(facts))
    coded = {flag.rule for flag in found}
    new = (slug for slug in dict.fromkeys(told) if slug in RISK_CONDITIONS)
    return (*found, *(_condition(slug, facts.on) for slug in new if f"has-{slug}" not in coded))


def conditions_without_codes(library: Library) -> tuple[NotConfigured, ...]:
    """The conditions that cannot be looked for: their lists have no codes yet."""
    slugs = (*RISK_CONDITIONS, "nsaid")
    return tuple(NotConfigured(f"has-{slug}", "no-codes") for slug in slugs if slug in library.unfilled)


def child_attacks(facts: RiskFacts) -> Iterator[Flag]:
    """At 5 to 12 years, how much likelier another attack is after one, and after two and more."""
    if not _aged(facts, "child-odds-youngest", "child-odds-oldest"):
        return
    recent = [attack for attack in facts.attacks if attack.on in year(facts.on)]
    if recent:
        slug = "child-odds-two" if len(recent) > 1 else "child-odds-one"
        yield Flag(slug, _LEAST, recent[-1].on, number(slug, facts.on), slug)


def child_controller_share(facts: RiskFacts) -> Iterator[Flag]:
    """A child whose preventers are fewer than half of all asthma issues of the year.

    A child with no preventer at all is told of by `saba-without-ics`.
    """
    share = number("child-controller-share", facts.on)
    if share is None or not _aged(facts, "child-odds-youngest", "child-controller-oldest"):
        return
    period = year(facts.seen)
    treatment = facts.library.codelist("asthma-treatment")
    issued = [issue for issue in facts.record.issues_in(treatment) if issue.on in period]
    relieving = {code for kind in _NOT_CONTROLLER for code in facts.library.codelist(kind)}
    controllers = [issue for issue in issued if issue.code not in relieving]
    if controllers and Decimal(len(controllers)) / len(issued) < share:
        yield Flag(
            "child-controller-share",
            _LEAST,
            issued[-1].on,
            Decimal(round(100 * len(controllers) / len(issued))),
            "child-controller-share",
        )


def devices_differ(facts: RiskFacts) -> Iterator[Flag]:
    """Two and more kinds of inhaler in use, each with its own way of breathing in."""
    least = number("devices-differ", facts.on)
    current = current_medicines(facts.record, facts.library, facts.seen)
    known = [each for each in current if each.medicine and is_inhaler(each.code, facts.library)]
    kinds = {each.medicine.device for each in known if each.medicine}
    if least is not None and len(kinds) >= least:
        day = max(each.last_on for each in known)
        yield Flag("devices-differ", _LEAST, day, Decimal(len(kinds)), "devices-differ")


def high_dose(facts: RiskFacts) -> Iterator[Flag]:
    """A high-dose inhaled steroid lately: a specialist should know of this person."""
    yield from _issued(facts, "ics-high-dose", "high-dose-months", "high-dose-steroid")


def nsaid(facts: RiskFacts) -> Iterator[Flag]:
    """An anti-inflammatory such as ibuprofen in the last 12 months."""
    yield from _issued(facts, "nsaid", "nsaid-months", "has-nsaid")


def female(facts: RiskFacts) -> Iterator[Flag]:
    """Women from 17 years (SIGN 158, adults)."""
    grown_up = age_on(facts.record.patient.born, facts.on) > whole("child-controller-oldest", facts.on)
    if facts.record.patient.sex is Sex.FEMALE and grown_up and number("female", facts.on) is not None:
        yield Flag("female", _LEAST, None, None, "female")


def conditions(facts: RiskFacts) -> Iterator[Flag]:
    """Every coded condition of the list; a code that was entered once stands."""
    for slug in RISK_CONDITIONS:
        day = last_day(facts.record, facts.library, slug, facts.on)
        if day is not None:
            yield _condition(slug, day)


BACKGROUND: tuple[Callable[[RiskFacts], Iterator[Flag]], ...] = (
    child_attacks,
    child_controller_share,
    high_dose,
    devices_differ,
    nsaid,
    conditions,
    female,
)


def _condition(slug: str, on: date) -> Flag:
    return Flag(f"has-{slug}", _LEAST, on, None, f"has-{slug}")


def _issued(facts: RiskFacts, listed: str, months: str, rule: str) -> Iterator[Flag]:
    window = number(months, facts.on)
    found = facts.record.issues_in(facts.library.codelist(listed))
    days = [issue.on for issue in found if issue.on <= facts.seen]
    if window is not None and days and days[-1] in months_up_to(facts.seen, int(window)):
        yield Flag(rule, _LEAST, days[-1], None, months)


def _aged(facts: RiskFacts, youngest: str, oldest: str) -> bool:
    age = age_on(facts.record.patient.born, facts.on)
    return whole(youngest, facts.on) <= age <= whole(oldest, facts.on)
