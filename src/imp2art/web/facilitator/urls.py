"""The facilitator's addresses."""

from __future__ import annotations

from django.urls import path

from imp2art.web.facilitator.practices import one_supported, supported

urlpatterns = [
    path("", supported, name="supported"),
    path("<slug:practice_code>/", one_supported, name="one-supported"),
]
