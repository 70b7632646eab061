"""Facilitators and researchers see protected figures only: no exact hidden number, no name, no arm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from django.http import HttpResponse
from django.test import Client

from imp2art.audit.reports.equity import GROUPS
from imp2art.audit.reports.list_mark import Mark
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport
from imp2art.cli import rounds
from imp2art.cli.home import now
from imp2art.core.actor import Role
from imp2art.flows.release_reports import release_reports
from imp2art.flows.release_tables import TABLES
from imp2art.store.facilitated import keep_support
from imp2art.store.json_form import from_json
from imp2art.store.list_marks import NewMark
from imp2art.store.models import AuditEvent, TableSetStepRow
from imp2art.store.people import StaffAccount, create_account
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry, PracticeScope
from tests.builders import AT, OPERATOR, build_issue, build_record
from tests.conftest import OURS, PASSWORD, THEIRS, World, keep_people
from tests.integration.pages import text_of

PEOPLE = 23  # on our register: no multiple of 5, so that an exact count would stand out
ASKED = "Baseline figures for the trial's report"


def ended() -> date:
    """The end of the last whole month."""
    return now().date().replace(day=1) - timedelta(days=1)


MONTH = f"{ended():%Y-%m}"


@pytest.fixture
def released(world: World, tmp_path: Path) -> World:
    """Ours has 23 people with asthma and gets the IMP²ART report; theirs has 2 and gets the standard one."""
    issue = build_issue(f"{MONTH}-01")
    keep_people(OURS, [build_record(n, issues=(issue,)) for n in range(1, PEOPLE + 1)], now().date())
    keep_people(THEIRS, [build_record(n, issues=(issue,)) for n in (101, 102)], now().date())
    rounds.go_round(tmp_path)
    office = world.actors[Role.PROGRAMME, None]
    for practice, version in ((OURS, Version.IMP2ART), (THEIRS, Version.STANDARD)):
        keep_version(practice, version, AuditEntry(now(), office, "version-given"))
    endings = release_reports(office, (OURS, THEIRS), ended(), now(), now().date())
    assert [ending.refusal for ending in endings] == ["", ""]
    keep_support("facilitator-site", OURS, AuditEntry(now(), OPERATOR, "support-given"))
    return world


@pytest.fixture
def facilitator(released: World, sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.FACILITATOR, None)


@pytest.fixture
def researcher(released: World, sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.RESEARCHER, None)


@pytest.fixture
def second_checker(released: World, client: Client) -> Client:
    account = StaffAccount("second", "Second Checker", Role.PROGRAMME, None)
    create_account(account, PASSWORD, AuditEntry(AT, OPERATOR, "account-made"))
    client.post("/account/login/", {"login": "second", "password": PASSWORD})
    return client


def exact_numbers(practice: str) -> set[int]:
    """Every count of the kept report that protection must have changed: 1 to 7, or no multiple of 5."""
    kept = PracticeScope(practice).report(ended())
    assert kept is not None
    report = from_json(kept.body, AuditReport)
    counts = {
        number
        for series in report.series
        for figure in series.figures
        for number in (figure.numerator, figure.denominator, figure.excluded, figure.cannot_tell)
    }
    return {number for number in counts if number % 5}


def numbers_of(page: str) -> set[int]:
    """The numbers that stand in a cell, an SVG text, a title, a label or another attribute; no dates."""
    cells = re.findall(r"<(?:td|th|text|title|desc)[^>]*>([^<]*)</", page)
    attributes = re.findall(r'\b(?:title|alt|aria-label|value|data-[\w-]+)="([^"]*)"', page)
    words = re.sub(r"\d+ [A-Z][a-z]+ \d{4}", "", "\n".join([*cells, *attributes]))
    return {int(number) for number in re.findall(r"(?<![\w.-])\d+(?![\w.%-])", words)}


def test_S45_a_facilitator_sees_no_exact_hidden_number(facilitator: Client) -> None:
    page = facilitator.get(f"/supported/{OURS}/").content.decode()
    assert PEOPLE in exact_numbers(OURS)  # there was something to leak
    assert not numbers_of(page) & exact_numbers(OURS)
    assert "25" in page  # what stands in the place of 23


def mark(world: World, people: int) -> None:
    """So many of our 23 without a plan are done."""
    event = AuditEntry(now(), world.actors[Role.MANAGER, OURS], "list-marked")
    marked = PracticeScope(OURS).public_ids()[:people]
    PracticeScope(OURS).keep_list_marks(marked, NewMark("plan-12-months", Mark.DONE), event)


@pytest.mark.parametrize(("marked", "told"), [(7, "–"), (10, "about 4 in 10"), (16, "–"), (23, "–")])
@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PROGRAMME])
def test_facilitator_and_programme_see_how_far_each_indicator_is_read_and_acted_on(
    released: World, sign_in: Callable[..., Client], role: Role, marked: int, told: str
) -> None:
    manager = sign_in(Role.MANAGER)
    assert manager.get(f"/month/{MONTH}/plan-12-months/").status_code == 200
    mark(released, marked)
    page = f"/supported/{OURS}/" if role is Role.FACILITATOR else f"/programme/{MONTH}/{OURS}/"
    answer = sign_in(role, None).get(page)
    text = text_of(answer)
    assert "1 of 5 people who can sign in opened the report" in text
    read, unread = text.split("None read yet")
    assert f"Current action plan 1 of 5 0 of 5 {told} " in read
    assert "Current plan after an attack" in unread
    assert not numbers_of(answer.content.decode()) & exact_numbers(OURS)


def test_the_programme_s_month_says_how_many_opened_each_released_report(
    released: World, sign_in: Callable[..., Client]
) -> None:
    sign_in(Role.NURSE).get(f"/month/{MONTH}/")
    text = text_of(sign_in(Role.PROGRAMME, None).get(f"/programme/{MONTH}/"))
    assert "Released Opened by 1 of 5 people" in text
    assert "Released Opened by 0 of " in text


def test_a_month_that_is_not_released_has_no_rates(world: World, tmp_path: Path, sign_in: Any) -> None:
    keep_people(OURS, [build_record(1, issues=(build_issue(f"{MONTH}-01"),))], now().date())
    rounds.go_round(tmp_path)
    office = sign_in(Role.PROGRAMME, None)
    assert "Is it read" not in text_of(office.get(f"/programme/{MONTH}/{OURS}/"))
    assert "Opened by" not in text_of(office.get(f"/programme/{MONTH}/"))


def test_a_facilitator_sees_the_practices_that_they_support_and_no_other(facilitator: Client) -> None:
    text = text_of(facilitator.get("/supported/"))
    assert "Harbour Lane Surgery" in text
    assert "Mill Road" not in text
    theirs = facilitator.get(f"/supported/{THEIRS}/")
    nobody = facilitator.get("/supported/Z99999/")
    assert (theirs.status_code, nobody.status_code) == (404, 404)
    assert text_of(theirs) == text_of(nobody)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESEARCHER, Role.PROGRAMME])
@pytest.mark.parametrize("address", ["/month/", f"/month/{MONTH}/", f"/month/{MONTH}/asthma-register/met/"])
def test_nobody_of_the_programme_reaches_a_page_of_a_practice(
    released: World, sign_in: Callable[..., Client], role: Role, address: str
) -> None:
    assert sign_in(role, None).get(address).status_code == 403


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESEARCHER, Role.PROGRAMME])
def test_the_root_leads_each_to_their_own_pages(
    world: World, sign_in: Callable[..., Client], role: Role
) -> None:
    pages = {Role.FACILITATOR: "/supported/", Role.RESEARCHER: "/tables/", Role.PROGRAMME: "/programme/"}
    assert sign_in(role, None).get("/")["Location"] == pages[role]


def ask(researcher: Client) -> str:
    """Ask for the month's tables; the id of the set."""
    answer = researcher.post("/tables/ask/", {"month": MONTH, "purpose": ASKED}, follow=True)
    found = re.findall(r"/tables/([0-9a-f]{32})/", answer.content.decode())
    assert found
    return str(found[0])


