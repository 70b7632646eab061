"""The manifest of a delivery: read strictly, written so that reading gives the same back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from imp2art.core.digest import digest_of
from imp2art.core.refusal import Refusal
from imp2art.extracts.manifest import NATIONS
from imp2art.record.delivery_form import DELIVERY_FORMAT, DELIVERY_SCHEMAS, DeliveryManifest
from imp2art.record.extract_schema import MANIFEST_NAME

# 6,500 practices and 100 parts take about 1 MB. The limit stands before the parser.
_MOST_BYTES = 64 << 20
_MOST_PEOPLE = 10_000_000
_PART = re.compile(r"part-[0-9]{3,5}")
_PRACTICE = re.compile(r"[A-Z0-9]{3,8}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def read_delivery_manifest(delivery: Path) -> tuple[DeliveryManifest, str]:
    """The manifest of the delivery in this folder, and its digest. Every fault is a `Refusal`."""
    path = delivery / MANIFEST_NAME
    if not path.is_file():
        raise Refusal(f"{delivery} is no delivery: there is no {MANIFEST_NAME} in it.")
    if path.stat().st_size > _MOST_BYTES:
        raise Refusal(f"{path} is larger than {_MOST_BYTES >> 20} MB: it is no manifest of a delivery.")
    content = path.read_bytes()
    try:
        manifest = msgspec.json.decode(content, type=DeliveryManifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Refusal(f"{path}: {_place_of(fault)}. docs/deliveries.md has an example.") from None
    for sentence in _faults(manifest):
        raise Refusal(f"{path}: {sentence} Have the delivery made anew.")
    return manifest, digest_of(content)


def delivery_manifest_text(manifest: DeliveryManifest) -> str:
    """The manifest as it stands in its file."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1).decode() + "\n"


def _place_of(fault: Exception) -> str:
    """msgspec's own words name the type and the place, never the value."""
    if isinstance(fault, msgspec.ValidationError):
        return f"it is not as it must be ({fault})"
    return "it is no right JSON; it was cut off or changed"


def _faults(manifest: DeliveryManifest) -> Iterator[str]:
    if manifest.format != DELIVERY_FORMAT:
        yield f'"format" is not "{DELIVERY_FORMAT}"; this version of imp2art reads no other.'
    if manifest.period_start > manifest.taken_on:
        yield '"period_start" lies after "taken_on".'
    if not manifest.practices:
        yield "it names no practice."
    codes = Counter(practice.code for practice in manifest.practices)
    yield from (f"practice {code[:20]!r} stands in it twice." for code, times in codes.items() if times > 1)
    for practice in manifest.practices:
        if not _PRACTICE.fullmatch(practice.code):
            yield f"the practice code {practice.code[:20]!r} is not 3 to 8 capital letters and digits."
        if not 0 <= practice.list_size <= _MOST_PEOPLE:
            yield f"the list size of practice {practice.code} is none that a practice can have."
        if practice.nation not in NATIONS:
            yield f"the nation of practice {practice.code} is none of {', '.join(NATIONS)}."
        if not _PART.fullmatch(practice.part):
            yield f"the part of practice {practice.code} is not named as part-000."
    wanted = sorted(f"{part}/{name}.parquet" for part in manifest.parts for name in DELIVERY_SCHEMAS)
    if sorted(file.name for file in manifest.files) != wanted:
        yield "its files are not the four tables of each part that a practice is in, each once."
    for file in manifest.files:
        if not _DIGEST.fullmatch(file.digest) or file.rows < 0:
            yield f"the rows or the digest of {file.name} are not what they can be."
