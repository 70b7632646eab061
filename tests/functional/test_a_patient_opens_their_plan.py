"""A patient gets a link in the practice and opens the plan on a phone, with and without JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.functional.site import Site
from tests.functional.story import Story

TARGETS = """() => [...document.querySelectorAll('a, button, input')].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 0 && (box.height < 44 || box.width < 44);
}).map(each => each.outerHTML.slice(0, 80))"""


class Patient(Story):
    def then_the_page_is_sound(self, name: str, title: str) -> None:
        super().then_the_page_is_sound(name, title)
        assert self.page.evaluate(TARGETS) == []
        found = Axe().run(self.page, options={"runOnly": ["color-contrast-enhanced"]})
        assert found.violations_count == 0, found.generate_report()

    def when_i_open(self, address: str) -> None:
        self.page.goto(self.site.address + address)

    def when_i_give_my_date_of_birth(self, born: str) -> None:
        year, month, day = born.split("-")
        self.fill(day=day, month=month, year=year)
        self.page.get_by_role("button", name="Open my plan").click()
        self.page.get_by_text("How is your asthma right now?").wait_for()

    def then_the_red_box_is_on_the_first_screen(self) -> None:
        """H-12: at 320 px too, before anything is scrolled."""
        self.page.set_viewport_size({"width": 320, "height": 640})
        box = self.page.locator(".red h2").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 400
        self.page.set_viewport_size({"width": 375, "height": 800})


@pytest.fixture(scope="module")
def issued(site: Site) -> tuple[str, str, str, str]:
    """Public id, date of birth, address of a link and code of a plan issued to someone of the site."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.functional.issue_a_plan"],
        env={**os.environ, "IMP2ART_HOME": str(site.home), "IMP2ART_SECURE": "no"},
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    public_id, born, address, code = done.stdout.split()
    return public_id, born, address, code


def test_a_patient_reads_the_plan_on_a_phone(page: Page, site: Site, issued: tuple[str, ...]) -> None:
    _, born, address, code = issued
    patient = Patient(page, site)
    page.set_viewport_size({"width": 375, "height": 800})
    patient.when_i_open(address)
    patient.then_the_red_box_is_on_the_first_screen()
    patient.then_the_page_is_sound("own-plan-door", "^My asthma plan")
    patient.when_i_give_my_date_of_birth(born)
    patient.then_the_red_box_is_on_the_first_screen()
    patient.then_the_page_is_sound("own-plan", "^My asthma plan")
    for words, name in (("I feel fine", "well"), ("Worse than usual", "worse"), ("Not sure", "unsure")):
        page.get_by_role("link", name=words).click()
        patient.then_the_page_is_sound(f"own-plan-{name}", "^My asthma plan")
    page.get_by_role("link", name="Largest").click()
    patient.then_the_page_is_sound("own-plan-largest", "^My asthma plan")
    page.get_by_role("link", name="To read aloud").click()
    patient.then_the_page_is_sound("own-plan-aloud", "^To read aloud")
    patient.when_i_open(f"/current/{code}")
    assert page.get_by_role("heading", name="This plan is current").is_visible()
    patient.then_the_page_is_sound("current", r"^Is this plan current\?")
    patient.when_i_open("/about/")
    patient.then_the_page_is_sound("about", "^Help to live well")


def test_the_same_works_without_javascript_in_the_dark(
    browser: Browser, site: Site, issued: tuple[str, ...]
) -> None:
    _, born, address, _ = issued
    context = browser.new_context(
        java_script_enabled=False, color_scheme="dark", viewport={"width": 320, "height": 640}
    )
    patient = Patient(context.new_page(), site)
    patient.when_i_open(address)
    patient.when_i_give_my_date_of_birth(born)
    patient.page.get_by_role("link", name="Worse than usual").click()
    assert patient.page.get_by_role("heading", name="What happens next").is_visible()
    patient.page.get_by_role("button", name=re.compile("read it and I agree")).click()
    assert patient.page.get_by_text("You said that you have read this plan").is_visible()
    if pictures := os.environ.get("IMP2ART_SCREENSHOTS"):
        patient.page.goto(site.address + address + "?now=well")
        patient.page.screenshot(path=f"{pictures}/own-plan-dark.png", full_page=True)
        patient.page.emulate_media(media="print", color_scheme="light")
        patient.page.screenshot(path=f"{pictures}/own-plan-print.png", full_page=True)
    context.close()


def test_a_nurse_makes_a_link_and_withdraws_it(page: Page, site: Site, issued: tuple[str, ...]) -> None:
    nurse = Story(page, site)
    nurse.given_i_am_signed_in("nurse")
    page.goto(f"{site.address}/people/{issued[0]}/")
    page.get_by_role("link", name="Send or print the plan").click()
    nurse.then_the_page_is_sound("share", "^Send or print the plan")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("heading", name="The link, shown this once").wait_for()
    nurse.then_the_page_is_sound("share-link", "^Send or print the plan")
    page.get_by_role("button", name="Withdraw").first.click()
    page.get_by_text("Withdrawn").first.wait_for()