def release(researcher: Client, sign_in: Callable[..., Client], second_checker: Client) -> str:
    """Asked for, checked by two of the programme, and released."""
    asked = ask(researcher)
    first = sign_in(Role.PROGRAMME, None)
    for checker in (first, second_checker):
        assert checker.post(f"/tables/{asked}/check/").status_code == 302
    assert first.post(f"/tables/{asked}/release/").status_code == 302
    return asked


def test_S43_two_others_check_before_a_researcher_has_a_table(
    researcher: Client, sign_in: Callable[..., Client], second_checker: Client
) -> None:
    asked = ask(researcher)
    address = f"/tables/{asked}/figures.csv"
    assert researcher.get(address).status_code == 409
    assert researcher.post(f"/tables/{asked}/check/").status_code == 409
    first = sign_in(Role.PROGRAMME, None)
    assert first.post(f"/tables/{asked}/check/").status_code == 302
    assert first.post(f"/tables/{asked}/check/").status_code == 409
    assert first.post(f"/tables/{asked}/release/").status_code == 409
    assert researcher.get(address).status_code == 409
    assert second_checker.post(f"/tables/{asked}/check/").status_code == 302
    assert researcher.get(address).status_code == 409
    assert first.post(f"/tables/{asked}/release/").status_code == 302
    assert researcher.get(address).status_code == 200
    text = text_of(researcher.get("/tables/"))
    assert "downloaded it" in text


