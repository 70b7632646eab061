"""How an account is found for a session: with its practice, which every page names."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser


class StaffBackend(AuthenticationBackend):
    """Sign in by user name or e-mail address."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The account and its practice in one look; None where it is closed or gone."""
        found = get_user_model().objects.select_related("practice").filter(pk=user_id).first()
        return found if found is not None and self.user_can_authenticate(found) else None
