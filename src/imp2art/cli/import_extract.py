"""`imp2art import`: check an extract, show what it would change, and put it in force if someone says so."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imp2art.cli.home import OPERATOR, home, migrate, now, secret_of, set_up_site, step
from imp2art.cli.options import check_not_both
from imp2art.codes.library import Library, read_library
from imp2art.core.identifiers import PracticeCode
from imp2art.core.place import check_apart, named_place
from imp2art.core.refusal import Refusal
from imp2art.extracts.rejects import RejectList
from imp2art.extracts.staging import staging_folder
from imp2art.record.extract_schema import MANIFEST_NAME

if TYPE_CHECKING:  # the flow needs Django set up, so it is imported inside the command
    from imp2art.flows.import_extract import ImportReport

REJECT_HEADER = ("practice", "file", "row", "column", "reason")
_MOST_REASONS = 12


class Ended(IntEnum):
    """How the import of one extract ended; the number is the exit code."""

    LIVE = 0
    REFUSED = 1
    NOT_LIVE = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for on the command line."""

    asked: PracticeCode | None
    accept: bool
    only_check: bool
    reason: str


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("import")(import_extract)


def import_extract(
    folder: Annotated[Path, typer.Argument(help="An extract's folder, or a folder of such folders")],
    practice: Annotated[str | None, typer.Option(help="The practice that it must be of")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Put it in force without asking")] = False,
    reason: Annotated[
        str, typer.Option(help="Why the register moves by more than a fifth, where it does")
    ] = "",
    rejects: Annotated[Path | None, typer.Option(help="Write the rejected rows to this CSV file")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only check; keep nothing")] = False,
) -> None:
    """Bring a practice's extract in: check it, show what would change, put it in force if you say so.

    Nothing is kept before you accept. Without someone to ask and without --accept nothing goes live,
    and the exit code is 3. It is 1 where an extract is refused.
    """
    check_not_both("--check", check, "--accept", accept, "the one keeps nothing, the other puts it in force")
    folders = extract_folders(folder)
    if rejects is not None:
        check_apart(rejects, folder)
    wishes = Wishes(PracticeCode(practice) if practice else None, accept, check, reason)
    site = home()
    set_up_site(site)
    migrate()
    library = read_library(site / "codelists")
    with named_place(site), staging_folder(site) as scratch, _reject_file(rejects) as listed:
        endings = [_bring_in(extract, library, scratch, wishes, listed) for extract in folders]
    raise typer.Exit(_exit_code(endings))


def extract_folders(folder: Path) -> tuple[Path, ...]:
    """The folder itself, or those inside it that have a manifest."""
    if (folder / MANIFEST_NAME).exists():
        return (folder,)
    found = tuple(sorted(manifest.parent for manifest in folder.glob(f"*/{MANIFEST_NAME}")))
    if not found:
        raise Refusal(f"{folder}: there is no {MANIFEST_NAME} in it, so it is not an extract.")
    return found


def _bring_in(
    folder: Path, library: Library, scratch: Path, wishes: Wishes, listed: RejectWriter | None
) -> Ended:
    """One extract. A refusal is told here, so that the next extract still has its turn."""
    from imp2art.flows.import_extract import check_extract
    from imp2art.flows.keep_clock import note_received

    done = step(f"checking {folder.name}")
    try:
        report = check_extract(folder, library, scratch, OPERATOR, now().date(), wishes.asked)
        done("done")
        print("\n".join(told(report)), flush=True)
        if listed is not None:
            listed.write(report.manifest.practice, report.rejects)
        if not wishes.only_check:
            note_received(OPERATOR, report.manifest.practice, report.manifest.taken_on, now())
        return _put_in_force(report, library, wishes)
    except Refusal as refusal:
        print(f"\nimp2art: {folder}: {refusal}", file=sys.stderr, flush=True)
        return Ended.REFUSED


def _put_in_force(report: ImportReport, library: Library, wishes: Wishes) -> Ended:
    from imp2art.flows.import_extract import Standing, accept_extract, check_acceptable
    from imp2art.flows.rank_register import rank_register
    from imp2art.store.accepted_extracts import public_id_key

    if report.standing is Standing.SAME:
        print("  This extract is in force already: nothing was changed.")
        return Ended.LIVE
    reason = wishes.reason or _asked_reason(report, wishes)
    try:
        check_acceptable(report, reason)
    except Refusal:
        if not wishes.only_check:
            _note_refused(report)
        raise
    if wishes.only_check or not _is_wanted(wishes):
        print("  Nothing went live." + ("" if wishes.only_check else " To put it in force: --accept."))
        return Ended.LIVE if wishes.only_check else Ended.NOT_LIVE
    done = step("putting it in force")
    accept_extract(report, OPERATOR, now(), public_id_key(secret_of(home())), reason)
    done("done")
    done = step("working out who needs a review first")
    people = rank_register(OPERATOR, report.manifest.practice, library, now().date(), now())
    done(f"{people:,} people ranked")
    return Ended.LIVE


def _note_refused(report: ImportReport) -> None:
    """On the clocks of the months that wait for this extract: why they go on waiting."""
    from imp2art.audit.reports.report_clock import Cause
    from imp2art.flows.keep_clock import note_refused

    cause = Cause.REGISTER_MOVED if report.needs_reason else Cause.REFUSED
    manifest = report.manifest
    note_refused(OPERATOR, manifest.practice, manifest.taken_on, now(), cause, OPERATOR.name)


def _asked_reason(report: ImportReport, wishes: Wishes) -> str:
    if not report.needs_reason or wishes.only_check or not someone_is_there():
        return ""
    return str(typer.prompt("  The register moves by more than a fifth. Why is that right?"))


def someone_is_there() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()


def _is_wanted(wishes: Wishes) -> bool:
    return wishes.accept or (someone_is_there() and typer.confirm("  Put this extract in force?"))


def told(report: ImportReport) -> Iterator[str]:
    """What accepting would do, in plain words."""
    manifest = report.manifest
    yield f"  {manifest.practice_name} ({manifest.practice}): {manifest.system}, taken {manifest.taken_on}"
    for name, counts in report.tables.items():
        line = f"  {name:14}{counts.rows:>10,} rows: {counts.kept:,} kept, {counts.rejected:,} rejected"
        yield line + (f", {counts.left_out:,} left out (no list needs them)" if counts.left_out else "")
    yield from _rejects_told(report.rejects)
    if report.repeated_issues:
        yield (
            f"  {report.repeated_issues:,} issues repeat another of the same person, day, product and "
            "quantity. They are kept; many of them mean that the export doubled its rows."
        )
    yield from _register_told(report)


def _rejects_told(rejects: RejectList) -> Iterator[str]:
    reasons = rejects.reasons()
    for (file, column, reason), rows in list(reasons.items())[:_MOST_REASONS]:
        yield f"    {rows:>8,} × {file}, {column}: {reason}"
    if len(reasons) > _MOST_REASONS:
        yield f"    … and {len(reasons) - _MOST_REASONS} more reasons; --rejects lists every row"


def _register_told(report: ImportReport) -> Iterator[str]:
    after = report.register_after
    if report.register_before is None or report.in_force is None:
        yield f"  Asthma register: {after:,} people. There was no extract of this practice before."
        return
    more = after - report.register_before
    word = f"{abs(more):,} {'more' if more > 0 else 'fewer'}" if more else "no change"
    yield f"  Asthma register: {report.register_before:,} → {after:,} people ({word})"
    yield f"  In force now: extract of {report.in_force.taken_on}, accepted by {report.in_force.accepted_by}"


class RejectWriter:
    """Writes the reject lists of all extracts of one run. No value of a patient is in them."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", newline="", encoding="utf-8")
        self._rows = csv.writer(self._file)
        self._rows.writerow(REJECT_HEADER)

    def write(self, practice: PracticeCode, rejects: RejectList) -> None:
        """Add the list of one extract."""
        self._rows.writerows((practice, r.file, r.row, r.column, r.reason) for r in rejects)

    def close(self) -> None:
        """End the file."""
        self._file.close()


@contextmanager
def _reject_file(path: Path | None) -> Iterator[RejectWriter | None]:
    """The file appears whole, at the end, or not at all."""
    if path is None:
        yield None
        return
    if path.is_dir():
        raise Refusal(f"{path} is a folder. Name a file for the rejected rows.")
    part = path.with_name(path.name + ".part")
    writer = RejectWriter(part)
    try:
        yield writer
    finally:
        writer.close()
    part.replace(path)


def _exit_code(endings: list[Ended]) -> int:
    for grave in (Ended.REFUSED, Ended.NOT_LIVE):
        if grave in endings:
            return grave.value
    return Ended.LIVE.value
