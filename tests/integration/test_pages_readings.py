"""Opening a report, an indicator, a list or its PDF is counted once a day; the manager sees counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Role
from imp2art.core.period import month_end
from imp2art.store.models import ReportReadingRow
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.on_site import today
from tests.conftest import OURS, THEIRS, World
from tests.integration.pages import keep_and_rank, text_of, woman_on_two_inhalers

SignIn = Callable[..., Client]


@pytest.fixture
def person(world: World, sign_in: SignIn) -> str:
    person = keep_and_rank(woman_on_two_inhalers().record)
    sign_in(Role.MANAGER).post("/month/again/")
    return person


def month() -> str:
    return f"/month/{today():%Y-%m}/"


def rates() -> dict[tuple[Opened, str], int]:
    return dict(PracticeScope(OURS).reading_rates(month_end(today())).by_thing)


def test_each_thing_is_counted_once_a_reader_and_day(person: str, sign_in: SignIn) -> None:
    nurse, manager = sign_in(Role.NURSE), sign_in(Role.MANAGER)
    for client in (nurse, nurse, manager):
        client.get("/month/")
    nurse.get(month() + "plan-12-months/")
    nurse.get(month() + "plan-12-months/not-met/")
    nurse.head(month() + "plan-12-months/differences/")
    assert rates() == {
        (Opened.REPORT, ""): 2,
        (Opened.INDICATOR, "plan-12-months"): 1,
        (Opened.LIST, "plan-12-months"): 1,
    }
    assert ReportReadingRow.objects.count() == 4


def test_the_pdf_is_the_reports_own_and_counted(person: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.NURSE).get(month() + "report.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert rates() == {(Opened.DOCUMENT, ""): 1}


def test_the_manager_sees_how_many_and_what_was_done_and_no_name(person: str, sign_in: SignIn) -> None:
    nurse, manager = sign_in(Role.NURSE), sign_in(Role.MANAGER)
    nurse.get("/month/")
    nurse.post(month() + "plan-12-months/not-met/", {"do": "done", "person": [person]})
    text = text_of(manager.get(month() + "read/"))
    accounts = len(PracticeScope(OURS).colleagues())
    assert f"1 of {accounts} people who can sign in opened something" in text
    assert "100% of 1: 1 done" in text
    assert "100% of 1: 1 done" in text_of(nurse.get(month() + "plan-12-months/"))


def test_what_nobody_read_is_said_once_and_comes_last(person: str, sign_in: SignIn) -> None:
    sign_in(Role.NURSE).get(month() + "plan-after-attack/")
    page = sign_in(Role.MANAGER).get(month() + "read/").content.decode()
    read, unread = page.split("None read yet")
    assert "plan-after-attack/" in read
    assert "plan-12-months/" not in read
    assert "plan-12-months/" in unread
    assert "0%" not in page


def test_before_anyone_read_anything_there_is_no_table_of_noughts(person: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.MANAGER).get(month() + "read/")
    assert "<table" not in answer.content.decode()
    assert "Nobody has opened any indicator yet" in text_of(answer)


def test_only_the_manager_asks_who_reads(person: str, sign_in: SignIn) -> None:
    assert sign_in(Role.NURSE).get(month() + "read/").status_code == 403
    assert "Is it read?" not in text_of(sign_in(Role.NURSE).get("/month/"))
    assert "Is it read?" in text_of(sign_in(Role.MANAGER).get("/month/"))


def test_T01_readings_of_another_practice_are_not_ours(person: str, sign_in: SignIn) -> None:
    sign_in(Role.NURSE).get("/month/")
    assert PracticeScope(THEIRS).reading_rates(month_end(today())).readers == 0


def test_the_register_is_among_what_is_read(person: str, sign_in: SignIn) -> None:
    sign_in(Role.NURSE).get(month() + "asthma-register/")
    page = sign_in(Role.MANAGER).get(month() + "read/").content.decode()
    assert "asthma-register/" in page.split("None read yet")[0]
    assert "asks to see to nobody" in page
