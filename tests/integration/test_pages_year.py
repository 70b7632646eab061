"""The year's report: the newest report of the year that may be seen, in the practice's own version."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.reports.reading import Opened
from imp2art.audit.reports.release import Version
from imp2art.core.actor import Role
from imp2art.core.period import financial_year, month_end
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.web.practice.on_site import now, today
from tests.builders import OPERATOR
from tests.conftest import OURS, World
from tests.integration.pages import keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.fixture
def audited(world: World, sign_in: SignIn) -> str:
    keep_and_rank(woman_on_two_inhalers().record)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    sign_in(Role.MANAGER).post("/month/again/")
    return this_year()


def this_year() -> str:
    return f"/year/{financial_year(month_end(today())).replace('/', '-')}/"


def test_the_year_leads_to_the_newest_reports_year(audited: str, sign_in: SignIn) -> None:
    assert sign_in().get("/year/")["Location"] == audited


def test_before_the_first_report_it_leads_to_the_month(world: World, sign_in: SignIn) -> None:
    assert sign_in().get("/year/")["Location"] == "/month/"


def test_it_is_set_against_the_year_before_and_tells_what_was_done(audited: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(audited))
    assert f"Asthma audit, the year to {month_end(today()):%B %Y}" in text
    assert "The year against the year before" in text
    assert "Reviews: " in text
    assert "people have a current plan as a year before." in text
    assert "Not checked by anyone yet." in text


def test_the_standard_version_says_nothing_of_how_plans_changed(audited: str, sign_in: SignIn) -> None:
    keep_version(OURS, Version.STANDARD, AuditEntry(now(), OPERATOR, "version"))
    text = text_of(sign_in().get(audited))
    assert "The year against the year before" in text
    assert "have a current plan as a year before" not in text
    assert "similar practices" not in text


@pytest.mark.parametrize("address", ["/year/1999-00/", "/year/2026/", "/year/abc/", "/year/2026-99/"])
def test_a_year_without_report_is_not_here(audited: str, sign_in: SignIn, address: str) -> None:
    client = sign_in()
    assert client.get(address).status_code == 404
    assert client.get(address + "report.pdf").status_code == 404


def test_another_practice_has_its_own_year_or_none(audited: str, world: World, sign_in: SignIn) -> None:
    assert sign_in(practice=world.theirs).get(audited).status_code == 404


def test_the_pdf_is_the_years_own_and_opening_counts(audited: str, sign_in: SignIn) -> None:
    client = sign_in()
    client.get(audited)
    answer = client.get(audited + "report.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    by_thing = PracticeScope(OURS).reading_rates(month_end(today())).by_thing
    assert by_thing == {(Opened.REPORT, ""): 1, (Opened.DOCUMENT, ""): 1}
