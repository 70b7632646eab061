"""Everything that is known of one patient, in date order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imp2art.codes.codelist import Codelist
from imp2art.record.events import CodedEvent, MedicineIssue
from imp2art.record.patient import Patient, Registration


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """One patient's record. `events` are sorted by date (first possible day), `issues` by date."""

    patient: Patient
    registrations: tuple[Registration, ...]
    events: tuple[CodedEvent, ...]
    issues: tuple[MedicineIssue, ...]

    def events_in(self, codelist: Codelist) -> Iterator[CodedEvent]:
        """The events whose code is in the list, oldest first."""
        return (event for event in self.events if event.code in codelist)

    def issues_in(self, codelist: Codelist) -> Iterator[MedicineIssue]:
        """The issues whose medicine is in the list, oldest first."""
        return (issue for issue in self.issues if issue.code in codelist)

    def latest_event(self, codelist: Codelist) -> CodedEvent | None:
        """The newest event of the list, or None."""
        return max(self.events_in(codelist), key=lambda event: event.on.first, default=None)


def record_of(
    patient: Patient,
    registrations: tuple[Registration, ...],
    events: tuple[CodedEvent, ...],
    issues: tuple[MedicineIssue, ...],
) -> PatientRecord:
    """A record with its entries put into order."""
    return PatientRecord(
        patient,
        tuple(sorted(registrations, key=lambda registration: registration.start)),
        tuple(sorted(events, key=lambda event: (event.on.first, event.on.last, event.code))),
        tuple(sorted(issues, key=lambda issue: (issue.on, issue.code))),
    )
