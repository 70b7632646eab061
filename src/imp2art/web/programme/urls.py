"""The programme office's addresses."""

from __future__ import annotations

from django.urls import path

from imp2art.web.programme.reports import cause, hold, month, one_practice, release, resume, run_again
from imp2art.web.programme.versions import give, versions

urlpatterns = [
    path("", month, name="programme"),
    path("versions/", versions, name="versions"),
    path("versions/<slug:practice_code>/", give, name="give-version"),
    path("<str:month>/", month, name="programme-month"),
    path("<str:month>/release/", release, name="release"),
    path("<str:month>/<slug:practice_code>/", one_practice, name="practice-month"),
    path("<str:month>/<slug:practice_code>/cause/", cause, name="name-cause"),
    path("<str:month>/<slug:practice_code>/hold/", hold, name="hold-back"),
    path("<str:month>/<slug:practice_code>/resume/", resume, name="resume"),
    path("<str:month>/<slug:practice_code>/run/", run_again, name="run-again"),
]
