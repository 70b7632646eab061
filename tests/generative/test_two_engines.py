"""The fast engine and its slow twin give everyone the same answer, whatever their record holds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imp2art.audit.conditions import codelists_of
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.definitions.qof_ast007 import ast007
from imp2art.audit.engine import Engine, count, members
from imp2art.audit.grid import Grid
from imp2art.audit.pack import pack_practice
from imp2art.audit.records import records_of
from imp2art.audit.reference import find
from imp2art.core.finding import Finding, Outcome
from imp2art.core.partial_date import PartialDate
from imp2art.core.period import month_end
from imp2art.record.events import CodedEvent, IssueUnit, MedicineIssue
from imp2art.record.patient import Registration, RegistrationKind
from tests.audit_people import LIBRARY, code_of, someone, tables_of

ALL = (*INDICATORS.values(), ast007(control_assessed=True))
MEDICINES = ("saba", "ics", "oral-steroid", "ltra")
ENTRIES = sorted(
    {slug for each in ALL for atom in each.atoms for slug in codelists_of(atom)} - set(MEDICINES)
)
ENTRIES.remove("asthma-treatment")
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
def visits(draw: st.DrawFn) -> list[CodedEvent]:
    """A review with what QOF asks for around it: sometimes too early, or on the wrong day."""
    on = draw(moments())
    before = draw(st.sampled_from([0, 1, 27, 28, 29, 30, 31, 32, 40]))
    plan = draw(st.sampled_from([0, 0, 0, 1]))
    earlier = PartialDate.on(on.first - timedelta(days=before))
    return [
        CodedEvent(on, code_of("asthma-review")),
        CodedEvent(
            on if plan == 0 else PartialDate.on(on.first + timedelta(days=plan)), code_of("asthma-plan")
        ),
        CodedEvent(earlier, code_of("exacerbation-count")),
        CodedEvent(draw(st.sampled_from([earlier, on])), code_of("control-score")),
    ]


@st.composite
def issues(draw: st.DrawFn) -> list[MedicineIssue]:
    """One issue, or a row of them some days apart."""
    slug, start = draw(st.sampled_from(MEDICINES)), draw(days)
    gap, length = (
        draw(st.sampled_from([0, 7, 13, 14, 15, 30, 39, 40])),
        draw(st.sampled_from([1, 1, 2, 4, 6])),
    )
    quantity = draw(
        st.sampled_from([None, "0", "1", "1", "2", "3", "0.5", "12", "100", "200", "-1", "1.005"])
    )
    return [
        MedicineIssue(
            start + timedelta(days=gap * place),
            code_of(slug, draw(st.integers(0, 12))),
            None if quantity is None else Decimal(quantity),
            draw(st.sampled_from(IssueUnit)),
        )
        for place in range(length)
    ]


@st.composite
def spells(draw: st.DrawFn) -> Registration:
    """A time on the list; sometimes long over, sometimes only just begun."""
    start = draw(st.one_of(st.just(date(2015, 1, 1)), days))
    end = draw(st.one_of(st.none(), days))
    kind = draw(st.sampled_from([RegistrationKind.GMS] * 4 + [RegistrationKind.TEMPORARY]))
    return Registration(start, end if end is None or end > start else None, kind)


@st.composite
def people(draw: st.DrawFn, number: int):
    """Someone who has, mostly, asthma that is treated."""
    entries: list[CodedEvent | MedicineIssue] = []
    if draw(st.integers(0, 3)):
        entries.append(CodedEvent(draw(moments()), code_of("asthma-diagnosis")))
        entries += draw(issues())
    for group in draw(st.lists(st.one_of(coded(), visits(), issues()), max_size=8)):
        entries += group
    born = draw(
        st.one_of(
            st.just(date(1990, 5, 1)),
            st.dates(date(2017, 1, 1), date(2021, 12, 31)),
            st.just(date(2020, 2, 29)),
        )
    )
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
    st.just(tuple(month_end(date(2024 + month // 12, month % 12 + 1, 1)) for month in range(28))),
)


def slowly(record, indicator, on) -> str:
    """The reference's outcome, with the excluded told from those outside."""
    return told_apart(find(indicator, record, on, LIBRARY), indicator)


def told_apart(finding: Finding, indicator) -> str:
    if finding.outcome is Outcome.NOT_APPLICABLE:
        names = {clause.name for clause in indicator.exclusions}
        return "excluded" if finding.clause in names else "outside"
    return str(finding.outcome)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(practices, grids)
def test_both_engines_agree_about_everyone(records, month_ends):
    practice = pack_practice(tables_of(records), ALL, LIBRARY)
    engine = Engine(practice, Grid(month_ends))
    for indicator in ALL:
        outcomes = engine.outcomes(indicator)
        for place, record in enumerate(records):
            for month, on in enumerate(month_ends):
                fast = [
                    name
                    for name, mask in (
                        ("met", outcomes.met),
                        ("not met", outcomes.not_met),
                        ("excluded", outcomes.excluded),
                        ("outside", outcomes.outside),
                        ("cannot tell", outcomes.cannot_tell),
                    )
                    if int(mask[place]) >> month & 1
                ]
                assert fast == [slowly(record, indicator, on)], (indicator.slug, on)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(practices, grids)
def test_counts_are_the_people_behind_them(records, month_ends):
    practice = pack_practice(tables_of(records), INDICATORS.values(), LIBRARY)
    counted = count(practice, INDICATORS.values(), month_ends)
    for slug, indicator in INDICATORS.items():
        for month, on in enumerate(month_ends):
            behind = list(members(practice, indicator, on).values())
            met, not_met = behind.count(Outcome.MET), behind.count(Outcome.NOT_MET)
            assert counted[slug].numerator[month] == met
            assert counted[slug].denominator[month] == met + not_met
            assert counted[slug].excluded[month] == behind.count(Outcome.NOT_APPLICABLE)
            assert counted[slug].cannot_tell[month] == behind.count(Outcome.CANNOT_TELL)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(practices)
def test_records_survive_the_tables(records):
    again = tuple(records_of(tables_of(records), [record.patient.patient_id for record in records]))
    assert again == records
