"""The programme office's pages: what is late and why, many released in one click, and who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report_clock import Step
from imp2art.cli import rounds
from imp2art.cli.home import now
from imp2art.core.actor import Role
from imp2art.store import report_clock as clocks
from imp2art.store.models import OutboxEntry, ReleasedFiguresRow
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry
from tests.builders import build_issue, build_record
from tests.conftest import OURS, THEIRS, World, keep_people
from tests.integration.pages import text_of

PRACTICES = (OURS, THEIRS)


def ended() -> date:
    """The end of the last whole month."""
    return now().date().replace(day=1) - timedelta(days=1)


MONTH = f"{ended():%Y-%m}"
PAGE = f"/programme/{MONTH}/"


@pytest.fixture
def made(world: World, tmp_path: Path) -> World:
    """Both practices sent an extract of today, and the worker made the ended month of each."""
    issue = build_issue(f"{MONTH}-01")
    for number, practice in enumerate(PRACTICES, start=1):
        keep_people(practice, [build_record(number, issues=(issue,))], now().date())
    rounds.go_round(tmp_path)
    return world


@pytest.fixture
def ready(made: World) -> World:
    """And each was given a version."""
    for practice, version in zip(PRACTICES, Version, strict=True):
        give(made, practice, version)
    return made


def give(world: World, practice: str, version: Version) -> None:
    keep_version(practice, version, AuditEntry(now(), world.actors[Role.PROGRAMME, None], "version-given"))


@pytest.fixture
def office(world: World, sign_in: Callable[..., Client]) -> Client:
    return sign_in(Role.PROGRAMME, None)


def delay(world: World, practice: str, days: int) -> None:
    """Start the month's clock of a practice as if the month had ended so many days ago."""
    entry = AuditEntry(now(), world.actors[Role.OPERATOR, None], "")
    long_ago = now().date() - timedelta(days=days)
    clocks.open_month(practice, ended(), long_ago, clocks.Deadlines(), entry)


def test_each_practice_stands_with_its_state_and_what_to_look_at(ready: World, office: Client) -> None:
    text = text_of(office.get("/programme/"))
    assert text.count("Report made, to be checked") == 2
    assert "2 practices: 0 released, 2 can be released, 0 late now." in text


def test_many_are_released_in_one_click(ready: World, office: Client) -> None:
    answer = office.post(PAGE + "release/", {"practice": PRACTICES})
    assert "2 reports of" in text_of(answer)
    assert all(clocks.is_released(practice, ended()) for practice in PRACTICES)
    assert ReleasedFiguresRow.objects.count() == OutboxEntry.objects.count() == 2
    assert "2 released, 0 can be released" in text_of(office.get(PAGE))


def test_a_second_click_says_so_and_changes_nothing(ready: World, office: Client) -> None:
    office.post(PAGE + "release/", {"practice": PRACTICES})
    answer = office.post(PAGE + "release/", {"practice": PRACTICES})
    assert text_of(answer).count("it had been released before") == 2
    assert OutboxEntry.objects.count() == 2


def test_a_second_click_does_not_say_that_anything_was_released_now(ready: World, office: Client) -> None:
    office.post(PAGE + "release/", {"practice": PRACTICES})
    text = text_of(office.post(PAGE + "release/", {"practice": PRACTICES}))
    assert "Nothing new of" in text
    assert "2 reports were released before" in text
    assert "waits to be sent" not in text


def test_what_is_new_and_what_had_been_released_stand_apart(ready: World, office: Client) -> None:
    office.post(PAGE + "release/", {"practice": OURS})
    text = text_of(office.post(PAGE + "release/", {"practice": PRACTICES}))
    assert "1 report of" in text
    new, before = text.index("This practice sees its report now"), text.index("Already released before")
    assert new < before < text.index("Harbour Lane Surgery (A12345) – it had been released before")


def test_one_that_cannot_be_released_does_not_hold_the_others_up(made: World, office: Client) -> None:
    give(made, OURS, Version.STANDARD)
    text = text_of(office.post(PAGE + "release/", {"practice": [*PRACTICES, "Z99999"]}))
    assert "1 report of" in text
    assert "Nobody said yet which version" in text
    assert "no practice of that code" in text
    assert clocks.is_released(OURS, ended())
    assert not clocks.is_released(THEIRS, ended())


def test_a_practice_whose_report_is_not_made_is_not_released(world: World, office: Client) -> None:
    delay(world, OURS, 1)
    give(world, OURS, Version.STANDARD)
    text = text_of(office.post(PAGE + "release/", {"practice": OURS}))
    assert "not made yet" in text
    assert not clocks.is_released(OURS, ended())


def test_whoever_made_a_report_by_hand_does_not_release_it(ready: World, office: Client) -> None:
    assert office.post(f"{PAGE}{OURS}/run/").status_code == 302
    text = text_of(office.post(PAGE + "release/", {"practice": OURS}))
    assert "You ran this report by hand" in text
    assert not clocks.is_released(OURS, ended())


def test_what_was_released_is_not_made_again(ready: World, office: Client) -> None:
    office.post(PAGE + "release/", {"practice": OURS})
    assert office.post(f"{PAGE}{OURS}/run/").status_code == 409


