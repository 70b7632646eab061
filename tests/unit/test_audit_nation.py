"""Many practices in one pack: who is kept, who is only on the list, and what a pack cannot answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from imp2art.audit.conditions import AnyIn
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.indicator import Clause
from imp2art.audit.nation import count_practices, merge_counts
from imp2art.core.refusal import Refusal
from imp2art.record.patient import Registration, RegistrationKind
from tests.audit_people import entry, issue, packed, someone

REGISTER, PLAN = INDICATORS["asthma-register"], INDICATORS["plan-12-months"]
RULES = (REGISTER, PLAN)
ENDS = (date(2026, 9, 30), date(2026, 10, 31))
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))


def spells(*days: tuple[str, str | None]) -> tuple[Registration, ...]:
    return tuple(
        Registration(
            date.fromisoformat(start), date.fromisoformat(end) if end else None, RegistrationKind.GMS
        )
        for start, end in days
    )


def on_list(*people, **asked) -> list[int]:
    """People on the list at the two month ends, in a practice of these and one with asthma."""
    pack = packed({"A00001": (someone(*ASTHMA, number=99), *people)}, RULES, **asked).pack
    return (count_practices(pack, RULES, ENDS).denominator[0, :, 0] - 1).tolist()


def test_people_without_a_gate_entry_are_kept_as_days_on_the_list_alone():
    practices = {
        "A00001": [
            someone(*ASTHMA, number=1),
            someone(number=2),
            someone(issue("ics", "2026-06-01"), number=3),
        ],
        "A00002": [someone(number=4)],
        "A00003": [],
    }
    people = packed(practices, RULES).pack
    assert (len(people), people.bounds.tolist()) == (1, [0, 1, 1, 1])
    assert np.diff(people.other_bounds).tolist() == [2, 1, 0]
    counts = count_practices(people, RULES, ENDS)
    assert counts.denominator[:, 1].tolist() == [[3, 1, 0], [1, 0, 0]]
    assert counts.numerator[:, 1].tolist() == [[1, 0, 0], [0, 0, 0]]


def test_everyone_is_kept_where_that_is_asked_and_the_counts_are_the_same():
    practices = {"A00001": [someone(*ASTHMA, number=1), someone(number=2)]}
    whole, lean = (packed(practices, RULES, keep_everyone=keep).pack for keep in (True, False))
    assert (len(whole), len(lean)) == (2, 1)
    for name in ("denominator", "numerator", "excluded", "cannot_tell"):
        one, other = (getattr(count_practices(people, RULES, ENDS), name) for people in (whole, lean))
        assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("days", "died", "expected"),
    [
        ((("2020-01-01", None),), None, [1, 1]),
        ((("2020-01-01", "2026-10-31"),), None, [1, 0]),
        ((("2026-10-31", None),), None, [0, 1]),
        ((("2020-01-01", None), ("2026-01-01", "2026-11-15")), None, [1, 1]),
        ((("2020-01-01", "2026-05-01"), ("2026-10-05", None)), None, [0, 1]),
        ((("2020-01-01", None),), "2026-10-31", [1, 0]),
        ((("2026-01-01", None),), "2025-06-01", [0, 0]),
        ((), None, [0, 0]),
    ],
)
def test_someone_left_out_is_on_the_list_once_and_while_alive(days, died, expected):
    other = someone(spells=spells(*days), died=died)
    assert on_list(other) == on_list(other, keep_everyone=True) == expected


def test_a_pack_without_anyone_counts_nobody():
    counts = count_practices(packed({"A00001": [], "A00002": []}, RULES).pack, RULES, ENDS)
    assert counts.denominator.shape == (2, 2, 2)
    assert not counts.denominator.any()


def test_a_pack_that_kept_fewer_people_than_a_rule_counts_is_refused():
    wheeze = replace(PLAN, slug="saba-ever", denominator=(Clause("saba", AnyIn("saba", months=None)),))
    pack = packed({"A00001": [someone(number=1)]}, (*RULES, INDICATORS["saba-3"])).pack
    with pytest.raises(Refusal, match="built for other indicators"):
        count_practices(pack, (wheeze,), ENDS)


def test_a_list_that_was_not_packed_is_an_error_and_not_nought():
    pack = packed({"A00001": [someone(*ASTHMA)]}, RULES, keep_everyone=True).pack
    with pytest.raises(ValueError, match="packed without the lists"):
        count_practices(pack, (INDICATORS["saba-3"],), ENDS)


def test_counts_of_other_months_are_not_put_together():
    pack = packed({"A00001": [someone(*ASTHMA)]}, RULES).pack
    parts = [count_practices(pack, RULES, ENDS), count_practices(pack, RULES, ENDS[:1])]
    with pytest.raises(ValueError, match="different indicators or months"):
        merge_counts(parts)


@pytest.mark.parametrize("size", [1, 254, 255, 256, 511])
def test_practices_of_any_size_are_counted_to_the_last_person(size):
    practices = {
        "A00001": [someone(*ASTHMA, number=n) for n in range(size)],
        "A00002": [someone(*ASTHMA, entry("asthma-plan", "2026-10-15"), number=1000)],
    }
    counts = count_practices(packed(practices, RULES).pack, RULES, ENDS)
    assert counts.denominator[1].tolist() == [[size, 1]] * 2
    assert counts.numerator[1].tolist() == [[0, 0], [0, 1]]
