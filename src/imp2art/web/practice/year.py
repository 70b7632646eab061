"""A year's report: the newest kept report of the year, over twelve months and beside the year before."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from imp2art.access.rights import Action
from imp2art.audit.reports.reading import Opened
from imp2art.audit.reports.release import Version
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import financial_year
from imp2art.documents.report_pdf import ReportKind, headline_of, render_report_pdf
from imp2art.documents.report_tables import year_against_before
from imp2art.documents.report_words import say
from imp2art.documents.words import month_in_words
from imp2art.flows.show_report import ShownReport, show_report, show_year
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.kept_pages import KEPT_PAGES
from imp2art.web.practice.month_page import MonthPage, Sentence, month_page
from imp2art.web.practice.on_site import today
from imp2art.web.practice.opened import note_opened
from imp2art.web.practice.report_file import pdf_answer

_YEAR = re.compile(r"[0-9]{4}-[0-9]{2}")


@practice_page(Action.SEE_REPORT)
@require_safe
def newest_year(request: HttpRequest, actor: Actor, practice: PracticeCode) -> HttpResponse:
    """To the year that the newest report lies in."""
    shown = show_report(actor, practice)
    if shown is None:
        return redirect("month")
    return redirect("year", _year_of(shown.on_shelf.month_end))


@practice_page(Action.SEE_REPORT)
@require_safe
def year(request: HttpRequest, actor: Actor, practice: PracticeCode, year: str) -> HttpResponse:
    """The report of the year `2025-26`, which runs from April to March."""
    shown = _shown(actor, practice, year)
    note_opened(request, actor, practice, shown, Opened.REPORT)
    body = KEPT_PAGES.body(("year", shown.key, today()), lambda: _body(shown))
    page = {"title": _title(shown), "body": body, "here": "month"}
    return render(request, "practice/kept.jinja", page)


@practice_page(Action.SEE_REPORT)
@require_safe
def year_file(request: HttpRequest, actor: Actor, practice: PracticeCode, year: str) -> HttpResponse:
    """The same as a PDF."""
    shown = _shown(actor, practice, year)
    note_opened(request, actor, practice, shown, Opened.DOCUMENT)
    released_by = shown.on_shelf.released_by
    pdf = render_report_pdf(shown.report, ReportKind.YEAR, shown.version, released_by)
    return pdf_answer(pdf, f"asthma-report-year-{year}.pdf")


def _year_of(month_end: date) -> str:
    """The year that a month lies in, as it stands in an address: `2025-26`."""
    return financial_year(month_end).replace("/", "-")


def _shown(actor: Actor, practice: PracticeCode, year: str) -> ShownReport:
    shown = show_year(actor, practice, year.replace("-", "/")) if _YEAR.fullmatch(year) else None
    if shown is None:
        raise Http404
    return shown


def _title(shown: ShownReport) -> str:
    return say("year-title", month=month_in_words(shown.on_shelf.month_end))


def _body(shown: ShownReport) -> str:
    report, page = shown.report, month_page(shown)
    values = {
        "page": page,
        "title": _title(shown),
        "year": _year_of(shown.on_shelf.month_end),
        "years": tuple(dict.fromkeys(map(_year_of, shown.months))),
        "sentences": _sentences(shown, page),
        "against": year_against_before(report),
        "goals": say("goals-lead"),
        "today": today(),
    }
    return render_to_string("practice/parts/year_body.jinja", values)


def _sentences(shown: ShownReport, page: MonthPage) -> tuple[Sentence, ...]:
    """The standard version's year says what its month says, with the same links."""
    if shown.version is Version.STANDARD:
        return page.headline
    told = headline_of(shown.report, ReportKind.YEAR, shown.version, page.overview)
    return tuple(Sentence(words) for words in told)
