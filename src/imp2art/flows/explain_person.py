"""Why one person counts as they do in one figure: read from their record, and who looked is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from imp2art.access.rights import Action, check_may, may
from imp2art.audit.explain import Explanation, explain_finding
from imp2art.audit.indicator import Indicator
from imp2art.audit.packs import indicators_for
from imp2art.audit.reports.report import AuditReport
from imp2art.codes.library import Library
from imp2art.core.actor import Actor
from imp2art.core.age import age_on
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere
from imp2art.record.patient import Patient
from imp2art.store.scope import AuditEntry, PracticeScope


@dataclass(frozen=True, slots=True)
class ExplainedPerson:
    """One person's answer as at `on`, from the record as it is now.

    `counted` is how the report counted them: None without a report, and for whoever is in no number of
    it. `sees_entries` is whether the reader may be shown entries of the record.
    """

    public_id: str
    patient: Patient
    age: int
    slug: str
    on: date
    found: Explanation
    counted: Outcome | None
    sees_entries: bool

    @property
    def has_changed(self) -> bool:
        """Whether the report counted them otherwise than their record of today would be."""
        return self.counted is not None and self.counted is not self.found.finding.outcome


def explain_person(
    actor: Actor, practice: PracticeCode, public_id: str, slug: str, library: Library, at: datetime,
    on: date, report: AuditReport | None = None,
) -> ExplainedPerson:  # fmt: skip
    """Explain one indicator as at the report's day, or as at `on` without a report.

    Raises `NotHere` for nobody of this practice and for an indicator that the practice's nation does not
    have or this site cannot count.
    """
    check_may(actor, Action.SEE_LIST, practice)
    scope = PracticeScope(practice)
    indicator = _indicator(slug, scope.facts().nation, library)
    on = report.as_at if report else on
    event = AuditEntry(at, actor, "figure-explained", public_id, {"list": slug, "as_at": on})
    record = scope.open_record(public_id, event).record
    return ExplainedPerson(
        public_id=public_id,
        patient=record.patient,
        age=age_on(record.patient.born, on),
        slug=slug,
        on=on,
        found=explain_finding(indicator, record, on, library),
        counted=_counted(report, slug, public_id) if report else None,
        sees_entries=may(actor, Action.OPEN_RECORD, practice),
    )


def _indicator(slug: str, nation: str, library: Library) -> Indicator:
    counted, _ = indicators_for(nation, library)
    found = next((each for each in counted if each.slug == slug), None)
    if found is None:
        raise NotHere("There is no such figure in your practice's report.")
    return found


def _counted(report: AuditReport, slug: str, public_id: str) -> Outcome | None:
    return next((each for each in Outcome if public_id in report.people_behind(slug, each)), None)
