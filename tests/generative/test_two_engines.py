"""The fast engine and its slow twin give everyone the same answer, whatever their record holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imp2art.audit.bits.grid import Grid
from imp2art.audit.conditions import (
    AgeAtFirst,
    Band,
    Begun,
    CoursesAtLeast,
    DevicesAtLeast,
    DueForFollowUp,
    FirstIn,
    FirstSince,
    FollowedUp,
    LatestIn,
    NearFirst,
    SinceBegun,
    SinceLatest,
    codelists_of,
)
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.definitions.qof_ast007 import ast007
from imp2art.audit.engine import Engine, count, members
from imp2art.audit.indicator import Clause
from imp2art.audit.nation import count_practices, merge_counts
from imp2art.audit.packing.pack import pack_practice
from imp2art.audit.records import records_of
from imp2art.audit.reference import find
from imp2art.audit.twin.meaning import answer
from imp2art.audit.twin.truth import Truth
from imp2art.codes.library import is_medicine_list
from imp2art.core.finding import Finding, Outcome
from imp2art.core.partial_date import PartialDate
from imp2art.core.period import month_end, month_ends
from imp2art.core.quantities import Quantity
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Registration, RegistrationKind
from tests.audit_people import LIBRARY, code_of, packed, someone, tables_of

ALL = (*INDICATORS.values(), ast007(control_assessed=True))
# Conditions in shapes that no indicator has: bands with one side and two, courses of another list, no
# working day at all, a window of one month, starts that change from year to year.
MORE = (
    FirstSince("asthma-review", (("2023/24", date(2023, 4, 1)), ("2025/26", date(2025, 7, 1)))),
    FirstIn("invitation", months=1),
    NearFirst("asthma-plan", "asthma-diagnosis", before_months=1, after_months=2),
    NearFirst("asthma-review", "asthma-review", before_months=0, after_months=0),
    AgeAtFirst("asthma-diagnosis", years=5),
    AgeAtFirst("asthma-review", years=36),
    LatestIn((Band("act-score", Decimal(15), Decimal(19)),), among=("act-score", "acq-score"), months=3),
    LatestIn(
        (Band("act-score", low=Decimal(20)), Band("acq-score")), among=("act-score", "acq-score"), months=None
    ),
    LatestIn(
        (Band("saba"), Band("oral-steroid", high=Decimal(1))), among=("saba", "oral-steroid"), months=12
    ),
    SinceLatest("asthma-review", of=("asthma-review",), months=1),
    SinceLatest("asthma-plan", of=("exacerbation", "saba"), months=6),
    Begun(("ics", "saba"), months=6, clear_months=1),
    SinceBegun("asthma-plan", Begun(("saba", "laba", "oral-steroid"), months=3, clear_months=3)),
    DueForFollowUp(("emergency-attendance", "exacerbation"), working_days=0, months=1),
    FollowedUp(("emergency-attendance", "exacerbation"), ("asthma-review",), working_days=0, months=1),
    FollowedUp(("asthma-review",), ("asthma-review", "asthma-plan"), working_days=7, months=12),
    DevicesAtLeast("saba", 2, months=3, or_more=False),
    CoursesAtLeast("saba", 2, 12, since="asthma-review", joined_days=7, steady_issues=3, steady_days=60),
)
ATOMS = sorted({*MORE, *(atom for each in ALL for atom in each.atoms)}, key=repr)
RULES = (
    *ALL,
    *(
        replace(INDICATORS["plan-ever"], slug=f"more-{at}", numerator=(Clause("more", atom),))
        for at, atom in enumerate(MORE)
    ),
)
# A list that waits for its codes has none to draw.
LISTS = {slug for atom in ATOMS for slug in codelists_of(atom) if len(LIBRARY.codelist(slug))}
MEDICINES = sorted(slug for slug in {*LISTS, "ltra"} if is_medicine_list(slug) and slug != "asthma-treatment")
ENTRIES = sorted(slug for slug in LISTS if not is_medicine_list(slug))
# Month ends around two leap days and the change of the register's age in 2026.
FIRST, LAST = date(2023, 1, 1), date(2026, 7, 31)
days = st.one_of(
    st.dates(FIRST, LAST),
    st.sampled_from([date(2024, 2, 29), date(2024, 2, 28), date(2025, 2, 28), date(2026, 3, 31)]),
    st.dates(FIRST, LAST).map(month_end),
)


@st.composite
def moments(draw: st.DrawFn) -> PartialDate:
    """Mostly a day; sometimes a month or a year."""
    day = draw(days)
    shape = draw(st.sampled_from(["%Y-%m-%d"] * 6 + ["%Y-%m", "%Y"]))
    return PartialDate.parse(day.strftime(shape))


@st.composite
def coded(draw: st.DrawFn) -> list[CodedEvent]:
    """One entry, or a few of one visit on the same day."""
    when = draw(moments())
    slugs = draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=4))
    return [CodedEvent(when, code_of(slug, draw(st.integers(0, 1)))) for slug in slugs]


@st.composite
def written_in(draw: st.DrawFn) -> list[CodedEvent]:
    """A medicine as an entry: it was given, but nobody here issued it, and so it counts no inhalers."""
    return [CodedEvent(draw(moments()), code_of(draw(st.sampled_from(MEDICINES)), draw(st.integers(0, 12))))]


@st.composite
def scored(draw: st.DrawFn) -> list[CodedEvent]:
    """One or two scores of a visit: at a threshold, on either side of it, or without a number."""
    when = draw(moments())
    slugs = st.sampled_from(["act-score", "cact-score", "acq-score", "rcp3q-score"])
    scores = st.sampled_from([None, "0", "1", "1.4", "1.5", "2", "15", "19", "19.0", "20"])
    found = []
    for slug in draw(st.lists(slugs, min_size=1, max_size=2)):
        score = draw(scores)
        value = None if score is None else Quantity(Decimal(score), "{score}")
        found.append(CodedEvent(when, code_of(slug), value))
    return found


@st.composite
def visits(draw: st.DrawFn) -> list[CodedEvent]:
    """A review with what QOF asks for around it: sometimes too early, or on the wrong day."""
    on = draw(moments())
    before = timedelta(days=draw(st.sampled_from([0, 1, 27, 28, 29, 30, 31, 32, 40])))
    earlier = PartialDate.on(on.first - before)
    plan = draw(st.sampled_from([on, on, on, PartialDate.on(on.first + timedelta(days=1))]))
    return [
        CodedEvent(on, code_of("asthma-review")),
        CodedEvent(plan, code_of("asthma-plan")),
        CodedEvent(earlier, code_of("exacerbation-count")),
        CodedEvent(draw(st.sampled_from([earlier, on])), code_of("control-score")),
    ]


QUANTITIES = [None, "0", "1", "1", "2", "3", "0.5", "12", "100", "200", "-1", "1.005"]


@st.composite
def issues(draw: st.DrawFn) -> list[MedicineIssue]:
    """One issue, or a row of them some days apart."""
    slug, start = draw(st.sampled_from(MEDICINES)), draw(days)
    gap = draw(st.sampled_from([0, 7, 13, 14, 15, 30, 39, 40]))
    quantity = draw(st.sampled_from(QUANTITIES))
    return [
        MedicineIssue(
            start + timedelta(days=gap * place),
            code_of(slug, draw(st.integers(0, 12))),
            None if quantity is None else Decimal(quantity),
            draw(st.sampled_from([*IssueUnit, IssueUnit.DEVICE, IssueUnit.DOSE])),
        )
        for place in range(draw(st.sampled_from([1, 1, 2, 4, 6])))
    ]


@st.composite
def invitations(draw: st.DrawFn) -> list[CodedEvent]:
    """Two invitations about a week apart."""
    first, gap = draw(days), draw(st.integers(5, 8))
    second = PartialDate.on(first + timedelta(days=gap))
    return [CodedEvent(when, code_of("invitation")) for when in (PartialDate.on(first), second)]


@st.composite
def on_register(draw: st.DrawFn) -> list[CodedEvent | MedicineIssue]:
    """A diagnosis, and a treatment that goes on for years."""
    when = draw(st.one_of(st.just(PartialDate.parse("2019-03-02")), moments()))
    medicine = code_of(draw(st.sampled_from(["ltra", "ics", "saba"])), draw(st.integers(0, 5)))
    start, gap = draw(days), draw(st.sampled_from([25, 120, 364]))
    issued = [start + timedelta(days=gap * place) for place in range(draw(st.integers(1, 8)))]
    return [
        CodedEvent(when, code_of("asthma-diagnosis")),
        *(MedicineIssue(on, medicine, Decimal(1), IssueUnit.DEVICE) for on in issued),
    ]


@st.composite
def spells(draw: st.DrawFn) -> Registration:
    """A time on the list; sometimes long over, sometimes only just begun."""
    start = draw(st.one_of(st.just(date(2015, 1, 1)), days))
    end = draw(st.one_of(st.none(), days))
    kind = draw(st.sampled_from([RegistrationKind.GMS] * 4 + [RegistrationKind.TEMPORARY]))
    return Registration(start, end if end is None or end > start else None, kind)


GROUPS = st.one_of(coded(), scored(), written_in(), visits(), issues(), invitations())


@st.composite
def people(draw: st.DrawFn, number: int):
    """Someone who has, mostly, asthma that is treated."""
    entries = draw(st.one_of(on_register(), on_register(), st.just([])))
    for group in draw(st.lists(GROUPS, max_size=8)):
        entries = [*entries, *group]
    births = [st.just(date(1990, 5, 1)), st.just(date(2020, 2, 29))]
    born = draw(st.one_of(*births, st.dates(date(2017, 1, 1), date(2021, 12, 31))))
    died = draw(st.one_of(st.none(), st.none(), st.none(), days))
    times = draw(st.one_of(st.none(), st.lists(spells(), max_size=3)))
    return someone(
        *entries,
        born=born.isoformat(),
        died=died.isoformat() if died else None,
        spells=None if times is None else tuple(times),
        number=number,
    )


practices = st.integers(1, 3).flatmap(lambda size: st.tuples(*(people(number) for number in range(size))))
grids = st.one_of(
    st.lists(days, min_size=1, max_size=6, unique=True).map(lambda found: tuple(sorted(found))),
    st.just(month_ends(date(2026, 4, 30), 28)),
)


def slowly(record, indicator, on) -> str:
    """The reference's outcome, with the excluded told from those outside."""
    return told_apart(find(indicator, record, on, LIBRARY), indicator)


