"""Where the simulator may write: a new folder, an empty one, or one it filled itself."""

from datetime import date

import pytest

from imp2art.core.refusal import Refusal
from imp2art.extracts.reader import open_extract
from imp2art.flows.simulate_practices import MARK_NAME, simulate_practices

AS_AT = date(2026, 10, 31)


def fill(out, practices=1, seed=1, progress=None, people=300):
    return simulate_practices(out, practices, seed, AS_AT, 12, "csv", progress, people=people)


def test_each_practice_is_an_extract_that_opens(tmp_path):
    fill(tmp_path / "out", practices=2)
    for code in ("SIM00001", "SIM00002"):
        manifest = open_extract(tmp_path / "out" / code).manifest
        assert (manifest.practice, manifest.taken_on, manifest.period_start) == (
            code,
            AS_AT,
            date(2025, 11, 1),
        )


def test_progress_is_told_after_each_practice(tmp_path):
    told = []
    done = fill(tmp_path / "out", practices=3, progress=told.append)
    assert [(at.practices, at.of, at.people) for at in told] == [(1, 3, 300), (2, 3, 600), (3, 3, 900)]
    assert told[-1] == done


def test_an_earlier_simulation_is_replaced_whole(tmp_path):
    fill(tmp_path, practices=3)
    before = (tmp_path / "SIM00001" / "patients.csv").read_bytes()
    fill(tmp_path, practices=1, seed=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SIM00001", MARK_NAME]
    assert (tmp_path / "SIM00001" / "patients.csv").read_bytes() != before


def test_a_run_that_was_cut_off_can_be_repeated_in_place(tmp_path):
    def cut_off(at):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path, practices=3, progress=cut_off)
    fill(tmp_path, practices=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["SIM00001", "SIM00002", MARK_NAME]


def test_a_folder_that_holds_anything_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(Refusal, match="holds no earlier simulation"):
        fill(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_put_beside_the_simulators_own_is_never_removed(tmp_path):
    fill(tmp_path)
    note = tmp_path / "SIM00001" / "note.txt"
    note.write_text("mine")
    with pytest.raises(Refusal, match="did not write"):
        fill(tmp_path)
    assert note.read_text() == "mine"
    assert (tmp_path / "SIM00001" / "patients.csv").exists()


def test_a_folder_that_only_has_a_practices_name_is_refused(tmp_path):
    fill(tmp_path)
    (tmp_path / "SIM00002").mkdir()
    with pytest.raises(Refusal, match="SIM00002 is there already"):
        fill(tmp_path, practices=2)


@pytest.mark.parametrize(
    "mark",
    [
        "{}",
        "not JSON",
        '{"made_by": "someone else", "practices": []}',
        '{"made_by": "imp2art simulate", "practices": ["../.."]}',
    ],
)
def test_a_mark_that_is_not_the_simulators_own_is_refused(tmp_path, mark):
    (tmp_path / MARK_NAME).write_text(mark)
    with pytest.raises(Refusal, match="not the simulator's own"):
        fill(tmp_path)


def test_a_link_in_place_of_a_practice_is_refused(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    fill(elsewhere)
    out = tmp_path / "out"
    fill(out)
    for path in (out / "SIM00001").iterdir():
        path.unlink()
    (out / "SIM00001").rmdir()
    (out / "SIM00001").symlink_to(elsewhere / "SIM00001")
    with pytest.raises(Refusal, match="did not write"):
        fill(out)
    assert (elsewhere / "SIM00001" / "patients.csv").exists()


def test_a_wish_that_cannot_be_leaves_an_earlier_simulation_alone(tmp_path):
    fill(tmp_path)
    with pytest.raises(Refusal):
        fill(tmp_path, practices=0)
    assert (tmp_path / "SIM00001" / "manifest.json").exists()
