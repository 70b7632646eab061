"""Signing in: passwords, second step, lock-out, the session's end, and what every answer carries."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from imp2art.access.rights import may
from imp2art.core.actor import Role
from imp2art.core.refusal import Refusal
from imp2art.store.audit_trail import AuditEntry
from imp2art.store.models import AuditEvent
from imp2art.store.people import StaffAccount, close_account, create_account
from imp2art.web.site.log_form import QuietFormatter
from imp2art.web.site.start import check_is_safe_to_serve
from tests.builders import AT, OPERATOR
from tests.conftest import OURS, PASSWORD, STAFF, THEIRS, World

LOGIN = "/account/login/"
NURSE = "nurse-a12345"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
SECOND_STEP_PAGES = [
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
]


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests():
    cache.clear()


@pytest.fixture
def clock(monkeypatch):
    """Set the time of day that the site sees."""

    def set_to(at: datetime) -> None:
        for name in ("django.utils.timezone.now", "axes.attempts.now", "axes.handlers.proxy.now"):
            monkeypatch.setattr(name, lambda: at)
        monkeypatch.setattr("time.time", at.timestamp)

    return set_to


def log_in(client: Client, login: str = NURSE, password: str = PASSWORD, **options):
    return client.post(LOGIN, {"login": login, "password": password}, **options)


def log_in_and_confirm(client: Client, login: str = NURSE) -> None:
    """Sign in, and give the password again as before a change to how one signs in."""
    log_in(client, login)
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def heading(response) -> str:
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)[1])


# --- with a password ---------------------------------------------------------


def test_the_sign_in_page_asks_for_two_things(world: World):
    page = Client().get(LOGIN).content.decode()
    assert re.findall(r'<input[^>]*name="(login|password)"', page) == ["login", "password"]
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_a_user_name_and_its_password_sign_in(world: World):
    client = Client()
    response = log_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_an_email_address_signs_in_too(world: World):
    account = StaffAccount("amina", "Amina", Role.GP, OURS, "amina@example.org")
    create_account(account, PASSWORD, AuditEntry(AT, OPERATOR, "account-made"))
    client = Client()
    log_in(client, "Amina@example.org")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("login", "password"), [(NURSE, "wrong"), ("nobody", PASSWORD), (NURSE, ""), ("' OR 1=1 --", PASSWORD)]
)
def test_a_wrong_pair_does_not_sign_in_and_says_so(world: World, login, password):
    client = Client()
    response = log_in(client, login, password)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Sign in" in page
    assert "There is a problem" in page
    assert not is_signed_in(client)


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(world: World):
    def said(login: str) -> str:
        page = log_in(Client(), login, "wrong").content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    assert said(NURSE) == said("nobody-a12345")


def test_F12_after_signing_in_the_person_is_back_where_they_were(world: World):
    asked = f"/people/{world.our_person}/review/"
    sent_to = Client().get(asked)["Location"]
    assert sent_to == f"{LOGIN}?next={asked.replace('/', '%2F')}"
    client = Client()
    response = client.post(sent_to, {"login": NURSE, "password": PASSWORD, "next": asked})
    assert response["Location"] == asked


def test_F12_a_part_of_a_page_asks_the_whole_page_to_sign_in(world: World):
    here = f"http://testserver/people/{world.our_person}/review/"
    response = Client().get("/", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert response["HX-Redirect"] == f"{LOGIN}?next=%2Fpeople%2F{world.our_person}%2Freview%2F"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(world: World, elsewhere):
    response = Client().post(LOGIN, {"login": NURSE, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


def test_the_operator_lands_on_their_account(world: World):
    assert log_in(Client(), "operator-site")["Location"] == "/account/"


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "confirm-email/", "login/code/"])
def test_nobody_signs_up_or_resets_by_themselves(world: World, path):
    assert Client().get(f"/account/{path}").status_code == 404


def test_signing_out_ends_the_session_on_the_server(world: World, sign_in):
    client = sign_in()
    stolen = client.cookies[site_settings.SESSION_COOKIE_NAME].value
    assert heading(client.get("/account/logout/")) == "Sign out"
    assert client.post("/account/logout/")["Location"] == LOGIN
    thief = Client()
    thief.cookies[site_settings.SESSION_COOKIE_NAME] = stolen
    assert not is_signed_in(thief)


def test_signing_in_and_out_stands_in_the_trail(world: World):
    client = Client()
    log_in(client)
    client.post("/account/logout/")
    events = AuditEvent.objects.filter(verb__startswith="sign-").order_by("id")
    assert [(event.verb, event.role, event.practice_code) for event in events] == [
        ("sign-in", "nurse", OURS),
        ("sign-out", "nurse", OURS),
    ]


def test_a_password_is_changed_only_by_who_knows_it(world: World):
    client = Client()
    log_in(client)
    new = "wooden lantern sails twice"
    wrong = client.post(
        "/account/password/change/", {"oldpassword": "wrong", "password1": new, "password2": new}
    )
    assert heading(wrong) == "Change your password"
    assert "There is a problem" in wrong.content.decode()
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    other = Client()
    log_in(other, password=new)
    assert is_signed_in(other)


# --- lock-out ----------------------------------------------------------------


def test_T08_the_sixth_try_is_refused_even_with_the_right_password(world: World):
    client = Client()
    statuses = [log_in(client, password="wrong").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    refused = log_in(client)
    assert (refused.status_code, heading(refused)) == (429, "Too many tries")
    assert not is_signed_in(client)


def test_T08_user_name_and_address_are_counted_together(world: World):
    account = StaffAccount("amina", "Amina", Role.GP, OURS, "amina@example.org")
    create_account(account, PASSWORD, AuditEntry(AT, OPERATOR, "account-made"))
    tries = ["amina", "AMINA", "amina@example.org", "Amina", "AMINA@example.org"]
    assert [log_in(Client(), login, "wrong").status_code for login in tries][-1] == 429


def test_T08_a_lock_out_from_elsewhere_does_not_lock_out_the_owner(world: World):
    for _ in range(6):
        log_in(Client(), password="wrong", REMOTE_ADDR="203.0.113.9")
    owner = Client()
    log_in(owner)
    assert is_signed_in(owner)


def test_T08_the_lock_ends_after_a_quarter_of_an_hour(world: World, clock):
    clock(NOON)
    for _ in range(5):
        log_in(Client(), password="wrong")
    clock(NOON + timedelta(minutes=14))
    assert log_in(Client()).status_code == 429
    clock(NOON + timedelta(minutes=16))
    assert log_in(Client()).status_code == 302


# --- the session's end -------------------------------------------------------


@pytest.mark.parametrize(
    ("idle", "lasts"), [(timedelta(minutes=29, seconds=59), True), (timedelta(minutes=30, seconds=1), False)]
)
def test_S10_an_idle_session_ends_after_half_an_hour(world: World, clock, idle, lasts):
    client = Client()
    clock(NOON)
    log_in(client)
    clock(NOON + idle)
    assert is_signed_in(client) is lasts


@pytest.mark.parametrize(
    ("last", "lasts"),
    [(timedelta(hours=11, minutes=59, seconds=59), True), (timedelta(hours=12, seconds=1), False)],
)
def test_S10_a_busy_session_ends_after_twelve_hours(world: World, clock, last, lasts):
    client = Client()
    clock(NOON)
    log_in(client)
    for quarter in range(1, 48):
        clock(NOON + timedelta(minutes=15 * quarter))
        assert is_signed_in(client)
    clock(NOON + last)
    assert is_signed_in(client) is lasts


def test_S10_signing_in_again_begins_a_new_session(world: World, clock):
    client = Client()
    clock(NOON)
    log_in(client)
    clock(NOON + timedelta(hours=13))
    log_in(client)
    clock(NOON + timedelta(hours=13, minutes=20))
    assert is_signed_in(client)


def test_T03_a_closed_account_is_out_with_its_next_request(world: World, sign_in):
    client = sign_in()
    close_account(NURSE, AuditEntry(AT, OPERATOR, "account-closed"))
    assert not is_signed_in(client)


def test_T03_a_changed_role_holds_with_the_next_request(world: World, sign_in):
    client = sign_in()
    page = f"/people/{world.our_person}/"
    assert client.get(page).status_code == 200
    get_user_model().objects.filter(username=NURSE).update(role=Role.MANAGER.value)
    assert client.get(page).status_code == 403


def test_T03_someone_moved_to_another_practice_sees_the_new_one_only(world: World, sign_in):
    client = sign_in()
    get_user_model().objects.filter(username=NURSE).update(practice_id=THEIRS)
    assert client.get(f"/people/{world.our_person}/").status_code == 404
    assert client.get(f"/people/{world.their_person}/").status_code == 200


# --- the second step ---------------------------------------------------------


@pytest.mark.parametrize("path", SECOND_STEP_PAGES)
def test_every_page_of_the_second_step_is_there_for_everyone(world: World, path):
    client = Client()
    log_in_and_confirm(client, "operator-site")
    response = client.get(path)
    assert response.status_code == 200
    assert "nhsuk-heading-l" in response.content.decode()


@pytest.mark.parametrize("path", SECOND_STEP_PAGES[1::2])
def test_a_change_to_the_second_step_asks_who_it_is_first(world: World, path):
    client = Client()
    log_in(client)
    assert heading(client.get(path, follow=True)) == "Confirm it is you"


def turn_on_app(client: Client, clock) -> str:
    """Turn on an authenticator app at noon; its key."""
    clock(NOON)
    log_in_and_confirm(client)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    key = re.search(r'id="authenticator-secret">([A-Z2-7]+)<', page)[1]
    response = client.post("/account/2fa/totp/activate/", {"code": code_of(key, NOON)})
    assert response["Location"] == "/account/2fa/recovery-codes/"
    return key


def code_of(key: str, at: datetime) -> str:
    return totp.format_hotp_value(totp.hotp_value(key, int(at.timestamp()) // 30))


def test_with_an_app_the_password_alone_does_not_sign_in(world: World, clock):
    key = turn_on_app(Client(), clock)
    clock(NOON + timedelta(minutes=5))
    client = Client()
    assert log_in(client)["Location"].startswith("/account/2fa/authenticate/")
    assert not is_signed_in(client)
    assert heading(client.get("/account/2fa/authenticate/")) == "Enter your code"
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "There is a problem" in wrong.content.decode()
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_of(key, NOON + timedelta(minutes=5))})
    assert is_signed_in(client)


def test_a_code_works_once(world: World, clock):
    key = turn_on_app(Client(), clock)
    later = NOON + timedelta(minutes=5)
    clock(later)
    signed_in = []
    for client in (Client(), Client()):
        log_in(client)
        client.post("/account/2fa/authenticate/", {"code": code_of(key, later)})
        signed_in.append(is_signed_in(client))
    assert signed_in == [True, False]


def test_a_recovery_code_signs_in_once(world: World, clock):
    owner = Client()
    turn_on_app(owner, clock)
    codes = re.findall(r"<code>(\d+)</code>", owner.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert owner.get("/account/2fa/recovery-codes/download/").content.decode().split() == codes
    signed_in = []
    for client in (Client(), Client()):
        log_in(client)
        client.post("/account/2fa/authenticate/", {"code": codes[0]})
        signed_in.append(is_signed_in(client))
    assert signed_in == [True, False]


def test_codes_cannot_be_guessed_one_after_the_other(world: World, clock):
    turn_on_app(Client(), clock)
    client = Client()
    log_in(client)
    said = [
        client.post("/account/2fa/authenticate/", {"code": f"{n:06}"}).content.decode() for n in range(12)
    ]
    assert "Too many" in unescape(said[-1])
    assert not is_signed_in(client)


def test_the_key_of_an_app_is_not_in_the_database_as_it_is(world: World, clock):
    key = turn_on_app(Client(), clock)
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert key not in str(kept.data)


def test_turning_the_app_off_asks_who_it_is_first(world: World, clock):
    client = Client()
    key = turn_on_app(client, clock)
    assert heading(client.get("/account/2fa/totp/deactivate/")) == "Turn off the authenticator app"
    later = NOON + timedelta(minutes=20)
    clock(later)
    asked = client.get("/account/2fa/totp/deactivate/", follow=True)
    assert heading(asked) == "Confirm it is you"
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    client.post(
        "/account/2fa/reauthenticate/", {"code": code_of(key, later), "next": "/account/2fa/totp/deactivate/"}
    )
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


@pytest.mark.parametrize(
    "path",
    ["/account/reauthenticate/", "/account/2fa/reauthenticate/", "/account/2fa/recovery-codes/generate/"],
)
def test_the_other_pages_of_the_second_step_render(world: World, clock, path):
    client = Client()
    turn_on_app(client, clock)
    assert client.get(path).status_code == 200


@pytest.fixture
def key_pages(world: World, clock):
    """A client whose account has a security key, and the key's row."""
    client = Client()
    clock(NOON)
    log_in_and_confirm(client)
    account = get_user_model().objects.get(username=NURSE)
    data = {"name": "Blue key", "credential": {}}
    return client, Authenticator.objects.create(user=account, type="webauthn", data=data)


