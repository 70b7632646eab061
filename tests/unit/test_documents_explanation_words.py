"""One person and one figure in words: what decided, by which entry, and what would change it."""

from __future__ import annotations

from datetime import date

import pytest

from imp2art.audit.definitions import INDICATORS
from imp2art.audit.explain import explain_finding
from imp2art.audit.packs import missing_lists
from imp2art.documents.explanation_words import ExplanationInWords, explanation_in_words
from tests.audit_people import LIBRARY, entry, issue, someone

DAY = date(2026, 10, 31)
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
PLAN = entry("asthma-plan", "2026-06-15")
DISSENT = entry("informed-dissent", "2026-02-01")


def said(slug: str, *entries, sees_entries: bool = True) -> ExplanationInWords:
    found = explain_finding(INDICATORS[slug], someone(*entries), DAY, LIBRARY)
    return explanation_in_words(slug, found, DAY, sees_entries)


def test_a_success_names_its_clause_its_entry_and_its_end():
    words = said("plan-12-months", *ASTHMA, PLAN)
    assert words.outcome == "Counted as met on 31 October 2026."
    assert words.reason[0] == (
        "This decided, because it holds: a written action plan recorded in the last 12 months."
    )
    assert words.reason[1].endswith(", 15 June 2026.")
    assert words.changes == ("They meet it until 14 June 2027, if nothing more is recorded.",)


def test_a_failure_says_what_would_change_it_and_the_newest_that_there_is():
    words = said("plan-12-months", *ASTHMA, entry("asthma-plan", "2024-03-01"))
    assert words.outcome == "Counted as not met on 31 October 2026."
    assert "1 March 2024" in words.reason[1]
    assert words.changes == (
        "They would count as met if this held: a written action plan recorded in the last 12 months.",
    )


def test_who_is_outside_the_count_hears_what_would_bring_them_in_and_then_meet_it():
    words = said("plan-12-months", ASTHMA[0])
    assert words.outcome == "Not in this count on 31 October 2026."
    assert [sentence.partition(":")[0] for sentence in words.changes] == [
        "They would be in this count if this held",
        "And to be met, this too",
    ]


def test_who_is_taken_out_hears_until_when_and_what_counts_all_the_same():
    words = said("qof-ast007", *ASTHMA, DISSENT)
    assert words.outcome == "Taken out of the count on 31 October 2026."
    assert words.changes[0].startswith("They are taken out until 31 January 2027")
    assert words.changes[1].startswith("Whoever meets the rule counts all the same.")


def test_what_the_record_does_not_tell_is_said():
    words = said("plan-12-months", *ASTHMA, entry("asthma-plan", "2025"))
    assert words.outcome.startswith("In neither number")
    assert "2025" in words.reason[1]
    assert words.changes[0].startswith("A whole date")


def test_a_count_comes_with_its_number():
    words = said("saba-3", *ASTHMA, issue("saba", "2026-02-01", "2"), issue("saba", "2026-05-01", "1.5"))
    assert "The number that was counted: 3.5." in words.reason


def test_every_clause_is_told_and_one_of_them_decided():
    clauses = said("qof-ast007", *ASTHMA, DISSENT).clauses
    assert len(clauses) == len(list(INDICATORS["qof-ast007"].clauses))
    assert [each.asks for each in clauses if each.decided] == ["dissented in the last 12 months"]
    assert {each.part for each in clauses} == {"To be counted", "To be met", "Takes out of the count"}


@pytest.mark.parametrize("entries", [(PLAN,), (), (DISSENT,), (entry("asthma-plan", "2024-03-01"),)])
@pytest.mark.parametrize("slug", ["plan-12-months", "qof-ast007"])
def test_who_may_not_see_entries_is_told_no_day_and_no_entry(slug, entries):
    words = said(slug, *ASTHMA, *entries, sees_entries=False)
    told = " ".join((*words.reason, *words.changes))
    assert words.clauses == ()
    assert "20" not in told


@pytest.mark.parametrize(
    "slug", [slug for slug in INDICATORS if not missing_lists(INDICATORS[slug], LIBRARY)]
)
@pytest.mark.parametrize("sees_entries", [True, False])
def test_every_indicator_can_be_explained(slug, sees_entries):
    assert said(slug, *ASTHMA, PLAN, DISSENT, sees_entries=sees_entries).title
