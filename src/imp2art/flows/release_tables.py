"""Protected figures on their way to a researcher: asked for, checked by two others, released, downloaded.

A set holds figures as they left their practices, each under its digest, and how far the reports were read
and acted on by the day that it was asked for. Nothing in it is worked out again, and nobody sees which
version of the report a practice gets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from imp2art.access.rights import Action, check_may
from imp2art.audit.disclosure import ProtectedFigures, protected_figures_table, protected_splits_table
from imp2art.audit.disclosure.report_use import ReportUse, use_table
from imp2art.audit.reports.table_set import (
    SetAction,
    SetState,
    SetStep,
    author_of,
    check_may_do,
    may_do,
    state_of,
)
from imp2art.core.actor import Actor
from imp2art.core.refusal import Refusal
from imp2art.core.written import as_seen, is_in_words
from imp2art.store.json_form import from_json, to_json
from imp2art.store.kept import Json
from imp2art.store.released import ReleasedFigures, digest_of_body, released_in, released_months
from imp2art.store.report_use import report_use
from imp2art.store.scope import AuditEntry
from imp2art.store.table_sets import KeptSet, keep_new_set, keep_set_step, read_set, read_sets

SHORTEST_PURPOSE = 10


@dataclass(frozen=True, slots=True)
class ShownSet:
    """A set as one person sees it. `can` is what they may do with it now."""

    id: str
    purpose: str
    months: tuple[date, ...]
    practices: int
    state: SetState
    steps: tuple[SetStep, ...]
    can: tuple[SetAction, ...]


# What a set holds, by name; the order is that of its page.
TABLES = ("figures", "splits", "reading")


def ask_tables(actor: Actor, months: Sequence[date], purpose: str, set_id: str, at: datetime) -> None:
    """Ask for the figures of these months; the same again while it waits for its checks changes nothing.

    Raises `Refusal` without months, figures or a purpose that is said in words.
    """
    check_may(actor, Action.CHECK_TABLES, None)
    check_may_do((), True, actor, SetAction.ASK)
    purpose = as_seen(purpose)
    if len(purpose) < SHORTEST_PURPOSE or not is_in_words(purpose):
        raise Refusal(f"Say in words what the tables are for, in {SHORTEST_PURPOSE} characters or more.")
    if not months or not set(months) <= set(released_months()):
        raise Refusal("Choose one or more months of which figures were released.")
    body = _body_of(months, purpose, at)
    keep_new_set(set_id, AuditEntry(at, actor, "tables-ask", detail={"set": set_id}), body)


def do_with_tables(actor: Actor, set_id: str, action: SetAction, at: datetime) -> None:
    """Take a step with a set: check, return, refuse, release, withdraw, or submit it again.

    Raises `Refusal` where its state, the role or the person's part in it forbids the step.
    """
    check_may(actor, Action.CHECK_TABLES, None)
    kept = read_set(set_id)
    check_may_do(kept.steps, _is_intact(kept), actor, action)
    again = action is SetAction.SUBMIT
    body = _body_of(_months_of(kept), kept.body["purpose"], at) if again else None
    entry = AuditEntry(at, actor, f"tables-{action}", detail={"set": set_id})
    keep_set_step(set_id, action, entry, body)


def months_with_figures(actor: Actor) -> tuple[date, ...]:
    """The months that a researcher can ask for, newest first."""
    check_may(actor, Action.SEE_FIGURES, None)
    return released_months()


def show_tables(actor: Actor) -> tuple[ShownSet, ...]:
    """Every set, newest first."""
    check_may(actor, Action.CHECK_TABLES, None)
    return tuple(_shown(kept, actor) for kept in read_sets())


def show_table_set(actor: Actor, set_id: str, name: str) -> tuple[ShownSet, pa.Table]:
    """One set with one of its tables, for those who check it and, once released, for every researcher.

    `NotHere` where there is none; whoever asked sees no figure before two others have checked.
    """
    check_may(actor, Action.CHECK_TABLES, None)
    kept = read_set(set_id)
    shown, table = _shown(kept, actor), _table_of(kept, name)
    hidden = shown.state is not SetState.RELEASED and actor.id == author_of(kept.steps)
    return shown, table.slice(0, 0) if hidden else table


def download_tables(actor: Actor, set_id: str, name: str, at: datetime) -> pa.Table:
    """One table of a released set; who took it, and when, is kept."""
    do_with_tables(actor, set_id, SetAction.DOWNLOAD, at)
    return _table_of(read_set(set_id), name)


def _shown(kept: KeptSet, actor: Actor) -> ShownSet:
    intact = _is_intact(kept)
    can = tuple(action for action in SetAction if may_do(kept.steps, intact, actor, action))
    practices = len({name.partition(" ")[0] for name in kept.body["digests"]})
    state = state_of(kept.steps, intact)
    return ShownSet(kept.id, kept.body["purpose"], _months_of(kept), practices, state, kept.steps, can)


def _body_of(months: Sequence[date], purpose: str, at: datetime) -> Json:
    """What is submitted. Rates go on changing, so they are kept with it; figures stay what they are."""
    released = [each for month in months for each in released_in(month)]
    uses = (report_use(each.practice, each.month_end, at.date()) for each in released)
    return {
        "purpose": purpose,
        "months": [month.isoformat() for month in months],
        "digests": {_name_of(each): digest_of_body(each.body) for each in released},
        "reading": to_json([use for use in uses if use is not None]),
    }


def _months_of(kept: KeptSet) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, kept.body["months"]))


def _figures_of(kept: KeptSet) -> tuple[ReleasedFigures, ...]:
    wanted = kept.body["digests"]
    found = (each for month in _months_of(kept) for each in released_in(month))
    return tuple(each for each in found if _name_of(each) in wanted)


def _is_intact(kept: KeptSet) -> bool:
    """Whether every figure is there and is, byte for byte, what was submitted."""
    found = {_name_of(each): digest_of_body(each.body) for each in _figures_of(kept)}
    return bool(found == kept.body["digests"])


def _table_of(kept: KeptSet, name: str) -> pa.Table:
    if name == "reading":
        return use_table(from_json(kept.body.get("reading", []), list[ReportUse]))
    figures = [from_json(each.body, ProtectedFigures) for each in _figures_of(kept)]
    return protected_splits_table(figures) if name == "splits" else protected_figures_table(figures)


def _name_of(figures: ReleasedFigures) -> str:
    return f"{figures.practice} {figures.month_end}"
