"""A result lies apart from what it is made of, and a fault of writing says where it came up."""

from __future__ import annotations

import errno

import pytest

from imp2art.core.place import check_apart, named_place
from imp2art.core.refusal import Refusal
from imp2art.core.whole_file import whole_file
from imp2art.core.whole_folder import whole_folder


@pytest.mark.parametrize(
    ("out", "said"),
    [("store", "lies in"), ("store/out", "lies in"), ("other/../store/out", "lies in"), (".", "holds")],
)
def test_a_result_in_its_source_or_around_it_is_refused(tmp_path, out, said):
    with pytest.raises(Refusal, match=said):
        check_apart(tmp_path / out, tmp_path / "store")


def test_a_result_behind_a_link_into_its_source_is_refused(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "store")
    with pytest.raises(Refusal, match="lies in"):
        check_apart(tmp_path / "link" / "out", tmp_path / "store")


def test_a_result_beside_its_sources_is_right(tmp_path):
    check_apart(tmp_path / "store2", tmp_path / "store", tmp_path / "delivery")


@pytest.mark.parametrize("whole", [whole_folder, whole_file])
def test_a_full_disk_is_told_with_the_place(tmp_path, whole):
    with pytest.raises(OSError, match="No space left") as told, whole(tmp_path / "out"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert told.value.filename == str(tmp_path / "out")
    assert told.value.errno == errno.ENOSPC


def test_a_fault_that_names_its_file_keeps_it(tmp_path):
    with pytest.raises(FileNotFoundError) as told, named_place(tmp_path):
        (tmp_path / "none").read_text()
    assert told.value.filename == str(tmp_path / "none")


def test_a_write_that_was_cut_short_without_a_number_is_told_with_the_place(tmp_path):
    with pytest.raises(OSError, match="256 written") as told, named_place(tmp_path):
        raise OSError("800 requested and 256 written")
    assert told.value.filename == str(tmp_path)
