"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from imp2art.core.refusal import Refusal
from imp2art.core.whole_file import check_file, whole_file


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path):
    for text in ("first", "second"):
        check_file(tmp_path / "peers.json")
        with whole_file(tmp_path / "peers.json") as opened:
            opened.write(text)
        assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"peers.json": text}


def test_a_run_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "peers.json"
    path.write_text("of last month")
    with pytest.raises(FileNotFoundError), whole_file(path) as opened:
        opened.write((tmp_path / "no such figures").read_text())
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"peers.json": "of last month"}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("{room}", "is a folder"),
        ("{room}/none/peers.json", "There is no folder"),
        ("{room}/letter.odt/peers.json", "There is no folder"),
        ("/dev/null", "no file that can be written anew"),
    ],
)
def test_a_place_that_no_file_can_have_is_refused(tmp_path, path, sentence):
    (tmp_path / "letter.odt").touch()
    with pytest.raises(Refusal, match=sentence):
        check_file(Path(path.format(room=tmp_path)))
