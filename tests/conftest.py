"""What every test may ask for: a database with two practices, people to sign in, no network.

`world` is two practices with one canary person each and staff of every role, all kept through the
store's own write paths.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase

from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.record.patient_record import PatientRecord
from imp2art.store import migrations
from tests.builders import (
    AT,
    OPERATOR,
    SITE_KEY,
    build_issue,
    build_manifest,
    build_record,
    clean_batches,
    digest_of_records,
)
from tests.network import only_this_machine

PASSWORD = "correct horse battery staple"
OURS, THEIRS = PracticeCode("A12345"), PracticeCode("B54321")
NAMES = {OURS: "Harbour Lane Surgery", THEIRS: "Mill Road Practice"}
STAFF = (Role.NURSE, Role.GP, Role.PHARMACIST, Role.ADMINISTRATOR, Role.MANAGER)
OF_NO_PRACTICE = (Role.OPERATOR, Role.PROGRAMME, Role.FACILITATOR, Role.RESEARCHER)


def pytest_configure(config: pytest.Config) -> None:
    """Slow hashing of passwords is for attackers; a test has none. Nor do tests count tries together."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with only_this_machine():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in earnest: in memory, threads share locks that no site has."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        folder = tmp_path_factory.mktemp("database")
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(folder / "test.sqlite3")}


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """Tests that commit empty the tables afterwards, which the guards of the audit trail refuse."""
    names = sorted(path.stem for path in Path(migrations.__path__[0]).glob("0*.py"))
    modules = [import_module(f"imp2art.store.migrations.{name}") for name in names]
    guards = [module for module in modules if hasattr(module, "raise_guards")]
    original = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        from django.db import connection

        for module in guards:
            module.lower_guards(connection)
        original(case)
        for module in guards:
            module.raise_guards(connection)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


def keep_people(
    practice: PracticeCode, records: Sequence[PatientRecord], taken_on: date = date(2026, 11, 21)
) -> None:
    """Put these people in the place of the practice's extract, as an import does."""
    from imp2art.store.accepted_extracts import CheckedExtract, keep_extract
    from imp2art.store.audit_trail import AuditEntry
    from imp2art.store.practices import latest_import

    in_force = latest_import(practice)
    extract = CheckedExtract(
        manifest=build_manifest(practice, NAMES.get(practice, "A practice"), taken_on),
        digest=digest_of_records(records, taken_on),
        counts={"register": len(records)},
        stands_on=in_force.digest if in_force else None,
        batches=clean_batches(records),
    )
    keep_extract(extract, "", SITE_KEY, AuditEntry(AT, OPERATOR, "import"))


def public_id_of(practice: PracticeCode, number: int = 1) -> str:
    """The public id of `build_record(number)` in this practice."""
    from imp2art.store.accepted_extracts import public_id

    return public_id(practice, f"p{number:05}", SITE_KEY)


@dataclass(frozen=True)
class World:
    """Two practices that must not see each other. `people` are accounts by (role, practice)."""

    ours: PracticeCode
    theirs: PracticeCode
    our_person: str
    their_person: str
    actors: dict[tuple[Role, PracticeCode | None], Actor]

    def actor(self, role: Role = Role.NURSE, practice: PracticeCode | None = OURS) -> Actor:
        """Who has this role there."""
        return self.actors[role, practice]


def username(role: Role, practice: PracticeCode | None) -> str:
    """The user name of the account with this role: `nurse-a12345`."""
    return f"{role.value}-{practice or 'site'}".lower()


@pytest.fixture
def world(db: None) -> World:
    """Our practice has Zzyzx Ourcanary, theirs Zzyzx Theircanary."""
    return make_world()


def make_world() -> World:
    """The two practices, their people and their staff."""
    keep_people(OURS, [build_record(family_name="Ourcanary")])
    keep_people(THEIRS, [build_record(2, issues=[build_issue("2026-10-05")], family_name="Theircanary")])
    wanted = [(role, practice) for practice in (OURS, THEIRS) for role in STAFF]
    wanted += [(role, None) for role in OF_NO_PRACTICE]
    return World(
        ours=OURS,
        theirs=THEIRS,
        our_person=public_id_of(OURS, 1),
        their_person=public_id_of(THEIRS, 2),
        actors={key: _make_account(*key) for key in wanted},
    )


def _make_account(role: Role, practice: PracticeCode | None) -> Actor:
    from imp2art.store.audit_trail import AuditEntry
    from imp2art.store.people import StaffAccount, create_account

    account = StaffAccount(username(role, practice), f"{role.value.title()} Of {practice}", role, practice)
    return create_account(account, PASSWORD, AuditEntry(AT, OPERATOR, "account-made"))


@pytest.fixture
def sign_in(world: World) -> Callable[..., Client]:
    """`sign_in(Role.NURSE)` is a browser in which our nurse is signed in."""

    def signed_in(role: Role = Role.NURSE, practice: PracticeCode | None = OURS, **options: Any) -> Client:
        from django.contrib.auth import get_user_model

        client = Client(**options)
        account = get_user_model().objects.get(username=username(role, practice))
        client.force_login(account, "imp2art.web.accounts.sign_in.StaffBackend")
        return client

    return signed_in


# A browser's event loop may still run in the process in which the next test asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
