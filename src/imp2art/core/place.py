"""Where a result may lie, and faults of writing that say where they came up."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imp2art.core.refusal import Refusal


def check_apart(out: Path, *sources: Path) -> None:
    """Refuse an `out` that is one of the `sources`, lies in one, or holds one."""
    place = out.resolve()
    for source in sources:
        held = source.resolve()
        if place == held or held in place.parents:
            raise Refusal(f"{out} lies in {source}, which is only read. Name a folder outside it.")
        if place in held.parents:
            raise Refusal(f"{out} holds {source}, which is only read. Name another folder.")


@contextmanager
def named_place(place: Path) -> Iterator[None]:
    """A fault of writing that names no file, such as a full disk, names `place`."""
    try:
        yield
    except OSError as fault:
        if fault.filename is not None:
            raise
        # What a library adds to the system's own words is not for the person who waits for a result.
        told = os.strerror(fault.errno) if fault.errno else str(fault)
        raise OSError(fault.errno or errno.EIO, told, str(place)) from fault
