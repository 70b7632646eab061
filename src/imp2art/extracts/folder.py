"""The files of an extract's folder: exactly those that the manifest names, byte for byte."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from imp2art.core.refusal import Refusal
from imp2art.extracts.manifest import read_manifest
from imp2art.record.extract_schema import MANIFEST_NAME, ExtractManifest


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file is still the one that was hashed."""

    inode: int
    size: int
    changed: int


def check_folder(folder: Path) -> tuple[ExtractManifest, dict[str, FileState]]:
    """The manifest and the state of each file it names, after every digest was found right."""
    if not folder.is_dir():
        raise Refusal(f"{folder.name} is not a folder. An extract is a folder with a {MANIFEST_NAME}.")
    _check_is_plain(folder / MANIFEST_NAME)
    manifest = read_manifest(folder / MANIFEST_NAME)
    named = [file.name for file in manifest.files]
    _check_nothing_else(folder, named)
    states = {name: _check_is_plain(folder / name) for name in named}
    for file in manifest.files:
        if file_digest(folder / file.name) != file.digest:
            raise Refusal(
                f"{file.name}: its bytes are not those that the manifest was made for. It was cut off, "
                "changed or mixed up with another: copy it again, or make the manifest anew."
            )
    return manifest, states


def check_unchanged(path: Path, state: FileState) -> None:
    """Refuse a file that was changed since it was hashed."""
    if _state_of(path) != state:
        raise Refusal(f"{path.name}: it was changed while it was being read. Import it again.")


def file_digest(path: Path) -> str:
    """`sha256:` and 64 hexadecimal digits of a file's bytes, read in pieces."""
    with path.open("rb") as opened:
        return "sha256:" + hashlib.file_digest(opened, "sha256").hexdigest()


def _state_of(path: Path) -> FileState:
    found = path.lstat()
    return FileState(found.st_ino, found.st_size, found.st_mtime_ns)


def _check_is_plain(path: Path) -> FileState:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        raise Refusal(f"{path.name} is missing from the folder.") from None
    # A link could lead to a file outside the folder.
    if not stat.S_ISREG(mode):
        raise Refusal(f"{path.name} is a link or not a plain file. Put the file itself into the folder.")
    return _state_of(path)


def _check_nothing_else(folder: Path, named: list[str]) -> None:
    extra = sorted(entry.name for entry in folder.iterdir() if entry.name not in (MANIFEST_NAME, *named))
    if extra:
        raise Refusal(
            f"{folder.name} holds what the manifest does not name ({len(extra)} more, such as "
            f"{extra[0][:60]!r}). Take it out, or name it in the manifest."
        )
