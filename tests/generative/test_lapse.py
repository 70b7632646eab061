"""How long a success lasts, against the slow way: ask every day until it no longer holds."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from imp2art.audit.packs import indicators_for
from imp2art.audit.twin.lapse import holds_until
from imp2art.audit.twin.meaning import answer
from imp2art.audit.twin.truth import Truth
from tests.audit_people import LIBRARY, entry, issue, someone

ON = date(2026, 10, 31)
READY = indicators_for("England", LIBRARY)[0]
FURTHEST = 5 * 366  # the longest window is 60 months
EVENTS = ("asthma-plan", "asthma-review", "exacerbation", "exacerbation-count", "invitation", "smoking-never")
ISSUES = ("saba", "ics", "oral-steroid")

days = st.integers(0, 900).map(lambda back: (ON - timedelta(days=back)).isoformat())
entries = st.one_of(
    st.builds(entry, st.sampled_from(EVENTS), days),
    st.builds(issue, st.sampled_from(ISSUES), days),
)


def holds(numerator, record, on: date) -> bool:
    return all(answer(clause.condition, record, on, LIBRARY).truth is Truth.YES for clause in numerator)


@settings(max_examples=40, deadline=None)
@given(st.lists(entries, max_size=8), st.sampled_from(READY))
def test_an_answer_lasts_up_to_the_day_before_it_first_fails(lived, indicator):
    record = someone(entry("asthma-diagnosis", "2019-05-01"), *lived)
    if not holds(indicator.numerator, record, ON):
        return
    later = (ON + timedelta(days=ahead) for ahead in range(1, FURTHEST))
    failing = next((day for day in later if not holds(indicator.numerator, record, day)), None)
    expected = failing - timedelta(days=1) if failing else None
    assert holds_until(indicator.numerator, record, ON, LIBRARY) == expected
