"""The e-mail about a report: it leaves the practice, so no small and no exact count is in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import replace

import pytest

from imp2art.audit.disclosure import protect
from imp2art.audit.disclosure.rounding import shown
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport
from imp2art.core.refusal import Refusal
from imp2art.documents.report_email import Email, write_email
from tests.compared import COMPARED

LINK = "https://practice.example/month/2026-10/"


def report_with(numerator: int, denominator: int, missed: int) -> AuditReport:
    """Plans of so many, and so many without one after an attack."""
    numbers = {"plan-12-months": (numerator, denominator), "plan-after-attack": (20, 20 + missed)}
    series = []
    for each in COMPARED.series:
        if each.slug in numbers:
            met, people = numbers[each.slug]
            newest = replace(each.newest, numerator=met, denominator=people)
            each = replace(each, figures=(*each.figures[:-1], newest))
        series.append(each)
    return replace(COMPARED, series=tuple(series))


def sent(report: AuditReport, version: Version = Version.IMP2ART, link: str = LINK) -> Email:
    """The message with the figures that a release of this report lets out, the splits left aside."""
    told = ("plan-12-months", "plan-after-attack", "asthma-register")
    series = tuple(replace(each, equity=()) for each in report.series if each.slug in told)
    return write_email(report, protect(replace(report, series=series)), version, link)


def counts_in(text: str) -> list[int]:
    told = text.replace(LINK, "").replace("October 2026", "").replace("12 months", "").replace("to 5,", "")
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", told)]


@pytest.mark.parametrize("numerator", [0, 1, 7, 8, 28, 53, 57, 60])
@pytest.mark.parametrize("missed", [0, 3, 7, 31])
def test_no_count_is_small_or_exact(numerator, missed):
    email = sent(report_with(numerator, 60, missed))
    assert all(count >= 10 and count % 5 == 0 for count in counts_in(email.text))


def test_it_leads_with_plans_and_says_where_to_start():
    email = sent(report_with(28, 61, 31))
    assert email.subject == "Asthma audit, October 2026: Harbour Lane"
    lines = email.text.splitlines()
    assert lines[0] == "About 30 of 60 people on the asthma register have a current action plan."
    assert sum(line.startswith("- ") for line in lines) == 3
    assert "Start with them." in email.text
    assert LINK in lines


def test_the_standard_one_speaks_of_no_plan():
    email = sent(COMPARED, Version.STANDARD)
    assert "plan" not in email.text
    assert "About 60 people are on the asthma register." in email.text


@pytest.mark.parametrize("version", Version)
def test_both_forms_say_the_same(version):
    email = sent(COMPARED, version)
    plain = re.sub(r"<[^>]+>", " ", email.html)
    for line in email.text.splitlines():
        assert line.removeprefix("- ") in plain


def test_a_name_cannot_write_into_the_message():
    odd = replace(COMPARED, practice_name="A <b>\nBcc: x@example.org")
    email = sent(odd)
    assert "\n" not in email.subject
    assert "<b>" not in email.html


@pytest.mark.parametrize("link", ["javascript:alert(1)", "/month/", "https://a b"])
def test_a_link_that_is_none_is_refused(link):
    with pytest.raises(Refusal, match="web address"):
        sent(COMPARED, link=link)


# --- the attack: every pair of counts that gives the same message, by brute force -------------------------
PAIRS = [(people, met) for people in range(43, 58) for met in range(people + 1)]
WHOLE = (45, 50, 55)  # the rounded registers all of whose exact ones are among the pairs


def classes(told: Callable[[int, int], Hashable]) -> list[set[tuple[int, int]]]:
    """The pairs that nobody can tell apart by what is told of them, where people round to `WHOLE`."""
    found: defaultdict[Hashable, set[tuple[int, int]]] = defaultdict(set)
    for people, met in PAIRS:
        found[told(people, met)].add((people, met))
    return [pairs for pairs in found.values() if {shown(people) for people, _ in pairs} <= set(WHOLE)]


def message_of(people: int, met: int) -> str:
    one = report_with(met, people, 31)
    newest = replace(one, month_ends=one.month_ends[-1:])
    series = tuple(replace(each, figures=each.figures[-1:]) for each in newest.series)
    return sent(replace(newest, series=series)).text


def test_S40_no_message_narrows_the_register_or_tells_a_small_count():
    found = classes(message_of)
    assert len(found) >= 3
    for pairs in found:
        assert len({people for people, _ in pairs}) >= 5
        met, unmet = {met for _, met in pairs}, {people - met for people, met in pairs}
        assert len(met) >= 5
        assert max(met) > 7
        assert max(unmet) > 7


def test_S40_the_attack_beats_a_message_that_rounds_three_counts_which_add_up():
    found = classes(lambda people, met: (shown(people), shown(met), shown(people - met)))
    assert min(len({people for people, _ in pairs}) for pairs in found) < 5


def test_S40_what_chance_says_is_worked_out_from_what_was_released():
    exact, other = report_with(28, 61, 31), report_with(31, 59, 29)  # both are 30 of 60
    assert sent(exact).text == sent(other).text


def test_a_message_without_the_months_figures_has_no_count():
    report = report_with(28, 61, 31)
    nothing = protect(replace(report, series=(), month_ends=()))
    assert counts_in(write_email(report, nothing, Version.IMP2ART, LINK).text) == []
