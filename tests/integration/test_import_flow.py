"""An extract comes in: checked whole, shown as a difference, kept in one transaction with its audit event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from imp2art.access.rights import MayNot
from imp2art.codes.library import read_library
from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.flows.import_extract import ImportReport, Standing, accept_extract, check_extract
from imp2art.store.models import (
    AuditEvent,
    EventRow,
    ExtractImport,
    IssueRow,
    PatientRow,
    Practice,
    RegistrationRow,
    ReviewRow,
)
from imp2art.store.scope import PracticeScope
from tests.extract_files import ASTHMA, PRACTICE, RIGHT, SALBUTAMOL, write_files

pytestmark = pytest.mark.django_db
LIBRARY = read_library()
TODAY = date(2026, 11, 1)
AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
OPERATOR = Actor("operator", "Olive Operator", Role.OPERATOR, None)
KEY = b"a key for the tests"
REASON = "Two practices merged in October."
TABLES = (PatientRow, RegistrationRow, EventRow, IssueRow)


@pytest.fixture
def check(tmp_path):
    """Write an extract with these changes and check it."""
    made = iter(range(100))

    def checked(changed=None, *, today=TODAY, actor=OPERATOR, asked=None, **facts) -> ImportReport:
        number = next(made)
        scratch = tmp_path / f"scratch{number}"
        scratch.mkdir()
        folder = write_files(tmp_path / f"extract{number}", changed, **facts)
        return check_extract(folder, LIBRARY, scratch, actor, today, asked)

    return checked


def accept(report: ImportReport, reason: str = "", at: datetime = AT):
    return accept_extract(report, OPERATOR, at, KEY, reason)


def state() -> dict[str, object]:
    """Everything that an import writes, but for the audit trail."""
    return {model.__name__: list(model.objects.order_by("id").values()) for model in TABLES}


def public_ids() -> dict[str, str]:
    return dict(PatientRow.objects.values_list("patient_id", "public_id"))


class TestFirstImport:
    def test_a_check_keeps_nothing(self, check):
        check()
        assert not any(model.objects.exists() for model in (*TABLES, Practice, ExtractImport, AuditEvent))

    def test_the_report_counts_each_table(self, check):
        report = check(
            {"events": RIGHT["events"] + "p1,2020,snomed,715191006,,\np1,soon,snomed,195967001,,\n"}
        )
        counts = report.tables["events"]
        assert (counts.rows, counts.kept, counts.rejected, counts.left_out) == (5, 3, 1, 1)

    def test_issues_that_may_be_doubled_are_counted_and_kept(self, check):
        line = RIGHT["issues"].splitlines()[2]
        report = check({"issues": RIGHT["issues"] + f"{line}\n{line}\n"})
        assert (report.repeated_issues, report.tables["issues"].kept) == (2, 4)

    def test_the_register_is_counted(self, check):
        report = check()
        assert (report.register_before, report.register_after, report.standing) == (None, 2, Standing.NEW)

    def test_what_is_accepted_is_what_the_scope_gives(self, check):
        accept(check())
        (ada, olaf) = sorted(
            PracticeScope(PRACTICE).records(), key=lambda kept: kept.record.patient.patient_id
        )
        assert (ada.record.patient.name, olaf.record.patient.name) == ("Ada O'Brien", "Ólafur Śmith")
        assert [str(event.on) for event in ada.record.events] == ["2020-05-01", "2026-01"]
        assert str(olaf.record.events[0].value) == "480 litres a minute"
        assert ada.record.issues[0].directions == "2 puffs when needed, at most 8"

    def test_the_practice_is_made_from_the_manifest(self, check):
        accept(check(nation="Northern Ireland"))
        facts = PracticeScope(PRACTICE).facts()
        assert (facts.name, facts.nation, facts.phone) == ("Test Surgery", "northern-ireland", "")

    def test_the_import_is_kept_with_its_facts(self, check):
        report = check()
        kept = accept(report)
        assert kept == PracticeScope(PRACTICE).latest_import()
        assert (kept.digest, kept.taken_on, kept.accepted_by) == (
            report.digest,
            date(2026, 10, 31),
            "Olive Operator",
        )
        assert kept.counts["tables"]["events"] == {"rows": 3, "kept": 3, "rejected": 0, "left_out": 0}

    def test_one_audit_event_tells_of_it(self, check):
        report = check()
        accept(report)
        event = AuditEvent.objects.get()
        assert (event.verb, event.actor_id, event.practice_code) == ("import", "operator", PRACTICE)
        assert event.detail["digest"] == report.digest

    def test_a_public_id_tells_nothing_and_needs_the_key(self, check):
        accept(check())
        assert all(len(opaque) == 32 and "p1" not in opaque for opaque in public_ids().values())

    def test_codes_that_no_list_needs_are_not_kept(self, check):
        accept(check({"events": RIGHT["events"] + "p1,2020-05-01,snomed,715191006,,\n"}))
        assert not EventRow.objects.filter(code="715191006").exists()

    def test_rejected_rows_are_not_kept(self, check):
        accept(check({"issues": RIGHT["issues"].replace("2026-09-02", "31/02/2026")}))
        assert IssueRow.objects.count() == 1

    def test_the_rest_of_a_rejected_person_stays_out(self, check):
        accept(check({"patients": RIGHT["patients"].replace("2015-06-01", "2015-06-31")}))
        assert list(PatientRow.objects.values_list("patient_id", flat=True)) == ["p1"]
        assert not EventRow.objects.filter(value="480").exists()


NEXT = {
    "patients": "\n".join(RIGHT["patients"].splitlines()[:2]).replace("Ada,O'Brien", "Ada,Shah")
    + "\np3,9000000025,1970-01-01,F,Cai,Rhys,,,,\n",
    "registrations": "patient_id,start_date,end_date,kind\np1,2001-01-01,,gms\np3,2020-01-01,,gms\n",
    "events": f"patient_id,event_date,system,code,value,unit\np1,2026-10-30,snomed,{ASTHMA},,\n"
    f"p3,2020-10-30,snomed,{ASTHMA},,\n",
    "issues": f"patient_id,issue_date,code,quantity,unit,directions\np1,2026-10-01,{SALBUTAMOL},1,device,\n"
    f"p3,2026-10-01,{SALBUTAMOL},1,device,\n",
}


class TestNextImport:
    def test_the_rows_of_the_last_one_are_replaced(self, check):
        accept(check())
        accept(check(NEXT, taken_on="2026-11-01"))
        assert sorted(str(row) for row in EventRow.objects.values_list("first", flat=True)) == [
            "2020-10-30",
            "2026-10-30",
        ]
        assert (RegistrationRow.objects.count(), IssueRow.objects.count()) == (2, 2)

    def test_people_keep_their_public_id_and_get_their_new_name(self, check):
        accept(check())
        before = public_ids()
        accept_extract(check(NEXT, taken_on="2026-11-01"), OPERATOR, AT, b"another key")
        assert public_ids()["p1"] == before["p1"]
        assert PatientRow.objects.get(patient_id="p1").family_name == "Shah"

    def test_who_is_no_longer_in_it_stays_without_rows(self, check):
        accept(check())
        accept(check(NEXT, taken_on="2026-11-01"))
        olaf = PatientRow.objects.get(patient_id="p2")
        assert not olaf.in_extract
        assert not EventRow.objects.filter(patient=olaf).exists()

    def test_who_comes_back_is_the_same_person(self, check):
        accept(check())
        before = public_ids()
        accept(check(NEXT, taken_on="2026-11-01"))
        accept(check(taken_on="2026-11-01", period_start="2023-12-01"))
        assert PatientRow.objects.get(patient_id="p2", in_extract=True).public_id == before["p2"]

    def test_reviews_are_untouched(self, check):
        accept(check())
        olaf = PatientRow.objects.get(patient_id="p2")
        ReviewRow.objects.create(id="r1", patient=olaf, done_on=TODAY, body={}, done_by="Nurse", done_at=AT)
        accept(check(NEXT, taken_on="2026-11-01"))
        assert ReviewRow.objects.get().patient_id == olaf.id

    def test_telephone_numbers_are_kept(self, check):
        Practice.objects.create(code=PRACTICE, name="Old name", nation="england", phone="0131 496 0000")
        accept(check())
        facts = PracticeScope(PRACTICE).facts()
        assert (facts.name, facts.phone) == ("Test Surgery", "0131 496 0000")

    def test_another_practice_is_untouched(self, check):
        accept(check(practice="B54321"))
        before = list(EventRow.objects.order_by("id").values())
        accept(check())
        accept(check(NEXT, taken_on="2026-11-01"))
        theirs = EventRow.objects.filter(patient__practice_id="B54321").order_by("id")
        assert list(theirs.values()) == before

    def test_the_difference_is_told(self, check):
        accept(check())
        report = check(NEXT, taken_on="2026-11-01")
        assert (report.register_before, report.register_after, report.needs_reason) == (2, 2, False)

    def test_someone_elses_number_is_rejected(self, check):
        """H-21: the system gave p2's number to another person; her review must not become his."""
        accept(check())
        stranger = RIGHT["patients"].replace("9000000017,2015-06-01", "9000000033,1960-01-01")
        report = check({"patients": stranger}, taken_on="2026-11-01")
        found = [fault for fault in report.rejects if fault.file == "patients.csv"]
        assert [(fault.row, fault.column) for fault in found] == [(3, "patient_id")]
        assert "another person's" in found[0].reason

    @pytest.mark.parametrize("change", [("9000000017", "9000000033"), ("2015-06-01", "2015-06-02")])
    def test_a_correction_of_one_of_the_two_is_taken(self, check, change):
        accept(check())
        report = check({"patients": RIGHT["patients"].replace(*change)}, taken_on="2026-11-01")
        assert len(report.rejects) == 0


