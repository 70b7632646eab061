"""`imp2art demo`: the main job from end to end, on simulated practices."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from imp2art.cli.home import OPERATOR, home, migrate, now, secret_of, set_up_site, step
from imp2art.cli.serve import LOOPBACK, check_is_free, start, watch
from imp2art.codes.library import Library, read_library
from imp2art.codes.versions import keep_version
from imp2art.core.actor import Actor, Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.period import month_ends
from imp2art.core.refusal import Refusal
from imp2art.extracts.staging import staging_folder
from imp2art.simulate.stand_ins import stand_in_lists

PRACTICES = 2
PEOPLE = 6000  # on the list of each
MONTHS = 36
PEERS = 40
PEER_MONTHS = 24
SIGN_IN = "sign-in.txt"
STAFF = (("nurse", "Asha Rahman", Role.NURSE), ("manager", "Tom Ellis", Role.MANAGER))
# Two of the programme, because two who did not ask for tables must check them.
PROGRAMME = (
    ("programme", "Ines Okafor", Role.PROGRAMME),
    ("programme2", "Rhys Morgan", Role.PROGRAMME),
    ("facilitator", "Moira Stewart", Role.FACILITATOR),
    ("researcher", "Daniel Weiss", Role.RESEARCHER),
)


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(demo)


def demo(
    port: Annotated[int, typer.Option(help="The port on this machine", min=1, max=65535)] = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the last demonstration first")] = False,
    people: Annotated[int, typer.Option(help="People on each list", min=1000)] = PEOPLE,
    serve: Annotated[bool, typer.Option(help="Start the site when all is made")] = True,
) -> None:
    """Show the main job: simulated practices are imported and audited, then the site starts.

    Everything is kept in var/demo (or IMP2ART_HOME/demo), so that the next demonstration goes on where
    this one ended. No real person is in it.
    """
    folder = home() / "demo"
    check_is_free(port)
    # The sign-in is written last: without it an earlier demonstration was never finished.
    if folder.exists() and (fresh or not (folder / SIGN_IN).exists()):
        shutil.rmtree(folder)
    set_up_site(folder)
    if not (folder / SIGN_IN).exists():
        _make(folder, people)
    processes = start(port) if serve else ()
    print(_welcome(folder, port), flush=True)
    if processes:
        watch(processes)


def _make(folder: Path, people: int) -> None:
    done = step("making the tables")
    migrate()
    done()
    today = now().date()
    _fill_slots(folder / "codelists")
    _simulate(folder, people, today)
    _simulate_peers(folder, people, today)
    for extract in sorted((folder / "extracts").iterdir()):
        if extract.is_dir():
            _bring_in(folder, extract, today)
    _write_audit(folder)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    accounts = _make_accounts(password)
    _release_earlier_month(accounts, today)
    _write_sign_in(folder, password, accounts)


def _fill_slots(lists: Path) -> None:
    """Made-up codes for what no public source has codes for, so that every indicator has people to count."""
    for each in stand_in_lists():
        keep_version(lists, each)


def _simulate(folder: Path, people: int, today: date) -> None:
    from imp2art.flows.simulate_practices import simulate_practices

    done = step(f"simulating {PRACTICES} practices of {people:,} people")
    out, library = folder / "extracts", read_library(folder / "codelists")
    shutil.rmtree(out, ignore_errors=True)
    simulate_practices(out, PRACTICES, 1, today, MONTHS, "parquet", people=people, library=library)
    done()


def _simulate_peers(folder: Path, people: int, today: date) -> None:
    """Practices to be compared with. They are counted and protected, and never imported."""
    from imp2art.flows.compare_practices import import_peers
    from imp2art.flows.simulate_peers import figures_until, simulate_peers

    done = step(f"counting {PEERS} other simulated practices to compare with")
    library = read_library(folder / "codelists")
    ended = ended_months(today)
    ends = month_ends(ended[-1], PEER_MONTHS)
    figures = simulate_peers(library, 1, today, MONTHS, ends, people, PEERS, skip=PRACTICES)
    for month in ended:  # each month's report is compared with what was there at its time
        import_peers(OPERATOR, figures_until(figures, month), now())
    done()


def ended_months(today: date) -> tuple[date, date]:
    """The ends of the last two whole months: the first is released, the second waits to be checked."""
    newest = today.replace(day=1) - timedelta(days=1)
    return newest.replace(day=1) - timedelta(days=1), newest


def _bring_in(folder: Path, extract: Path, today: date) -> None:
    from imp2art.flows.import_extract import accept_extract, check_extract
    from imp2art.store.accepted_extracts import public_id_key

    library = read_library(folder / "codelists")
    done = step(f"importing practice {extract.name}")
    with staging_folder(folder) as scratch:
        report = check_extract(extract, library, scratch, OPERATOR, today)
        accept_extract(report, OPERATOR, now(), public_id_key(secret_of(folder)))
    people = report.tables["patients"].kept
    done(f"{people:,} people, {report.register_after:,} with asthma")
    _work_out(report.manifest.practice, report.manifest.practice_name, library, today)


def _work_out(practice: PracticeCode, name: str, library: Library, today: date) -> None:
    from imp2art.cli.rounds import work_on_ended_months
    from imp2art.flows.rank_register import rank_register
    from imp2art.flows.run_audit import audit_practice
    from imp2art.store.practices import keep_practice
    from imp2art.store.scope import AuditEntry, PracticeFacts

    # 0131 496 0000 is one of the numbers that Ofcom keeps free for drama.
    facts = PracticeFacts(practice, name, "england", "0131 496 0000", "111")
    keep_practice(facts, AuditEntry(now(), OPERATOR, "practice-kept"))
    done = step("working out who needs a review first")
    done(f"{rank_register(OPERATOR, practice, library, today, now()):,} people ranked")
    done = step("auditing this month and the two that ended")
    audit_practice(OPERATOR, practice, library, today, now())
    _start_clocks(practice, today)
    work_on_ended_months(practice, library)
    done()


def _start_clocks(practice: PracticeCode, today: date) -> None:
    """As if the practice joined today: the worker alone would begin with the newest month."""
    from django.conf import settings

    from imp2art.store.report_clock import open_month
    from imp2art.store.scope import AuditEntry

    for month in ended_months(today):
        open_month(
            practice, month, today, settings.REPORT_DEADLINES, AuditEntry(now(), OPERATOR, "report-due")
        )


def _write_audit(folder: Path) -> None:
    from imp2art.flows.run_audit import audit_extract

    done = step("writing the audit's figures and report")
    audit_extract(folder / "extracts", read_library(folder / "codelists"), 24, folder / "audit")
    done(str(folder / "audit" / "report.html"))


def _make_accounts(password: str) -> dict[str, Actor]:
    """Accounts of every practice and of the programme; who is behind each user name."""
    from imp2art.store.people import StaffAccount, create_account
    from imp2art.store.practices import practice_codes
    from imp2art.store.scope import AuditEntry

    wanted = [
        StaffAccount(word if place == 0 else f"{word}{place + 1}", name, role, practice)
        for place, practice in enumerate(practice_codes())
        for word, name, role in STAFF
    ]
    wanted += [StaffAccount(word, name, role, None) for word, name, role in PROGRAMME]
    made = AuditEntry(now(), OPERATOR, "account-made")
    return {account.username: create_account(account, password, made) for account in wanted}


def _release_earlier_month(people: Mapping[str, Actor], today: date) -> None:
    """The month before the newest, made by the worker and released as the programme office does it.

    The newest is left for whoever signs in as programme staff to check and release.
    """
    from imp2art.audit.reports.release import Version
    from imp2art.flows.compare_practices import compare_released
    from imp2art.flows.give_version import give_version
    from imp2art.flows.release_reports import release_reports
    from imp2art.store.facilitated import keep_support
    from imp2art.store.practices import practice_codes
    from imp2art.store.scope import AuditEntry

    done = step("releasing the month before the newest")
    office = people["programme"]
    for practice, version in zip(practice_codes(), (Version.IMP2ART, Version.STANDARD), strict=False):
        give_version(office, practice, version, "demonstration: one of each", now())
        keep_support("facilitator", practice, AuditEntry(now(), OPERATOR, "support-given"))
    month, waiting = ended_months(today)
    endings = release_reports(office, practice_codes(), month, now(), today)
    if refused := [ending.refusal for ending in endings if ending.refusal]:
        raise Refusal(f"The demonstration's reports could not be released. {refused[0]}")
    compare_released(office, practice_codes(), now())
    done(f"{len(endings)} reports of {month:%B %Y}; {waiting:%B %Y} waits to be checked")


def _write_sign_in(folder: Path, password: str, people: Mapping[str, Actor]) -> None:
    lines = [
        f"{username:<12} {actor.role.value:<12} of {_place_of(actor)}" for username, actor in people.items()
    ]
    path = folder / SIGN_IN
    path.touch(mode=0o600)
    path.write_text("\n".join([f"password  {password}", *lines]) + "\n")


def _place_of(actor: Actor) -> str:
    return f"practice {actor.practice}" if actor.practice else "the programme"


def _welcome(folder: Path, port: int) -> str:
    password, *people = (folder / SIGN_IN).read_text().splitlines()
    return "\n".join(
        [
            "",
            f"  IMP²ART asthma   http://{LOOPBACK}:{port}/",
            f"  {password}",
            *(f"  {line}" for line in people),
            f"  audit report     {folder / 'audit' / 'report.html'}",
            "",
            "  Sign in as nurse, open the person on top, do the review, issue the plan; or as manager, and",
            "  read the month; or as programme, look at the month that waits, and check and release it.",
            "  Ctrl-C ends it; `make demo` goes on where you ended.",
        ]
    )
