"""A folder of results that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from imp2art.core.left_over import OLD, room_beside
from imp2art.core.place import named_place
from imp2art.core.refusal import Refusal


def check_out(out: Path, own: Collection[str]) -> None:
    """Refuse a place that is a file, or a folder with anything but the files named in `own`."""
    if out.exists() and not out.is_dir():
        raise Refusal(f"{out} is a file. Name a folder for the results.")
    foreign = sorted(entry.name for entry in out.iterdir() if entry.name not in own) if out.exists() else []
    if foreign:
        raise Refusal(
            f"{out} holds what was not written here ({len(foreign)} more, such as {foreign[0][:60]!r}). "
            "Name an empty or a new folder."
        )


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder beside `out` to write into; it takes the place of `out` only when all is written.

    A full disk is an `OSError` that names `out`.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with named_place(out), room_beside(out) as room:
        (room / "new").mkdir()
        yield room / "new"
        if out.exists():
            out.rename(room / OLD)
        (room / "new").rename(out)