class TestSameAndOlder:
    def test_the_same_extract_twice_changes_nothing(self, check):
        first = accept(check())
        before, events = state(), AuditEvent.objects.count()
        again = check()
        assert again.standing is Standing.SAME
        assert accept(again) == first
        assert (state(), AuditEvent.objects.count()) == (before, events)

    def test_the_same_extract_accepted_while_it_was_being_checked(self, check):
        """F-05: two people import the same file at once; the second is told that it is in force."""
        mine, theirs = check(), check()
        first = accept(theirs)
        assert accept(mine) == first
        assert AuditEvent.objects.count() == 1

    def test_an_older_one_is_refused(self, check):
        accept(check())
        report = check(taken_on="2026-10-30")
        assert report.standing is Standing.OLDER
        with pytest.raises(Refusal, match=r"taken on 2026-10-30, before the one in force \(2026-10-31\)"):
            accept(report)

    def test_one_that_was_replaced_is_refused(self, check):
        accept(check())
        accept(check({"issues": RIGHT["issues"].replace("200", "100")}))
        report = check()
        assert report.standing is Standing.REPLACED
        with pytest.raises(Refusal, match="has been replaced since"):
            accept(report)

    def test_a_corrected_one_of_the_same_day_is_taken(self, check):
        accept(check())
        accept(check({"issues": RIGHT["issues"].replace("200", "100")}))
        assert IssueRow.objects.filter(quantity="100").exists()

    def test_another_one_accepted_after_the_check_is_not_overwritten(self, check):
        report = check()
        accept(check(NEXT, taken_on="2026-10-31"))
        before = state()
        with pytest.raises(Refusal, match="accepted since this one was checked"):
            accept(report)
        assert state() == before


