"""The review being written: shown, saved as it is typed, merged where two wrote, finished."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from imp2art.access.rights import Action
from imp2art.asthma.review.answers import ReviewKind
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.issue_action_plan import Finish, NotComplete, issue_action_plan
from imp2art.flows.write_review import ReviewDesk, SavedReview, open_review, save_review
from imp2art.store.scope import StaleDraft
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.beside_panels import panels_of
from imp2art.web.practice.form import Form
from imp2art.web.practice.on_site import library, new_currency_code, new_key, now, site_address, today
from imp2art.web.practice.review.merge import differences, merged
from imp2art.web.practice.review.page import ReadForm, page_of, read_form, texts_of
from imp2art.web.practice.review.so_far import gaps_of, so_far

SHORT = "?short=yes"
_KEY = re.compile(r"[0-9a-f]{32}")
_VERSION = re.compile(r"[0-9]{1,6}")


@practice_page(Action.WRITE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """The page; a POST keeps the draft. htmx gets the column back, a browser without script the page.

    In the address, `kind` opens it as a review of that kind and `short` shows the essentials first.
    """
    if request.method != "POST":
        desk = _open(actor, practice, public_id, kind=_kind_asked(request))
        return _shown(request, desk, Form(texts_of(desk.body)))
    desk = _open(actor, practice, public_id, saving=True)
    return _save(request, actor, practice, desk, read_form(_sent(request), desk, library(), today()))


@practice_page(Action.WRITE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """Keep, field by field, the words that were chosen of two versions."""
    desk = _open(actor, practice, public_id, saving=True)
    if request.method != "POST":  # after signing in again, or a reload
        return _back(request, public_id)
    chosen = merged(texts_of(desk.body), _sent(request))
    return _save(request, actor, practice, desk, read_form(chosen, desk, library(), today()))


@practice_page(Action.ISSUE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, actor: Actor, practice: PracticeCode, public_id: str) -> HttpResponse:
    """Issue the plan and finish. Pressed twice it finishes once, and answers the same page."""
    desk = _open(actor, practice, public_id, saving=True)
    if request.method != "POST":
        return _back(request, public_id)
    read = read_form(_sent(request), desk, library(), today())
    key, version = _draft_named(request)
    if desk.saved and (key, version) != (desk.key, desk.version):
        return _conflict(request, _open(actor, practice, public_id), read)
    if read.errors:
        return _kept_with_errors(request, actor, practice, desk, read)
    try:
        body, code = read.body, new_currency_code()
        signed = Finish(public_id, key, version, body.review, body.plan, code, site_address())
        kept = issue_action_plan(actor, practice, signed, library(), today(), now())
    except NotComplete:
        return _kept_with_errors(request, actor, practice, desk, read)
    except StaleDraft:
        return _conflict(request, _open(actor, practice, public_id), read)
    return redirect("finished", public_id, kept.review_id)


def _save(
    request: HttpRequest, actor: Actor, practice: PracticeCode, desk: ReviewDesk, read: ReadForm
) -> HttpResponse:
    try:
        saved = _keep(request, actor, practice, desk, read)
    except StaleDraft:
        return _conflict(request, _open(actor, practice, desk.public_id), read)
    if request.headers.get("HX-Request"):
        return _column(request, desk, saved, read)
    if read.errors:
        return _shown(request, _as_saved(desk, saved), Form(read.texts, read.errors), read)
    return _back(request, desk.public_id)


def _keep(
    request: HttpRequest, actor: Actor, practice: PracticeCode, desk: ReviewDesk, read: ReadForm
) -> SavedReview:
    key, version = _draft_named(request)
    return save_review(actor, practice, desk.public_id, key, version, read.body, library(), today(), now())


def _kept_with_errors(
    request: HttpRequest, actor: Actor, practice: PracticeCode, desk: ReviewDesk, read: ReadForm
) -> HttpResponse:
    """The page again with what to mend; what could be read is kept first."""
    try:
        saved = _keep(request, actor, practice, desk, read)
    except StaleDraft:
        return _conflict(request, _open(actor, practice, desk.public_id), read)
    unread = {error.field for error in read.errors}
    errors = (*read.errors, *(gap for gap in gaps_of(saved.standing) if gap.field not in unread))
    return _shown(request, _as_saved(desk, saved), Form(read.texts, errors), read)


def _conflict(request: HttpRequest, desk: ReviewDesk, read: ReadForm) -> HttpResponse:
    """Someone saved meanwhile: their words and these, side by side; nothing is lost (H-19)."""
    if request.headers.get("HX-Request"):
        return render(request, "practice/parts/conflict.jinja", {"desk": desk, "query": _query(request)})
    differ = differences(read, texts_of(desk.body), desk, library())
    if not differ:
        return _back(request, desk.public_id)
    page = {"desk": desk, "differences": differ, "today": today(), "query": _query(request)}
    return render(request, "practice/merge.jinja", page, status=HTTPStatus.CONFLICT)


def _column(request: HttpRequest, desk: ReviewDesk, saved: SavedReview, read: ReadForm) -> HttpResponse:
    page = {
        "so_far": so_far(saved.body, saved.standing),
        "version": saved.draft.version,
        "key": saved.draft.key,
        "saved": saved.draft,
        "errors": read.errors,
        "panels": True,
        **panels_of(saved.body.review, desk.beside),
    }
    return render(request, "practice/parts/so_far.jinja", page)


def _shown(request: HttpRequest, desk: ReviewDesk, form: Form, read: ReadForm | None = None) -> HttpResponse:
    """The whole page. What cannot be read is a bad request; what is only missing is not."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if read and read.errors else HTTPStatus.OK
    page = page_of(desk, form, library(), today())
    shown = {"saved": desk.saved, "short": bool(_query(request)), "query": _query(request)}
    return render(request, "practice/review.jinja", page | shown, status=status)


def _open(
    actor: Actor,
    practice: PracticeCode,
    public_id: str,
    *,
    saving: bool = False,
    kind: ReviewKind | None = None,
) -> ReviewDesk:
    named = (actor, practice, public_id, new_key(), library(), today(), now())
    return open_review(*named, saving=saving, kind=kind)


def _kind_asked(request: HttpRequest) -> ReviewKind | None:
    asked = request.GET.get("kind", "")
    return ReviewKind(asked) if asked in set(ReviewKind) else None


def _query(request: HttpRequest) -> str:
    """What of the address stays in it while the review is written."""
    return SHORT if request.GET.get("short") == "yes" else ""


def _back(request: HttpRequest, public_id: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("review", args=[public_id]) + _query(request))


def _as_saved(desk: ReviewDesk, saved: SavedReview) -> ReviewDesk:
    draft = saved.draft
    return replace(
        desk,
        key=draft.key,
        version=draft.version,
        saved=draft,
        body=saved.body,
        standing=saved.standing,
    )


def _sent(request: HttpRequest) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str, texts)) for name, texts in request.POST.lists()}


def _draft_named(request: HttpRequest) -> tuple[str, int]:
    """The draft that the form was opened on; a form that names none builds on nothing."""
    key, version = request.POST.get("key", ""), request.POST.get("version", "")
    if not _KEY.fullmatch(key) or not _VERSION.fullmatch(version):
        return new_key(), 0
    return key, int(version)
