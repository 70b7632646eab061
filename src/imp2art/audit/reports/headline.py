"""What leads a report, as codes and numbers: of the IMP²ART version, and of the standard one.

The first speaks of plans, since the report is to make supported self-management routine, and ends in
what to do first. The standard one counts, and says which way the figures moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from imp2art.audit.register import REGISTER_SLUG
from imp2art.audit.reports.chance import differ
from imp2art.audit.reports.report import Fact, FactCode, IndicatorSeries, MonthFigure, Verdict
from imp2art.core.finding import Outcome

LEAD = "plan-12-months"
AFTER_ATTACK = "plan-after-attack"
COMPARED_MONTHS = 6


def earlier_of(figures: Sequence[MonthFigure]) -> MonthFigure:
    """The month that the newest is compared with."""
    return figures[max(0, len(figures) - 1 - COMPARED_MONTHS)]


def headline_of(series: Mapping[str, IndicatorSeries]) -> Iterator[Fact]:
    """Who has a plan now and did not, whether that is more than chance, who has none, where to start."""
    lead = series.get(LEAD)
    if lead is None:
        return
    now, then = lead.newest, earlier_of(lead.figures)
    if then is not now:
        yield from _change(lead, now, then)
    without = now.denominator - now.numerator
    yield Fact(FactCode.STILL_WITHOUT, LEAD, without, outcome=Outcome.NOT_MET)
    if after := series.get(AFTER_ATTACK):
        missed = after.newest.denominator - after.newest.numerator
        yield Fact(FactCode.WITHOUT_AFTER_ATTACK, AFTER_ATTACK, missed, outcome=Outcome.NOT_MET)
        if missed:
            yield Fact(FactCode.START_WITH, AFTER_ATTACK, missed)
            return
    if without:
        yield Fact(FactCode.START_WITH, LEAD, without)


def share_beside_people(now: MonthFigure, then: MonthFigure) -> FactCode | None:
    """How the share moved, where it did not move as the number of people did; None where it did.

    A register that grew can hold more people with a plan and a smaller share of them. A headline that
    counts people alone would stand against the share beside it.
    """
    people = now.numerator - then.numerator
    share = now.numerator * then.denominator - then.numerator * now.denominator
    if not now.denominator or not then.denominator or _sign(people) == _sign(share):
        return None
    return {1: FactCode.SHARE_ROSE, 0: FactCode.SHARE_SAME, -1: FactCode.SHARE_FELL}[_sign(share)]


def _change(lead: IndicatorSeries, now: MonthFigure, then: MonthFigure) -> Iterator[Fact]:
    more = now.numerator - then.numerator
    code = FactCode.MORE if more > 0 else FactCode.FEWER if more < 0 else FactCode.AS_MANY
    yield Fact(code, LEAD, abs(more), then.month_end)
    if share := share_beside_people(now, then):
        yield Fact(share, LEAD, abs(now.denominator - then.denominator))
    if (more or share) and share is not FactCode.SHARE_SAME:
        yield Fact(_against_chance(lead, now, then), LEAD, abs(more))


def _against_chance(lead: IndicatorSeries, now: MonthFigure, then: MonthFigure) -> FactCode:
    """Of the change since `then`; the chart looks at more months and may say more than two of them."""
    if differ(now, then):
        return FactCode.BEYOND_CHANCE
    whole = {Verdict.BETTER: FactCode.WITHIN_BUT_BETTER, Verdict.WORSE: FactCode.WITHIN_BUT_WORSE}
    return whole.get(lead.verdict, FactCode.WITHIN_CHANCE)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def plain_headline_of(series: Mapping[str, IndicatorSeries]) -> Iterator[Fact]:
    """How many are on the register, and how many indicators moved by more than chance, which way."""
    if register := series.get(REGISTER_SLUG):
        yield Fact(FactCode.COUNTED, REGISTER_SLUG, register.newest.numerator)
    verdicts = [each.verdict for each in series.values()]
    worse, better = verdicts.count(Verdict.WORSE), verdicts.count(Verdict.BETTER)
    yield Fact(FactCode.ARE_BETTER, "", better)
    yield Fact(FactCode.ARE_WORSE, "", worse)
