"""The audit of a practice, kept with it, and the audit of files: who may, what is kept, what is written."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from imp2art.access.rights import MayNot
from imp2art.audit.peers import PeerPractice, peer_figures
from imp2art.core.actor import Role
from imp2art.core.finding import Outcome
from imp2art.core.refusal import NotHere, Refusal
from imp2art.extracts.writer import write_extract
from imp2art.flows import run_audit
from imp2art.flows.run_audit import audit_extract, audit_practice
from imp2art.flows.show_report import show_list, show_report
from tests.audit_people import LIBRARY, entry, issue, someone
from tests.builders import OPERATOR, build_manifest, clean_batches
from tests.conftest import OURS, THEIRS, keep_people, public_id_of

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ON, MONTH = date(2026, 11, 24), date(2026, 11, 30)
ASTHMA = (entry("asthma-diagnosis", "2019-05-01"), issue("ics", "2026-06-01"))
PEOPLE = [
    someone(*ASTHMA, entry("asthma-plan", "2026-08-01"), number=11),
    someone(*ASTHMA, number=12),
    someone(number=13),
]


@pytest.fixture
def kept(world):
    """Our practice has the three people, and was audited by its manager."""
    keep_people(OURS, PEOPLE)
    return audit_practice(world.actor(Role.MANAGER), OURS, LIBRARY, ON, AT)


def test_the_report_is_kept_for_its_month(world, kept):
    assert kept.as_at == ON
    for shown in (show_report(world.actor(), OURS), show_report(world.actor(), OURS, MONTH)):
        assert shown is not None
        assert (shown.report, shown.months) == (kept, (MONTH,))
    assert show_report(world.actor(), OURS, date(2026, 10, 31)) is None


def test_the_people_behind_a_number(world, kept):
    newest = kept.series_of("plan-12-months").newest
    assert (newest.numerator, newest.denominator) == (1, 2)
    behind = show_list(world.actor(), OURS, MONTH, "plan-12-months").behind("plan-12-months", Outcome.NOT_MET)
    assert behind.public_ids == {public_id_of(OURS, 12)}


def test_the_report_says_what_it_was_made_of(kept):
    from imp2art.store.scope import PracticeScope

    assert kept.manifest.extract_digest == PracticeScope(OURS).latest_import().digest
    assert kept.manifest.made_at == AT


def test_a_practice_is_compared_with_the_newest_figures_of_others(world):
    from imp2art.store.json_form import to_json
    from imp2art.store.peer_figures import keep_peers
    from imp2art.store.scope import AuditEntry

    others = tuple(PeerPractice(f"C{at:05}", "England", 0, None) for at in range(12))
    people = np.full((1, 1, 12), 50)
    figures = peer_figures((date(2026, 10, 31),), others, ("plan-12-months",), people, people - 20)
    entry = AuditEntry(AT, OPERATOR, "peers-kept")
    keep_peers(date(2026, 10, 31), to_json(figures), entry)
    keep_people(OURS, PEOPLE)
    report = audit_practice(world.actor(Role.MANAGER), OURS, LIBRARY, ON, AT)
    plans = report.series_of("plan-12-months").comparison
    assert (report.nation, report.peers_of) == ("England", date(2026, 10, 31))
    assert (plans.group.practices, plans.month_end) == (12, date(2026, 10, 31))
    assert report.series_of("saba-6").comparison is None


def test_a_run_leaves_its_line_in_the_trail(kept):
    from imp2art.store.models import AuditEvent

    line = AuditEvent.objects.get(verb="audit-run")
    assert (line.practice_code, line.at, line.detail["as_at"]) == (OURS, AT, "2026-11-24")


@pytest.mark.parametrize("role", [Role.NURSE, Role.ADMINISTRATOR])
def test_who_may_not_run_an_audit(world, role):
    with pytest.raises(MayNot):
        audit_practice(world.actor(role), OURS, LIBRARY, ON, AT)


def test_nobody_audits_or_sees_another_practice(world, kept):
    their_manager = world.actor(Role.MANAGER, THEIRS)
    with pytest.raises(NotHere):
        audit_practice(their_manager, OURS, LIBRARY, ON, AT)
    with pytest.raises(NotHere):
        show_report(their_manager, OURS)
    with pytest.raises(NotHere):
        show_list(their_manager, OURS, MONTH, "plan-12-months")


@pytest.mark.parametrize(("month", "slug"), [(date(2026, 10, 31), "plan-12-months"), (MONTH, "no-such")])
def test_a_list_that_is_not_there(world, kept, month, slug):
    with pytest.raises(NotHere):
        show_list(world.actor(), OURS, month, slug)


@pytest.mark.django_db
def test_before_the_first_import_there_is_nothing_to_audit():
    from imp2art.core.identifiers import PracticeCode

    with pytest.raises(Refusal, match="no extract"):
        audit_practice(OPERATOR, PracticeCode("C00001"), LIBRARY, ON, AT)


def put_extract(folder: Path, practice=OURS, form: str = "csv") -> Path:
    manifest = build_manifest(practice, "Harbour Lane", date(2026, 11, 21))
    write_extract(folder, manifest, clean_batches(PEOPLE), form)
    return folder


def rows_of(out: Path) -> list[dict[str, str]]:
    with (out / "figures.csv").open(newline="") as opened:
        return list(csv.DictReader(opened))


def test_an_extract_becomes_figures_and_a_page(tmp_path):
    reports = audit_extract(put_extract(tmp_path / "in"), LIBRARY, 24, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == list(run_audit.FILES)
    rows = rows_of(tmp_path / "out")
    assert len(rows) == 24 * len(reports[0].series)
    newest = [row for row in rows if row["indicator"] == "plan-12-months"][-1]
    assert (newest["month_end"], newest["numerator"], newest["denominator"]) == ("2026-10-31", "1", "2")
    assert len(pq.read_table(tmp_path / "out" / "figures.parquet")) == len(rows)


def test_both_forms_of_an_extract_give_the_same_figures(tmp_path):
    for form in ("csv", "parquet"):
        audit_extract(put_extract(tmp_path / form, form=form), LIBRARY, 12, tmp_path / f"out-{form}")
    written = [(tmp_path / f"out-{form}" / "figures.csv").read_bytes() for form in ("csv", "parquet")]
    assert written[0] == written[1]


def test_a_folder_of_extracts_is_audited_practice_by_practice(tmp_path):
    for practice in (OURS, THEIRS):
        put_extract(tmp_path / "in" / practice, practice)
    told: list[str] = []
    audit_extract(tmp_path / "in", LIBRARY, 12, tmp_path / "out", told.append)
    assert told == ["A12345 Harbour Lane", "B54321 Harbour Lane"]
    assert {row["practice"] for row in rows_of(tmp_path / "out")} == {"A12345", "B54321"}


def test_the_same_extract_again_gives_the_same_bytes_in_the_same_place(tmp_path):
    put_extract(tmp_path / "in")
    audit_extract(tmp_path / "in", LIBRARY, 12, tmp_path / "out")
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    audit_extract(tmp_path / "in", LIBRARY, 12, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first


def test_a_folder_with_other_things_in_it_is_not_written_into(tmp_path):
    put_extract(tmp_path / "in")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_text("years of work")
    with pytest.raises(Refusal, match="holds what was not written here"):
        audit_extract(tmp_path / "in", LIBRARY, 12, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.docx"]


def test_an_audit_that_fails_leaves_the_earlier_one_whole(tmp_path, monkeypatch):
    put_extract(tmp_path / "in")
    audit_extract(tmp_path / "in", LIBRARY, 12, tmp_path / "out")
    before = (tmp_path / "out" / "figures.csv").read_bytes()

    def full_disk(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr(run_audit, "render_reports", full_disk)
    with pytest.raises(OSError, match="no space"):
        audit_extract(tmp_path / "in", LIBRARY, 24, tmp_path / "out")
    assert (tmp_path / "out" / "figures.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("place", ["nowhere", "empty"])
def test_what_is_no_extract_is_refused(tmp_path, place):
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refusal):
        audit_extract(tmp_path / place, LIBRARY, 12, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_faulty_rows_are_listed_and_in_no_figure(tmp_path):
    put_extract(tmp_path / "in")
    spoilt = someone(*ASTHMA, entry("asthma-plan", "2026-08-01"), number=14)
    batches = clean_batches([*PEOPLE, spoilt])
    manifest = build_manifest(OURS, "Harbour Lane", date(2026, 7, 15))
    write_extract(tmp_path / "late", manifest, batches, "csv")
    report = audit_extract(tmp_path / "late", LIBRARY, 12, tmp_path / "out")[0]
    with (tmp_path / "out" / "rejects.csv").open(newline="") as opened:
        rejects = list(csv.DictReader(opened))
    # Two plans are dated after the extract was taken.
    assert report.manifest.rejected_rows == len(rejects) == 2
    assert {(row["practice"], row["file"]) for row in rejects} == {("A12345", "events.csv")}
    assert "2 rows of the extract were faulty" in (tmp_path / "out" / "report.html").read_text()
