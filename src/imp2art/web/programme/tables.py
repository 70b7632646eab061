"""Tables that researchers asked for: check them, and release those that two have checked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from imp2art.access.rights import Action
from imp2art.audit.table_set import SetAction
from imp2art.core.actor import Actor
from imp2art.flows.release_tables import do_with_tables, show_table_set, show_tables
from imp2art.web.accounts.actor import programme_page
from imp2art.web.accounts.on_site import now
from imp2art.web.design.table_pages import page_of_table


@programme_page(Action.CHECK_TABLES)
@require_safe
def table_checks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every set that was asked for, and how far it is."""
    shown = {"sets": show_tables(actor), "here": "table-checks"}
    return render(request, "programme/tables.jinja", shown)


@programme_page(Action.CHECK_TABLES)
@require_safe
def table_set_page(request: HttpRequest, actor: Actor, table_set: str) -> HttpResponse:
    """One set with every figure in it, to be looked through."""
    one, table = show_table_set(actor, table_set)
    shown = {"set": one, "shown": page_of_table(table, request), "here": "table-checks"}
    return render(request, "programme/table_set.jinja", shown)


@programme_page(Action.CHECK_TABLES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, actor: Actor, table_set: str, set_action: str) -> HttpResponse:
    """Check, return, refuse, release or withdraw a set."""
    if set_action not in set(SetAction) - {SetAction.ASK, SetAction.DOWNLOAD}:
        raise Http404
    if request.method == "POST":
        do_with_tables(actor, table_set, SetAction(set_action), now())
    return redirect("table-check-set", table_set)
