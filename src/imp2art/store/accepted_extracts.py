"""Keeping an accepted extract: a practice's rows are replaced in one transaction, or not at all.

The only writer of the extract's tables. It uses the database's own bulk insert: a million rows pass in
batches, and memory stays flat.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import models, transaction

from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.extract_schema import ExtractManifest
from imp2art.store.audit_trail import AuditEntry, append
from imp2art.store.bulk_insert import insert_rows, upsert_rows
from imp2art.store.json_form import to_json
from imp2art.store.kept import AcceptedImport, Json
from imp2art.store.models import EventRow, ExtractImport, IssueRow, PatientRow, Practice, RegistrationRow
from imp2art.store.patient_rows import PATIENT_COLUMNS
from imp2art.store.practices import latest_import

PUBLIC_ID_BYTES = 16
Batches = Mapping[str, Iterable[pa.RecordBatch]]
# Each table's fields in the order of its clean schema, behind the person.
_TABLES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "registrations": (RegistrationRow, ("start", "end", "kind")),
    "events": (EventRow, ("first", "last", "system", "code", "value", "unit")),
    "issues": (IssueRow, ("on", "code", "quantity", "unit", "directions")),
}
# What the tables keep as an empty text where the extract has nothing.
_EMPTY_TEXTS = ("value", "unit", "quantity", "directions")


@dataclass(frozen=True, slots=True)
class CheckedExtract:
    """What was checked and is now to be kept.

    `stands_on` is the digest of the import that the check compared it with (None: the first one);
    `batches` are the clean rows by table, in the form of `CLEAN_SCHEMAS`.
    """

    manifest: ExtractManifest
    digest: str
    counts: Json
    stands_on: str | None
    batches: Batches


def public_id(practice: PracticeCode, patient_id: str, key: bytes) -> str:
    """32 hexadecimal digits that tell nothing of the person to who has not the key."""
    hashed = hashlib.blake2b(f"{practice} {patient_id}".encode(), digest_size=PUBLIC_ID_BYTES, key=key)
    return hashed.hexdigest()


def public_id_key(site_secret: str) -> bytes:
    """The key of the public ids, made from the site's secret and of no other use."""
    return hashlib.blake2b(site_secret.encode(), digest_size=32, person=b"public-id").digest()


def was_accepted(practice: PracticeCode, digest: str) -> bool:
    """Whether this very extract was accepted once, whether or not it is still in force."""
    return ExtractImport.objects.filter(practice_id=practice, digest=digest).exists()


def known_people(practice: PracticeCode) -> pa.Table:
    """Everyone the practice ever sent: `patient_id`, `nhs_number`, `date_of_birth`."""
    rows = PatientRow.objects.filter(practice_id=practice).values_list("patient_id", "nhs_number", "born")
    schema = pa.schema([CLEAN_SCHEMAS["patients"].field(place) for place in range(3)])
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)], schema=schema
    )


def keep_extract(
    extract: CheckedExtract, reason: str, public_id_key: bytes, event: AuditEntry
) -> AcceptedImport:
    """Put the extract in the place of the practice's last one, with its audit event, in one transaction.

    People keep their public id. Those no longer in the extract stay, marked so and without rows of the
    extract; their reviews and plans are untouched. The practice is made from the manifest where the site
    has none of that code; telephone numbers that it has are kept. The extract that is in force already
    changes nothing. Raises `Refusal` when another import came between the check and this.
    """
    practice = extract.manifest.practice
    with transaction.atomic():
        _keep_practice(extract.manifest)
        in_force = latest_import(practice)
        if in_force is not None and in_force.digest == extract.digest:
            return in_force
        _check_stands_on(extract, in_force)
        _replace_rows(practice, extract.batches, public_id_key)
        kept = _keep_import(extract, reason, event)
        append(event, practice)
        return kept


def _keep_practice(manifest: ExtractManifest) -> None:
    """Make or rename the practice, and lock its row: two imports of one practice take turns."""
    nation = manifest.nation.lower().replace(" ", "-")
    named = {"name": manifest.practice_name, "nation": nation}
    Practice.objects.select_for_update().update_or_create(code=manifest.practice, defaults=named)


def _check_stands_on(extract: CheckedExtract, in_force: AcceptedImport | None) -> None:
    if (in_force.digest if in_force else None) != extract.stands_on:
        raise Refusal(
            "Another extract of this practice was accepted since this one was checked. Check it again."
        )


def _replace_rows(practice: PracticeCode, batches: Batches, public_id_key: bytes) -> None:
    people = PatientRow.objects.filter(practice_id=practice)
    for model, _ in _TABLES.values():
        model._default_manager.filter(patient_id__in=people.values("id")).delete()
    people.update(in_extract=False)
    for batch in batches["patients"]:
        _keep_people(practice, batch, public_id_key)
    ids = _Ids.of(practice)
    for name, (model, fields) in _TABLES.items():
        for batch in batches[name]:
            insert_rows(model, ("patient", *fields), ids.rows(batch))


@dataclass(frozen=True, slots=True)
class _Ids:
    """The rows' keys by patient_id, as two Arrow columns."""

    patient_ids: pa.Array
    keys: pa.Array

    @classmethod
    def of(cls, practice: PracticeCode) -> _Ids:
        rows = PatientRow.objects.filter(practice_id=practice, in_extract=True)
        pairs = list(rows.values_list("patient_id", "id"))
        patient_ids, keys = zip(*pairs, strict=True) if pairs else ((), ())
        return cls(pa.array(patient_ids, pa.string()), pa.array(keys, pa.int64()))

    def rows(self, batch: pa.RecordBatch) -> list[tuple[Any, ...]]:
        """A batch as rows to insert: the person's key, then the other columns in their order."""
        keys = self.keys.take(pc.index_in(batch["patient_id"], value_set=self.patient_ids))
        rest = [name for name in batch.schema.names if name != "patient_id"]
        return list(zip(keys.to_pylist(), *(_sql_values(name, batch[name]) for name in rest), strict=True))


def _keep_people(practice: PracticeCode, batch: pa.RecordBatch, key: bytes) -> None:
    """A person who is known keeps their row and their public id; all else is as the extract says."""
    public_ids = [public_id(practice, patient_id, key) for patient_id in batch["patient_id"].to_pylist()]
    cells = [_sql_values(name, batch[name]) for name in batch.schema.names]
    upsert_rows(
        PatientRow,
        ("practice", "public_id", "in_extract", *PATIENT_COLUMNS),
        zip(repeat(str(practice)), public_ids, repeat(True), *cells, strict=False),
        unique=("practice", "patient_id"),
        keep=("public_id",),
    )


def _sql_values(name: str, column: pa.Array) -> list[Any]:
    """Days as ISO text, which every database reads; no text as the empty text where a table wants that."""
    if pa.types.is_date32(column.type):
        column = column.cast(pa.string())
    if name in _EMPTY_TEXTS:
        column = column.fill_null("")
    values: list[Any] = column.to_pylist()
    return values


def _keep_import(extract: CheckedExtract, reason: str, event: AuditEntry) -> AcceptedImport:
    ExtractImport.objects.create(
        practice_id=extract.manifest.practice,
        digest=extract.digest,
        taken_on=extract.manifest.taken_on,
        manifest=to_json(extract.manifest),
        counts=extract.counts,
        reason=reason,
        accepted_by=event.actor.name,
        accepted_at=event.at,
    )
    return AcceptedImport(
        extract.manifest.taken_on, event.actor.name, event.at, extract.digest, extract.counts, reason
    )
