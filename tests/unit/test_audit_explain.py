"""Why someone counts as they do, and what would change it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.difference import DifferenceKind
from imp2art.audit.explain import explain_difference, explain_finding
from imp2art.audit.reference import find
from imp2art.audit.twin.lapse import last_day_of
from imp2art.core.finding import Finding, Outcome
from imp2art.core.period import months_up_to
from imp2art.documents.words import find_phrase
from tests.audit_people import LIBRARY, entry, issue, someone

DAY = date(2026, 10, 31)
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))


def explained(slug: str, *entries, **person):
    return explain_finding(INDICATORS[slug], someone(*entries, **person), DAY, LIBRARY)


def test_a_success_names_its_entry_and_how_long_it_lasts():
    explanation = explained("plan-12-months", *ASTHMA, entry("asthma-plan", "2026-06-15"))
    assert explanation.finding == Finding(Outcome.MET, "plan", date(2026, 6, 15))
    assert explanation.needs == ()
    assert explanation.holds_until == date(2027, 6, 14)


def test_a_failure_names_what_it_needs():
    explanation = explained("plan-12-months", *ASTHMA)
    assert explanation.finding.outcome is Outcome.NOT_MET
    assert explanation.needs == ("plan",)
    assert explanation.holds_until is None


def test_someone_off_the_register_needs_all_that_is_missing():
    explanation = explained("plan-12-months", entry("asthma-diagnosis", "2019-05-01"))
    assert explanation.finding.clause == "treated"
    assert explanation.needs == ("treated", "plan")


def test_an_exclusion_is_the_reason_and_its_day():
    explanation = explained("qof-ast007", *ASTHMA, entry("informed-dissent", "2026-02-01"))
    assert explanation.finding == Finding(Outcome.NOT_APPLICABLE, "informed-dissent", date(2026, 2, 1))


def test_the_first_exclusion_in_turn_is_the_reason():
    both = (entry("informed-dissent", "2026-02-01"), entry("unsuitable", "2026-03-01"))
    assert explained("qof-ast007", *ASTHMA, *both).finding.clause == "unsuitable"


def test_a_count_comes_with_its_number_and_newest_day():
    issues = (issue("saba", "2026-02-01", "2"), issue("saba", "2026-05-01", "1.5"))
    finding = explained("saba-3", *ASTHMA, *issues).finding
    assert finding == Finding(Outcome.MET, "relievers", date(2026, 5, 1), Decimal("3.5"))


def test_a_review_with_a_plan_names_the_day_of_both():
    day = [entry(slug, "2026-06-15") for slug in ("asthma-review", "asthma-plan", "exacerbation-count")]
    explanation = explained("qof-ast007", *ASTHMA, *day)
    assert explanation.finding.on == date(2026, 6, 15)
    assert explanation.holds_until == date(2027, 6, 14)


def test_of_the_entries_of_one_day_the_review_is_named_not_what_was_entered_with_it():
    day = [entry(slug, "2026-06-15") for slug in ("exacerbation-count", "asthma-plan", "asthma-review")]
    assert explained("qof-ast007", *ASTHMA, *day).decided.entry.codelist == "asthma-review"


def test_who_is_taken_out_is_so_until_the_entry_leaves_its_window():
    taken_out = explained("qof-ast007", *ASTHMA, entry("informed-dissent", "2026-02-01"))
    assert taken_out.excluded_until == date(2027, 1, 31)
    assert explained("qof-ast007", *ASTHMA).excluded_until is None


def test_who_is_outside_the_count_is_not_taken_out_of_it():
    assert explained("qof-ast007", ASTHMA[0]).excluded_until is None


@pytest.mark.parametrize("on", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2026, 3, 31)])
def test_the_last_day_that_counts_is_the_last_whose_window_holds_it(on):
    last = last_day_of(on, 12)
    assert on in months_up_to(last, 12)
    assert on not in months_up_to(date.fromordinal(last.toordinal() + 1), 12)


def test_each_clause_names_its_entry_and_the_newest_there_is():
    old, new = entry("asthma-plan", "2024-03-01"), entry("asthma-plan", "2026-06-15", place=1)
    clauses = {clause.name: clause for clause in explained("plan-12-months", *ASTHMA, old, new).clauses}
    plan = clauses["plan"]
    assert plan.entry == plan.newest
    assert (plan.entry.code, plan.entry.on, plan.entry.codelist) == (new.code, new.on, "asthma-plan")
    assert plan.entry.term == LIBRARY.codelist("asthma-plan").terms[new.code]
    assert clauses["on-list"].entry is None


def test_what_is_missing_shows_the_newest_entry_outside_the_window():
    explanation = explained("plan-12-months", *ASTHMA, entry("asthma-plan", "2024-03-01"))
    assert explanation.decided.name == "plan"
    assert explanation.decided.entry is None
    assert str(explanation.decided.newest.on) == "2024-03-01"


def test_a_success_by_one_of_two_ways_lasts_as_long_as_either():
    attack, course = entry("exacerbation", "2025-12-01"), issue("oral-steroid", "2026-04-01", "40", "tablet")
    assert explained("attacks-1", *ASTHMA, attack).holds_until == date(2026, 11, 30)
    assert explained("attacks-1", *ASTHMA, attack, course).holds_until == date(2027, 3, 31)


def test_a_count_lasts_until_too_few_are_left_in_the_window():
    issues = [issue("saba", day, "2") for day in ("2025-12-01", "2026-03-01", "2026-06-01")]
    assert explained("saba-6", *ASTHMA, *issues).holds_until == date(2026, 11, 30)
    assert explained("saba-3", *ASTHMA, *issues).holds_until == date(2027, 2, 28)


def test_what_is_met_for_want_of_an_entry_has_no_end():
    explanation = explained("saba-without-ics", ASTHMA[0], issue("saba", "2026-06-01"))
    assert explanation.finding.outcome is Outcome.MET
    assert explanation.holds_until is None


def differs(slug: str, in_theirs: bool, *entries, ours: Outcome = Outcome.MET, **person):
    record = someone(*entries, **person)
    return explain_difference(INDICATORS[slug], record, DAY, LIBRARY, in_theirs, ours)


def test_where_both_agree_there_is_nothing_to_explain():
    plan = entry("asthma-plan", "2026-06-15")
    assert differs("plan-12-months", True, *ASTHMA, plan) is None
    assert differs("plan-12-months", False, *ASTHMA) is None
    assert differs("plan-12-months", True, *ASTHMA, ours=Outcome.NOT_MET) is None


@pytest.mark.parametrize(
    ("slug", "entries", "clause", "kind"),
    [
        ("plan-12-months", (ASTHMA[0],), "treated", "register"),
        ("plan-12-months", ASTHMA, "plan", "code"),
        ("plan-12-months", (*ASTHMA, entry("asthma-plan", "2024-06-15")), "plan", "date-window"),
        ("plan-12-months", (*ASTHMA, entry("asthma-plan", "2026-11-03")), "plan", "date-window"),
        ("plan-12-months", (*ASTHMA, entry("asthma-plan", "2025")), "plan", "cannot-tell"),
        ("qof-ast007", (*ASTHMA, entry("informed-dissent", "2026-02-01")), "informed-dissent", "exclusion"),
        (
            "qof-ast007",
            (*ASTHMA, entry("asthma-review", "2026-06-01"), entry("asthma-plan", "2026-06-02")),
            "review-with-plan",
            "counting",
        ),
        ("saba-3", (*ASTHMA, issue("saba", "2026-06-01", "2")), "relievers", "counting"),
        ("saba-3", (*ASTHMA, issue("saba", "2026-06-01", None)), "relievers", "cannot-tell"),
        ("saba-without-ics", (*ASTHMA, issue("saba", "2026-06-01")), "no-preventer", "code"),
        ("plan-after-attack", ASTHMA, "attacked", "code"),
    ],
)
def test_whom_only_their_search_has(slug, entries, clause, kind):
    found = differs(slug, True, *entries)
    assert (found.clause.name, str(found.kind)) == (clause, kind)


@pytest.mark.parametrize(
    ("slug", "entries", "clause", "kind"),
    [
        ("plan-12-months", (*ASTHMA, entry("asthma-plan", "2026-06-15")), "plan", "code"),
        ("plan-12-months", (*ASTHMA, entry("asthma-plan", "2026-03-15")), "plan", "date-window"),
        ("plan-12-months", (*ASTHMA, entry("asthma-plan", "2026-06")), "plan", "date-window"),
        ("plan-12-months", ASTHMA, "plan", "code"),
        ("saba-3", (*ASTHMA, issue("saba", "2026-06-01", "3")), "relievers", "counting"),
        (
            "qof-ast007",
            (
                *ASTHMA,
                *[
                    entry(slug, "2026-06-15")
                    for slug in ("asthma-review", "asthma-plan", "exacerbation-count")
                ],
                entry("informed-dissent", "2026-02-01"),
            ),
            "informed-dissent",
            "exclusion",
        ),
    ],
)
def test_whom_only_we_have(slug, entries, clause, kind):
    ours = Outcome.NOT_MET if entries == ASTHMA else Outcome.MET
    found = differs(slug, False, *entries, ours=ours)
    assert (found.clause.name, str(found.kind)) == (clause, kind)
    assert found.outcome is ours


def test_a_difference_names_the_entry_it_hangs_on():
    found = differs("plan-12-months", True, *ASTHMA, entry("asthma-plan", "2024-06-15"))
    assert str(found.entry.on) == "2024-06-15"
    assert differs("plan-12-months", True, *ASTHMA).entry is None


def test_a_plan_before_the_attack_is_what_a_new_plan_is_missing():
    lived = (*ASTHMA, entry("asthma-plan", "2026-01-10"), entry("exacerbation", "2026-02-01"))
    explanation = explained("plan-updated-after-attack", *lived)
    assert explanation.needs == ("plan-since-attack",)
    assert str(explanation.decided.newest.on) == "2026-01-10"
    found = differs("plan-updated-after-attack", True, *lived)
    assert (found.kind, found.entry.codelist) == (DifferenceKind.COUNTING, "asthma-plan")


def test_a_plan_after_an_attack_counts_as_long_as_the_attack_does():
    lived = (*ASTHMA, entry("exacerbation", "2026-02-01"), entry("asthma-plan", "2026-08-01"))
    assert explained("plan-updated-after-attack", *lived).holds_until == date(2027, 1, 31)


def test_care_that_nobody_followed_up_names_the_review_that_came_too_late():
    lived = (*ASTHMA, entry("emergency-attendance", "2026-06-12"), entry("asthma-review", "2026-06-22"))
    found = differs("follow-up-2-days", True, *lived)
    assert (found.clause.name, found.kind) == ("followed-up", DifferenceKind.COUNTING)
    assert str(found.entry.on) == "2026-06-22"


def test_a_smoker_by_the_latest_entry_is_one_for_good():
    explanation = explained("smoking-current", *ASTHMA, entry("smoking-current", "2014-01-01"))
    assert explanation.finding.outcome is Outcome.MET
    assert explanation.holds_until is None


@pytest.mark.parametrize("kind", DifferenceKind)
def test_every_kind_of_difference_has_its_words(kind):
    assert find_phrase("indicators", f"difference-{kind}").text.endswith(".")


def test_a_condition_that_nobody_knows_is_an_error_in_both_engines():
    from dataclasses import replace

    from imp2art.audit.bits.grid import Grid
    from imp2art.audit.conditions import Condition
    from imp2art.audit.engine import Engine
    from imp2art.audit.indicator import Clause
    from imp2art.audit.packing.pack import pack_practice
    from tests.audit_people import tables_of

    class Strange(Condition):
        """Not of the language."""

    rule = replace(INDICATORS["plan-12-months"], numerator=(Clause("strange", Strange()),))
    with pytest.raises(TypeError):
        find(rule, someone(*ASTHMA), DAY, LIBRARY)
    packed = pack_practice(tables_of([someone(*ASTHMA)]), [rule], LIBRARY)
    with pytest.raises(TypeError):
        Engine(packed.people, Grid((DAY,))).outcomes(rule)
