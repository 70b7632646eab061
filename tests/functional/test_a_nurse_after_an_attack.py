"""After an attack, and in ten minutes: from the register, by keyboard, with and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page

from tests.functional.site import Site
from tests.functional.story import Story

SHORT = "?short=yes"


class Nurse(Story):
    def when_i_open_the_list_of_attacks(self) -> None:
        self.page.goto(f"{self.site.address}/?list=attack")

    def then_each_line_says_the_time_left_or_that_it_is_late(self) -> None:
        assert self.page.get_by_text(re.compile("Follow-up (is|was) due by")).count() >= 1

    def when_i_start_the_post_attack_review(self) -> None:
        self.page.get_by_role("link", name=re.compile("^Post-attack review")).first.click()
        self.page.wait_for_url(re.compile("kind=post-attack"))

    def then_the_first_field_is_three_tab_stops_away(self) -> None:
        self.page.keyboard.press("Tab")  # the link that skips to the content
        self.page.keyboard.press("Enter")
        for _ in range(2):
            self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.name") == "agenda"

    def then_what_i_answer_is_kept(self) -> None:
        self.choose("after_plan_used", "did-not-use")
        self.page.get_by_text(re.compile(r"Saved \d")).first.wait_for()
        self.page.reload()
        assert self.page.locator("[name=after_plan_used][value=did-not-use]").is_checked()

    def when_i_open_the_short_review(self) -> None:
        self.page.goto(re.sub(r"\?.*", "", self.page.url) + SHORT)


def test_a_post_attack_review_is_found_by_its_clock_and_kept_as_it_is_typed(page: Page, site: Site) -> None:
    nurse = Nurse(page, site)
    nurse.given_i_am_signed_in("nurse")
    nurse.when_i_open_the_list_of_attacks()
    nurse.then_each_line_says_the_time_left_or_that_it_is_late()
    nurse.then_the_page_is_sound("attacks", "^Register")
    nurse.when_i_start_the_post_attack_review()
    nurse.then_the_first_field_is_three_tab_stops_away()
    nurse.then_what_i_answer_is_kept()
    nurse.then_the_page_is_sound("post-attack", "^Post-attack review")
    nurse.when_i_open_the_short_review()
    nurse.then_the_page_is_sound("short-review", "^Post-attack review")
    page.goto(f"{site.address}/reviews/")
    nurse.then_the_page_is_sound("reviews-ended", "^How reviews ended")


def test_the_short_review_saves_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    nurse = Nurse(context.new_page(), site)
    nurse.given_i_am_signed_in("nurse")
    nurse.when_i_open_the_list_of_attacks()
    nurse.when_i_start_the_post_attack_review()
    nurse.when_i_open_the_short_review()
    nurse.choose("mode", "phone")
    nurse.page.get_by_role("button", name="Save", exact=True).click()
    nurse.page.wait_for_load_state()
    assert nurse.page.url.endswith(SHORT)
    assert "By phone you cannot watch them" in nurse.page.locator("#so-far").inner_text()
    context.close()
