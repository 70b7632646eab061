"""Links to a plan: a digest and a date of birth, an end, a limit on tries, a wall between practices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from imp2art.asthma.plan.use import PlanUse
from imp2art.codes.library import read_library
from imp2art.core.refusal import NotHere, Refusal
from imp2art.flows.open_shared_plan import NotOpened, open_shared_plan, say_read, say_used, unlock_plan
from imp2art.flows.share_plan import LINK_LASTS, make_link, withdraw_link
from imp2art.store.models import PatientRow, PlanLinkRow
from imp2art.store.plan_links import MOST_WRONG_DATES, LinkStep
from imp2art.store.scope import PracticeScope
from tests.builders import build_event, build_record
from tests.conftest import OURS, THEIRS, World, keep_people
from tests.integration.shared_plans import BORN, TOKEN, issue, link_to, nurse_of

LIBRARY = read_library()
WRONG = date(1980, 6, 16)


@pytest.fixture
def person(world: World) -> str:
    issue(world.our_person)
    return world.our_person


def opened(token: str = TOKEN):
    now = timezone.now()
    return open_shared_plan(token, LIBRARY, timezone.localdate(), now)


def unlock(born: date, token: str = TOKEN, later: timedelta = timedelta()) -> None:
    unlock_plan(token, born, timezone.now() + later)


def verbs(person: str) -> list[str]:
    return [event.verb for event in PracticeScope(OURS).audit_events(person)]


def test_the_token_stands_in_no_table(person: str) -> None:
    link_to(person)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")
            assert TOKEN not in str(cursor.fetchall()), table


def test_a_short_token_is_a_fault(person: str) -> None:
    with pytest.raises(ValueError, match="128 bits"):
        make_link(nurse_of(), OURS, person, "short", timezone.now())


def test_the_right_date_opens_the_plan_and_leaves_a_line(person: str) -> None:
    link_to(person)
    unlock(BORN)
    assert opened().plan.person.name == "Zzyzx Ourcanary"
    assert "plan-link-opened" in verbs(person)


def test_every_cause_of_a_closed_door_is_told_in_the_same_words(person: str) -> None:
    number = link_to(person)
    said = []
    for token, born in ((TOKEN, WRONG), ("unknown" * 5, BORN)):
        with pytest.raises(NotOpened) as closed:
            unlock(born, token)
        said.append(str(closed.value))
    with pytest.raises(NotOpened) as ended:
        unlock(BORN, later=LINK_LASTS + timedelta(seconds=1))
    withdraw_link(nurse_of(), OURS, person, number, timezone.now())
    with pytest.raises(NotOpened) as withdrawn:
        unlock(BORN)
    assert {*said, str(ended.value), str(withdrawn.value)} == {said[0]}


def test_ten_wrong_dates_in_a_row_close_the_link_for_the_right_one_too(person: str) -> None:
    link_to(person)
    for _ in range(MOST_WRONG_DATES):
        with pytest.raises(NotOpened):
            unlock(WRONG)
    with pytest.raises(NotOpened):
        unlock(BORN)
    assert verbs(person).count("plan-link-wrong-date") == MOST_WRONG_DATES


def test_a_right_date_forgives_the_wrong_ones_before(person: str) -> None:
    link_to(person)
    for _ in range(2):
        for _ in range(MOST_WRONG_DATES - 1):
            with pytest.raises(NotOpened):
                unlock(WRONG)
        unlock(BORN)
    assert opened()


def test_a_withdrawn_link_closes_what_was_open(person: str) -> None:
    number = link_to(person)
    unlock(BORN)
    withdraw_link(nurse_of(), OURS, person, number, timezone.now())
    with pytest.raises(NotOpened):
        opened()


@pytest.mark.parametrize("facts", [{"in_extract": False}, {"died": date(2026, 11, 1)}])
def test_H14_the_link_of_someone_who_left_or_died_opens_nothing(person: str, facts: dict) -> None:
    link_to(person)
    PatientRow.objects.filter(public_id=person).update(**facts)
    with pytest.raises(NotOpened):
        unlock(BORN)


def test_H02_the_link_of_a_replaced_plan_opens_the_newer_one_and_says_so(person: str) -> None:
    link_to(person)
    issue(person, 2)
    unlock(BORN)
    shared = opened()
    assert (shared.plan.version, shared.replaced_on) == (2, timezone.now().date())


def test_T01_no_link_is_made_to_or_ended_for_a_person_of_another_practice(world: World) -> None:
    issue(world.their_person, practice=THEIRS)
    number = link_to(world.their_person, practice=THEIRS)
    for act in (
        lambda: make_link(nurse_of(), OURS, world.their_person, TOKEN + "2", timezone.now()),
        lambda: withdraw_link(nurse_of(), OURS, world.their_person, number, timezone.now()),
        lambda: withdraw_link(nurse_of(), OURS, world.our_person, number, timezone.now()),
    ):
        with pytest.raises(NotHere):
            act()
    assert PlanLinkRow.objects.count() == 1


def test_without_a_plan_in_force_there_is_nothing_to_link_to(world: World) -> None:
    with pytest.raises(Refusal, match="no plan in force"):
        link_to(world.our_person)


def test_what_the_person_says_is_kept_once_a_day_with_the_version(person: str) -> None:
    link_to(person)
    unlock(BORN)
    say_read(TOKEN, timezone.now())
    say_read(TOKEN, timezone.now())
    (link,) = PracticeScope(OURS).plan_links(person)
    assert [(step.step, step.version) for step in link.when(LinkStep.READ)] == [(LinkStep.READ, 1)]
    assert opened().is_read


def test_after_an_attack_it_asks_once_whether_the_plan_was_used(person: str) -> None:
    link_to(person)
    unlock(BORN)
    assert opened().attack_on is None
    today = timezone.localdate().isoformat()
    attack = build_record(events=[build_event("195967001", "2015-04-01"), build_event("708038006", today)])
    keep_people(OURS, [attack], timezone.localdate())
    assert opened().attack_on == timezone.localdate()
    say_used(TOKEN, PlanUse.TRIED, timezone.now())
    assert opened().attack_on is None


def test_a_link_and_its_steps_are_never_changed(person: str) -> None:
    link_to(person)
    for change in (
        "UPDATE store_planlinkrow SET expires_at = '2099-01-01'",
        "DELETE FROM store_planlinkrow",
        "UPDATE store_plancoderow SET code = 'X'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
