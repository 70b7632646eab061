"""The e-mail about a report: it leaves the practice, so no small and no exact count is in it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport
from imp2art.core.refusal import Refusal
from imp2art.documents.report_email import write_email
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


def counts_in(text: str) -> list[int]:
    told = text.replace(LINK, "").replace("October 2026", "").replace("12 months", "").replace("to 5,", "")
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", told)]


@pytest.mark.parametrize("numerator", [0, 1, 7, 8, 28, 53, 57, 60])
@pytest.mark.parametrize("missed", [0, 3, 7, 31])
def test_no_count_is_small_or_exact(numerator, missed):
    email = write_email(report_with(numerator, 60, missed), Version.IMP2ART, LINK)
    assert all(count >= 10 and count % 5 == 0 for count in counts_in(email.text))


def test_it_leads_with_plans_and_says_where_to_start():
    email = write_email(report_with(28, 61, 31), Version.IMP2ART, LINK)
    assert email.subject == "Asthma audit, October 2026: Harbour Lane"
    lines = email.text.splitlines()
    assert lines[0] == "About 30 of 60 people on the asthma register have a current action plan."
    assert sum(line.startswith("- ") for line in lines) == 3
    assert "Start with them." in email.text
    assert LINK in lines


def test_the_standard_one_speaks_of_no_plan():
    email = write_email(COMPARED, Version.STANDARD, LINK)
    assert "plan" not in email.text
    assert "About 60 people are on the asthma register." in email.text


@pytest.mark.parametrize("version", Version)
def test_both_forms_say_the_same(version):
    email = write_email(COMPARED, version, LINK)
    plain = re.sub(r"<[^>]+>", " ", email.html)
    for line in email.text.splitlines():
        assert line.removeprefix("- ") in plain


def test_a_name_cannot_write_into_the_message():
    odd = replace(COMPARED, practice_name="A <b>\nBcc: x@example.org")
    email = write_email(odd, Version.IMP2ART, LINK)
    assert "\n" not in email.subject
    assert "<b>" not in email.html


@pytest.mark.parametrize("link", ["javascript:alert(1)", "/month/", "https://a b"])
def test_a_link_that_is_none_is_refused(link):
    with pytest.raises(Refusal, match="web address"):
        write_email(COMPARED, Version.IMP2ART, link)
