"""The main job as a nurse does it: register, person, review, plan, PDF, and the month that counts it."""

from __future__ import annotations

import re

import pypdfium2
from playwright.sync_api import Browser, Page

from tests.functional.site import Site
from tests.functional.story import Story

PLAN = "Current action plan"


class Nurse(Story):
    def when_i_open_the_person_on_top(self) -> None:
        top = self.page.locator("main table tbody tr").first
        assert top.inner_text().strip(), "the register is empty"
        self.name = top.locator("a[href*='/people/']").first.inner_text()
        top.locator("a[href*='/people/']").first.click()
        self.page.wait_for_url(re.compile(r"/people/[0-9a-f]{32}/$"))

    def when_i_start_the_review(self) -> None:
        self.page.get_by_role("link", name="Start review").click()
        self.page.wait_for_url(re.compile("/review/$"))

    def when_i_ask_my_questions(self) -> None:
        self.fill(agenda="Waking at night and worried about the stairs at work")
        for name, value in {
            "mode": "face to face",
            "rcp_sleep": "yes",
            "rcp_day": "yes",
            "rcp_activities": "no",
            "medicines_checked": "yes",
            "adherence_good": "no",
            "technique_observed": "yes",
            "triggers": "pollen",
            "smoking": "never",
            "agenda_met": "yes",
            "teach_back_done": "yes",
        }.items():
            self.choose(name, value)
        self.fill(attacks_12_months=2, days_off=3)

    def then_what_i_typed_is_kept_without_my_doing(self) -> None:
        self.page.get_by_text(re.compile(r"Saved \d")).first.wait_for()
        self.page.reload()
        assert "stairs at work" in self.page.locator("[name=agenda]").input_value()

    def when_i_press_issue_too_early(self) -> None:
        self.page.get_by_role("button", name="Issue plan and finish").first.click()
        self.page.locator(".nhsuk-error-summary").wait_for()

    def then_i_am_told_what_is_missing(self) -> None:
        summary = self.page.locator(".nhsuk-error-summary")
        summary.wait_for()
        summary.locator("a").first.click()
        focused = self.page.evaluate("document.activeElement.name || document.activeElement.id")
        assert focused, "the first error's link focuses nothing"

    def when_i_fill_in_the_plan(self) -> None:
        """A preventer and a separate reliever, as she chose them with him."""
        self.choose("regimen", "preventer-reliever")
        self.choose("basis", "symptoms")
        for name, word in (("preventer", "Clenil"), ("reliever", "Ventolin")):
            options = self.page.locator(f"[name={name}] option")
            texts = options.all_inner_texts()
            place = next(place for place, text in enumerate(texts) if word in text)
            self.page.locator(f"[name={name}]").select_option(index=place)
        self.fill(morning_puffs=2, evening_puffs=2, reliever_puffs=2, max_puffs_a_day="")
        self._first_step()
        self._second_step()
        self._attack()
        self.fill(goal="Walk up the stairs at work without stopping")

    def _first_step(self) -> None:
        self.choose("point_1_signs", "waking-at-night")
        self.page.locator("[name=point_1_action]").select_option("extra-reliever")
        self.fill(point_1_dose=4, point_1_days=7, point_1_call_within_hours=24)

    def _second_step(self) -> None:
        self.choose("point_2_signs", "not-better")
        self.page.locator("[name=point_2_action]").select_option("start-steroid-tablets")
        self.fill(point_2_dose=40, point_2_days=5, point_2_call_within_hours=24)
        self.choose("steroids_considered", "yes")

    def _attack(self) -> None:
        for sign in ("reliever-not-helping", "hard-to-walk-or-talk"):
            self.choose("attack_signs", sign)
        self.fill(attack_puffs_each=1, attack_seconds_between=60, attack_max_puffs=10)

    def then_the_plan_has_filled_in_beside_me(self) -> None:
        self.page.locator("#so-far, .so-far, aside").first.get_by_text(re.compile("Clenil")).first.wait_for()

    def when_i_issue_the_plan(self) -> None:
        self.page.get_by_role("button", name="Issue plan and finish").first.click()
        self.page.wait_for_url(re.compile(r"/reviews/[0-9a-f]{32}/$"))

    def then_the_codes_are_shown(self) -> None:
        text = self.page.locator("main").inner_text()
        for term in (
            "Asthma review using Royal College of Physicians three questions",
            "Asthma self-management plan agreed",
            "Number of asthma exacerbations in past year",
            "Inhaler technique observed",
        ):
            assert term in text, term

    def then_the_pdf_is_my_plan(self) -> None:
        address = self.page.get_by_role("link", name=re.compile("PDF|plan", re.I)).and_(
            self.page.locator("[href$='plan.pdf']")
        )
        answer = self.page.request.get(self.site.address + (address.first.get_attribute("href") or ""))
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        assert "no-store" in answer.headers["cache-control"]
        document = pypdfium2.PdfDocument(answer.body())
        text = document[0].get_textpage().get_text_range()
        assert len(document) == 1
        assert self.name in text
        assert "999" in text

    def then_the_month_counts_it(self, before: int) -> None:
        """The worker makes the report again by itself; the page only shows what is kept."""
        for _ in range(60):
            if self.people_with_a_plan() == before + 1:
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"still {before} people with a plan")

    def people_with_a_plan(self) -> int:
        self.page.goto(self.site.address + "/month/")
        text = self.page.locator("main").inner_text()
        found = re.search(r"Plan recorded in the last 12 months: ([\d,]+) of", text)
        assert found is not None, text[:2000]
        return int(found[1].replace(",", ""))


def test_a_nurse_reviews_the_person_on_top_and_issues_a_plan(page: Page, site: Site) -> None:
    nurse = Nurse(page, site)
    nurse.given_i_am_signed_in("nurse")
    before = nurse.people_with_a_plan()
    nurse.then_the_page_is_sound("month", r"IMP²ART asthma$")
    page.goto(site.address)
    nurse.then_the_page_is_sound("register", "^Register")
    nurse.when_i_open_the_person_on_top()
    nurse.then_the_page_is_sound("person", nurse.name)
    nurse.when_i_start_the_review()
    nurse.then_the_page_is_sound("review", "^Asthma review")
    nurse.when_i_ask_my_questions()
    nurse.then_what_i_typed_is_kept_without_my_doing()
    nurse.when_i_press_issue_too_early()
    nurse.then_the_page_is_sound("review-errors", "^Error: ")
    nurse.then_i_am_told_what_is_missing()
    nurse.when_i_fill_in_the_plan()
    nurse.then_the_plan_has_filled_in_beside_me()
    nurse.when_i_issue_the_plan()
    nurse.then_the_page_is_sound("finished", "IMP²ART asthma$")
    nurse.then_the_codes_are_shown()
    nurse.then_the_pdf_is_my_plan()
    nurse.then_the_month_counts_it(before)


def test_the_same_works_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(15_000)
    nurse = Nurse(context.new_page(), site)
    nurse.given_i_am_signed_in("nurse")
    nurse.when_i_open_the_person_on_top()
    nurse.when_i_start_the_review()
    nurse.when_i_ask_my_questions()
    nurse.when_i_fill_in_the_plan()
    nurse.when_i_issue_the_plan()
    nurse.then_the_codes_are_shown()
    nurse.then_the_pdf_is_my_plan()
    context.close()
