"""The practice manager reads the month, works its list, and compares it with the practice's own search."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page
from pyarrow.parquet import read_table

from tests.functional.site import Site
from tests.functional.story import Story


class Manager(Story):
    def when_i_open(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def when_i_press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def when_i_tick(self, number: int) -> list[str]:
        boxes = self.page.locator("input[name=person]")
        for place in range(number):
            boxes.nth(place).check(force=True)
        return self.page.locator("main .tick__label").all_inner_texts()[:number]

    def then_it_says(self, words: str) -> None:
        said = self.page.locator("main").inner_text()
        assert re.search(words, said), said


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def any_page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="en-GB",
        java_script_enabled=request.param == "with JavaScript",
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_the_manager_reads_the_month_and_its_indicators(page: Page, site: Site) -> None:
    manager = Manager(page, site)
    manager.given_i_am_signed_in("manager")
    page.goto(f"{site.address}/month/")
    manager.then_it_says("The month so far – not checked yet|Checked and released")
    manager.when_i_open(released_month(page))
    manager.then_it_says("Checked and released .* by Ines Okafor")
    manager.then_it_says("similar practices")
    manager.then_the_page_is_sound("month", "^[A-Z][a-z]+ 20")
    manager.when_i_open("Current action plan")
    manager.then_it_says("Beside similar practices")
    manager.then_it_says("Who is left behind")
    manager.then_it_says("What to do")
    manager.then_the_page_is_sound("indicator", "^Current action plan")
    page.emulate_media(media="print")
    whose = page.locator(".nhsuk-header__account-item")
    assert [is_drawn(each) for each in whose.all()] == [True, False, False]
    manager._then_it_fits_every_width("indicator-print")


def test_the_manager_works_the_list(any_page: Page, site: Site) -> None:
    manager = Manager(any_page, site)
    manager.given_i_am_signed_in("manager")
    any_page.goto(f"{site.address}/month/")
    manager.when_i_open("Current action plan")
    manager.when_i_open(": not met")
    names = manager.when_i_tick(2)
    any_page.locator("#assignee").select_option(label="Asha Rahman")
    manager.when_i_press("Assign")
    manager.then_it_says("Assigned to Asha Rahman by Tom Ellis")
    assert any_page.locator("td", has_text="Assigned to Asha Rahman").count() >= 2
    assert names[0] in any_page.locator("main").inner_text()
    manager.when_i_tick(1)
    manager.when_i_press("Not appropriate")
    manager.then_it_says("Write why it is not appropriate")


def test_the_manager_ticks_a_page_and_takes_it_back(any_page: Page, site: Site) -> None:
    manager = Manager(any_page, site)
    manager.given_i_am_signed_in("manager")
    any_page.goto(f"{site.address}/month/")
    manager.when_i_open("Current action plan")
    manager.when_i_open(": not met")
    boxes = any_page.locator("input[name=person]")
    assert boxes.count() <= 50
    any_page.get_by_role("button", name="on this page").click()
    assert any_page.locator("input[name=person]:checked").count() == boxes.count() > 2
    manager.when_i_press("Tick nobody")
    assert any_page.locator("input[name=person]:checked").count() == 0


def test_whoever_is_listed_is_explained(page: Page, site: Site) -> None:
    for username in ("manager", "nurse"):
        person = Manager(page, site)
        person.given_i_am_signed_in(username)
        page.goto(f"{site.address}/month/")
        person.when_i_open("Current action plan")
        person.when_i_open(": not met")
        page.locator("main .people__action a", has_text="Why").first.click()
        person.then_it_says("This decided, because it does not hold: a written action plan")
        person.then_it_says("They would count as met if this held")
        person.then_the_page_is_sound(
            f"explanation-{username}", "^Current action plan: why .* counts as they do"
        )
        page.goto(f"{site.address}/account/")
        page.get_by_role("button", name="Sign out").first.click()


def test_the_list_and_the_comparison_are_sound(page: Page, site: Site) -> None:
    manager = Manager(page, site)
    manager.given_i_am_signed_in("manager")
    page.goto(f"{site.address}/month/")
    manager.when_i_open("Current action plan")
    indicator = page.url
    manager.when_i_open(": met")
    manager.then_the_page_is_sound("list", "^Current action plan: met")
    page.goto(indicator)
    manager.when_i_open("Compare with your own search")
    manager.then_the_page_is_sound("differences-asked", "^Your own search beside ours")
    page.locator("#side-met").check(force=True)
    page.locator("#pasted").fill(own_search(site))
    manager.when_i_press("Compare")
    manager.then_it_says("people are in both lists; [0-9]+ people differ")
    manager.then_it_says("[0-9]+ of [0-9]+: ")
    manager.then_it_says("Lines not understood")
    manager.then_the_page_is_sound("differences", "^Your own search beside ours")


def test_the_manager_sees_whether_it_is_read(page: Page, site: Site) -> None:
    manager = Manager(page, site)
    manager.given_i_am_signed_in("manager")
    page.goto(f"{site.address}/month/")
    manager.when_i_open("Is it read?")
    manager.then_it_says("1 of 2 people who can sign in opened something|2 of 2 people")
    manager.then_the_page_is_sound("readings", "^Is it read")


def test_a_nurse_sees_one_persons_year_and_the_year_of_all(page: Page, site: Site) -> None:
    nurse = Manager(page, site)
    nurse.given_i_am_signed_in("nurse")
    page.goto(f"{site.address}/month/")
    nurse.when_i_open("Draw one person’s last two years beside this message")
    nurse.then_it_says("this is who stands first on today’s register")
    assert page.locator(".message-and-year .drawing svg").count() == 1
    nurse.then_the_page_is_sound("month-of-a-nurse", "^[A-Z][a-z]+ 20")
    page.goto(f"{site.address}/month/")
    nurse.when_i_open("The report of the year")
    nurse.then_it_says("The year against the year before")
    nurse.then_the_page_is_sound("year", "^Asthma audit, the year to")


def test_the_tables_of_charts_are_printed_though_they_are_closed(page: Page, site: Site) -> None:
    nurse = Manager(page, site)
    nurse.given_i_am_signed_in("nurse")
    page.goto(f"{site.address}/month/")
    indicator = page.locator(".key__title a").first.get_attribute("href")
    for address in ("/month/?year=beside", indicator):
        page.goto(f"{site.address}{address}")
        closed = page.locator("details:not([open]) table")
        assert closed.count() >= 1
        assert not any(map(is_drawn, closed.all()))
        page.emulate_media(media="print")
        assert all(map(is_drawn, closed.all()))
        page.emulate_media(media="screen")


def test_a_newcomer_checks_and_releases_the_month_that_waits(page: Page, site: Site) -> None:
    """Last of all: from then on the practices have one more month."""
    page.set_default_timeout(60_000)  # what leaves each practice is protected first
    office = Manager(page, site)
    office.given_i_am_signed_in("programme")
    office.then_it_says("2 practices: 0 released, 2 can be released, 0 late now")
    boxes = page.locator("input[name=practice]")
    for place in range(boxes.count()):
        boxes.nth(place).check(force=True)
    office.when_i_press("Release the ticked reports")
    office.then_it_says("2 reports of .* released")
    page.goto(f"{site.address}/programme/")
    office.then_it_says("2 practices: 2 released, 0 can be released")


def is_drawn(part: Locator) -> bool:
    return bool(part.evaluate("part => part.checkVisibility()"))


def released_month(page: Page) -> str:
    """The month below the newest."""
    return page.get_by_role("navigation", name="Months").get_by_role("link").first.inner_text()


def own_search(site: Site) -> str:
    """What the practice's own system lists: a header, some people of its list, and a slip."""
    extract = min(path for path in (site.home / "extracts").iterdir() if path.is_dir())
    numbers = read_table(extract / "patients.parquet", columns=["nhs_number"])["nhs_number"].to_pylist()
    return "\n".join(["NHS number", *numbers[:150], "a slip of the pen"])