def told_apart(finding: Finding, indicator) -> str:
    if finding.outcome is Outcome.NOT_APPLICABLE:
        names = {clause.name for clause in indicator.exclusions}
        return "excluded" if finding.clause in names else "outside"
    return str(finding.outcome)


def thorough(examples: int):
    """So many examples, however long one takes."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


def quickly(engine: Engine, indicator, place: int, month: int) -> list[str]:
    """The fast engine's outcomes: there must be exactly one."""
    outcomes = engine.outcomes(indicator)
    return [
        name.replace("_", " ")
        for name in ("met", "not_met", "excluded", "outside", "cannot_tell")
        if int(getattr(outcomes, name)[place]) >> month & 1
    ]


@thorough(100)
@given(practices, grids)
def test_both_engines_agree_about_everyone(records, ends):
    engine = Engine(pack_practice(tables_of(records), RULES, LIBRARY).people, Grid(ends))
    for indicator in ALL:
        for place, record in enumerate(records):
            for month, on in enumerate(ends):
                fast = quickly(engine, indicator, place, month)
                assert fast == [slowly(record, indicator, on)], (indicator.slug, on)


@thorough(100)
@given(practices, grids)
def test_both_engines_agree_about_each_condition_by_itself(records, ends):
    engine = Engine(pack_practice(tables_of(records), RULES, LIBRARY).people, Grid(ends))
    for atom in ATOMS:
        surely, maybe = engine.masks_of(atom)
        for place, record in enumerate(records):
            for month, on in enumerate(ends):
                bits = int(surely[place]) >> month & 1, int(maybe[place]) >> month & 1
                assert Truth(sum(bits)) is answer(atom, record, on, LIBRARY).truth, (atom, on)
                assert bits[0] <= bits[1]


