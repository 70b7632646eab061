"""The manifest of an extract: read strictly, written so that reading gives the same back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

from imp2art.core.digest import digest_of
from imp2art.core.identifiers import PracticeCode
from imp2art.core.partial_date import parse_day
from imp2art.core.refusal import Refusal
from imp2art.record.delivery_form import DELIVERY_FORMAT
from imp2art.record.extract_schema import (
    EXTRACT_FORMAT,
    EXTRACT_TABLES,
    MANIFEST_NAME,
    ExtractFile,
    ExtractManifest,
)

_T = TypeVar("_T")

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
FORMS = ("csv", "parquet")
FILE_NAMES = tuple(f"{table.name}.{form}" for table in EXTRACT_TABLES for form in FORMS)
# A right manifest has about 1 kB. The limit stands before the parser, which has none of its own.
_MOST_BYTES = 65_536
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_DELIVERY = (
    "this is a delivery of many practices, not an extract. Count it with imp2art store build, or on a "
    "cluster with imp2art audit DELIVERY --spark URL (docs/deliveries.md)."
)
_LONGEST_NAME = 200
_LONGEST_SYSTEM = 100


def read_manifest(path: Path) -> ExtractManifest:
    """The manifest, checked word by word; every fault is a `Refusal` that says what to write instead."""
    told = _object_of(path)
    if told.get("format") == DELIVERY_FORMAT:
        raise _wrong(_DELIVERY)
    if told.get("format") != EXTRACT_FORMAT:
        raise _wrong(f'"format" must be "{EXTRACT_FORMAT}"; this version of imp2art reads no other.')
    _check_keys(told, [field.name for field in fields(ExtractManifest)], "it")
    manifest = ExtractManifest(
        EXTRACT_FORMAT,
        _told(told, "practice", PracticeCode),
        _text(told, "practice_name", _LONGEST_NAME),
        _nation(told),
        _text(told, "system", _LONGEST_SYSTEM),
        _told(told, "period_start", parse_day),
        _told(told, "taken_on", parse_day),
        _files(told["files"]),
    )
    if manifest.period_start > manifest.taken_on:
        raise _wrong('"period_start" lies after "taken_on".')
    return manifest


def manifest_text(manifest: ExtractManifest) -> str:
    """The manifest as it stands in its file."""
    told = {field.name: getattr(manifest, field.name) for field in fields(manifest)}
    told["files"] = [{"name": f.name, "rows": f.rows, "digest": f.digest} for f in manifest.files]
    return json.dumps(told, indent=2, ensure_ascii=False, default=date.isoformat) + "\n"


def extract_digest(manifest: ExtractManifest) -> str:
    """The name of the extract's content: the same files of the same day give the same, however spaced."""
    return digest_of(manifest_text(manifest).encode())


def file_of(manifest: ExtractManifest, table_name: str) -> ExtractFile:
    """The file that holds a table."""
    return next(file for file in manifest.files if file.name.partition(".")[0] == table_name)


def _wrong(sentence: str) -> Refusal:
    return Refusal(f"{MANIFEST_NAME}: {sentence}")


def _object_of(path: Path) -> dict[str, object]:
    with path.open("rb") as opened:
        content = opened.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        # The manifest of a large delivery is larger than one of an extract can be.
        if DELIVERY_FORMAT.encode() in content:
            raise _wrong(_DELIVERY)
        raise _wrong(f"it is larger than {_MOST_BYTES} bytes; a manifest names four files and no more.")
    try:
        told = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_without_doubles, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise _wrong("it is not UTF-8 text; save it as UTF-8.") from None
    except (ValueError, RecursionError):
        raise _wrong("it is not right JSON; compare it with the example in docs/extract-format.md.") from None
    if not isinstance(told, dict):
        raise _wrong("it must hold one JSON object, in { }.")
    return told


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _wrong("a key stands in it twice; keep the right one.")
    return found


def _no_constant(_: str) -> NoReturn:
    raise ValueError


def _check_keys(told: dict[str, object], wanted: list[str], what: str) -> None:
    if missing := [key for key in wanted if key not in told]:
        raise _wrong(f"{what} lacks {_quoted(missing)}.")
    if set(told) - set(wanted):
        raise _wrong(f"{what} may hold only {_quoted(wanted)}; take the rest out.")


def _quoted(keys: list[str]) -> str:
    return ", ".join(f'"{key}"' for key in keys)


def _told(told: dict[str, object], key: str, read: Callable[[str], _T]) -> _T:
    value = told[key]
    if not isinstance(value, str):
        raise _wrong(f'"{key}" must be text, in double quotes.')
    try:
        return read(value)
    except Refusal as refusal:
        raise _wrong(f'"{key}": {refusal}') from None


def _text(told: dict[str, object], key: str, longest: int) -> str:
    text = _told(told, key, str)
    if not text.strip() or len(text) > longest or not text.isprintable():
        raise _wrong(f'"{key}" must be one line of 1 to {longest} characters.')
    return text


def _nation(told: dict[str, object]) -> str:
    nation = _told(told, "nation", str)
    if nation not in NATIONS:
        raise _wrong(f'"nation" must be one of {", ".join(NATIONS)}.')
    return nation


def _files(told: object) -> tuple[ExtractFile, ...]:
    if not isinstance(told, list) or not all(isinstance(entry, dict) for entry in told):
        raise _wrong('"files" must be a list of objects: [{"name": …, "rows": …, "digest": …}, …].')
    files = [_file(entry) for entry in told]
    return tuple(_only(table.name, files) for table in EXTRACT_TABLES)


def _only(table_name: str, files: list[ExtractFile]) -> ExtractFile:
    found = [file for file in files if file.name.partition(".")[0] == table_name]
    if len(found) != 1:
        raise _wrong(f'"files" must name {table_name}.csv or {table_name}.parquet, once.')
    return found[0]


def _file(told: dict[str, object]) -> ExtractFile:
    _check_keys(told, [field.name for field in fields(ExtractFile)], 'an entry of "files"')
    name = _told(told, "name", str)
    if name not in FILE_NAMES:
        raise _wrong(f'"files" may name only {", ".join(FILE_NAMES)}.')
    rows = told["rows"]
    if type(rows) is not int or rows < 0:
        raise _wrong(f'"rows" of {name} must be a whole number, without quotes.')
    digest = _told(told, "digest", str)
    if not _DIGEST.fullmatch(digest):
        raise _wrong(f'"digest" of {name} must be "sha256:" and 64 digits of 0–9 and a–f.')
    return ExtractFile(name, rows, digest)
