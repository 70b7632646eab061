"""A folder of results that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

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
    """A folder beside `out` to write into; it takes the place of `out` only when all is written."""
    out.parent.mkdir(parents=True, exist_ok=True)
    room = Path(mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        (room / "new").mkdir()
        yield room / "new"
        if out.exists():
            out.rename(room / "old")
        (room / "new").rename(out)
    finally:
        rmtree(room, ignore_errors=True)
