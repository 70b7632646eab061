"""The practice's own search beside a list of the report. The answer is the page itself: nothing is kept."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from imp2art.access.rights import Action, may
from imp2art.audit.reports.reading import Opened
from imp2art.audit.reports.search_list import MOST_BYTES, faults_in_order
from imp2art.core.actor import Actor
from imp2art.core.finding import Outcome
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import NotHere, Refusal
from imp2art.documents.report_words import title_of
from imp2art.documents.words import find_phrase, phrase
from imp2art.flows.explain_differences import Differences, DifferentPerson, SameReason, explain_differences
from imp2art.flows.show_report import show_report
from imp2art.web.accounts.actor import practice_page
from imp2art.web.design.months import end_of_month_named
from imp2art.web.design.said_of_difference import difference_in_words
from imp2art.web.design.words import person_in_words
from imp2art.web.practice.month_page import in_address
from imp2art.web.practice.on_site import library, now
from imp2art.web.practice.opened import note_opened

# A search lists those who have it or those who lack it.
SIDES = {"not-met": Outcome.NOT_MET, "met": Outcome.MET}
MOST_LINES_NAMED = 20


@dataclass(frozen=True, slots=True)
class PersonLine:
    """`entry` is empty where the record has none, and for who may not open records."""

    public_id: str
    name: str
    who: str
    entry: str


@dataclass(frozen=True, slots=True)
class ReasonInWords:
    """A group of people who differ because of one clause."""

    head: str
    outcome: str
    clause: str
    kind: str
    people: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """`faulty` are why and on which lines, the first of them."""

    found: Differences
    differing: int
    reasons: tuple[ReasonInWords, ...]
    faulty: tuple[tuple[int, str, str], ...]


@practice_page(Action.COMPARE_SEARCH)
@require_http_methods(["GET", "HEAD", "POST"])
def differences(
    request: HttpRequest, actor: Actor, practice: PracticeCode, month: str, slug: str
) -> HttpResponse:
    """Paste or upload a search; who differs and why comes with the answer."""
    shown = show_report(actor, practice, end_of_month_named(month))
    if shown is None or shown.report.series_of(slug) is None:
        raise Http404
    note_opened(request, actor, practice, shown, Opened.DIFFERENCES, slug)
    side, wrong, page = request.POST.get("side", "not-met"), "", None
    if request.method == "POST":
        try:
            ours = SIDES.get(side, Outcome.NOT_MET)
            text = _text_of(request)
            found = explain_differences(actor, practice, shown.report, slug, ours, text, library(), now())
            page = _page_of(found)
        except NotHere:
            raise
        except Refusal as refusal:
            wrong = str(refusal)
    values = {
        "title": title_of(slug),
        "month": month,
        "month_end": shown.on_shelf.month_end,
        "slug": slug,
        "side": side if side in SIDES else "not-met",
        "wrong": wrong,
        "has_errors": bool(wrong),
        "page": page,
        "opens": may(actor, Action.OPEN_RECORD, practice),
        "here": "month",
    }
    return render(request, "practice/differences.jinja", values, status=422 if wrong else 200)


def _text_of(request: HttpRequest) -> str:
    """What was pasted, or else the file; `Refusal` where there is neither or it is no text."""
    pasted = request.POST.get("pasted", "")
    file = request.FILES.get("file")
    if pasted.strip():
        return pasted
    if file is None:
        raise Refusal("Paste the list of patients, or choose a file.")
    if (file.size or 0) > MOST_BYTES:
        raise Refusal("The file is larger than 1 MB. Send the column of NHS numbers only.")
    return _decoded(file.read())


_NOT_OF_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")


def _decoded(content: bytes) -> str:
    """As Excel and the systems save text: UTF-8, UTF-16, or the code page of Windows."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if not _NOT_OF_TEXT.search(text):
                return text
    raise Refusal("The file is not text. Save the list as CSV or TXT and choose that.")


def _page_of(found: Differences) -> DifferencesPage:
    faulty = tuple(
        (len(lines), find_phrase("lists", f"faulty-{why}").text, _lines(lines))
        for why, lines in faults_in_order(found.search)
    )
    reasons = tuple(_reason(each, found.sees_entries) for each in found.reasons)
    return DifferencesPage(found, found.only_theirs + found.only_ours, reasons, faulty)


def _lines(lines: tuple[int, ...]) -> str:
    named = ", ".join(map(str, lines[:MOST_LINES_NAMED]))
    return named + (" and more" if len(lines) > MOST_LINES_NAMED else "")


def _reason(reason: SameReason, sees_entries: bool) -> ReasonInWords:
    side = "theirs" if reason.in_theirs else "ours"
    head = phrase("lists", f"differ-{side}", count=len(reason.people))
    people = tuple(_people(reason.people, sees_entries))
    found = reason.difference
    if found is None:
        return ReasonInWords(head, "", find_phrase("lists", "differ-changed").text, "", people)
    said = difference_in_words(found)
    outcome = find_phrase("lists", f"differ-outcome-{in_address(found.outcome)}").text
    return ReasonInWords(head, outcome, said.clause, said.kind, people)


def _people(people: tuple[DifferentPerson, ...], sees_entries: bool) -> Iterator[PersonLine]:
    for person in people:
        found = person.difference
        entry = difference_in_words(found).entry if found and sees_entries else ""
        who = person_in_words(person.sex, person.age)
        yield PersonLine(person.public_id, person.name, who, entry)
