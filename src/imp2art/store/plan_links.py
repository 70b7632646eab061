"""Links to a person's plan: made and withdrawn by the practice, opened by who holds one.

Only a digest of the token is kept, so that nobody who reads the tables can open a plan. What happens to
a link is added as steps; a link works until it is withdrawn, runs out, or met too many wrong dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.models import ActionPlanRow, PlanLinkRow, PlanLinkStepRow
from imp2art.store.patient_rows import lock_person

# Of about 30,000 dates that a person may be born on, so many may be tried in a row; then the link closes.
MOST_WRONG_DATES = 10


class LinkStep(StrEnum):
    """Stored names: never rename one."""

    OPENED = "opened"
    WRONG_DATE = "wrong-date"
    WITHDRAWN = "withdrawn"
    READ = "read"  # the person says that they have it and agree
    USED = "used"  # these three answer "did you use your plan?" after an attack, as `asthma.plan.use` does
    TRIED = "tried"
    DID_NOT_USE = "did-not-use"


@dataclass(frozen=True, slots=True)
class KeptStep:
    """`version` is the newest plan's at that time."""

    step: LinkStep
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link as its practice sees it. `number` names it in an address; the token cannot be had again."""

    number: int
    version: int
    made_by: str
    made_at: datetime
    expires_at: datetime
    steps: tuple[KeptStep, ...]

    def when(self, step: LinkStep) -> tuple[KeptStep, ...]:
        """The steps of one kind, oldest first."""
        return tuple(each for each in self.steps if each.step is step)

    @property
    def wrong_dates(self) -> int:
        """How many wrong dates of birth came after the last right one."""
        row = 0
        for each in self.steps:
            row = 0 if each.step is LinkStep.OPENED else row + (each.step is LinkStep.WRONG_DATE)
        return row

    def works_at(self, at: datetime) -> bool:
        """Whether the right date of birth still opens it."""
        withdrawn = self.when(LinkStep.WITHDRAWN)
        return not withdrawn and at < self.expires_at and self.wrong_dates < MOST_WRONG_DATES


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link as who holds its token has it: whose it is. `actor` stands in the audit trail for them."""

    practice: PracticeCode
    public_id: str
    link: KeptLink

    @property
    def actor(self) -> Actor:
        """Nobody signed in: who held the link and knew the date of birth."""
        return Actor(f"link-{self.link.number}", "Who holds the link", Role.PATIENT, self.practice)


def keep_link(
    practice: PracticeCode, public_id: str, token_digest: str, expires_at: datetime, event: AuditEntry
) -> KeptLink:
    """Keep a new link to the person's plan in force; `Refusal` where they have none."""
    with transaction.atomic():
        person = lock_person(practice, public_id)
        plan = ActionPlanRow.objects.defer("pdf").filter(patient=person, replaced_at=None).first()
        if plan is None:
            raise Refusal("There is no plan in force to make a link to.")
        row = PlanLinkRow.objects.create(
            plan=plan,
            token_digest=token_digest,
            made_by=event.actor.name,
            made_at=event.at,
            expires_at=expires_at,
        )
        append(replace(event, detail={"link": row.pk, "version": plan.version}), practice)
    return _link_of(row, plan.version, ())


def read_links(practice: PracticeCode, public_id: str) -> tuple[KeptLink, ...]:
    """Every link to the person's plans, newest first."""
    rows = PlanLinkRow.objects.filter(plan__patient__practice_id=practice, plan__patient__public_id=public_id)
    return tuple(_whole(row) for row in _light(rows).order_by("-id"))


def withdraw_link(practice: PracticeCode, public_id: str, number: int, event: AuditEntry) -> None:
    """End a link now; a second time changes nothing. `NotHere` for a link that is not this person's."""
    with transaction.atomic():
        lock_person(practice, public_id)
        found = [link for link in read_links(practice, public_id) if link.number == number]
        if not found:
            raise NotHere("There is no link of that number.")
        if not found[0].when(LinkStep.WITHDRAWN):
            _add(number, LinkStep.WITHDRAWN, found[0].version, event)
            append(replace(event, detail={"link": number}), practice)


def find_link(token_digest: str) -> HeldLink | None:
    """The link of a token; None for an unknown one, and for a person who has died or left the practice."""
    row = _light(PlanLinkRow.objects.filter(token_digest=token_digest)).first()
    if row is None:
        return None
    person = row.plan.patient
    if not person.in_extract or person.died is not None:
        return None
    return HeldLink(PracticeCode(person.practice_id), person.public_id, _whole(row))


def try_date(token_digest: str, born: date, at: datetime) -> bool:
    """Whether the date is the person's and the link works. Each try is kept; tries take turns, so that
    many at once are no more than one after another.
    """
    with transaction.atomic():
        # The lock comes first: what is counted below is then what is kept.
        PlanLinkRow.objects.select_for_update().filter(token_digest=token_digest).first()
        held = find_link(token_digest)
        if held is None or not held.link.works_at(at):
            return False
        right = _born(held) == born
        step = LinkStep.OPENED if right else LinkStep.WRONG_DATE
        _keep_step(held, step, at)
    return right


def keep_answer(held: HeldLink, answer: LinkStep, at: datetime) -> None:
    """Keep what the person says of their plan; the same again on the same day of UTC is kept once."""
    with transaction.atomic():
        lock_person(held.practice, held.public_id)
        same = PlanLinkStepRow.objects.filter(
            link_id=held.link.number, version=_newest_version(held), step=answer.value
        )
        if at.date() not in {said.date() for said in same.values_list("at", flat=True)}:
            _keep_step(held, answer, at)


def _keep_step(held: HeldLink, step: LinkStep, at: datetime) -> None:
    version = _newest_version(held)
    verb = f"plan-link-{step.value}"
    event = AuditEntry(at, held.actor, verb, held.public_id, {"link": held.link.number, "version": version})
    _add(held.link.number, step, version, event)
    append(event, held.practice)


def _add(number: int, step: LinkStep, version: int, event: AuditEntry) -> None:
    PlanLinkStepRow.objects.create(
        link_id=number, step=step.value, version=version, by=event.actor.name, at=event.at
    )


def _born(held: HeldLink) -> date:
    return lock_person(held.practice, held.public_id).born


def _newest_version(held: HeldLink) -> int:
    plans = ActionPlanRow.objects.filter(patient__public_id=held.public_id, replaced_at=None)
    return plans.values_list("version", flat=True).first() or held.link.version


def _light(rows: QuerySet[PlanLinkRow]) -> QuerySet[PlanLinkRow]:
    return rows.select_related("plan__patient").defer("plan__pdf", "plan__body")


def _whole(row: PlanLinkRow) -> KeptLink:
    steps = PlanLinkStepRow.objects.filter(link_id=row.pk).order_by("id")
    return _link_of(row, row.plan.version, (_step_of(each) for each in steps))


def _link_of(row: PlanLinkRow, version: int, steps: Iterable[KeptStep]) -> KeptLink:
    return KeptLink(row.pk, version, row.made_by, row.made_at, row.expires_at, tuple(steps))


def _step_of(row: PlanLinkStepRow) -> KeptStep:
    return KeptStep(LinkStep(row.step), row.version, row.by, row.at)
