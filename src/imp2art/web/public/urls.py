"""Addresses that are open to all. The one of a code is printed on paper: it must never change."""

from __future__ import annotations

from django.urls import path

from imp2art.web.public.about import about
from imp2art.web.public.current import ask_code, current

urlpatterns = [
    path("about/", about, name="about"),
    path("current/", ask_code, name="current"),
    path("current/<str:code>", current, name="current-code"),
]