@thorough(25)
@given(practices, grids)
def test_counts_are_the_people_behind_them(records, ends):
    practice = pack_practice(tables_of(records), INDICATORS.values(), LIBRARY)
    counted = count(practice, INDICATORS.values(), ends)
    for slug, indicator in INDICATORS.items():
        for month, on in enumerate(ends):
            behind = list(members(practice, indicator, on).values())
            met, not_met = behind.count(Outcome.MET), behind.count(Outcome.NOT_MET)
            assert counted[slug].numerator[month] == met
            assert counted[slug].denominator[month] == met + not_met
            assert counted[slug].excluded[month] == behind.count(Outcome.NOT_APPLICABLE)
            assert counted[slug].cannot_tell[month] == behind.count(Outcome.CANNOT_TELL)


@thorough(25)
@given(practices)
def test_records_survive_the_tables(records):
    again = tuple(records_of(tables_of(records), [record.patient.patient_id for record in records]))
    assert again == records


def numbered(practices):
    """Practices by code, no two people with the same id."""
    people_of = iter(range(10_000))
    return {
        f"A{at:05}": tuple(
            replace(each, patient=replace(each.patient, patient_id=f"p{next(people_of):05}")) for each in some
        )
        for at, some in enumerate(practices)
    }


nations = st.lists(
    st.lists(st.integers(0, 99), max_size=4).flatmap(lambda some: st.tuples(*(people(n) for n in some))),
    min_size=1,
    max_size=4,
).map(numbered)


@thorough(60)
@given(nations, grids, st.booleans())
def test_many_practices_are_counted_as_the_slow_twin_counts_each(practices, ends, keep_everyone):
    counted = count_practices(packed(practices, RULES, keep_everyone=keep_everyone).pack, RULES, ends)
    assert (counted.practices, counted.month_ends) == (tuple(practices), ends)
    for at, indicator in enumerate(RULES):
        assert counted.slugs[at] == indicator.slug
        for month, on in enumerate(ends):
            for place, records in enumerate(practices.values()):
                found = [slowly(record, indicator, on) for record in records]
                cell = (at, month, place)
                assert counted.numerator[cell] == found.count("met"), (indicator.slug, on)
                assert counted.denominator[cell] == found.count("met") + found.count("not met")
                assert counted.excluded[cell] == found.count("excluded")
                assert counted.cannot_tell[cell] == found.count("cannot tell")


@thorough(25)
@given(nations, grids)
def test_packs_counted_apart_are_the_same_as_together(practices, ends):
    whole = count_practices(packed(practices, ALL).pack, ALL, ends)
    parts = [count_practices(packed({code: practices[code]}, ALL).pack, ALL, ends) for code in practices]
    merged = merge_counts(parts)
    assert merged.practices == whole.practices
    for name in ("denominator", "numerator", "excluded", "cannot_tell"):
        assert np.array_equal(getattr(merged, name), getattr(whole, name))
