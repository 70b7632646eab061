"""The wrong version of a report is never shown: whatever the address, query, header or cookie asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from imp2art.audit.reports.release import Version
from imp2art.cli import rounds
from imp2art.cli.home import now
from imp2art.codes.library import read_library
from imp2art.core.actor import Role
from imp2art.flows.release_reports import release_reports
from imp2art.flows.run_audit import audit_practice
from imp2art.store.released import keep_version, version_of_release
from imp2art.store.scope import AuditEntry
from tests.builders import build_issue, build_record
from tests.conftest import OURS, World, keep_people

ENDED: date = now().date().replace(day=1) - timedelta(days=1)
MONTH = f"{ENDED:%Y-%m}"
PAGES = ("/month/", f"/month/{MONTH}/", f"/month/{MONTH}/plan-12-months/")
ASKING = (
    {"version": "imp2art"},
    {"version": "IMP2ART", "arm": "intervention"},
    {"report": "imp2art", "v": "imp2art", "kind": "monthly"},
)


@pytest.fixture
def released(world: World, tmp_path: Path) -> World:
    """Our practice gets the standard report, and its ended month was released as that."""
    issue = build_issue(f"{MONTH}-01")
    keep_people(OURS, [build_record(n, issues=(issue,)) for n in range(1, 13)], now().date())
    rounds.go_round(tmp_path)
    give(world, Version.STANDARD)
    office = world.actors[Role.PROGRAMME, None]
    endings = release_reports(office, [OURS], ENDED, now(), now().date())
    assert [ending.refusal for ending in endings] == [""]
    return world


def give(world: World, version: Version) -> None:
    entry = AuditEntry(now(), world.actors[Role.PROGRAMME, None], "version-given")
    keep_version(OURS, version, entry)


def sentences(client: Client, address: str, **asked: object) -> set[str]:
    """What the page says, piece by piece; without nonce and token, which differ by design."""
    answer = client.get(address, **asked)
    assert answer.status_code == 200, address
    page = re.sub(r"(?s)<(script|style).*?</\1>", " ", answer.content.decode())
    return {unescape(piece).strip() for piece in re.split(r"<[^>]+>", page) if piece.strip()}


@pytest.mark.parametrize("address", PAGES)
def test_a_standard_practice_gets_the_standard_report_whatever_is_asked_for(
    released: World, sign_in: Callable[..., Client], address: str
) -> None:
    client = sign_in(Role.MANAGER)
    plain = sentences(client, address)
    for query in ASKING:
        assert sentences(client, address, data=query) == plain
    client.cookies["report-version"] = "imp2art"
    assert sentences(client, address, headers={"X-Version": "imp2art"}) == plain


def test_the_two_versions_do_differ_and_only_the_given_one_is_shown(
    released: World, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.MANAGER)
    standard = {address: sentences(client, address) for address in PAGES}
    give(released, Version.IMP2ART)
    only_imp2art = {address: sentences(client, address) - standard[address] for address in PAGES}
    assert any(only_imp2art.values())
    give(released, Version.STANDARD)
    for address in PAGES:
        for query in ({}, *ASKING):
            assert not sentences(client, address, data=query) & only_imp2art[address]


def test_a_released_month_keeps_the_version_of_its_release(
    released: World, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.MANAGER)
    ours = (f"/month/{MONTH}/", f"/month/{MONTH}/plan-12-months/")
    before = {address: sentences(client, address) for address in ours}
    give(released, Version.IMP2ART)
    assert {address: sentences(client, address) for address in ours} == before


def test_a_version_given_later_is_of_the_months_released_after(
    released: World, sign_in: Callable[..., Client]
) -> None:
    give(released, Version.IMP2ART)
    audit_practice(released.actors[Role.MANAGER, OURS], OURS, read_library(), now().date(), now())
    so_far = f"/month/{now():%Y-%m}/plan-12-months/"
    assert "What to do" in sentences(sign_in(Role.MANAGER), so_far)
    assert "What to do" not in sentences(sign_in(Role.MANAGER), f"/month/{MONTH}/plan-12-months/")


def test_the_programme_sees_the_version_that_was_released(
    released: World, sign_in: Callable[..., Client]
) -> None:
    give(released, Version.IMP2ART)
    page = " ".join(sorted(sentences(sign_in(Role.PROGRAMME, None), f"/programme/{MONTH}/{OURS}/")))
    assert "This month was released in the Standard version." in page


def test_a_release_that_does_not_name_its_version_is_of_the_one_given_then(released: World) -> None:
    at = now()
    give(released, Version.IMP2ART)
    assert version_of_release(OURS, {}, at) is Version.STANDARD
    assert version_of_release(OURS, {}, now()) is Version.IMP2ART
    assert version_of_release(OURS, {"version": "standard"}, now()) is Version.STANDARD
