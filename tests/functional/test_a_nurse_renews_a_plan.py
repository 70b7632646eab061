"""A plan without a review: a first one, then its renewal; each press and each key is counted (U-10)."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.functional.site import Site
from tests.functional.story import Story

READY = re.compile("Plan for a preventer and a reliever")


class Counting(Story):
    """Presses of a button, link, box or field are activations; letters typed, Tab too, are keys."""

    def __init__(self, page: Page, site: Site) -> None:
        super().__init__(page, site)
        self.activations = 0
        self.keys = 0

    def given_nothing_is_counted(self) -> None:
        self.activations = self.keys = 0

    def press(self, role: str, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.activations += 1

    def pick(self, name: str, value: str) -> None:
        self.choose(name, value)
        self.activations += 1

    def select(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}]").select_option(value)
        self.activations += 1

    def type_from(self, name: str, *numbers: str) -> None:
        """Click into one field, then go on with Tab."""
        self.page.locator(f"[name={name}]").click()
        self.activations += 1
        for place, number in enumerate(numbers):
            if place:
                self._tab_to_the_next_field()
            self.page.keyboard.type(number)
            self.keys += len(number)

    def _tab_to_the_next_field(self) -> None:
        """Past the button that takes a number of guidance over, where there is one."""
        while True:
            self.page.keyboard.press("Tab")
            self.keys += 1
            if self.page.evaluate("document.activeElement.tagName") == "INPUT":
                return

    def given_someone_on_two_inhalers_without_a_plan(self) -> None:
        self.page.goto(f"{self.site.address}/?list=no-plan")
        links = self.page.locator("main table tbody tr th a").evaluate_all("found => found.map(a => a.href)")
        for address in links:
            self.page.goto(f"{address}plan/")
            text = self.page.locator("main").inner_text()
            puffs = [
                self.page.locator(f"[name={n}]").input_value() for n in ("morning_puffs", "reliever_puffs")
            ]
            if READY.search(text) and "Make a plan" in text and all(puffs) and "(12 months" not in text:
                self.person = address
                return
        raise AssertionError("nobody on the first page of the register is on two inhalers with read labels")

    def when_i_open_the_person_from_the_register(self) -> None:
        self.page.goto(f"{self.site.address}/?list=all")
        self.page.goto(self.person)
        self.activations += 1  # one press on their name

    def then_it_is_issued(self, version: int) -> None:
        self.page.wait_for_url(re.compile(r"/reviews/[0-9a-f]{32}/$"))
        text = self.page.locator("main").inner_text()
        assert "Plan issued, without a review" in text
        assert f"Version {version}" in text
        assert "Asthma self-management plan agreed" in text
        assert "Asthma annual review" not in text


def test_a_first_plan_and_its_renewal_in_a_few_actions(page: Page, site: Site) -> None:
    nurse = Counting(page, site)
    nurse.given_i_am_signed_in("nurse")
    nurse.given_someone_on_two_inhalers_without_a_plan()
    nurse.then_the_page_is_sound("renew-first", "^Make a plan")

    nurse.given_nothing_is_counted()
    nurse.when_i_open_the_person_from_the_register()
    nurse.press("link", "Make a plan")
    nurse.pick("basis", "symptoms")
    nurse.pick("point_1_signs", "waking-at-night")
    nurse.select("point_1_action", "extra-reliever")
    nurse.type_from("point_1_dose", "4", "7", "24")
    nurse.pick("point_2_signs", "not-better")
    nurse.select("point_2_action", "get-urgent-help")
    nurse.pick("attack_signs", "hard-to-walk-or-talk")
    nurse.type_from("attack_puffs_each", "1", "60", "10")
    if not page.locator("[name=triggers]:checked").count():
        nurse.pick("triggers", "none-known")
    nurse.pick("plan_acknowledged", "yes")
    nurse.pick("plan_teach_back", "yes")
    nurse.press("button", "Issue the plan")
    nurse.then_it_is_issued(1)
    nurse.then_the_page_is_sound("renew-finished", "^Plan issued")
    assert nurse.activations <= 18
    assert nurse.keys <= 60

    nurse.given_nothing_is_counted()
    nurse.when_i_open_the_person_from_the_register()
    nurse.press("link", "Renew plan")
    nurse.then_the_page_is_sound("renew", "^Renew the plan")
    assert page.locator("details.plan-group[open]").count() == 0
    nurse.pick("plan_acknowledged", "yes")
    nurse.pick("plan_teach_back", "yes")
    nurse.press("button", "Issue the plan")
    nurse.then_it_is_issued(2)
    assert nurse.activations <= 6
    assert nurse.keys <= 10
