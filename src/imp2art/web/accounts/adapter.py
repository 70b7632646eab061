"""How allauth behaves here: nobody signs up, and the secrets of second factors are kept encrypted."""

from __future__ import annotations

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from imp2art.core.actor import Role
from imp2art.web.accounts.actor import START_PAGES

_WRONG_PAIR = "The user name or the password is wrong. Check both and try again."


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by the operator (`store.people`)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG_PAIR,
        "email_password_mismatch": _WRONG_PAIR,
        "incorrect_password": "The password is wrong. Check it and try again.",
        "too_many_login_attempts": "Too many tries. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The register; whoever belongs to no practice has none, and sees the start page of their role."""
        if getattr(request.user, "practice_id", None) is not None:
            return settings.LOGIN_REDIRECT_URL
        return reverse(START_PAGES.get(Role(getattr(request.user, "role", "")), "account"))


class SecondFactorAdapter(DefaultMFAAdapter):
    """A stolen copy of the database must not be enough to make codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is wrong. Wait for the next one and try again.",
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002 - allauth's name
        """Security key 1, Security key 2 …, until the person gives it a name."""
        keys = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Security key {keys + 1}"

    def encrypt(self, text: str) -> str:
        """Encrypted under the site's secret."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text that was encrypted."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    secret = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second-factor")
    return Fernet(base64.urlsafe_b64encode(secret.digest()))
