"""Keep what practices are compared with: protected figures of this site's practices and of others.

A practice of the site stands with what it released, so that the same count never leaves in two ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import numpy as np

from imp2art.access.rights import Action, check_may
from imp2art.audit.disclosure import ProtectedFigures
from imp2art.audit.packs import pack_of
from imp2art.audit.peer_rows import PeerRows, put_together, rows_of
from imp2art.audit.peers import PeerFigures, PeerPractice, check_protected, fifth_of, size_band
from imp2art.audit.register import REGISTER_SLUG
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import financial_year
from imp2art.core.refusal import Refusal
from imp2art.store.json_form import from_json, to_json
from imp2art.store.peer_figures import deciles_of, keep_peers, read_peers
from imp2art.store.practices import read_facts
from imp2art.store.released import read_released
from imp2art.store.scope import AuditEntry


def compare_released(actor: Actor, practices: Iterable[PracticeCode], at: datetime) -> bool:
    """Put what these practices released last in the place of their earlier figures.

    False where nothing is new.
    """
    check_may(actor, Action.KEEP_CLOCK, None)
    rows = [row for practice in practices if (row := _released_row(practice)) is not None]
    return bool(rows) and _keep(actor, rows, at)


def import_peers(actor: Actor, figures: PeerFigures, at: datetime) -> bool:
    """Keep figures of other practices from a national audit beside those there are.

    Raises `Refusal` for one that is not protected, and for figures of no month. False where nothing is new.
    """
    check_may(actor, Action.KEEP_CLOCK, None)
    if not figures.month_ends:
        raise Refusal("These figures are of no month. Make them again with a national audit.")
    check_protected(figures)
    return _keep(actor, rows_of(figures), at)


def _keep(actor: Actor, rows: Iterable[PeerRows], at: datetime) -> bool:
    kept = read_peers(date.max)
    before = rows_of(from_json(kept.body, PeerFigures)) if kept else ()
    figures = put_together([*before, *rows])
    detail = {"practices": len(figures.practices), "months": len(figures.month_ends)}
    entry = AuditEntry(at, actor, "peers-kept", detail=detail)
    return keep_peers(figures.month_ends[-1], to_json(figures), entry)


def _released_row(practice: PracticeCode) -> PeerRows | None:
    released = read_released(practice)
    if not released:
        return None
    figures = from_json(released[-1].body, ProtectedFigures)
    cells = {
        (each.slug, month.month_end): (each.numerator, each.denominator)
        for month in figures.months
        for each in month.figures
    }
    on_list = cells.get((REGISTER_SLUG, figures.months[-1].month_end), (None, None))[1] or 0
    nation = pack_of(read_facts(practice).nation, financial_year(released[-1].month_end)).nation
    fifth = fifth_of(np.array(deciles_of(practice), np.uint8))
    return PeerRows(PeerPractice(str(practice), nation, size_band(on_list), fifth), cells)
