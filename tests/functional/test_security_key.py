"""A nurse adds a security key and signs in with it, in a real browser under the site's own headers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.conftest import PASSWORD
from tests.functional.site import Site, serving

MAKE_WORLD = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.conftest import make_world
make_world()
"""


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two practices of one person each: signing in needs no more."""
    home = tmp_path_factory.mktemp("small-site")
    subprocess.run(
        [sys.executable, "-c", MAKE_WORLD],
        env={**os.environ, "IMP2ART_HOME": str(home), "DJANGO_SETTINGS_MODULE": "imp2art.web.site.settings"},
        check=True,
    )
    (home / "sign-in.txt").write_text(f"password  {PASSWORD}\n")
    with serving(home) as site:
        yield site


@pytest.fixture
def key_page(page: Page) -> Page:
    """A page in a browser with a security key plugged in; nothing may be written to its console."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**key, "isUserVerified": True}})
    return page


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("User name or email address").fill("nurse-a12345")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_security_key_is_added_and_signs_in(key_page: Page, small_site: Site):
    blocked = []
    key_page.on("console", lambda said: blocked.append(said.text) if "Security Policy" in said.text else None)
    site = small_site.address.replace("127.0.0.1", "localhost")  # a key belongs to a name, not a number
    sign_in(key_page, site)
    key_page.goto(f"{site}/account/2fa/webauthn/add/")
    key_page.get_by_label("Password").fill(PASSWORD)
    key_page.get_by_role("button", name="Confirm").click()
    key_page.get_by_role("button", name="Add").click()
    key_page.wait_for_url("**/recovery-codes/")

    key_page.get_by_role("button", name="Sign out").click()
    sign_in(key_page, site)
    key_page.wait_for_url("**/2fa/authenticate/**")
    key_page.get_by_role("button", name="Use a security key").click()
    key_page.wait_for_url(f"{site}/")
    assert blocked == []
