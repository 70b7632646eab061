"""The register's page: who needs someone first, and why, as it was last worked out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from imp2art.access.rights import Action, check_may
from imp2art.asthma.attack_clock import FollowUpClock, follow_up_clock
from imp2art.asthma.need import Need
from imp2art.asthma.plan.state import PlanState
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.identifiers import PracticeCode
from imp2art.record.patient import Sex
from imp2art.store.json_form import from_json
from imp2art.store.scope import AcceptedImport, KeptNeed, PracticeFacts, PracticeScope


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One person; `need` says why they stand where they stand. `follow_up` is the clock after an attack."""

    public_id: str
    name: str
    sex: Sex
    age: int
    need: Need
    last_review: date | None
    plan_state: str
    follow_up: FollowUpClock | None = None


@dataclass(frozen=True, slots=True)
class OffRegister:
    """Someone whom a list names and who is not on the register, so that nothing is known of their need."""

    public_id: str
    name: str
    sex: Sex
    age: int
    need: None = None


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """`counts` are people by list, whatever the search; `rows` are those of `shown` that match it."""

    facts: PracticeFacts
    taken: AcceptedImport | None
    as_at: date | None
    counts: Mapping[str, int]
    rows: tuple[RegisterRow, ...]
    shown: str
    search: str


def _has(row: RegisterRow, *rules: str) -> bool:
    return any(flag.rule in rules for flag in row.need.flags)


# An attack whose follow-up is late, and one whose two working days run.
ATTACK_OPEN = ("attack-not-followed-up", "attack-to-follow-up")
# The lists on top of the page, in their order: what a row must be to stand in one.
LISTS: Mapping[str, Callable[[RegisterRow], bool]] = {
    "all": lambda row: True,
    "first": lambda row: row.need.first,
    "due": lambda row: _has(row, "no-review", "no-review-ever"),
    "no-plan": lambda row: row.plan_state not in (PlanState.CURRENT, PlanState.OUTSIDE),
    "attack": lambda row: _has(row, *ATTACK_OPEN),
}


def show_register(
    actor: Actor, practice: PracticeCode, on: date, *, shown: str = "all", search: str = ""
) -> RegisterPage:
    """The page as at the day it was ranked; ages are as at `on`. An unknown list is shown as all."""
    check_may(actor, Action.SEE_REGISTER, practice)
    scope = PracticeScope(practice)
    needs = scope.needs()
    rows = tuple(_row_of(need, on) for need in needs)
    shown = shown if shown in LISTS else "all"
    return RegisterPage(
        facts=scope.facts(),
        taken=scope.latest_import(),
        as_at=needs[0].as_at if needs else None,
        counts={name: sum(map(belongs, rows)) for name, belongs in LISTS.items()},
        rows=tuple(_matching(filter(LISTS[shown], rows), search)),
        shown=shown,
        search=search,
    )


def show_off_register(
    actor: Actor, practice: PracticeCode, public_ids: Collection[str], on: date
) -> tuple[OffRegister, ...]:
    """Those of these people who are in the extract and not on the register; ages are as at `on`."""
    check_may(actor, Action.SEE_LIST, practice)
    scope = PracticeScope(practice)
    there = {need.public_id for need in scope.needs()}
    return tuple(
        OffRegister(each.public_id, each.name, each.sex, age_on(each.born, on))
        for each in scope.people_named(frozenset(public_ids) - there)
    )


def _row_of(kept: KeptNeed, on: date) -> RegisterRow:
    need = from_json(kept.body, Need)
    return RegisterRow(
        public_id=kept.public_id,
        name=kept.name,
        sex=kept.sex,
        age=age_on(kept.born, on),
        need=need,
        last_review=kept.last_review,
        plan_state=kept.plan_state,
        follow_up=_follow_up(need, on),
    )


def _follow_up(need: Need, on: date) -> FollowUpClock | None:
    """The clock of the attack that is not followed up; of two, the older one's, which is the later."""
    days = [flag.on for flag in need.flags if flag.rule in ATTACK_OPEN and flag.on]
    return follow_up_clock(min(days), on) if days else None


def _matching(rows: Iterable[RegisterRow], search: str) -> Iterable[RegisterRow]:
    words = _plain(search).split()
    return (row for row in rows if all(word in _plain(row.name) for word in words))


def _plain(text: str) -> str:
    """Without capitals and accents, so that Gonc finds Gonçalves."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
