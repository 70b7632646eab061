"""Addresses for signing in. Only these of allauth's: no sign-up, no e-mail, no reset by e-mail."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path

from imp2art.web.accounts.views import account

urlpatterns = [
    path("", account, name="account"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("logout/", allauth.logout, name="sign-out"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
