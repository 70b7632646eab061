"""The worker hands a review's codes and page to the practice's own system: once, or later, never twice."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from imp2art.flows.deliver_outbox import deliver_outbox
from imp2art.store.gp_record import gp_record_intent
from imp2art.store.scope import KeptOutbox, PracticeScope
from tests.builders import AT, nhs_number
from tests.conftest import OURS, World
from tests.integration.reviews import PAGE, a_review, finish, written

KEY = "c" * 32
FOLDER = f"gp-record-{KEY}"
ADDRESS = "https://asthma.example"


def at(minutes: int) -> Callable[[], datetime]:
    return lambda: AT + timedelta(minutes=minutes)


@pytest.fixture
def finished(world: World) -> World:
    entries = (written("394700004", "2026-11-23"), written("366874008", "2026-11-23", "2"))
    intent = gp_record_intent(OURS, world.our_person, KEY, 1)
    finish(a_review(world.our_person, KEY, entries=entries, outbox=(intent,)))
    return world


def state(world: World) -> KeptOutbox:
    return PracticeScope(OURS).outbox(world.our_person)[0]


def test_codes_and_page_arrive_together(finished: World, tmp_path: Path) -> None:
    assert deliver_outbox(tmp_path, ADDRESS, at(5)) == 1
    with (tmp_path / OURS / FOLDER / "entries.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["code"], row["value"]) for row in rows] == [("394700004", ""), ("366874008", "2")]
    assert {row["nhs_number"] for row in rows} == {nhs_number(1)}
    assert (tmp_path / OURS / FOLDER / "plan.pdf").read_bytes() == PAGE
    assert state(finished).state == "sent"


def test_what_was_sent_is_not_sent_again(finished: World, tmp_path: Path) -> None:
    deliver_outbox(tmp_path, ADDRESS, at(5))
    assert deliver_outbox(tmp_path, ADDRESS, at(600)) == 0


def test_F22_a_worker_that_died_after_writing_leaves_one_folder(finished: World, tmp_path: Path) -> None:
    from imp2art.store import outbox

    deliver_outbox(tmp_path, ADDRESS, at(5))
    before = (tmp_path / OURS / FOLDER / "entries.csv").stat().st_mtime_ns
    # As if the word that it was sent had been lost: another worker finds it due again.
    from imp2art.store.models import OutboxEntry

    OutboxEntry.objects.update(state=outbox.WAITING)
    assert deliver_outbox(tmp_path, ADDRESS, at(600)) == 1
    assert (tmp_path / OURS / FOLDER / "entries.csv").stat().st_mtime_ns == before


def test_what_cannot_be_written_waits_and_goes_later(finished: World, tmp_path: Path) -> None:
    blocked = tmp_path / "hand-over"
    blocked.write_text("a file where the folder should be")
    assert deliver_outbox(blocked, ADDRESS, at(5)) == 0
    assert (state(finished).state, state(finished).attempts) == ("waiting", 1)
    assert "Zzyzx" not in state(finished).last_error
    blocked.unlink()
    assert deliver_outbox(blocked, ADDRESS, at(5)) == 0  # not due yet
    assert deliver_outbox(blocked, ADDRESS, at(10)) == 1


def test_half_a_folder_of_a_killed_worker_is_written_anew(finished: World, tmp_path: Path) -> None:
    part = tmp_path / OURS / f"{FOLDER}.part"
    part.mkdir(parents=True)
    (part / "entries.csv").write_text("half a li")
    deliver_outbox(tmp_path, ADDRESS, at(5))
    assert sorted(path.name for path in (tmp_path / OURS).iterdir()) == [FOLDER]
