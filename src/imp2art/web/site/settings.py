"""Settings of the site. The only place that reads the environment.

IMP2ART_HOME          the site's folder (default: `var` where the command is run)
IMP2ART_SECRET_KEY    the site's secret; a site open to others does not start without it
IMP2ART_HOSTS         the names it answers to, with commas between them
IMP2ART_ADDRESS       where practices open it, such as https://asthma.example: messages link to it
IMP2ART_SECURE        `no` only for a demonstration over http on this machine; else `yes`
IMP2ART_DATABASE_URL  postgresql://… for PostgreSQL; without it SQLite in the site's folder
IMP2ART_EXTRACT_DUE   days after a month's end until its extract is late (7)
IMP2ART_RELEASE_DUE   days after a month's end until its report's release is late (14)
IMP2ART_TREATMENT_SUPPORT  `yes` shows what guidance says to consider (`no`); see docs/clinical_safety
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from imp2art.audit.reports.report_clock import Deadlines
from imp2art.web.site.database import database_settings
from imp2art.web.site.switches import read_days, read_switch

HOME = Path(os.environ.get("IMP2ART_HOME", "var")).resolve()
SECURE = read_switch("IMP2ART_SECURE", os.environ.get("IMP2ART_SECURE", "yes"))

# The deadlines of the report clock; a month keeps those that it was started with.
REPORT_DEADLINES = Deadlines(
    read_days("IMP2ART_EXTRACT_DUE", os.environ.get("IMP2ART_EXTRACT_DUE", "7")),
    read_days("IMP2ART_RELEASE_DUE", os.environ.get("IMP2ART_RELEASE_DUE", "14")),
)

# Decision support on treatment is off until a site has signed it (intended-purpose register).
TREATMENT_SUPPORT = read_switch(
    "IMP2ART_TREATMENT_SUPPORT", os.environ.get("IMP2ART_TREATMENT_SUPPORT", "no")
)

NO_SECRET = "not a secret: for tests and for commands that serve nobody"  # noqa: S105
SECRET_KEY = os.environ.get("IMP2ART_SECRET_KEY", NO_SECRET)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("IMP2ART_HOSTS", "127.0.0.1,localhost").split(",")
ADDRESS = os.environ.get("IMP2ART_ADDRESS", "http://127.0.0.1:8000")
ROOT_URLCONF = "imp2art.web.site.urls"
WSGI_APPLICATION = "imp2art.web.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "imp2art.store.apps.StoreConfig",
    "imp2art.web.accounts.apps.AccountsConfig",
    "imp2art.web.design",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "imp2art.web.accounts.middleware.SessionLimits",
    "imp2art.web.accounts.middleware.PrivatePages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a locked-out answer into a page
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "imp2art.web.design.jinja.environment",
            "context_processors": ["csp.context_processors.nonce"],
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("IMP2ART_DATABASE_URL"), HOME)}

# Who signs in, and how
AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out gets no further
    "imp2art.web.accounts.sign_in.StaffBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "imp2art.web.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]  # closed all the same
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the operator
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Axes counts passwords, five tries a person and place. This one also counts second-factor codes.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/300s/key"}
# All processes that answer pages count those tries together. Nothing else is kept there.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "tries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
MFA_ADAPTER = "imp2art.web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "IMP²ART asthma"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody can lock out a colleague elsewhere
AXES_USERNAME_CALLABLE = "imp2art.web.accounts.lock_out.name_tried"
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Cookies and headers
SESSION_COOKIE_NAME = "__Host-imp2art-session" if SECURE else "imp2art-session"
CSRF_COOKIE_NAME = "__Host-imp2art-csrf" if SECURE else "imp2art-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # the idle limit lies in `accounts.middleware`
# A secure site stands behind a proxy on the same machine, which ends TLS and says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Static files are served from the package itself: nothing to collect, nothing to download
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

TIME_ZONE = "Europe/London"
USE_TZ = True
LANGUAGE_CODE = "en-gb"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "imp2art.web.site.log_form.QuietFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
