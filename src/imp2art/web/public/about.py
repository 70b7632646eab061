"""What this is, in one screen."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imp2art.documents.words import phrase


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """For patients, for practices, and what it is not."""
    return render(request, "public/about.jinja", {"say": partial(phrase, "about")})
