"""Settings of the site. The only place that reads the environment."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(os.environ.get("IMP2ART_HOME", "var")).resolve()

SECRET_KEY = os.environ.get("IMP2ART_SECRET_KEY", "for this machine only: the demo makes its own")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("IMP2ART_HOSTS", "127.0.0.1,localhost,testserver").split(",")
ROOT_URLCONF = "imp2art.web.site.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "imp2art.store.apps.StoreConfig",
]
AUTH_USER_MODEL = "store.User"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "imp2art.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
TIME_ZONE = "Europe/London"
USE_TZ = True
LANGUAGE_CODE = "en-gb"
STATIC_URL = "static/"
