"""The patient's addresses. The token is the secret part of a link: it names nobody and is kept nowhere."""

from __future__ import annotations

from django.urls import path

from imp2art.web.patients.answers import close, read, used
from imp2art.web.patients.copies import copy_of_plan, picture, read_aloud_page
from imp2art.web.patients.own_plan import own_plan

urlpatterns = [
    path("<slug:token>/", own_plan, name="own-plan"),
    path("<slug:token>/read/", read, name="own-plan-read"),
    path("<slug:token>/used/", used, name="own-plan-used"),
    path("<slug:token>/close/", close, name="own-plan-close"),
    path("<slug:token>/aloud/", read_aloud_page, name="own-plan-aloud"),
    path("<slug:token>/asthma-plan.png", picture, name="own-plan-picture"),
    path("<slug:token>/asthma-plan-<slug:form>.pdf", copy_of_plan, name="own-plan-copy"),
]
