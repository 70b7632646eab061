"""The month's report as a PDF, set from the kept report in the version that the practice gets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.audit.reports.reading import Opened
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.documents.report_pdf import ReportKind, render_report_pdf
from imp2art.flows.show_report import show_report
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.practice.opened import note_opened


@practice_page(Action.SEE_REPORT)
@require_safe
def report_file(request: HttpRequest, actor: Actor, practice: PracticeCode, month: str) -> HttpResponse:
    """To look at and to print; no copy stays in the browser."""
    shown = show_report(actor, practice, end_of_month_named(month))
    if shown is None:
        raise Http404
    note_opened(request, actor, practice, shown, Opened.DOCUMENT)
    released_by = shown.on_shelf.released_by
    pdf = render_report_pdf(shown.report, ReportKind.MONTH, shown.version, released_by)
    return pdf_answer(pdf, f"asthma-report-{month}.pdf")


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A document that opens in the browser and is kept nowhere."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
