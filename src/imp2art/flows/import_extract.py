"""An extract becomes the practice's record: checked whole, shown as a difference, accepted by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from imp2art.access.rights import Action, check_may
from imp2art.audit.definitions.asthma_register import INDICATOR as ASTHMA_REGISTER
from imp2art.audit.engine import count
from imp2art.audit.packing.pack import pack_practice
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal
from imp2art.extracts.people import KnownPeople
from imp2art.extracts.reader import open_extract
from imp2art.extracts.rejects import RejectList
from imp2art.extracts.repeats import count_repeated_issues
from imp2art.extracts.staging import StagedExtract, TableCounts, stage_extract
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.extract_schema import ExtractManifest
from imp2art.store.accepted_extracts import CheckedExtract, keep_extract, known_people, was_accepted
from imp2art.store.audit_trail import AuditEntry
from imp2art.store.practices import latest_import
from imp2art.store.scope import AcceptedImport

# A register that moves by more than this, either way, is more often a broken export than a real change.
MOST_CHANGE = 0.2
SHORTEST_REASON = 10
ROWS_COUNTED_AT_ONCE = 200_000


class Standing(StrEnum):
    """How the extract stands to the one in force."""

    NEW = "new"
    SAME = "same"
    OLDER = "older"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What accepting the extract would do. Nothing is kept yet.

    `register_before` is None before the first import. `rejects` iterates over every fault, and
    `repeated_issues` counts what may be doubles of an export. `staged` holds the clean rows, so that
    what is accepted is what was checked.
    """

    manifest: ExtractManifest
    digest: str
    tables: Mapping[str, TableCounts]
    rejects: RejectList
    repeated_issues: int
    register_before: int | None
    register_after: int
    standing: Standing
    in_force: AcceptedImport | None
    staged: StagedExtract

    @property
    def needs_reason(self) -> bool:
        """Whether the register moves by more than a fifth."""
        if self.register_before is None:
            return False
        return abs(self.register_after - self.register_before) > MOST_CHANGE * self.register_before


def check_extract(
    folder: Path,
    library: Library,
    scratch: Path,
    actor: Actor,
    today: date,
    asked: PracticeCode | None = None,
) -> ImportReport:
    """Check an extract and say what it would change. `scratch` is an empty folder for its clean rows.

    `asked` is the practice that it must be of. Raises `Refusal` for every structural fault.
    """
    extract = open_extract(folder)
    practice = extract.manifest.practice
    check_may(actor, Action.IMPORT_EXTRACT, practice)
    _check_is_asked_for(extract.manifest, asked, today)
    extract.compare_with(KnownPeople.of(known_people(practice)))
    staged = stage_extract(extract, library.all_codes(), scratch / practice)
    in_force = latest_import(practice)
    return ImportReport(
        manifest=extract.manifest,
        digest=extract.digest,
        tables=staged.counts,
        rejects=extract.rejects,
        repeated_issues=count_repeated_issues(staged),
        register_before=in_force.counts["register"] if in_force else None,
        register_after=register_size(staged, library, extract.manifest.taken_on),
        standing=_standing(extract.manifest, extract.digest, in_force),
        in_force=in_force,
        staged=staged,
    )


def accept_extract(
    report: ImportReport, actor: Actor, at: datetime, public_id_key: bytes, reason: str = ""
) -> AcceptedImport:
    """Put the checked extract in force and answer the import that is in force then.

    The extract that is in force already is answered as it is. Raises `Refusal` for an older one, for
    one that was replaced before, and where the register moves by more than a fifth without a reason.
    """
    check_may(actor, Action.IMPORT_EXTRACT, report.manifest.practice)
    if report.standing is Standing.SAME and report.in_force is not None:
        return report.in_force
    check_acceptable(report, reason)
    checked = CheckedExtract(
        manifest=report.manifest,
        digest=report.digest,
        counts=_counts(report),
        stands_on=report.in_force.digest if report.in_force else None,
        batches={name: report.staged.batches(name) for name in CLEAN_SCHEMAS},
    )
    detail = {"digest": report.digest, "taken_on": report.manifest.taken_on, **_counts(report)}
    return keep_extract(
        checked, reason.strip(), public_id_key, AuditEntry(at, actor, "import", detail=detail)
    )


def check_acceptable(report: ImportReport, reason: str) -> None:
    """Raise `Refusal` where the extract may not go live as it is."""
    if report.standing is Standing.OLDER and report.in_force is not None:
        raise Refusal(
            f"This extract was taken on {report.manifest.taken_on}, before the one in force "
            f"({report.in_force.taken_on}). Import the newest one."
        )
    if report.standing is Standing.REPLACED:
        raise Refusal("This extract was accepted before and has been replaced since. Make a new one.")
    if report.needs_reason and len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(
            f"The register would go from {report.register_before} to {report.register_after} people, a "
            f"change of more than {MOST_CHANGE:.0%}. Look at the export; if it is right, give the reason "
            f"in {SHORTEST_REASON} characters or more."
        )


def register_size(staged: StagedExtract, library: Library, on: date) -> int:
    """How many people of a staged extract are on the asthma register, by the audit's own rule.

    Counted some people at a time, so that memory stays flat however large the extract.
    """
    lists = [library.codelist(slug) for slug in ASTHMA_REGISTER.codelists]
    codes = pa.array(sorted({str(code) for codelist in lists for code in codelist}), pa.string())
    return sum(
        _on_register(staged, people, codes, library, on) for people in staged.people(ROWS_COUNTED_AT_ONCE)
    )


def _on_register(staged: StagedExtract, people: pa.Array, codes: pa.Array, library: Library, on: date) -> int:
    tables = {name: staged.table(name, people, codes) for name in CLEAN_SCHEMAS}
    packed = pack_practice(tables, [ASTHMA_REGISTER], library)
    return int(count(packed, [ASTHMA_REGISTER], (on,))[ASTHMA_REGISTER.slug].numerator[0])


def _check_is_asked_for(manifest: ExtractManifest, asked: PracticeCode | None, today: date) -> None:
    if asked is not None and manifest.practice != asked:
        raise Refusal(f"This is an extract of practice {manifest.practice}, not of {asked}.")
    if manifest.taken_on > today:
        raise Refusal(f'manifest.json: "taken_on" ({manifest.taken_on}) lies in the future.')


def _standing(manifest: ExtractManifest, digest: str, in_force: AcceptedImport | None) -> Standing:
    if in_force is None:
        return Standing.NEW
    if digest == in_force.digest:
        return Standing.SAME
    if manifest.taken_on < in_force.taken_on:
        return Standing.OLDER
    return Standing.REPLACED if was_accepted(manifest.practice, digest) else Standing.NEW


def _counts(report: ImportReport) -> dict[str, object]:
    return {
        "register": report.register_after,
        "tables": {name: asdict(counts) for name, counts in report.tables.items()},
    }
