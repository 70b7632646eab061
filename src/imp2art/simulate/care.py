"""The care of a practice's people in the period: from who has asthma to all entries and issues."""

from __future__ import annotations

from imp2art.simulate.attacks import attack_entries, draw_attacks, follow_ups, steroid_courses
from imp2art.simulate.beta_blockers import beta_blocker_issues
from imp2art.simulate.cohort import Cohort, draw_cohort
from imp2art.simulate.diagnoses import diagnosis_entries
from imp2art.simulate.dice import dice_of
from imp2art.simulate.model import Model
from imp2art.simulate.named_kinds import kind_rows
from imp2art.simulate.noise import noise_events, noise_issues
from imp2art.simulate.others import others_of
from imp2art.simulate.outline import PracticeOutline
from imp2art.simulate.people import People
from imp2art.simulate.prescribing import issue_rows
from imp2art.simulate.recall import recall_entries
from imp2art.simulate.regimens import draw_phases, mart_entries
from imp2art.simulate.review_entries import Pen, review_entries, reviews_of
from imp2art.simulate.reviews import draw_review_years
from imp2art.simulate.rows import EventRows, IssueRows, all_events, all_issues
from imp2art.simulate.signs import sign_entries
from imp2art.simulate.smoking import smoking_entries
from imp2art.simulate.undiagnosed import undiagnosed_rows

_Rows = tuple[list[EventRows], list[IssueRows]]


def draw_care(
    model: Model, outline: PracticeOutline, people: People, scripted: int
) -> tuple[EventRows, IssueRows]:
    """Everything on record; the last `scripted` people have their own story."""
    dice = dice_of(model.seed, outline.index, "cohort")
    cohort = draw_cohort(people, outline, dice, model.frame, model.parameters, scripted)
    diagnoses = diagnosis_entries(cohort, model.coding, dice, model.frame, model.parameters)
    parts: list[_Rows] = [
        (diagnoses, []),
        _treatment(model, outline, cohort),
        _attacks_and_reviews(model, outline, cohort),
        _beside_the_diagnosis(model, outline, cohort, people, scripted),
    ]
    if scripted:
        parts.append(kind_rows(model.kinds, len(people) - scripted, model.coding, model.frame))
    if model.noise:
        parts.append(_noise(model, outline, people))
    return (
        all_events([rows for events, _ in parts for rows in events]),
        all_issues([rows for _, issues in parts for rows in issues]),
    )


def _treatment(model: Model, outline: PracticeOutline, cohort: Cohort) -> _Rows:
    dice = dice_of(model.seed, outline.index, "treatment")
    phases = draw_phases(cohort, outline, model.formulary, dice, model.frame, model.parameters)
    started = mart_entries(cohort, phases, model.coding, dice, model.parameters)
    return [started], issue_rows(cohort, phases, outline, model.formulary, dice, model.parameters)


def _attacks_and_reviews(model: Model, outline: PracticeOutline, cohort: Cohort) -> _Rows:
    parameters, coding = model.parameters, model.coding
    dice = dice_of(model.seed, outline.index, "attacks")
    attacks = draw_attacks(cohort, dice, model.frame, parameters)
    events = attack_entries(cohort, attacks, coding, dice, parameters)
    events += follow_ups(cohort, attacks, outline, coding, dice, parameters)
    courses = steroid_courses(cohort, attacks, model.formulary, dice, parameters)
    dice = dice_of(model.seed, outline.index, "reviews")
    years = draw_review_years(cohort, outline, dice, model.frame, parameters)
    pen = Pen(reviews_of(cohort, years, attacks, dice), coding, dice, parameters)
    events += review_entries(cohort, outline, model.frame, pen)
    events += smoking_entries(cohort, pen)
    events += recall_entries(cohort, years, coding, dice, parameters)
    return events, [courses]


def _beside_the_diagnosis(
    model: Model, outline: PracticeOutline, cohort: Cohort, people: People, scripted: int
) -> _Rows:
    """Signs and tests, children without a diagnosis, and medicines for other illnesses."""
    parameters, coding, frame, formulary = model.parameters, model.coding, model.frame, model.formulary
    others = others_of(people, cohort, frame, scripted)
    dice = dice_of(model.seed, outline.index, "signs")
    signs = sign_entries(cohort, others, coding, dice, frame, parameters)
    dice = dice_of(model.seed, outline.index, "undiagnosed")
    reviews, issues = undiagnosed_rows(others, coding, formulary, dice, parameters)
    dice = dice_of(model.seed, outline.index, "beta-blockers")
    blockers = beta_blocker_issues(cohort, people, formulary, dice, frame, parameters)
    return [*signs, *reviews], [*issues, *blockers]


def _noise(model: Model, outline: PracticeOutline, people: People) -> _Rows:
    dice = dice_of(model.seed, outline.index, "noise")
    return (
        [noise_events(people, model.noise, model.coding, dice, model.frame)],
        [noise_issues(people, model.noise, model.formulary, dice, model.frame)],
    )
