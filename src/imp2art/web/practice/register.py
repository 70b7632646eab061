"""The register's page: who needs someone first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from imp2art.access.rights import Action, may
from imp2art.core.actor import Actor
from imp2art.core.identifiers import PracticeCode
from imp2art.flows.show_register import show_register
from imp2art.web.accounts.actor import practice_page
from imp2art.web.practice.on_site import today

PAGE_LENGTH = 50
LONGEST_SEARCH = 100


@practice_page(Action.SEE_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, actor: Actor, practice: PracticeCode) -> HttpResponse:
    """Worst first, with the reason; `list` and `search` narrow it. Enter on the only match opens it.

    A search is posted, so that no name comes into an address, a history or a log (ASVS 14.2.1).
    """
    search = request.POST.get("search", "")[:LONGEST_SEARCH].strip()
    shown_list = request.POST.get("list") or request.GET.get("list", "all")
    page = show_register(actor, practice, today(), shown=shown_list, search=search)
    opens = may(actor, Action.OPEN_RECORD, practice)
    if search and opens and len(page.rows) == 1 and not request.headers.get("HX-Request"):
        return redirect("person", page.rows[0].public_id)
    rows = Paginator(page.rows, PAGE_LENGTH).get_page(request.POST.get("page") or request.GET.get("page"))
    shown = {
        "page": page,
        "rows": rows,
        "opens": opens,
        "sees_trail": may(actor, Action.SEE_AUDIT_TRAIL, practice),
        "today": today(),
        "here": "register",
    }
    return render(request, "practice/register.jinja", shown)
