"""A file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from imp2art.core.left_over import room_beside
from imp2art.core.place import named_place
from imp2art.core.refusal import Refusal


def check_file(path: Path) -> None:
    """Refuse a place that is a folder or a device, or that lies in a folder that is not there."""
    if path.is_dir():
        raise Refusal(f"{path} is a folder. Name a file in it.")
    if path.exists() and not path.is_file():
        raise Refusal(f"{path} is no file that can be written anew. Name another.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}. Make it, or name another place for {path.name}.")


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A text to write into, beside `path`; it takes the place of `path` only when all is written.

    A full disk is an `OSError` that names `path`.
    """
    with named_place(path), room_beside(path) as room:
        with (room / "new").open("w", encoding="utf-8") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        (room / "new").replace(path)
