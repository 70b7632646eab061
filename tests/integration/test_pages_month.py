"""The month's page: what was kept, never worked out again in passing, and the people behind each number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report_clock import Deadlines, Step
from imp2art.core.actor import Actor, Role
from imp2art.core.period import month_end
from imp2art.flows.show_report import show_report
from imp2art.store.released import keep_version
from imp2art.store.report_clock import newest_report_id, open_month, write_step
from imp2art.store.scope import AuditEntry, PracticeScope
from imp2art.web.practice.on_site import now, today
from tests.builders import OPERATOR, nhs_number
from tests.conftest import OURS, World
from tests.integration.pages import NAME, back, keep_and_rank, text_of, woman_on_two_inhalers
from tests.spec.people import CLENIL_100, person

SignIn = Callable[..., Client]


@pytest.fixture
def audited(world: World, sign_in: SignIn) -> str:
    """One person, and this month's report made by the manager."""
    person = keep_and_rank(woman_on_two_inhalers().record)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    answer = sign_in(Role.MANAGER).post("/month/again/")
    assert answer["Location"] == "/month/"
    return person


def test_before_the_first_report_the_page_says_so(world: World, sign_in: SignIn) -> None:
    assert "No month has been worked out yet" in text_of(sign_in().get("/month/"))


def test_the_month_begins_with_what_it_means(audited: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get("/month/"))
    assert "have a current plan" in text
    assert f"Figures as at {today().day} " in text
    assert "different" in text.lower() or "differ" in text.lower()  # the two engines' check


def addresses_of_indicators(client: Client) -> set[str]:
    page = client.get("/month/").content.decode()
    return set(re.findall(rf'href="(/month/{today():%Y-%m}/[a-z0-9-]+/)"', page))


def test_the_month_leads_with_at_most_six_and_names_every_indicator(audited: str, sign_in: SignIn) -> None:
    page = sign_in().get("/month/").content.decode()
    assert 1 <= page.count('<li class="key ') <= 6
    shown = show_report(Actor("1", "", Role.NURSE, OURS), OURS)
    assert shown is not None
    assert len(addresses_of_indicators(sign_in())) == len(shown.report.series)


def test_every_indicator_has_its_chart_rule_source_and_table(audited: str, sign_in: SignIn) -> None:
    client = sign_in()
    for address in sorted(addresses_of_indicators(client)):
        page = client.get(address).content.decode()
        assert "<svg" in page, address
        assert "Rules in force:" in page, address
        assert "Month by month" in page, address


def test_the_running_month_says_that_nobody_checked_it(audited: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get("/month/"))
    if today() != month_end(today()):
        assert "The month so far – not checked yet." in text


def test_a_month_with_a_clock_is_shown_when_it_is_released(audited: str, sign_in: SignIn) -> None:
    open_month(OURS, month_end(today()), today(), Deadlines(), AuditEntry(now(), OPERATOR, "clock"))
    text = text_of(sign_in().get("/month/"))
    assert "is shown here once it is checked and released" in text
    assert sign_in().get(f"/month/{today():%Y-%m}/plan-12-months/").status_code == 404
    entry = AuditEntry(now(), OPERATOR, "release")
    row = newest_report_id(OURS, month_end(today()))
    write_step(OURS, month_end(today()), Step.RELEASED, entry, report=row)
    assert f"by {OPERATOR.name}" in text_of(sign_in().get("/month/"))


def test_only_the_imp2art_version_says_why_and_what_to_do(audited: str, sign_in: SignIn) -> None:
    address = f"/month/{today():%Y-%m}/plan-12-months/"
    assert "What to do" in text_of(sign_in().get(address))
    keep_version(OURS, Version.STANDARD, AuditEntry(now(), OPERATOR, "version"))
    assert "What to do" not in text_of(sign_in().get(address))


def test_the_standard_headline_leads_to_what_it_counts(audited: str, sign_in: SignIn) -> None:
    keep_version(OURS, Version.STANDARD, AuditEntry(now(), OPERATOR, "version"))
    page = sign_in().get("/month/").content.decode()
    headline = re.search(r'(?s)<section class="headline".*?</section>', page)
    assert headline is not None
    assert f'href="/month/{today():%Y-%m}/asthma-register/"' in headline[0]


