"""Tables for research: asked for, checked by two others, released by the programme, downloaded.

Researchers and the programme's checkers look at the same pages; each sees what they may do.
"""

from __future__ import annotations

import io
from datetime import date

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from imp2art.access.rights import Action, may
from imp2art.audit.reports.table_set import SetAction
from imp2art.core.actor import Actor
from imp2art.core.refusal import Refusal
from imp2art.flows.release_tables import (
    TABLES,
    ask_tables,
    do_with_tables,
    download_tables,
    months_with_figures,
    show_table_set,
    show_tables,
)
from imp2art.web.accounts.actor import programme_page
from imp2art.web.accounts.on_site import new_key, now
from imp2art.web.design.months import end_of_month_named
from imp2art.web.design.table_pages import page_of_table

FORMS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
LONGEST_PURPOSE = 300


@programme_page(Action.CHECK_TABLES)
@require_safe
def tables(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every set of tables; for a researcher also a form to ask for another."""
    return _tables(request, actor)


def _tables(request: HttpRequest, actor: Actor, refusal: str = "") -> HttpResponse:
    may_ask = may(actor, Action.SEE_FIGURES, None)
    shown = {
        "sets": show_tables(actor),
        "may_ask": may_ask,
        "months": months_with_figures(actor) if may_ask else (),
        "tables": TABLES,
        "purpose": request.POST.get("purpose", "") if refusal else "",
        "ticked": set(request.POST.getlist("month")) if refusal else set(),
        "refusal": refusal,
        "has_errors": bool(refusal),
        "here": "tables",
    }
    return render(request, "researcher/tables.jinja", shown, status=422 if refusal else 200)


@programme_page(Action.SEE_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask for the figures of some months; two others then check them."""
    if request.method == "POST":
        months: list[date] = [end_of_month_named(name) for name in request.POST.getlist("month")]
        purpose = request.POST.get("purpose", "")[:LONGEST_PURPOSE]
        try:
            ask_tables(actor, months, purpose, new_key(), now())
        except Refusal as refusal:
            return _tables(request, actor, str(refusal))
    return redirect("tables")


@programme_page(Action.CHECK_TABLES)
@require_safe
def table_set_page(request: HttpRequest, actor: Actor, table_set: str) -> HttpResponse:
    """One set with every figure in it, for the one who checks it and for the one who has it."""
    name = request.GET.get("table", TABLES[0])
    if name not in TABLES:
        raise Http404
    one, table = show_table_set(actor, table_set, name)
    shown = {
        "set": one,
        "table": name,
        "tables": TABLES,
        "shown": page_of_table(table, request),
        "here": "tables",
    }
    return render(request, "researcher/table_set.jinja", shown)


@programme_page(Action.CHECK_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, actor: Actor, table_set: str, set_action: str) -> HttpResponse:
    """Take a step with a set; a download has an address of its own."""
    if set_action not in set(SetAction) - {SetAction.ASK, SetAction.DOWNLOAD}:
        raise Http404
    if request.method == "POST":
        do_with_tables(actor, table_set, SetAction(set_action), now())
    return redirect("table-set", table_set)


@programme_page(Action.SEE_FIGURES)
@require_safe
def download(request: HttpRequest, actor: Actor, table_set: str, table: str, file_form: str) -> HttpResponse:
    """One table of a released set as CSV or Parquet; who took it is kept."""
    if file_form not in FORMS or table not in TABLES:
        raise Http404
    content = _bytes_of(download_tables(actor, table_set, table, now()), file_form)
    answer = HttpResponse(content, content_type=FORMS[file_form])
    answer["Content-Disposition"] = f'attachment; filename="{table}.{file_form}"'
    return answer


def _bytes_of(table: pa.Table, file_form: str) -> bytes:
    written = io.BytesIO()
    if file_form == "csv":
        pa.csv.write_csv(table, written)
    else:
        pa.parquet.write_table(table, written)
    return written.getvalue()
