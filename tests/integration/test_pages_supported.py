"""A facilitator's page sets a practice beside the same practices as the practice's own report does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from imp2art.audit.peers import PeerFigures, PeerPractice, peer_figures
from imp2art.audit.reports.release import Version
from imp2art.cli import rounds
from imp2art.cli.home import now
from imp2art.core.actor import Role
from imp2art.flows.compare_practices import import_peers
from imp2art.flows.release_reports import release_reports
from imp2art.store.facilitated import keep_support
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry
from tests.builders import ASTHMA, OPERATOR, build_event, build_issue, build_record
from tests.conftest import OURS, World, keep_people
from tests.integration.pages import text_of

ENDED: date = now().date().replace(day=1) - timedelta(days=1)
MONTH = f"{ENDED:%Y-%m}"
PLAN = "810901000000102"


def others(count: int) -> PeerFigures:
    """So many practices like ours; 50 to 150 of each one's 200 people have a plan."""
    practices = tuple(PeerPractice(f"C{at:05}", "England", 0, None) for at in range(count))
    met = np.round(np.linspace(50, 150, count) / 5).astype(int) * 5
    return peer_figures(
        (ENDED,), practices, ("plan-12-months",), np.full((1, 1, count), 200), met[None, None]
    )


@pytest.fixture
def released(world: World, tmp_path: Path) -> World:
    """Our report was made beside 12 practices and released; figures of 8 more came later."""
    import_peers(OPERATOR, others(12), now())
    issue = build_issue(f"{MONTH}-01")
    plan = (build_event(ASTHMA, "2015-04-01"), build_event(PLAN, f"{MONTH}-01"))
    people = [build_record(n, issues=(issue,), events=plan if n <= 11 else ()) for n in range(1, 24)]
    keep_people(OURS, people, now().date())
    rounds.go_round(tmp_path)
    office = world.actors[Role.PROGRAMME, None]
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), office, "version-given"))
    assert release_reports(office, [OURS], ENDED, now(), now().date())[0].refusal == ""
    import_peers(OPERATOR, others(20), now())
    keep_support("facilitator-site", OURS, AuditEntry(now(), OPERATOR, "support-given"))
    return world


def test_both_pages_count_the_same_similar_practices(released: World, sign_in: Callable[..., Client]) -> None:
    inside = text_of(sign_in(Role.MANAGER).get(f"/month/{MONTH}/plan-12-months/"))
    outside = text_of(sign_in(Role.FACILITATOR, None).get(f"/supported/{OURS}/"))
    assert "Similar practices: 12 in England" in inside
    assert f"beside 12 similar practices in {ENDED:%B %Y}" in outside


def test_the_facilitator_sees_our_own_point_rounded(released: World, sign_in: Callable[..., Client]) -> None:
    page = sign_in(Role.FACILITATOR, None).get(f"/supported/{OURS}/").content.decode()
    own = re.findall(r"This practice: [\d.]+%, (\d+) of (\d+) people", page)
    assert own == [("10", "25")]
