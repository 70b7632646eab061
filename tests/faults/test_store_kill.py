"""A store whose build or month is killed is the store that it was, or the new one, whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imp2art.codes.library import read_library
from imp2art.core.refusal import Refusal
from imp2art.flows import build_store as flow
from imp2art.flows.audit_nation import audit_nation
from imp2art.flows.build_store import add_to_store, build_store
from tests.national import NEXT, UNTIL, simulated

DRIVER = Path(__file__).with_name("store_once.py")
KILLS = 5
LIBRARY = read_library()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, dict]:
    room = tmp_path_factory.mktemp("kill")
    whole, adds = simulated(room)
    build_store(whole, room / "store", LIBRARY)
    shutil.copytree(room / "store", room / "grown")
    add_to_store(room / "grown", adds, LIBRARY)
    return whole, adds, room / "store", {UNTIL: figures(room / "store"), NEXT: figures(room / "grown")}


def figures(store: Path) -> tuple[bytes, bytes]:
    counts = audit_nation(store, LIBRARY, 2).counts
    return counts.numerator.tobytes(), counts.denominator.tobytes()


def run_and_kill(seconds: float, *words: object) -> None:
    """Run the driver, and kill it so many seconds after it began its work."""
    with subprocess.Popen([sys.executable, str(DRIVER), *map(str, words)], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"begun\n"
        time.sleep(seconds)
        running.kill()


def test_a_killed_month_leaves_the_store_old_or_new_and_can_be_added_again(made, tmp_path):
    _, adds, store, known = made
    dice = random.Random(7)
    for kill in range(KILLS):
        copy = Path(shutil.copytree(store, tmp_path / f"store{kill}"))
        run_and_kill(dice.uniform(0.0, 1.2), "add", adds, copy)

        last = audit_nation(copy, LIBRARY, 1).store.taken_on
        assert figures(copy) == known[last]
        if last == UNTIL:
            add_to_store(copy, adds, LIBRARY)
        assert figures(copy) == known[NEXT]


def test_a_killed_build_leaves_the_earlier_store(made, tmp_path):
    whole, _, store, known = made
    dice = random.Random(8)
    copy = Path(shutil.copytree(store, tmp_path / "store"))
    for _ in range(KILLS):
        run_and_kill(dice.uniform(0.0, 1.0), "build", whole, copy)
        assert figures(copy) == known[UNTIL]


def test_a_month_that_fails_at_the_very_end_changes_nothing(made, tmp_path, monkeypatch):
    _, adds, store, known = made
    copy = Path(shutil.copytree(store, tmp_path / "store"))

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(flow, "write_store_manifest", full_disk)
    with pytest.raises(OSError, match="No space left"):
        add_to_store(copy, adds, LIBRARY)
    assert figures(copy) == known[UNTIL]


def test_a_build_that_fails_in_one_part_leaves_nothing(made, tmp_path):
    whole = Path(shutil.copytree(made[0], tmp_path / "whole"))
    (whole / "part-001" / "patients.parquet").write_bytes(b"")

    with pytest.raises(Refusal):
        build_store(whole, tmp_path / "store", LIBRARY)
    assert list(tmp_path.iterdir()) == [whole]
