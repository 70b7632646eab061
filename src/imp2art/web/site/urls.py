"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from imp2art.web.site.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("account/", include("imp2art.web.accounts.urls")),
    path("programme/", include("imp2art.web.programme.urls")),
    path("supported/", include("imp2art.web.facilitator.urls")),
    path("tables/", include("imp2art.web.researcher.urls")),
    path("plan/", include("imp2art.web.patients.urls")),
    path("", include("imp2art.web.public.urls")),
    path("", include("imp2art.web.practice.urls")),
]
