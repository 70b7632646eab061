"""`imp2art practice` and `imp2art account`."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from typer.testing import CliRunner

from imp2art.cli.main import app
from imp2art.core.refusal import Refusal
from imp2art.store.facilitated import practices_of
from imp2art.store.people import actor_of_account
from imp2art.store.scope import PracticeScope
from tests.conftest import OURS, World

ACCOUNT = [
    "account",
    "pat",
    "--name",
    "Pat Pharmacist",
    "--role",
    "pharmacist",
    "--practice",
    OURS,
    "--password",
]


@pytest.fixture
def imp2art(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IMP2ART_HOME", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, list(words))


def test_a_practice_keeps_what_is_not_given(imp2art) -> None:
    imp2art("practice", OURS, "--phone", "0131 496 0000")
    done = imp2art("practice", OURS, "--out-of-hours", "111")
    assert "0131 496 0000" in done.stdout
    assert PracticeScope(OURS).facts().out_of_hours_phone == "111"


def test_someone_with_an_account_can_sign_in(imp2art, client) -> None:
    assert imp2art(*ACCOUNT, "a long enough password").exit_code == 0
    answer = client.post("/account/login/", {"login": "pat", "password": "a long enough password"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["practice", "Z9999"], "no practice of that code"),
        (["practice", "lower"], "capital letters"),
        ([*ACCOUNT, "short"], "12 characters"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(imp2art, words: list[str], sentence: str) -> None:
    done = imp2art(*words)
    assert isinstance(done.exception, Refusal)
    assert sentence in str(done.exception)


def test_an_account_is_made_once(imp2art) -> None:
    imp2art(*ACCOUNT, "a long enough password")
    assert "already" in str(imp2art(*ACCOUNT, "another password of hers").exception)


def test_a_leaver_signs_in_no_more(imp2art, client) -> None:
    imp2art(*ACCOUNT, "a long enough password")
    assert imp2art("close-account", "pat").exit_code == 0
    answer = client.post("/account/login/", {"login": "pat", "password": "a long enough password"})
    assert client.get(answer["Location"]).status_code == 200  # "this account is closed"
    assert client.get("/")["Location"].startswith("/account/login/")


def test_closing_an_account_that_is_not_there_is_refused(imp2art) -> None:
    assert isinstance(imp2art("close-account", "nobody").exception, Refusal)


OF_THE_PROGRAMME = [
    "--name",
    "Fay Facilitator",
    "--role",
    "facilitator",
    "--password",
    "a long enough password",
]


def test_a_facilitator_belongs_to_no_practice_and_supports_some(imp2art, world: World) -> None:
    assert "the programme" in imp2art("account", "fay", *OF_THE_PROGRAMME).stdout
    assert imp2art("support", "fay", OURS).exit_code == 0
    assert imp2art("support", "fay", OURS).exit_code == 0  # once more changes nothing
    fay = actor_of_account(get_user_model().objects.get(username="fay").pk)
    assert practices_of(fay) == (OURS,)
    imp2art("support", "fay", OURS, "--end")
    assert practices_of(fay) == ()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["support", "nurse-a12345", OURS], "no facilitator"),
        (["support", "fay", "Z99999"], "no practice of that code"),
        (["support", "fay", OURS, "--end"], "does not support"),
        (["account", "gil", *OF_THE_PROGRAMME, "--practice", OURS], "belongs to no practice"),
    ],
)
def test_support_that_cannot_be_is_refused(imp2art, words: list[str], sentence: str) -> None:
    imp2art("account", "fay", *OF_THE_PROGRAMME)
    done = imp2art(*words)
    assert isinstance(done.exception, Refusal)
    assert sentence in str(done.exception)
