"""The review's page: saved as it is typed, merged where two wrote, finished once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from imp2art.core.actor import Role
from imp2art.documents.words import read_book
from imp2art.store.scope import PracticeScope
from imp2art.web.practice.on_site import today
from tests.conftest import OURS, World
from tests.integration.pages import (
    NAME,
    back,
    draft_named,
    keep_and_rank,
    names_of_fields,
    text_of,
    whole_form,
    woman_on_two_inhalers,
)
from tests.spec.people import person as a_child

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(world: World) -> str:
    return keep_and_rank(woman_on_two_inhalers().record)


@pytest.fixture
def nurse(person: str, sign_in: SignIn) -> Client:
    return sign_in()


def save(client: Client, person: str, texts: dict, **options):
    named = draft_named(client, person)
    return client.post(f"/people/{person}/review/", {**named, **texts}, **options)


def finish(client: Client, person: str, texts: dict, named: dict[str, str] | None = None):
    named = named or draft_named(client, person)
    return client.post(f"/people/{person}/review/finish/", {**named, **texts})


# --- opened ---------------------------------------------------------------------------------------


def test_H01_the_banner_and_the_button_say_whose_review_it_is(nurse: Client, person: str) -> None:
    text = text_of(nurse.get(f"/people/{person}/review/"))
    assert text.count(NAME) >= 2
    assert f"For {NAME}, born 4 March 1985" in text


def test_H15_no_question_of_today_is_answered_beforehand(nurse: Client, person: str) -> None:
    page = nurse.get(f"/people/{person}/review/").content.decode()
    asked = re.findall(r'<input[^>]*name="(?:mode|rcp_\w+|technique_observed|teach_back_done)"[^>]*>', page)
    assert len(asked) >= 10
    assert [one for one in asked if " checked" in one] == []


def test_a_prefilled_value_shows_its_source_and_its_age(nurse: Client, person: str) -> None:
    text = text_of(nurse.get(f"/people/{person}/review/"))
    assert "In the record: 1, " in text
    assert re.search(r"Last issued \d+ \w+ \d{4} \(2 weeks ago\)", text)


def test_a_number_of_guidance_stands_beside_its_empty_field_with_its_source(
    nurse: Client, person: str
) -> None:
    page = nurse.get(f"/people/{person}/review/")
    assert re.search(r"Guidance: 10 \([^)]+\)", text_of(page))
    assert 'name="attack_max_puffs" type="text" value' not in page.content.decode()


def test_the_inhalers_in_use_are_the_ones_that_are_chosen(nurse: Client, person: str) -> None:
    page = nurse.get(f"/people/{person}/review/").content.decode()
    chosen = re.findall(r'<option value="\d+" selected>([^<]+)</option>', page)
    assert ["Clenil" in chosen[0], "Salbutamol" in chosen[1]] == [True, True]


def test_opening_the_page_keeps_no_draft(nurse: Client, person: str) -> None:
    nurse.get(f"/people/{person}/review/")
    assert PracticeScope(OURS).draft(person) is None


# --- saved ----------------------------------------------------------------------------------------


def test_a_save_without_script_comes_back_to_the_page_with_the_words(nurse: Client, person: str) -> None:
    answer = save(nurse, person, {"agenda": "Run <b>again</b>"})
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{person}/review/")
    page = nurse.get(answer["Location"]).content.decode()
    assert "Run &lt;b&gt;again&lt;/b&gt;" in page


def test_a_save_by_htmx_answers_the_column_with_the_time_and_the_new_version(
    nurse: Client, person: str
) -> None:
    answer = save(nurse, person, {"agenda": "Run"}, headers=HTMX)
    assert answer.content.decode().strip().startswith('<section id="so-far"')
    assert re.search(r"Saved \d+:\d\d[ap]m", text_of(answer))
    assert 'name="version" value="1"' in answer.content.decode()


def test_the_column_shows_the_plan_as_it_is_made(nurse: Client, person: str) -> None:
    text = text_of(save(nurse, person, whole_form(), headers=HTMX))
    assert "Morning: 2 puffs. Night: 2 puffs." in text
    assert "Call 999." in text
    assert "Nothing is missing" in text


def test_poor_control_brings_up_what_to_look_at_first(nurse: Client, person: str) -> None:
    answers = {"rcp_sleep": "yes", "rcp_day": "yes", "rcp_activities": "no"}
    text = text_of(save(nurse, person, answers, headers=HTMX))
    assert "Three questions: 2, poor control" in text
    assert "Before you step treatment up, look at" in text


def test_H16_no_score_is_made_of_two_answers(nurse: Client, person: str) -> None:
    text = text_of(save(nurse, person, {"rcp_sleep": "no", "rcp_day": "no"}, headers=HTMX))
    assert "Three questions" not in text
    assert "look at" not in text


def test_what_cannot_be_read_is_said_and_the_rest_is_kept(nurse: Client, person: str) -> None:
    answer = save(nurse, person, {"agenda": "Run", "days_off": "٣"}, headers=HTMX)
    assert "The number of days off must be a whole number" in text_of(answer)
    kept = PracticeScope(OURS).draft(person)
    assert (kept.body["review"]["agenda"], kept.body["review"]["days_off"]) == ("Run", None)


def test_what_cannot_be_read_stays_on_the_page_as_it_was_typed(nurse: Client, person: str) -> None:
    answer = save(nurse, person, {"days_off": "three"})
    assert answer.status_code == 422
    assert 'value="three"' in answer.content.decode()
    assert "<title>Error: Asthma review" in answer.content.decode()


@pytest.mark.parametrize(
    "texts",
    [
        {"morning_puffs": "9" * 5000},
        {"version": "-1"},
        {"version": "9" * 5000},
        {"key": "'; drop table store_reviewdraft"},
        {"mode": "telepathy"},
        {"preventer": "../../etc/passwd"},
        {"point_9_dose": "4", "unknown": "x"},
        {"note": "x" * 100_000},
        {"agenda": "\x00"},
        {"review_due-day": "31", "review_due-month": "2", "review_due-year": "2027"},
        {"triggers": ["pollen"] * 500},
    ],
    ids=lambda texts: next(iter(texts)),
)
def test_odd_forms_are_answered_with_the_page_and_never_a_fault(
    texts: dict, nurse: Client, person: str
) -> None:
    answer = save(nurse, person, texts)
    assert answer.status_code in (302, 422)
    assert nurse.get(f"/people/{person}/review/").status_code == 200


def test_a_form_cannot_move_a_review_to_another_person(nurse: Client, person: str) -> None:
    save(nurse, person, {"agenda": "Run", "person": "someone", "public_id": "0" * 32})
    assert PracticeScope(OURS).draft(person).body["plan"]["person"]["name"] == NAME


# --- two people -----------------------------------------------------------------------------------


@pytest.fixture
def two_writers(person: str, sign_in: SignIn) -> tuple[Client, Client, dict[str, str]]:
    """A nurse and a GP who opened the same review; the nurse has saved."""
    nurse, doctor = sign_in(), sign_in(Role.GP)
    opened = draft_named(doctor, person)
    save(nurse, person, {"agenda": "Sleep", "days_off": "3"})
    return nurse, doctor, opened


def test_H19_a_second_writer_is_told_and_nothing_is_overwritten(
    two_writers: tuple[Client, Client, dict[str, str]], person: str
) -> None:
    _, doctor, opened = two_writers
    answer = doctor.post(f"/people/{person}/review/", {**opened, "agenda": "Run"}, headers=HTMX)
    assert "Nurse Of A12345 saved this review" in text_of(answer)
    assert PracticeScope(OURS).draft(person).body["review"]["agenda"] == "Sleep"


def test_both_versions_are_shown_side_by_side(
    two_writers: tuple[Client, Client, dict[str, str]], person: str
) -> None:
    _, doctor, opened = two_writers
    answer = doctor.post(f"/people/{person}/review/", {**opened, "agenda": "Run", "days_off": "3"})
    assert answer.status_code == 409
    assert "Yours: Run" in text_of(answer)
    assert "Nurse Of A12345: Sleep" in text_of(answer)
    assert "days off" not in text_of(answer)  # the same in both


def test_the_chosen_words_of_both_are_kept(
    two_writers: tuple[Client, Client, dict[str, str]], person: str
) -> None:
    _, doctor, opened = two_writers
    page = doctor.post(f"/people/{person}/review/", {**opened, "agenda": "Run", "days_off": "4"})
    named = dict(re.findall(r'name="(version|key)" value="([^"]*)"', page.content.decode()))
    chosen = {"keep-agenda": "mine", "mine-agenda": "Run", "keep-days_off": "theirs", "mine-days_off": "4"}
    doctor.post(f"/people/{person}/review/merge/", {**named, **chosen})
    review = PracticeScope(OURS).draft(person).body["review"]
    assert (review["agenda"], review["days_off"]) == ("Run", 3)


def test_a_plan_cannot_be_issued_over_a_colleagues_words(
    two_writers: tuple[Client, Client, dict[str, str]], person: str
) -> None:
    _, doctor, opened = two_writers
    assert finish(doctor, person, whole_form(), opened).status_code == 409
    assert PracticeScope(OURS).plans(person) == ()


def test_the_same_save_pressed_twice_is_one(nurse: Client, person: str) -> None:
    named = draft_named(nurse, person)
    form = whole_form()
    answers = [nurse.post(f"/people/{person}/review/", {**named, **form}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert PracticeScope(OURS).draft(person).version == 1


# --- finished -------------------------------------------------------------------------------------


def test_issuing_leads_to_what_was_written_and_what_has_not_left_yet(nurse: Client, person: str) -> None:
    answer = finish(nurse, person, whole_form())
    assert re.fullmatch(rf"/people/{person}/reviews/[0-9a-f]{{32}}/", answer["Location"])
    text = text_of(nurse.get(answer["Location"]))
    for words in (
        f"Version 1 for {NAME}",
        "Inhaler technique observed",
        "811921000000103",
        "waiting to be handed to your practice’s system",
        "Morning: 2 puffs. Night: 2 puffs.",
    ):
        assert words in text


def test_pressed_twice_it_issues_once_and_answers_the_same_page(nurse: Client, person: str) -> None:
    named, form = draft_named(nurse, person), whole_form()
    first, second = (finish(nurse, person, form, named) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(PracticeScope(OURS).plans(person)) == 1


def test_too_early_it_says_what_is_missing_each_with_its_field(nurse: Client, person: str) -> None:
    answer = finish(nurse, person, {"agenda": "Run"})
    page = answer.content.decode()
    links = re.findall(r'<a href="#([^"]+)"', page[page.index("error-summary") :])
    assert "<title>Error: Asthma review" in page
    assert len(links) >= 5
    assert set(links) <= names_of_fields(answer)
    assert PracticeScope(OURS).draft(person).body["review"]["agenda"] == "Run"


def test_unread_numbers_keep_a_plan_from_being_issued(nurse: Client, person: str) -> None:
    answer = finish(nurse, person, {**whole_form(), "reliever_puffs": "two"})
    assert answer.status_code == 422
    assert PracticeScope(OURS).plans(person) == ()


def test_a_review_may_end_without_a_plan_but_with_a_reason(nurse: Client, person: str) -> None:
    asked = {"rcp_sleep": "yes", "rcp_day": "no", "rcp_activities": "no", "medicines_checked": "yes"}
    answer = finish(
        nurse, person, {"mode": "phone", "attacks_12_months": "0", "no_plan_reason": "declined", **asked}
    )
    assert "Review finished without a plan" in text_of(nurse.get(answer["Location"]))


@pytest.mark.parametrize("reason", ["declined", "another-time", "needs-other-care-first"])
def test_H15_a_page_left_empty_is_no_review(reason: str, nurse: Client, person: str) -> None:
    answer = finish(nurse, person, {"mode": "phone", "no_plan_reason": reason})
    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    assert PracticeScope(OURS).reviews(person) == ()


def test_a_second_review_of_one_day_is_said_to_be_one(nurse: Client, person: str) -> None:
    finish(nurse, person, whole_form())
    assert "was finished today" in text_of(nurse.get(f"/people/{person}/review/"))


def test_what_cannot_be_read_and_what_is_missing_are_told_together(nurse: Client, person: str) -> None:
    text = text_of(finish(nurse, person, {"mode": "phone", "days_off": "1e5"}))
    assert "medicines" in text.casefold()
    assert "number of days off" in text.casefold()


def test_the_page_of_the_plan_is_a_pdf_that_no_browser_keeps(nurse: Client, person: str) -> None:
    finish(nurse, person, whole_form())
    answer = nurse.get(f"/people/{person}/plans/1/plan.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("version", ["2", "999999999999999999999"])
def test_a_version_that_was_never_issued_is_not_there(version: str, nurse: Client, person: str) -> None:
    finish(nurse, person, whole_form())
    assert nurse.get(f"/people/{person}/plans/{version}/plan.pdf").status_code == 404


def test_H02_a_plan_that_was_replaced_says_so(nurse: Client, person: str) -> None:
    first = finish(nurse, person, whole_form())
    finish(nurse, person, whole_form(goal="Swim"))
    text = text_of(nurse.get(first["Location"]))
    assert "This plan was replaced" in text


def test_the_next_review_begins_with_the_last_plan_and_says_so(nurse: Client, person: str) -> None:
    finish(nurse, person, whole_form())
    page = nurse.get(f"/people/{person}/review/")
    assert 'value="Play football again"' in page.content.decode()
    assert "From the plan of" in text_of(page)


def test_the_register_counts_the_plan_at_once(nurse: Client, person: str) -> None:
    finish(nurse, person, whole_form())
    assert "Nobody is in this list" in text_of(nurse.get("/", {"list": "no-plan"}))


def test_a_reload_of_the_finishing_address_leads_back_to_the_review(nurse: Client, person: str) -> None:
    assert nurse.get(f"/people/{person}/review/finish/")["Location"] == f"/people/{person}/review/"


# --- every gap has its field ----------------------------------------------------------------------


def test_every_gap_of_a_plan_leads_to_a_field_of_the_page(nurse: Client, person: str) -> None:
    from imp2art.asthma.plan.action_plan import Gap, GapReason
    from imp2art.web.practice.review.gap_fields import TOP, field_of_gap

    fields = names_of_fields(nurse.get(f"/people/{person}/review/"))
    keep_and_rank(a_child(back(365 * 8)).diagnosed(back(700)).record)
    child = next(each for each in PracticeScope(OURS).public_ids() if each != person)
    fields |= names_of_fields(nurse.get(f"/people/{child}/review/"))  # a spacer is asked of children
    slugs = {slug.removeprefix("gap-") for slug in read_book("review").phrases if slug.startswith("gap-")}
    in_points = {slug for slug in slugs if "{point}" in read_book("review").phrases[f"gap-{slug}"].text}
    gaps = [Gap(slug, GapReason.MISSING, 1 if slug in in_points else None) for slug in slugs]
    assert {gap.slug for gap in gaps if field_of_gap(gap) not in fields} == set()
    nowhere = {gap.slug for gap in gaps if field_of_gap(gap) == TOP}
    assert nowhere == {"person", "made-by", "version"}  # none of them is asked in the form


def test_the_time_to_the_next_review_is_checked_against_the_rule(nurse: Client, person: str) -> None:
    late = today() + timedelta(days=500)
    due = {f"review_due-{part}": (str(getattr(late, part)),) for part in ("day", "month", "year")}
    assert "Review the plan within 12 months" in text_of(finish(nurse, person, {**whole_form(), **due}))


@pytest.mark.parametrize(("scale", "told"), [("EU", True), ("Wright", False)])
def test_H10_todays_peak_flow_is_set_against_the_best_only_on_one_scale(
    scale: str, told: bool, nurse: Client, person: str
) -> None:
    best = {f"best_measured-{part}": (str(getattr(today(), part)),) for part in ("day", "month", "year")}
    form = {**whole_form(best_peak_flow="500", best_scale="EU"), **best}
    texts = {**form, "peak_flow": ("390",), "peak_flow_scale": (scale,)}
    answer = save(nurse, person, texts, headers=HTMX)
    assert ("Peak flow today: 78% of best" in text_of(answer)) is told


def test_a_trigger_without_a_code_is_said_to_stand_in_the_plan_only(nurse: Client, person: str) -> None:
    answer = finish(nurse, person, whole_form(triggers="food"))
    assert "there is no code that means the same" in text_of(nurse.get(answer["Location"]))