@pytest.mark.parametrize("page", ["edit/", "remove/"])
def test_the_pages_of_one_security_key_render(key_pages, page):
    client, key = key_pages
    response = client.get(f"/account/2fa/webauthn/keys/{key.pk}/{page}")
    assert response.status_code == 200
    assert "nhsuk-button" in response.content.decode()


def test_T01_another_persons_security_key_is_not_there(key_pages, sign_in):
    _, key = key_pages
    other = Client()
    log_in_and_confirm(other, "gp-a12345")
    assert other.get(f"/account/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404


def test_a_security_key_begins_with_a_challenge_from_the_server(world: World):
    client = Client()
    log_in_and_confirm(client)
    page = client.get("/account/2fa/webauthn/add/").content.decode()
    assert '"challenge"' in page
    assert 'data-allauth-onload="allauth.webauthn.forms.addForm"' in page


# --- what every answer carries -----------------------------------------------


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {name: " ".join(sorted(sources.split(), key=len, reverse=True)) for name, sources in parts}


@pytest.mark.parametrize("path", ["/", "/account/", LOGIN, "/nowhere", "/health"])
def test_T09_every_page_carries_the_whole_policy_and_nothing_looser(world: World, sign_in, path):
    response = sign_in().get(path)
    wanted = {name: " ".join(sorted(words.split(), key=len, reverse=True)) for name, words in POLICY.items()}
    assert policy_of(response) == wanted
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/account/", "/nowhere", "/account/2fa/"])
def test_no_page_of_someone_signed_in_is_stored(world: World, sign_in, path):
    assert sign_in().get(path)["Cache-Control"] == "no-store"


def test_the_page_after_signing_out_is_not_stored_either(world: World, sign_in):
    client = sign_in()
    assert client.post("/account/logout/")["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World):
    client = Client()
    client.get(LOGIN)
    log_in(client)
    assert set(client.cookies) == {
        site_settings.SESSION_COOKIE_NAME,
        site_settings.CSRF_COOKIE_NAME,
    }
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
        assert cookie.key.startswith("__Host-")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_T10_a_form_sent_from_another_site_changes_nothing(world: World):
    client = Client(enforce_csrf_checks=True)
    assert log_in(client).status_code == 403
    assert not is_signed_in(client)


def test_health_says_that_it_works_and_nothing_else(db):
    response = Client().get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


# --- every address, every role -----------------------------------------------

OPEN_TO_ALL = {
    "health",
    "account_login",
    "account_logout",
    "sign-out",
    "account_inactive",
    "mfa_authenticate",
    # a patient's own pages: the token and the date of birth open them (test_pages_own_plan.py)
    "own-plan",
    "own-plan-read",
    "own-plan-used",
    "own-plan-close",
    "own-plan-aloud",
    "own-plan-picture",
    "own-plan-copy",
    "about",
    "current",
    "current-code",
}
OWN_ACCOUNT = {"account", "account_reauthenticate", "account_change_password"}


def addresses(resolver: URLResolver | None = None) -> list[URLPattern]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        found += addresses(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def practice_addresses() -> list[URLPattern]:
    return [entry for entry in addresses() if hasattr(entry.callback, "action")]


def path_for(entry: URLPattern, person: str) -> str:
    """The address with this person in it, and something well-formed in its other places."""
    fillings = {"public_id": person, "review_id": "a" * 32, "version": 1, "link": 1, "name": "2026-10"}
    return reverse(entry.name, kwargs={name: fillings.get(name, "x") for name in entry.pattern.converters})


def without_token(response) -> bytes:
    """The page without the form's secret, which differs from answer to answer."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", response.content)


def test_every_address_has_a_name_and_is_closed_unless_listed_here():
    names = {entry.name for entry in addresses()}
    assert None not in names
    closed = {entry.name for entry in practice_addresses()}
    second_step = {name for name in names if name.startswith("mfa_")}
    assert names == OPEN_TO_ALL | OWN_ACCOUNT | second_step | closed


@pytest.mark.parametrize("entry", practice_addresses(), ids=lambda entry: entry.name)
def test_T01_without_signing_in_every_page_of_a_practice_asks_to(world: World, entry):
    response = Client().get(path_for(entry, world.our_person))
    assert response.status_code in (302, 405)
    assert response.get("Location", LOGIN).startswith(LOGIN)


@pytest.mark.parametrize("entry", practice_addresses(), ids=lambda entry: entry.name)
@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_T01_a_role_that_may_not_is_refused_before_the_page_is_made(
    world: World, sign_in, entry, role, method
):
    if may(world.actor(role), entry.callback.action, OURS):
        return
    response = getattr(sign_in(role), method)(path_for(entry, world.our_person))
    assert response.status_code in (403, 405)
    assert b"Ourcanary" not in response.content


@pytest.mark.parametrize("entry", practice_addresses(), ids=lambda entry: entry.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_T01_a_person_of_another_practice_is_answered_as_nobody(world: World, sign_in, entry, method):
    if "public_id" not in entry.pattern.converters:
        return
    client = sign_in(Role.GP)
    theirs, nobody = (
        getattr(client, method)(path_for(entry, person), follow=True)
        for person in (world.their_person, "f" * 32)
    )
    assert theirs.status_code == nobody.status_code in (404, 405)
    assert without_token(theirs) == without_token(nobody)
    assert b"Theircanary" not in theirs.content


def test_the_operator_opens_no_page_of_a_practice(world: World, sign_in):
    client = sign_in(Role.OPERATOR, None)
    statuses = {client.get(path_for(entry, world.our_person)).status_code for entry in practice_addresses()}
    assert statuses <= {403, 405}


# --- before the door opens, and what the log says ----------------------------


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("SECRET_KEY", site_settings.NO_SECRET, "IMP2ART_SECRET_KEY"), ("DEBUG", True, "DEBUG")],
)
def test_an_unsafe_site_does_not_start(settings, name, value, reason):
    settings.SECRET_KEY = "x" * 50
    setattr(settings, name, value)
    with pytest.raises(Refusal, match=reason):
        check_is_safe_to_serve()


def test_T26_a_fault_is_logged_without_the_words_of_the_exception():
    name = "Ourcanary"
    record = logging.LogRecord("django.request", logging.ERROR, "f.py", 1, "Fault: %s", ("/people/",), None)
    try:
        raise ValueError(name)
    except ValueError:
        record.exc_info = sys.exc_info()
    line = QuietFormatter().format(record)
    assert "ValueError" in line
    assert "test_sign_in.py" in line
    assert name not in line


def test_a_line_break_in_an_address_cannot_forge_a_line_of_the_log():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "f.py", 1, "Not Found: /\n2026 forged", (), None
    )
    assert "\n" not in QuietFormatter().format(record)
