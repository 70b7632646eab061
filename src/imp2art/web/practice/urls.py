"""The practice's addresses. A person is named by an opaque id, never by a number of theirs."""

from __future__ import annotations

from django.urls import path

from imp2art.web.practice.differences import differences
from imp2art.web.practice.explanation import explanation
from imp2art.web.practice.indicator import indicator
from imp2art.web.practice.languages import example, language, languages
from imp2art.web.practice.lists import behind
from imp2art.web.practice.month import month, run_month
from imp2art.web.practice.opened import readings
from imp2art.web.practice.people import person, seen
from imp2art.web.practice.plan_data import plan_data
from imp2art.web.practice.plans import finished, plan_copy, plan_page
from imp2art.web.practice.register import register
from imp2art.web.practice.renewals import renew
from imp2art.web.practice.report_file import report_file
from imp2art.web.practice.review.views import finish, merge, review
from imp2art.web.practice.review_counts import review_counts
from imp2art.web.practice.share import end_link, new_link, plan_form, share
from imp2art.web.practice.year import newest_year, year, year_file

urlpatterns = [
    path("", register, name="register"),
    path("month/", month, name="month"),
    path("month/again/", run_month, name="run-month"),
    path("month/<str:month>/", month, name="month-of"),
    path("month/<str:month>/report.pdf", report_file, name="report-file"),
    path("month/<str:month>/read/", readings, name="readings"),
    path("month/<str:month>/<slug:slug>/", indicator, name="indicator"),
    path("month/<str:month>/<slug:slug>/differences/", differences, name="differences"),
    path("month/<str:month>/<slug:slug>/<slug:outcome>/", behind, name="behind"),
    path("languages/", languages, name="languages"),
    path("languages/<slug:language>/", language, name="language"),
    path("languages/<slug:language>/<slug:family>.pdf", example, name="language-example"),
    path("year/", newest_year, name="newest-year"),
    path("year/<str:year>/", year, name="year"),
    path("year/<str:year>/report.pdf", year_file, name="year-file"),
    path("reviews/", review_counts, name="review-counts"),
    path("people/<slug:public_id>/", person, name="person"),
    path("people/<slug:public_id>/seen/", seen, name="seen"),
    path("people/<slug:public_id>/why/<slug:slug>/", explanation, name="explanation"),
    path("people/<slug:public_id>/why/<slug:slug>/<str:month>/", explanation, name="explanation-of"),
    path("people/<slug:public_id>/review/", review, name="review"),
    path("people/<slug:public_id>/review/merge/", merge, name="merge"),
    path("people/<slug:public_id>/review/finish/", finish, name="finish"),
    path("people/<slug:public_id>/plan/", renew, name="renew"),
    path("people/<slug:public_id>/reviews/<slug:review_id>/", finished, name="finished"),
    path("people/<slug:public_id>/plans/<int:version>/plan.pdf", plan_page, name="plan-page"),
    path("people/<slug:public_id>/plans/<int:version>/plan.fhir.json", plan_data, name="plan-data"),
    path("people/<slug:public_id>/plans/<int:version>/for/<slug:copy>.pdf", plan_copy, name="plan-copy"),
    path("people/<slug:public_id>/plans/<int:version>/<slug:form>.pdf", plan_form, name="plan-form"),
    path("people/<slug:public_id>/share/", share, name="share"),
    path("people/<slug:public_id>/share/link/", new_link, name="new-link"),
    path("people/<slug:public_id>/share/<int:link>/end/", end_link, name="end-link"),
]
