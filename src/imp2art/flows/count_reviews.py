"""Count a practice's own reviews of 12 months: how many ended with a plan, and why others did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp2art.access.rights import Action, check_may
from imp2art.asthma.reference import whole
from imp2art.asthma.review.answers import Review
from imp2art.asthma.review.outcomes import ReviewCounts, ReviewOutcome, count_outcomes
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import Period, months_up_to
from imp2art.store.json_form import from_json
from imp2art.store.scope import PracticeFacts, PracticeScope


@dataclass(frozen=True, slots=True)
class CountedReviews:
    """The practice, the days that were looked at, and the counts. Nobody is named."""

    facts: PracticeFacts
    period: Period
    counts: ReviewCounts


def count_reviews(actor: Actor, practice: PracticeCode, on: date) -> CountedReviews:
    """The 12 months up to and including a day. Exact: it does not leave the practice (H-32)."""
    check_may(actor, Action.SEE_REPORT, practice)
    scope = PracticeScope(practice)
    period = months_up_to(on, whole("year-months", on))
    kept = (review for review in scope.reviews_since(period.start) if review.done_on in period)
    outcomes = (ReviewOutcome(from_json(each.body, Review), each.plan_version is not None) for each in kept)
    return CountedReviews(scope.facts(), period, count_outcomes(outcomes))