class TestWhoAndWhat:
    def test_the_extract_of_another_practice_is_refused(self, check):
        with pytest.raises(Refusal, match="an extract of practice A12345, not of B54321"):
            check(asked=PracticeCode("B54321"))

    def test_an_extract_of_tomorrow_is_refused(self, check):
        with pytest.raises(Refusal, match=r'"taken_on" \(2026-11-02\) lies in the future'):
            check(taken_on="2026-11-02")

    def test_the_manager_of_the_practice_may(self, check):
        manager = Actor("m", "Mo", Role.MANAGER, PRACTICE)
        assert accept_extract(check(actor=manager), manager, AT, KEY).accepted_by == "Mo"

    def test_a_nurse_may_not(self, check):
        with pytest.raises(MayNot):
            check(actor=Actor("n", "Nia", Role.NURSE, PRACTICE))

    def test_the_manager_of_another_practice_may_not(self, check):
        with pytest.raises(NotHere):
            check(actor=Actor("m", "Mo", Role.MANAGER, PracticeCode("B54321")))

    def test_whoever_may_not_accept_keeps_nothing(self, check):
        with pytest.raises(MayNot):
            accept_extract(check(), Actor("n", "Nia", Role.NURSE, PRACTICE), AT, KEY)
        assert not PatientRow.objects.exists()


