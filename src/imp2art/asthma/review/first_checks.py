"""What to look at before any step up of treatment, as the review found it (NICE NG245, §3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from imp2art.asthma.review.answers import Review, Smoking
from imp2art.asthma.review.missing import technique_was_seen
from imp2art.asthma.treatment.facts import Checked, FirstCheck


def first_checks(review: Review) -> tuple[FirstCheck, ...]:
    """Each with how it stands; what was not asked is never "fine" (H-15). The diagnosis is not asked."""
    return tuple(FirstCheck(slug, state) for slug, state in _states(review))


def _states(review: Review) -> Iterator[tuple[str, Checked]]:
    yield "technique", _technique(review)
    yield "adherence", _problem_if(None if review.adherence_good is None else not review.adherence_good)
    yield "smoking", _smoking(review)
    yield "work", _problem_if(review.work_makes_worse)
    yield "mood", _problem_if(review.mood_low)
    yield "surroundings", Checked.FINE if review.triggers else Checked.NOT_ASKED
    yield "diagnosis", Checked.NOT_ASKED


def _technique(review: Review) -> Checked:
    if not technique_was_seen(review):
        return Checked.NOT_ASKED
    wrong = any(check.wrong and check.corrected is not True for check in review.technique_checks)
    return Checked.PROBLEM if wrong else Checked.FINE


def _smoking(review: Review) -> Checked:
    """Smoke or vapour, their own or another's; fine only when smoking and vaping were asked."""
    smokes = None if review.smoking is None else review.smoking is Smoking.CURRENT
    if smokes or review.vaping or review.passive_smoke:
        return Checked.PROBLEM
    return Checked.NOT_ASKED if smokes is None or review.vaping is None else Checked.FINE


def _problem_if(answer: bool | None) -> Checked:
    if answer is None:
        return Checked.NOT_ASKED
    return Checked.PROBLEM if answer else Checked.FINE