def test_whoever_asked_sees_no_figure_before_two_others_checked(
    researcher: Client, sign_in: Callable[..., Client]
) -> None:
    asked = ask(researcher)
    assert "You asked for these tables" in text_of(researcher.get(f"/tables/{asked}/"))
    checker = text_of(sign_in(Role.PROGRAMME, None).get(f"/tables/{asked}/"))
    assert str(OURS) in checker


def test_S45_a_researcher_s_files_hold_protected_figures_of_all_practices_and_no_exact_number(
    researcher: Client, sign_in: Callable[..., Client], second_checker: Client
) -> None:
    asked = release(researcher, sign_in, second_checker)
    answer = researcher.get(f"/tables/{asked}/figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["practice"] for row in rows} == {OURS, THEIRS}
    numbers = {int(cell) for row in rows for cell in row.values() if re.fullmatch(r"\d+", cell or "")}
    assert 25 in numbers
    assert not {number for number in numbers if number % 5}
    table = pa.parquet.read_table(io.BytesIO(researcher.get(f"/tables/{asked}/figures.parquet").content))
    assert table.num_rows == len(rows)
    page = researcher.get(f"/tables/{asked}/").content.decode()
    assert not numbers_of(page) & (exact_numbers(OURS) | exact_numbers(THEIRS))


def test_a_researcher_has_the_groups_of_every_dimension_protected(
    researcher: Client, sign_in: Callable[..., Client], second_checker: Client
) -> None:
    asked = release(researcher, sign_in, second_checker)
    rows = rows_of(researcher.get(f"/tables/{asked}/splits.csv"))
    for practice in (OURS, THEIRS):
        ours = [row for row in rows if row["practice"] == practice]
        groups = {(row["dimension"], row["group"]) for row in ours if row["indicator"] == "plan-12-months"}
        assert groups == {(each.value, group) for each, names in GROUPS.items() for group in names}
        counts = [row[name] for row in ours for name in ("denominator", "numerator") if row[name]]
        assert all(int(count) % 5 == 0 and int(count) > 7 for count in counts)
    keys = [tuple(row.values())[:5] for row in rows]
    assert len(keys) == len(set(keys))
    assert "25" in {row["denominator"] for row in rows if row["practice"] == OURS}
    assert {row["denominator"] for row in rows if row["practice"] == THEIRS} == {""}  # of 2 people
    table = pa.parquet.read_table(io.BytesIO(researcher.get(f"/tables/{asked}/splits.parquet").content))
    assert table.num_rows == len(rows)
    page = researcher.get(f"/tables/{asked}/?table=splits").content.decode()
    assert "Deprivation" in page or "deprivation" in page
    assert not numbers_of(page) & (exact_numbers(OURS) | exact_numbers(THEIRS))


def test_the_checkers_see_every_table_before_they_check(
    researcher: Client, sign_in: Callable[..., Client]
) -> None:
    asked = ask(researcher)
    checker = sign_in(Role.PROGRAMME, None)
    for table in TABLES:
        assert str(OURS) in text_of(checker.get(f"/tables/{asked}/?table={table}"))
        assert "You asked for these tables" in text_of(researcher.get(f"/tables/{asked}/?table={table}"))


def rows_of(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_a_researcher_s_rates_are_those_of_the_day_that_they_were_asked_for(
    released: World, researcher: Client, sign_in: Callable[..., Client], second_checker: Client
) -> None:
    sign_in(Role.MANAGER).get(f"/month/{MONTH}/plan-12-months/")
    mark(released, 10)
    asked = release(researcher, sign_in, second_checker)
    sign_in(Role.NURSE).get(f"/month/{MONTH}/")
    mark(released, 15)
    rows = rows_of(researcher.get(f"/tables/{asked}/reading.csv"))
    told = {(row["practice"], row["indicator"]): row for row in rows}
    whole, plan = told[OURS, "whole-report"], told[OURS, "plan-12-months"]
    assert (whole["opened_in_10"], whole["acted_on_in_10"]) == ("2", "")
    assert (plan["opened_in_10"], plan["acted_on_in_10"]) == ("2", "4")
    assert told[THEIRS, "plan-12-months"]["acted_on_in_10"] == ""
    table = pa.parquet.read_table(io.BytesIO(researcher.get(f"/tables/{asked}/reading.parquet").content))
    assert table.num_rows == len(rows)
    page = text_of(researcher.get(f"/tables/{asked}/?table=reading"))
    assert "As it was on the day that the tables were asked for" in page
    assert f"{OURS} plan-12-months" in page


def test_S50_a_researcher_never_sees_which_version_a_practice_gets(
    researcher: Client, sign_in: Callable[..., Client], second_checker: Client
) -> None:
    asked = release(researcher, sign_in, second_checker)
    answers = [
        researcher.get(address)
        for address in (
            "/tables/",
            f"/tables/{asked}/",
            f"/tables/{asked}/figures.csv",
            f"/tables/{asked}/splits.csv",
            f"/tables/{asked}/reading.csv",
            "/account/",
        )
    ]
    for answer in answers:
        assert answer.status_code == 200
        text = answer.content.decode().replace("IMP²ART asthma", "").replace("imp2art.css", "").lower()
        assert not re.search(r"\bversion\b|\bstandard\b|\barm\b|imp2art|imp²art", text), answer.request[
            "PATH_INFO"
        ]
    assert researcher.get("/programme/versions/").status_code == 403


def test_no_name_of_a_person_is_in_what_leaves_a_practice(
    facilitator: Client, researcher: Client, sign_in: Callable[..., Client], second_checker: Client
) -> None:
    asked = release(researcher, sign_in, second_checker)
    records = [
        kept.record.patient for practice in (OURS, THEIRS) for kept in PracticeScope(practice).records()
    ]
    pages = [
        facilitator.get("/supported/"),
        facilitator.get(f"/supported/{OURS}/"),
        researcher.get(f"/tables/{asked}/figures.csv"),
        researcher.get(f"/tables/{asked}/splits.csv"),
        researcher.get(f"/tables/{asked}/reading.csv"),
        researcher.get(f"/tables/{asked}/"),
    ]
    for patient in records:
        for page in pages:
            assert patient.family_name not in page.content.decode()
            assert str(patient.nhs_number) not in page.content.decode()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"month": MONTH, "purpose": "x"}, "what the tables are for"),
        ({"month": MONTH, "purpose": "\u200b" * 12}, "what the tables are for"),
        ({"month": MONTH, "purpose": "x" * 12}, "what the tables are for"),
        ({"purpose": ASKED}, "Choose one or more"),
    ],
)
def test_tables_are_asked_for_with_months_and_a_purpose(
    researcher: Client, form: dict[str, str], sentence: str
) -> None:
    answer = researcher.post("/tables/ask/", form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def steps_kept() -> int:
    return TableSetStepRow.objects.count()


def test_a_form_that_is_sent_twice_asks_once(researcher: Client) -> None:
    assert ask(researcher) == ask(researcher)
    researcher.post("/tables/ask/", {"month": MONTH, "purpose": f" {ASKED}\u200b"})
    assert steps_kept() == 1
    assert AuditEvent.objects.filter(verb="tables-ask").count() == 1


def test_another_purpose_or_the_same_after_it_was_withdrawn_asks_anew(researcher: Client) -> None:
    asked = ask(researcher)
    researcher.post("/tables/ask/", {"month": MONTH, "purpose": ASKED + " again"})
    assert steps_kept() == 2
    researcher.post(f"/tables/{asked}/withdraw/")
    researcher.post("/tables/ask/", {"month": MONTH, "purpose": ASKED})
    assert steps_kept() == 4


def test_an_unknown_set_a_wrong_form_and_a_wrong_step_are_not_there(researcher: Client) -> None:
    asked = ask(researcher)
    for address in (
        f"/tables/{'0' * 32}/",
        f"/tables/{asked}/figures.xlsx",
        f"/tables/{asked}/people.csv",
        f"/tables/{asked}/?table=people",
        f"/tables/{'0' * 32}/figures.csv",
    ):
        assert researcher.get(address).status_code == 404
    assert researcher.post(f"/tables/{asked}/download/").status_code == 404
