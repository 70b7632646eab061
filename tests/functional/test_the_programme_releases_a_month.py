"""The programme office names a delay and releases many reports in one click; facilitator and researcher
see what left the practices, protected, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import PASSWORD
from tests.functional.site import Site, serving
from tests.functional.story import Story

# Four practices with the ended month made, one whose extract never came and whose month is late.
MAKE_PROGRAMME = """
import django; django.setup()
from datetime import timedelta
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0)
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report_clock import Deadlines
from imp2art.cli import rounds
from imp2art.cli.home import OPERATOR, now
from imp2art.core.actor import Role
from imp2art.core.identifiers import PracticeCode
from imp2art.store.facilitated import keep_support
from imp2art.store.people import StaffAccount, create_account
from imp2art.store.practices import keep_practice
from imp2art.store.released import keep_version
from imp2art.store.report_clock import open_month
from imp2art.store.scope import AuditEntry, PracticeFacts
from tests.builders import build_issue, build_record
from tests.conftest import PASSWORD, keep_people, make_world
import os
world = make_world()
entry = AuditEntry(now(), OPERATOR, "made-for-a-story")
ended = now().date().replace(day=1) - timedelta(days=1)
issue = build_issue(f"{ended:%Y-%m}-01")
codes = [world.ours, world.theirs, PracticeCode("C11111"), PracticeCode("D22222")]
for place, code in enumerate(codes):
    numbers = range(1 + 40 * place, 24 + 41 * place)
    keep_people(code, [build_record(n, issues=(issue,)) for n in numbers], now().date())
for place, code in enumerate(codes):
    keep_version(code, Version.STANDARD if place % 2 else Version.IMP2ART, entry)
    if place != 1:
        keep_support("facilitator-site", code, entry)
late = PracticeCode("E33333")
keep_practice(PracticeFacts(late, "Quiet Street Surgery", "england"), entry)
open_month(late, ended, ended - timedelta(days=30), Deadlines(), entry)
create_account(StaffAccount("programme2", "Rhys Morgan", Role.PROGRAMME, None), PASSWORD, entry)
rounds.go_round(Path(os.environ["IMP2ART_HOME"]))
"""


@pytest.fixture(scope="module")
def programme_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("programme-site")
    (home / "sign-in.txt").write_text(f"password  {PASSWORD}\n")
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "imp2art.web.site.settings")
    subprocess.run(
        [sys.executable, "-c", MAKE_PROGRAMME],
        env={**os.environ, "IMP2ART_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings},
        check=True,
    )
    with serving(home) as site:
        yield replace(site, password=PASSWORD)


class Office(Story):
    def when_i_open(self, name: str) -> None:
        self.page.get_by_role("link", name=name).click()
        self.page.wait_for_load_state()

    def when_i_press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def then_it_says(self, words: str) -> None:
        assert re.search(words, self.page.locator("main").inner_text()), self.page.locator(
            "main"
        ).inner_text()

    def when_i_name_the_cause(self, cause: str, owner: str) -> None:
        self.page.locator("#late-cause").select_option(label=cause)
        self.page.locator("#late-owner").fill(owner)
        self.when_i_press("Name the cause")

    def when_i_tick_everything(self) -> int:
        boxes = self.page.locator("input[name=practice]")
        for place in range(boxes.count()):
            boxes.nth(place).check(force=True)
        return boxes.count()

    def when_i_sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.page.wait_for_load_state()


def test_the_programme_office_releases_a_month(page: Page, programme_site: Site) -> None:
    office = Office(page, programme_site)
    office.given_i_am_signed_in("programme-site")
    office.then_it_says("1 practice is late and no cause is given")
    office.then_the_page_is_sound("programme", "^Reports of ")
    office.when_i_open("Quiet Street Surgery")
    office.then_the_page_is_sound("programme-practice", "^Quiet Street Surgery")
    office.when_i_name_the_cause("The data-sharing agreement is not in place", "Practice manager")
    office.then_it_says("not in place. Seen to by: Practice manager")
    office.when_i_open("Reports of ")
    assert "no cause is given" not in page.locator("main").inner_text()
    assert office.when_i_tick_everything() == 4
    office.when_i_press("Release the ticked reports")
    office.then_it_says("4 reports of .* released")
    office.then_the_page_is_sound("programme-released", "^4 reports released")
    page.goto(f"{programme_site.address}/programme/")
    office.then_it_says("Opened by 0 of [0-9]+ p")
    office.when_i_open("Harbour Lane Surgery")
    office.then_it_says("Is it read, and acted on?")
    office.then_the_page_is_sound("programme-practice-released", "^Harbour Lane Surgery")
    office.when_i_open("Versions")
    office.then_the_page_is_sound("programme-versions", "^Versions")


def test_a_facilitator_sees_protected_counts_of_their_practices(page: Page, programme_site: Site) -> None:
    facilitator = Office(page, programme_site)
    facilitator.given_i_am_signed_in("facilitator-site")
    facilitator.then_the_page_is_sound("facilitator", "^My practices")
    assert "Mill Road" not in page.locator("main").inner_text()
    facilitator.when_i_open("Harbour Lane Surgery")
    facilitator.then_the_page_is_sound("facilitator-practice", "^Harbour Lane Surgery")
    cells = page.locator("main td.number").all_inner_texts()
    numbers = {int(cell) for cell in cells if cell.isdigit()}
    assert 25 in numbers
    assert not {number for number in numbers if number % 5}


def test_a_researcher_has_tables_that_two_others_checked(browser: Browser, programme_site: Site) -> None:
    def someone(username: str) -> Office:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(15_000)
        person = Office(context.new_page(), programme_site)
        person.given_i_am_signed_in(username)
        return person

    researcher = someone("researcher-site")
    researcher.page.locator("input[name=month]").first.check(force=True)
    researcher.fill(purpose="Baseline figures for the trial's report")
    researcher.when_i_press("Ask for these tables")
    researcher.then_it_says("Waits for two checks")
    researcher.then_the_page_is_sound("researcher", "^Tables")
    for username in ("programme-site", "programme2"):
        checker = someone(username)
        checker.page.locator("nav a", has_text="Tables").click()
        checker.page.wait_for_load_state()
        if username == "programme-site":
            checker.then_the_page_is_sound("tables", "^Tables")
        checker.page.locator("main h2 a").first.click()
        checker.then_the_page_is_sound("table-set", "^Tables for Baseline")
        for table in ("By age, sex, ethnicity and deprivation", "Read and acted on"):
            checker.page.locator("main nav a", has_text=table).click()
            checker.then_the_page_is_sound(f"table-set-{table.lower().split()[0]}", "^Tables for Baseline")
        checker.when_i_press("I looked at every table")
    checker.when_i_press("Release")
    researcher.page.reload()
    researcher.then_it_says("Released")
    researcher.then_the_page_is_sound("researcher-released", "^Tables")
    for table in ("figures of each month", "by age, sex, ethnicity and deprivation", "read and acted on"):
        link = researcher.page.get_by_role("link", name=re.compile(f"{table}, as CSV"))
        answer = researcher.page.request.get(programme_site.address + (link.get_attribute("href") or ""))
        assert answer.status == 200
        assert "no-store" in answer.headers["cache-control"]
        assert answer.text().count("\n") > 4
