"""The month's audit: of a practice of this site, kept with it; or of extracts in a folder, as files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from imp2art import __version__
from imp2art.access.rights import Action, check_may
from imp2art.audit.drafting import audit_days, draft_report, manifest_of, whole_months
from imp2art.audit.figures import figures_table
from imp2art.audit.packs import indicators_for
from imp2art.audit.peers import PeerFigures, check_protected
from imp2art.audit.reports.report import AuditReport
from imp2art.codes.identifiers import Code
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_end
from imp2art.core.refusal import Refusal
from imp2art.core.whole_folder import check_out, whole_folder
from imp2art.documents.audit_report import render_reports
from imp2art.extracts.reader import Extract, open_extract
from imp2art.record.arrow_form import CLEAN_SCHEMAS
from imp2art.record.extract_schema import MANIFEST_NAME

# The store is imported inside the jobs that need it: an audit of files needs no site and no database.

MONTHS = 24
FILES = ("figures.csv", "figures.parquet", "rejects.csv", "report.html")


def audit_practice(
    actor: Actor, practice: PracticeCode, library: Library, on: date, at: datetime, months: int = MONTHS
) -> AuditReport:
    """Audit a practice as at `on` and keep the report for the month that `on` lies in.

    It is compared with the newest figures of other practices that this site has, if any.
    Raises `Refusal` for whoever may not, before the first import, and where the two engines differ.
    """
    from imp2art.store.json_form import from_json, to_json
    from imp2art.store.peer_figures import read_peers
    from imp2art.store.scope import AuditEntry, PracticeScope

    check_may(actor, Action.RUN_AUDIT, practice)
    scope = PracticeScope(practice)
    imported = scope.latest_import()
    if imported is None:
        raise Refusal("There is nothing to audit: no extract of this practice was accepted yet.")
    facts, kept = scope.facts(), read_peers(month_end(on))
    peers = from_json(kept.body, PeerFigures) if kept else None
    manifest = manifest_of(
        imported.digest, imported.taken_on, library, __version__, made_at=at, nation=facts.nation
    )
    public_ids = {kept.record.patient.patient_id: kept.public_id for kept in scope.records()}
    days, tables = audit_days(on, months), scope.clean_tables()
    report = draft_report(
        practice, facts.name, tables, days, manifest, library, public_ids, nation=facts.nation, peers=peers
    )
    entry = AuditEntry(at, actor, "audit-run", detail={"as_at": on, "extract": imported.digest})
    scope.keep_report(month_end(on), to_json(report), to_json(manifest), entry)
    return report


def audit_extract(
    folder: Path,
    library: Library,
    months: int,
    out: Path,
    progress: Callable[[str], None] = lambda _: None,
    peers: PeerFigures | None = None,
) -> tuple[AuditReport, ...]:
    """Audit an extract, or each extract in a folder, and write the figures and the report into `out`.

    All files appear together or not at all; an `out` that holds anything else is refused. `progress`
    is told each practice's name before it is counted. The same extracts give the same figures. With
    `peers` each is compared with other practices; those must be protected.
    """
    if peers is not None:
        check_protected(peers)
    folders = _extract_folders(folder)
    check_out(out, FILES)
    with whole_folder(out) as beside:
        audited = [_audit_named(each, library, months, progress, peers) for each in folders]
        reports = tuple(report for report, _ in audited)
        table = figures_table(reports)
        pa.csv.write_csv(table, beside / "figures.csv")
        pa.parquet.write_table(table, beside / "figures.parquet")
        _write_rejects(beside / "rejects.csv", audited)
        (beside / "report.html").write_text(render_reports(reports), encoding="utf-8")
    return reports


def _audit_named(
    folder: Path,
    library: Library,
    months: int,
    progress: Callable[[str], None],
    peers: PeerFigures | None,
) -> tuple[AuditReport, Extract]:
    """One extract. A refusal names its folder: there may be many, and their files have the same names."""
    try:
        return _audit_one(folder, library, months, progress, peers)
    except Refusal as refusal:
        raise type(refusal)(f"{folder}: {refusal}") from None


def _audit_one(
    folder: Path,
    library: Library,
    months: int,
    progress: Callable[[str], None],
    peers: PeerFigures | None,
) -> tuple[AuditReport, Extract]:
    extract = open_extract(folder)
    facts = extract.manifest
    progress(f"{facts.practice} {facts.practice_name}")
    needed = _codes_needed(facts.nation, library)
    tables = {
        name: pa.Table.from_batches(extract.clean_batches(name, needed), schema)
        for name, schema in CLEAN_SCHEMAS.items()
    }
    rejected, nation = len(extract.rejects), facts.nation
    manifest = manifest_of(extract.digest, facts.taken_on, library, __version__, rejected, nation=nation)
    days = whole_months(facts.taken_on, months)
    report = draft_report(
        facts.practice, facts.practice_name, tables, days, manifest, library, nation=nation, peers=peers
    )
    return report, extract


def _codes_needed(nation: str, library: Library) -> frozenset[Code]:
    indicators, _ = indicators_for(nation, library)
    slugs = {slug for indicator in indicators for slug in indicator.codelists}
    return frozenset(code for slug in slugs for code in library.codelist(slug))


def _extract_folders(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        raise Refusal(f"{folder} is not a folder. An extract is a folder with a {MANIFEST_NAME}.")
    if (folder / MANIFEST_NAME).exists():
        return (folder,)
    found = tuple(sorted(manifest.parent for manifest in folder.glob(f"*/{MANIFEST_NAME}")))
    if not found:
        raise Refusal(f"{folder} holds no extract: there is no {MANIFEST_NAME} in it, nor one folder down.")
    return found


def _write_rejects(path: Path, audited: list[tuple[AuditReport, Extract]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as opened:
        rows = csv.writer(opened)
        rows.writerow(("practice", "file", "row", "column", "reason"))
        for report, extract in audited:
            rows.writerows((report.practice, r.file, r.row, r.column, r.reason) for r in extract.rejects)
