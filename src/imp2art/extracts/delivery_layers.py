"""A kept part on disk: arrays one after the other in a file, little-endian, and an index of them.

`pack.bin` holds what counting reads, `quiet.bin` what only a new month asks for. Both are mapped into
memory, not read. A folder is written once and never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imp2art.audit.packing.compact import Base, Month, Records, Rows, Times
from imp2art.audit.packing.packed import Kind, Needs, Pack
from imp2art.core.refusal import Refusal

Arrays = Mapping[str, NDArray[Any]]
_ALIGNED = 64
_INDEX = "index.json"
_OTHERWISE = ("practices", "kinds", "needs")  # the fields of a pack that are no arrays


@dataclass(frozen=True, slots=True)
class _Array:
    name: str
    file: str
    kind: str
    begin: int
    length: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind as JSON can hold it."""

    lists: tuple[str, ...]
    value: str | None
    devices: str | None
    issued: bool


@dataclass(frozen=True, slots=True)
class _Index:
    arrays: tuple[_Array, ...]
    digests: dict[str, str]
    kinds: tuple[_Kind, ...]


def write_base(folder: Path, base: Base) -> str:
    """Write a part as first built; the answer is the digest of its index, which holds those of its arrays."""
    pack = {f.name: getattr(base.pack, f.name) for f in fields(Pack) if f.name not in _OTHERWISE}
    quiet = {"quiet_ids": base.quiet_ids, **_named("quiet", base.quiet), **_named("row", base.quiet_rows)}
    return _write(folder, {"pack.bin": pack, "quiet.bin": {"ids": base.ids, **quiet}}, base.pack.kinds)


def read_base(folder: Path, digest: str, practices: tuple[str, ...], needs: Needs) -> Base:
    """The part as it was first built; a `Refusal` where it is not what was written."""
    held, kinds = _read(folder, digest)
    arrays = {f.name: held[f.name] for f in fields(Pack) if f.name not in _OTHERWISE}
    pack = Pack(practices=practices, kinds=kinds, needs=needs, **arrays)
    return Base(
        pack,
        held["ids"],
        held["quiet_ids"],
        Records(**_of("quiet", held, Records)),
        Rows(**_of("row", held, Rows)),
    )


def write_month(folder: Path, month: Month) -> str:
    """Write what a month brought to a part; the answer as `write_base` gives it."""
    pack = {
        "number": month.number,
        "roused": month.roused,
        **_named("record", month.records),
        **_named("row", month.rows),
        **_named("gone", month.gone),
        **_named("come", month.come),
    }
    quiet = {"new_ids": month.new_ids, **_named("quiet", month.quiet_rows)}
    return _write(folder, {"pack.bin": pack, "quiet.bin": quiet}, month.kinds)


def read_month(folder: Path, digest: str) -> Month:
    """What a month brought; a `Refusal` where it is not what was written."""
    held, kinds = _read(folder, digest)
    return Month(
        held["new_ids"],
        held["number"],
        Records(**_of("record", held, Records)),
        held["roused"],
        Rows(**_of("row", held, Rows)),
        Rows(**_of("quiet", held, Rows)),
        Times(**_of("gone", held, Times)),
        Times(**_of("come", held, Times)),
        kinds,
    )


def check_bytes(folder: Path, *files: str) -> None:
    """Refuse a folder in which the bytes of these files are no longer what was written."""
    digests = _index(folder).digests
    for file in files:
        if _digest(folder / file) != digests.get(file):
            raise _damaged(folder / file)


def _named(prefix: str, value: Records | Rows | Times) -> dict[str, NDArray[Any]]:
    return {f"{prefix}.{name}": getattr(value, name) for name in value.__slots__}


def _of(prefix: str, held: Arrays, kind: type[Records | Rows | Times]) -> dict[str, Any]:
    return {name: held[f"{prefix}.{name}"] for name in kind.__slots__}


def _write(folder: Path, files: Mapping[str, Arrays], kinds: Iterable[Kind]) -> str:
    folder.mkdir(parents=True)
    arrays: list[_Array] = []
    digests = {}
    for file, held in files.items():
        hashed = hashlib.sha256()
        with (folder / file).open("wb") as opened:
            for name, array in held.items():
                plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
                arrays.append(_Array(name, file, plain.dtype.str, opened.tell(), len(plain)))
                content = plain.tobytes() + bytes(-plain.nbytes % _ALIGNED)
                opened.write(content)
                hashed.update(content)
        digests[file] = f"sha256:{hashed.hexdigest()}"
    index = _Index(tuple(arrays), digests, tuple(map(_told, kinds)))
    content = msgspec.json.encode(index)
    (folder / _INDEX).write_bytes(content)
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _read(folder: Path, digest: str) -> tuple[Arrays, tuple[Kind, ...]]:
    if _digest(folder / _INDEX) != digest:
        raise _damaged(folder / _INDEX)
    index = _index(folder)
    try:
        maps = {file: _mapped(folder / file) for file in index.digests}
        held = {array.name: _view(maps[array.file], array) for array in index.arrays}
    except (OSError, ValueError):
        raise _damaged(folder) from None
    return held, tuple(map(_kind, index.kinds))


def _index(folder: Path) -> _Index:
    try:
        return msgspec.json.decode((folder / _INDEX).read_bytes(), type=_Index)
    except (OSError, msgspec.DecodeError):
        raise _damaged(folder / _INDEX) from None


def _mapped(path: Path) -> NDArray[np.uint8]:
    if not path.stat().st_size:
        return np.zeros(0, np.uint8)
    # Copy on write, so that loops are compiled once for these arrays and for others; nobody writes.
    return np.memmap(path, np.uint8, "c").view(np.ndarray)


def _view(mapped: NDArray[np.uint8], array: _Array) -> NDArray[Any]:
    kind = np.dtype(array.kind)
    end = array.begin + array.length * kind.itemsize
    if end > len(mapped):
        raise ValueError("an array is cut off")
    found: NDArray[Any] = mapped[array.begin : end].view(kind)
    return found


def _told(kind: Kind) -> _Kind:
    value = None if kind.value is None else str(kind.value)
    return _Kind(tuple(sorted(kind.lists)), value, _fraction(kind.devices), kind.issued)


def _fraction(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _kind(told: _Kind) -> Kind:
    return Kind(
        frozenset(told.lists),
        None if told.value is None else Decimal(told.value),
        None if told.devices is None else Fraction(told.devices),
        told.issued,
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            return f"sha256:{hashlib.file_digest(opened, 'sha256').hexdigest()}"
    except OSError:
        raise _damaged(path) from None


def _damaged(path: Path) -> Refusal:
    return Refusal(f"{path} is not what was written into the store. Build the store anew.")
