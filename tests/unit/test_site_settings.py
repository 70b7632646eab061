"""What the site reads from its environment: the database's address, and switches that are yes or no."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imp2art.core.refusal import Refusal
from imp2art.web.site.database import database_settings
from imp2art.web.site.switches import read_switch

HOME = Path("/nowhere/site")


def test_without_an_address_the_data_are_in_the_sites_folder():
    settings = database_settings(None, HOME)
    assert settings["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["NAME"] == HOME / "imp2art.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_an_address_names_user_password_host_port_and_database():
    settings = database_settings("postgresql://nora:p%40ss%2Fword@db.example:5433/imp2art", HOME)
    names = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME")
    assert [settings[name] for name in names] == [
        "django.db.backends.postgresql",
        "nora",
        "p@ss/word",
        "db.example",
        "5433",
        "imp2art",
    ]


def test_a_socket_and_the_demand_for_tls_stand_behind_the_address():
    settings = database_settings("postgresql://nora@/imp2art?host=/run/postgresql&sslmode=verify-full", HOME)
    assert (settings["HOST"], settings["PORT"]) == ("/run/postgresql", "")
    assert settings["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://nora:secret@h/d", "begin with postgresql://"),
        ("mysql://nora:secret@h/d", "begin with postgresql://"),
        ("nora:secret@h/d", "begin with postgresql://"),
        ("postgresql://nora:secret@h", "name of one database"),
        ("postgresql://nora:secret@h/", "name of one database"),
        ("postgresql://nora:secret@h/d/e", "name of one database"),
        ("postgresql://nora:secret@h/d#e", "name of one database"),
        ("postgresql://nora:secret@h:port/d", "cannot be read"),
        ("postgresql://nora:secret@[h/d", "cannot be read"),
        ("postgresql://nora:secret@h/d?sslmode", "cannot be read"),
        ("postgresql://nora:secret@h/d?options=-c", "only these may stand"),
        ("postgresql://nora:secret@h/d?sslmode=a&sslmode=b", "only these may stand"),
    ],
)
def test_T26_an_address_that_is_not_understood_is_refused_without_repeating_it(url, reason):
    with pytest.raises(Refusal, match=reason) as refusal:
        database_settings(url, HOME)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(("text", "is_on"), [("yes", True), ("no", False)])
def test_a_switch_is_yes_or_no(text, is_on):
    assert read_switch("IMP2ART_SECURE", text) is is_on


@pytest.mark.parametrize("text", ["", "YES", "true", "0", "off"])
def test_a_switch_that_is_neither_is_refused(text):
    with pytest.raises(Refusal, match="IMP2ART_SECURE must be yes or no"):
        read_switch("IMP2ART_SECURE", text)


PRINTED = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "SECURE_HSTS_SECONDS")


@pytest.mark.parametrize(
    ("secure", "printed"),
    [("yes", "True True __Host-imp2art-session 31536000"), ("no", "False False imp2art-session 0")],
)
def test_a_demonstration_over_http_is_the_only_site_without_secure_cookies(secure, printed):
    program = f"import imp2art.web.site.settings as s; print(*(getattr(s, name) for name in {PRINTED}))"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "IMP2ART_SECURE": secure},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == printed