def test_a_delay_without_a_cause_heads_the_page_loudly_until_one_is_named(
    made: World, world: World, office: Client
) -> None:
    clock = clocks.read_clock(THEIRS, ended())
    assert clock is not None
    assert clock.step is Step.RUN
    late_month = ended() - timedelta(days=40)
    entry = AuditEntry(now(), world.actors[Role.OPERATOR, None], "")
    clocks.open_month(
        THEIRS, ended().replace(day=1) - timedelta(days=1), late_month, clocks.Deadlines(), entry
    )
    before = f"{ended().replace(day=1) - timedelta(days=1):%Y-%m}"
    text = text_of(office.get(f"/programme/{before}/"))
    assert "1 practice is late and no cause is given." in text
    assert "No cause given. Owner: programme office." in text
    named = {"step": "received", "cause": "data-sharing-agreement", "owner": "Practice manager", "words": ""}
    assert office.post(f"/programme/{before}/{THEIRS}/cause/", named).status_code == 302
    text = text_of(office.get(f"/programme/{before}/"))
    assert "no cause is given" not in text
    assert "the data-sharing agreement is not in place. Seen to by: Practice manager." in text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"cause": "other", "owner": "Ann", "words": "no"}, "Say the cause"),
        ({"cause": "extract-not-sent", "owner": " "}, "who sees to it"),
        ({"cause": "nonsense", "owner": "Ann"}, "Choose the cause"),
        ({"owner": "Ann"}, "Choose the cause"),
    ],
)
def test_a_report_is_held_back_only_with_a_cause_and_an_owner(
    ready: World, office: Client, form: dict[str, str], sentence: str
) -> None:
    answer = office.post(f"{PAGE}{OURS}/hold/", form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Error: " in answer.content.decode()


def test_a_held_report_is_not_released_until_resumed(ready: World, office: Client) -> None:
    office.post(f"{PAGE}{OURS}/hold/", {"cause": "register-moved", "owner": "Ann"})
    assert "held back" in text_of(office.post(PAGE + "release/", {"practice": OURS}))
    office.post(f"{PAGE}{OURS}/resume/")
    office.post(PAGE + "release/", {"practice": OURS})
    assert clocks.is_released(OURS, ended())


def test_no_figure_of_a_practice_is_on_the_programme_s_pages(ready: World, office: Client) -> None:
    for address in (PAGE, f"{PAGE}{OURS}/"):
        page = office.get(address).content.decode()
        assert "canary" not in page.lower()
        assert not re.search(r"\bof \d+ people\b", page)


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER])
@pytest.mark.parametrize("address", [PAGE, "/programme/", "/programme/versions/", "/supported/", "/tables/"])
def test_staff_of_a_practice_have_no_business_there(
    ready: World, sign_in: Callable[..., Client], role: Role, address: str
) -> None:
    assert sign_in(role).get(address).status_code == 403


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESEARCHER, Role.OPERATOR])
def test_nobody_but_the_programme_releases(ready: World, sign_in: Callable[..., Client], role: Role) -> None:
    assert sign_in(role, None).post(PAGE + "release/", {"practice": PRACTICES}).status_code == 403
    assert not clocks.is_released(OURS, ended())


@pytest.mark.parametrize(
    ("role", "page"),
    [(Role.PROGRAMME, "/programme/"), (Role.FACILITATOR, "/supported/"), (Role.RESEARCHER, "/tables/")],
)
def test_each_role_lands_on_its_own_page(world: World, client: Client, role: Role, page: str) -> None:
    from tests.conftest import PASSWORD

    answer = client.post("/account/login/", {"login": f"{role.value}-site", "password": PASSWORD})
    assert answer["Location"] == page
    assert client.get(page).status_code == 200


def test_a_version_is_given_with_a_reason_and_its_history_stands(made: World, office: Client) -> None:
    answer = office.post(f"/programme/versions/{OURS}/", {"version": "imp2art", "reason": "no"})
    assert answer.status_code == 422
    office.post(f"/programme/versions/{OURS}/", {"version": "imp2art", "reason": "allocation number 12"})
    office.post(f"/programme/versions/{OURS}/", {"version": "standard", "reason": "allocation corrected"})
    text = text_of(office.get("/programme/versions/"))
    assert re.search(r"Standard, .* by Programme Of None \(now\) IMP²ART,", text)
    unknown = office.post(
        "/programme/versions/Z99999/", {"version": "standard", "reason": "allocation number 9"}
    )
    assert unknown.status_code in (404, 422)


def test_a_month_without_clock_and_nonsense_are_not_there(ready: World, office: Client) -> None:
    for address in ("/programme/2019-01/", "/programme/2026-13/", f"{PAGE}Z99999/", f"{PAGE}x/"):
        assert office.get(address).status_code == 404


def test_the_sentence_of_a_check_that_forbids_a_release_is_on_the_practice_s_page(
    made: World, office: Client
) -> None:
    text = text_of(office.get(f"{PAGE}{OURS}/"))
    assert "Nobody said which version of the report this practice gets." in text
    assert "It cannot be released now: A check forbids it: version." in text
    assert "Release this report" not in text
