"""What a killed run left beside its target is removed by the next, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from imp2art.core.left_over import LOCK, OLD, remove_left_over, room_beside

KILLED = """
import os, sys
from pathlib import Path
from imp2art.core.whole_folder import whole_folder
with whole_folder(Path(sys.argv[1])) as beside:
    (beside / "figures.csv").write_text("half of them")
    os._exit(9)
"""


def left_by_a_killed_run(target: Path) -> Path:
    subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    (room,) = target.parent.glob(f".{target.name}.*")
    return room


def test_what_a_killed_run_left_is_removed(tmp_path):
    room = left_by_a_killed_run(tmp_path / "out")

    assert remove_left_over(tmp_path / "out") == (room,)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_still_alive_keeps_its_folder(tmp_path):
    with room_beside(tmp_path / "out") as room:
        assert remove_left_over(tmp_path / "out") == ()
        assert room.exists()


def test_what_another_target_has_is_left_alone(tmp_path):
    room = left_by_a_killed_run(tmp_path / "out")

    assert remove_left_over(tmp_path / "ou") == ()
    assert remove_left_over(tmp_path / "out.old") == ()
    assert room.exists()


def test_a_folder_of_that_name_without_our_lock_is_left_alone(tmp_path):
    (tmp_path / ".out.abcdefgh").mkdir()
    (tmp_path / ".out.ijklmnop").mkdir()
    (tmp_path / ".out.ijklmnop" / LOCK).write_text("somebody else's")

    assert remove_left_over(tmp_path / "out") == ()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_link_of_that_name_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    room = left_by_a_killed_run(tmp_path / "elsewhere" / "out")
    (tmp_path / ".out.abcdefgh").symlink_to(room)

    assert remove_left_over(tmp_path / "out") == ()
    assert room.exists()


def test_results_that_the_killed_run_had_moved_away_are_put_back(tmp_path):
    room = left_by_a_killed_run(tmp_path / "out")
    (room / OLD).mkdir()
    (room / OLD / "figures.csv").write_text("of last month")

    remove_left_over(tmp_path / "out")

    assert (tmp_path / "out" / "figures.csv").read_text() == "of last month"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_place_that_is_not_there_has_nothing_left_over(tmp_path):
    assert remove_left_over(tmp_path / "none" / "out") == ()
