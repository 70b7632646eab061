"""Work the list of people behind a number: assign, done, not appropriate because, and take back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from imp2art.access.rights import Action, check_may
from imp2art.audit.definitions import INDICATORS
from imp2art.audit.reports.list_mark import SEEN_TO, Mark, check_mark, holds
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.core.written import as_seen
from imp2art.store.list_marks import Colleague, KeptMark, NewMark
from imp2art.store.scope import AuditEntry, PracticeScope


@dataclass(frozen=True, slots=True)
class Worked:
    """The marks that hold, by person, and who can be assigned."""

    marks: Mapping[str, KeptMark]
    colleagues: tuple[Colleague, ...]

    def progress(self, public_ids: Collection[str], left: Collection[str]) -> Progress:
        """What was done about these people; those who `left` the list by themselves count as that only."""
        return progress_of(self.marks, public_ids, left)


@dataclass(frozen=True, slots=True)
class Progress:
    """People of one list. `left` met the target since, whatever was marked."""

    people: int
    assigned: int
    done: int
    not_appropriate: int
    left: int

    @property
    def acted_on(self) -> float | None:
        """The share that was marked or left, from 0 to 1; None for an empty list."""
        acted = self.assigned + self.done + self.not_appropriate + self.left
        return acted / self.people if self.people else None


def progress_of(
    marks: Mapping[str, KeptMark], public_ids: Collection[str], left: Collection[str]
) -> Progress:
    """Count the marks that hold of one list's people."""
    gone = frozenset(left)
    found = [marks[each].mark for each in public_ids if each in marks and each not in gone]
    return Progress(
        people=len(public_ids),
        assigned=found.count(Mark.ASSIGNED),
        done=found.count(Mark.DONE),
        not_appropriate=found.count(Mark.NOT_APPROPRIATE),
        left=len(gone),
    )


def show_marks(actor: Actor, practice: PracticeCode, slug: str, today: date) -> Worked:
    """What was done about the people on an indicator's lists, and who may be asked to do more."""
    return Worked(marks_on(actor, practice, slug, today), PracticeScope(practice).colleagues())


def marks_on(actor: Actor, practice: PracticeCode, slug: str, today: date) -> Mapping[str, KeptMark]:
    """The marks that hold on one indicator's lists, by person."""
    check_may(actor, Action.SEE_LIST, practice)
    kept = PracticeScope(practice).list_marks(slug)
    return {public_id: mark for public_id, mark in kept.items() if _holds(mark, today)}


def show_all_marks(actor: Actor, practice: PracticeCode, today: date) -> Mapping[str, Mapping[str, KeptMark]]:
    """The marks that hold on every list, by indicator and person."""
    check_may(actor, Action.SEE_LIST, practice)
    return {
        slug: {public_id: mark for public_id, mark in marks.items() if _holds(mark, today)}
        for slug, marks in PracticeScope(practice).marks_by_list().items()
    }


def marks_elsewhere(
    actor: Actor, practice: PracticeCode, slug: str, public_ids: Collection[str], today: date
) -> Mapping[str, tuple[KeptMark, ...]]:
    """What holds of these people on lists other than that of `slug`, by person; nobody without a mark."""
    check_may(actor, Action.SEE_LIST, practice)
    kept = PracticeScope(practice).list_marks_of(public_ids)
    held = {
        public_id: tuple(mark for mark in marks.values() if mark.slug != slug and _holds(mark, today))
        for public_id, marks in kept.items()
    }
    return {public_id: marks for public_id, marks in held.items() if marks}


def marks_about(actor: Actor, practice: PracticeCode, public_id: str, today: date) -> tuple[KeptMark, ...]:
    """What holds about one person, a mark for each list."""
    check_may(actor, Action.OPEN_RECORD, practice)
    marks = PracticeScope(practice).list_marks_about(public_id)
    return tuple(mark for mark in marks if _holds(mark, today))


def mark_people(
    actor: Actor,
    practice: PracticeCode,
    public_ids: Collection[str],
    new: NewMark,
    at: datetime,
    seen_at: datetime | None = None,
) -> int:
    """Mark these people on an indicator's list, all or none; how many were, without those who bore it.

    Raises `Refusal` where nobody is given, a reason or a colleague lacks, or a colleague marked one of
    them after `seen_at`, when the list was looked at; `NotHere` for an unknown indicator and for someone
    of another practice.
    """
    check_may(actor, Action.WORK_LIST, practice)
    if new.slug not in INDICATORS:
        raise NotHere("There is no such list in your practice.")
    if not public_ids:
        raise Refusal("Tick at least one person first.")
    check_mark(new.mark, new.reason, new.assignee)
    new = replace(new, reason=as_seen(new.reason))
    _check_seen(actor, PracticeScope(practice).list_marks(new.slug), public_ids, seen_at)
    event = AuditEntry(at, actor, "list-marked", detail={"list": new.slug, "mark": new.mark.value})
    return PracticeScope(practice).keep_list_marks(public_ids, new, event)


def _check_seen(
    actor: Actor, marks: Mapping[str, KeptMark], public_ids: Collection[str], seen_at: datetime | None
) -> None:
    held = [marks[each] for each in public_ids if each in marks]
    later = [mark for mark in held if seen_at and mark.at > seen_at and mark.by != actor.name]
    if later:
        raise Refusal(
            f"{later[0].by} marked some of the people that you ticked after you opened this list. Look at "
            "what was done, then mark them again."
        )


def is_seen_to(mark: KeptMark | None) -> bool:
    """Done, or not appropriate."""
    return mark is not None and mark.mark in SEEN_TO


def _holds(mark: KeptMark, today: date) -> bool:
    return mark.mark is not Mark.OPEN and holds(mark.at.date(), today)
