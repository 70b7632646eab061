"""The researcher's addresses."""

from __future__ import annotations

from django.urls import path

from imp2art.web.researcher.tables import ask, download, step, table_set_page, tables

urlpatterns = [
    path("", tables, name="tables"),
    path("ask/", ask, name="ask-tables"),
    path("<slug:table_set>/", table_set_page, name="table-set"),
    path("<slug:table_set>/<slug:table>.<slug:file_form>", download, name="download-tables"),
    path("<slug:table_set>/<slug:set_action>/", step, name="table-step"),
]