def with_register(report: ImportReport, before: int, after: int) -> ImportReport:
    return replace(report, register_before=before, register_after=after)


class TestReason:
    @pytest.mark.parametrize(("before", "after"), [(10, 8), (10, 12), (100, 80), (0, 0), (3, 3)])
    def test_up_to_a_fifth_needs_none(self, check, before, after):
        assert not with_register(check(), before, after).needs_reason

    @pytest.mark.parametrize(("before", "after"), [(10, 7), (10, 13), (100, 79), (100, 121), (0, 1), (5, 0)])
    def test_more_than_a_fifth_needs_one(self, check, before, after):
        assert with_register(check(), before, after).needs_reason

    @pytest.mark.parametrize("reason", ["", "   ", "merged", "x" * 9, " " * 20 + "x"])
    def test_without_one_it_does_not_go_live(self, check, reason):
        report = with_register(check(), 10, 2)
        with pytest.raises(Refusal, match="from 10 to 2 people, a change of more than 20%"):
            accept(report, reason)
        assert not PatientRow.objects.exists()

    def test_with_one_it_does_and_the_reason_is_kept(self, check):
        accept(with_register(check(), 10, 2), REASON)
        assert PracticeScope(PRACTICE).latest_import().reason == REASON

    def test_a_first_import_needs_none(self, check):
        assert not check().needs_reason


def test_a_failure_in_the_middle_leaves_what_was_there(check, monkeypatch):
    accept(check())
    before, events = state(), AuditEvent.objects.count()
    report = check(NEXT, taken_on="2026-11-01")

    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("imp2art.store.accepted_extracts.append", broken)
    with pytest.raises(OSError, match="disk is full"):
        accept(report)
    assert (state(), AuditEvent.objects.count()) == (before, events)


def test_the_clean_rows_lie_where_the_caller_said(check, tmp_path):
    """The clean rows lie where the caller said, and nowhere else."""
    report = check()
    assert report.staged.folder == tmp_path / "scratch0" / PRACTICE
    assert sorted(path.name for path in Path(report.staged.folder).iterdir()) == [
        "events.parquet",
        "issues.parquet",
        "patients.parquet",
        "registrations.parquet",
    ]


def test_an_extract_of_which_nobody_is_right_is_checked_to_the_end(check):
    """Every person's row is faulty: the report says so, and nobody would be kept."""
    report = check({"patients": RIGHT["patients"].replace(",F,", ",woman,").replace(",M,", ",man,")})
    assert [counts.kept for counts in report.tables.values()] == [0, 0, 0, 0]
    assert (report.register_after, report.repeated_issues) == (0, 0)