def test_the_numbers_of_the_cards_stand_in_one_table(audited: str, sign_in: SignIn) -> None:
    page = sign_in().get("/month/").content.decode()
    table = page.split("The numbers of these charts as a table")[1].split("</table>")[0]
    cards = page.count('<li class="key ')
    assert table.count("<tr") == 1 + 24
    assert table.count("<td") == 24 * cards
    assert f"{today():%B %Y}" in table


def test_every_number_leads_to_as_many_people(audited: str, sign_in: SignIn) -> None:
    client = sign_in()
    pages = [client.get(address).content.decode() for address in addresses_of_indicators(client)]
    links = [
        found
        for page in pages
        for found in re.findall(r'<a href="(/month/[^"]+/)">(\d+) (?:person|people)', page)
    ]
    assert len(links) >= 5
    for address, number in links:
        assert f"{number} person in the report" in text_of(client.get(address))


def test_the_list_behind_a_number_names_the_people(audited: str, sign_in: SignIn) -> None:
    text = text_of(sign_in().get(f"/month/{today():%Y-%m}/plan-12-months/not-met/"))
    assert "Current action plan: not met" in text
    assert NAME in text


def test_the_report_is_the_kept_one_until_it_is_worked_out_again(audited: str, sign_in: SignIn) -> None:
    before = text_of(sign_in().get("/month/"))
    keep_and_rank(woman_on_two_inhalers().record, woman_on_two_inhalers(2, "Second").record)
    assert text_of(sign_in().get("/month/")) == before
    sign_in(Role.MANAGER).post("/month/again/")
    assert text_of(sign_in().get("/month/")) != before


def test_someone_no_longer_on_the_register_is_counted_and_said(audited: str, sign_in: SignIn) -> None:
    keep_and_rank(woman_on_two_inhalers(2, "Second").record)
    text = text_of(sign_in().get(f"/month/{today():%Y-%m}/plan-12-months/not-met/"))
    assert "1 person more was counted then and is not in the newest extract" in text


def test_who_was_never_on_the_register_stands_on_the_list_all_the_same(world: World, sign_in: SignIn) -> None:
    """A child on a preventer without a diagnosis: that is what the indicator is about."""
    facts = {"patient_id": "p00002", "nhs_number": nhs_number(2), "family_name": "Unfound"}
    child = person(back(365 * 9), **facts).took(CLENIL_100, back(100), back(20))
    keep_and_rank(woman_on_two_inhalers().record, child.record)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    sign_in(Role.MANAGER).post("/month/again/")
    address = f"/month/{today():%Y-%m}/case-finding-medicines/met/"
    nurse = sign_in()
    text = text_of(nurse.get(address))
    assert "1 person in the report" in text
    assert "Unfound" in text
    assert "Not on the asthma register" in text
    ticked = re.findall(r'name="person" value="([0-9a-f]+)"', nurse.get(address).content.decode())
    assert nurse.post(address, {"do": "done", "person": ticked}).status_code == 302
    assert "1 done or not appropriate" in text_of(nurse.get(address))


def test_who_may_not_work_it_out_has_no_button_and_no_way(audited: str, sign_in: SignIn) -> None:
    nurse = sign_in()
    assert "Work this month out again" not in text_of(nurse.get("/month/"))
    assert nurse.post("/month/again/").status_code == 403
    assert "Work this month out again" in text_of(sign_in(Role.MANAGER).get("/month/"))


def test_working_it_out_again_keeps_the_earlier_report(audited: str, sign_in: SignIn) -> None:
    sign_in(Role.MANAGER).post("/month/again/")
    assert len(PracticeScope(OURS).reports()) == 1  # the newest of each month is shown


@pytest.mark.parametrize(
    "address",
    [
        "/month/2019-13/",
        "/month/0000-01/",
        "/month/2999-12/",
        "/month/٢٠٢٦-١٠/",
        "/month/2026-10-01/",
        "/month/x/",
        "/month/2026-10/plan-12-months/met/",
        "/month/2026-10/no-such-thing/met/",
        "/month/2026-10/plan-12-months/nonsense/",
    ],
)
def test_a_month_or_list_that_is_not_there_is_not_there(address: str, audited: str, sign_in: SignIn) -> None:
    assert sign_in().get(address).status_code == 404
