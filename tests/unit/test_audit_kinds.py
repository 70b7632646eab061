"""Kinds of entries, whom rules can count at all, and the sorting of people into a pack."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from imp2art.audit.conditions import AnyIn, Band, DevicesAtLeast, LatestIn, Not, RegisteredOn
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.packing.gates import gates_of, lists_asked_for
from imp2art.audit.packing.kinds import NO_KIND, kind_maker, needed_codes, needs_of
from imp2art.audit.packing.packed import PARTIAL
from imp2art.core.refusal import Refusal
from tests.audit_people import LIBRARY, code_of, day_number, entry, issue, packed, parse_day, someone

RULES = (INDICATORS["control-poor"], INDICATORS["saba-3"])
SCORE, DIAGNOSIS, SABA = code_of("act-score"), code_of("asthma-diagnosis"), code_of("saba")


def test_the_same_combinations_in_the_same_order_have_the_same_numbers():
    asked = [("19", "1"), ("20", "2"), ("19", "1"), ("19.0", "1.0")]

    def numbers() -> list[tuple[int, int]]:
        table = kind_maker(RULES, LIBRARY)
        return [
            (table.of_event(SCORE.system, SCORE, score), table.of_issue(SABA, quantity, "device"))
            for score, quantity in asked
        ]

    assert numbers() == numbers() == [(0, 1), (2, 3), (0, 1), (0, 1)]


def test_a_value_is_kept_where_a_band_reads_it_and_inhalers_where_they_are_counted():
    table = kind_maker(RULES, LIBRARY)
    table.of_event(SCORE.system, SCORE, "17")
    table.of_event(SCORE.system, SCORE, None)
    table.of_event(DIAGNOSIS.system, DIAGNOSIS, "17")
    table.of_issue(SABA, "2", "device")
    table.of_issue(SABA, None, "device")
    table.of_issue(code_of("ltra"), "28", "tablet")
    values = [(kind.value, kind.devices, kind.issued) for kind in table.kinds]
    nothing = (None, None)
    assert values == [
        (Decimal(17), None, False),
        (*nothing, False),
        (*nothing, False),
        (None, Fraction(2), True),
        (*nothing, True),
        (*nothing, True),
    ]


def test_codes_that_no_rule_reads_and_digits_of_another_system_have_no_kind():
    table = kind_maker(RULES, LIBRARY)
    plan = code_of("asthma-plan")
    assert table.of_event(plan.system, plan, None) == NO_KIND
    assert table.of_event("dmd", SCORE, "17") == NO_KIND
    assert table.of_issue(code_of("beta-blocker-non-selective"), "28", "tablet") == NO_KIND
    assert table.kinds == ()
    assert SABA in needed_codes(RULES, LIBRARY)
    assert code_of("asthma-plan") not in needed_codes(RULES, LIBRARY)


def test_more_values_than_a_pack_can_number_are_refused_in_words():
    table = kind_maker(RULES, LIBRARY)
    for number in range(2**15):
        table.of_event(SCORE.system, SCORE, str(number))
    with pytest.raises(Refusal, match="different values"):
        table.of_event(SCORE.system, SCORE, "0.5")


def test_what_fewer_rules_need_is_kept_for_more():
    some, more = needs_of(RULES[:1]), needs_of(RULES)
    assert more.cover(some)
    assert not some.cover(more)


def test_a_diagnosis_lets_in_whoever_is_on_the_register():
    assert gates_of([INDICATORS["plan-12-months"], INDICATORS["asthma-register"]]) == {"asthma-diagnosis"}
    assert gates_of([INDICATORS["case-finding-medicines"]]) == {
        "saba",
        "ics",
        "oral-steroid",
        "asthma-review",
    }


def test_only_what_must_be_there_is_a_gate():
    plan = AnyIn("asthma-plan", months=12)
    assert lists_asked_for(plan | Not(plan)) is None
    assert lists_asked_for(plan & RegisteredOn()) == {"asthma-plan"}
    assert lists_asked_for(DevicesAtLeast("saba", 0, months=12)) is None
    assert lists_asked_for(LatestIn((Band("act-score"),), ("act-score", "acq-score"), 12)) == {"act-score"}


def test_a_rule_that_may_count_someone_without_any_entry_is_an_error():
    never = INDICATORS["suspected-unconfirmed"].numerator
    wide = INDICATORS["asthma-register"]
    with pytest.raises(ValueError, match="of whom nothing is coded"):
        gates_of([type(wide)(wide.slug, wide.denominator, never, wide.direction, wide.versions, wide.source)])


def test_entries_stand_by_person_kind_and_day_and_parts_of_dates_keep_their_last_day():
    people = [
        someone(entry("asthma-diagnosis", "2021"), entry("asthma-diagnosis", "2021-01-01"), number=1),
        someone(issue("saba", "2026-03-01"), issue("saba", "2026-02-01"), number=2),
        someone(entry("asthma-diagnosis", "2020-05"), entry("asthma-diagnosis", "2020-05"), number=3),
    ]
    found = packed({"A00001": people[:1], "A00002": people[1:]}, RULES, keep_everyone=True)
    pack = found.pack
    assert pack.bounds.tolist() == [0, 1, 3]
    owner = np.repeat(np.arange(len(pack)), np.diff(pack.offsets))
    keys = list(zip(owner, pack.kind & ~PARTIAL, pack.day, strict=True))
    assert keys == sorted(keys)
    lasts = {row: int(last) for row, last in zip(pack.partial_row, pack.partial_last, strict=True)}
    assert sorted(lasts) == np.flatnonzero(pack.kind & PARTIAL).tolist() == sorted(pack.partial_row)
    assert sorted(lasts.values()) == [
        *[day_number(parse_day("2020-05-31"))] * 2,
        day_number(parse_day("2021-12-31")),
    ]


def test_days_outside_the_range_of_a_pack_are_as_its_first_and_last():
    record = someone(entry("asthma-diagnosis", "1066-10-14"), entry("asthma-diagnosis", "2999-01-01"))
    day = packed({"A00001": [record]}, RULES).pack.day
    assert day.tolist() == [-(2**15) + 1, 2**15 - 2]
