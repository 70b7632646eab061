"""A folder of results is there whole or not at all."""

from __future__ import annotations

import pytest

from imp2art.core.refusal import Refusal
from imp2art.core.whole_folder import check_out, whole_folder

OWN = ("figures.csv", "manifest.json")


def test_the_new_folder_takes_the_place_of_the_old_one(tmp_path):
    out = tmp_path / "deep" / "out"
    for text in ("first", "second"):
        check_out(out, OWN)
        with whole_folder(out) as beside:
            (beside / "figures.csv").write_text(text)
        assert {path.name: path.read_text() for path in out.iterdir()} == {"figures.csv": text}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_run_that_fails_leaves_what_was_there(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "figures.csv").write_text("of last month")
    with pytest.raises(FileNotFoundError), whole_folder(out) as beside:
        (beside / "figures.csv").write_text((tmp_path / "no such figures").read_text())
    assert (out / "figures.csv").read_text() == "of last month"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_anything_else_is_refused(tmp_path):
    (tmp_path / "figures.csv").touch()
    check_out(tmp_path, OWN)
    (tmp_path / "letter.odt").touch()
    with pytest.raises(Refusal, match=r"1 more, such as 'letter\.odt'"):
        check_out(tmp_path, OWN)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").touch()
    with pytest.raises(Refusal, match="is a file"):
        check_out(tmp_path / "out", OWN)
