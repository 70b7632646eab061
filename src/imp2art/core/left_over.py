"""The hidden folders beside a target in which a run writes, and those that a killed run left there."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TextIO

LOCK = "lock"
OLD = "old"  # what the target was, while the new takes its place


@contextmanager
def room_beside(target: Path) -> Iterator[Path]:
    """A hidden folder beside `target`, gone at the end. Its lock is held as long as this run lives."""
    room = Path(mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        with (room / LOCK).open("w") as lock:
            # Some file systems have no locks. What was never locked is never taken for left over.
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
                lock.write("held")
                lock.flush()
            yield room
    finally:
        rmtree(room, ignore_errors=True)


def remove_left_over(target: Path) -> tuple[Path, ...]:
    """Remove the folders that killed runs for the same target left beside it; which they were.

    A folder counts as left over only by its name, with a lock in it that nobody holds any more. Where the
    run was killed just as the new took the old one's place, the old one is put back first.
    """
    name = re.compile(re.escape(f".{target.name}.") + "[a-z0-9_]{8}")
    if not target.parent.is_dir():
        return ()
    rooms = sorted(entry for entry in target.parent.iterdir() if name.fullmatch(entry.name))
    return tuple(room for room in rooms if not room.is_symlink() and _remove(room, target))


def _remove(room: Path, target: Path) -> bool:
    try:
        # Opened to be read: a folder of somebody else's gets no lock file from us.
        with (room / LOCK).open() as lock:
            if not _is_free(lock):
                return False
            if (room / OLD).exists() and not target.exists():
                (room / OLD).rename(target)
            rmtree(room)
    except OSError:
        return False
    return True


def _is_free(lock: TextIO) -> bool:
    """Whether a run held it once and is gone. A run that begins has not written into it yet."""
    if lock.read() != "held":
        return False
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True
