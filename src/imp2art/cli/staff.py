"""`imp2art practice`, `account` and `support`: who works where, before anyone can sign in."""

from __future__ import annotations

from typing import Annotated

import typer

from imp2art.cli.home import OPERATOR, home, migrate, now, set_up_site
from imp2art.core.actor import Role
from imp2art.core.identifiers import PracticeCode
from imp2art.core.refusal import Refusal

SHORTEST_PASSWORD = 12


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(practice)
    app.command()(account)
    app.command("close-account")(close)
    app.command()(support)


def practice(
    code: Annotated[str, typer.Argument(help="The practice's ODS code, such as A12345")],
    name: Annotated[str, typer.Option(help="Its name, as patients know it")] = "",
    phone: Annotated[str, typer.Option(help="The number printed on its action plans")] = "",
    out_of_hours: Annotated[str, typer.Option(help="The number to call when it is closed")] = "",
) -> None:
    """Show what is printed about a practice on its action plans, or change it.

    A practice comes with its first import. What is not given here stays as it is.
    """
    set_up_site(home())
    migrate()
    from imp2art.store.practices import keep_practice, read_facts
    from imp2art.store.scope import AuditEntry, PracticeFacts

    facts = read_facts(PracticeCode(code))
    if name or phone or out_of_hours:
        facts = PracticeFacts(
            facts.code,
            name or facts.name,
            facts.nation,
            phone or facts.phone,
            out_of_hours or facts.out_of_hours_phone,
        )
        keep_practice(facts, AuditEntry(now(), OPERATOR, "practice-kept"))
    print(f"{facts.code}  {facts.name}\n  phone             {facts.phone or 'not given'}")
    print(f"  when it is closed {facts.out_of_hours_phone or 'not given'}")


def account(
    username: Annotated[str, typer.Argument(help="The name to sign in with")],
    name: Annotated[str, typer.Option(help="The person's name, as it stands on a plan")],
    role: Annotated[Role, typer.Option(help="What they are in the practice")],
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="Asked for if not given"),
    ],
    practice: Annotated[
        str, typer.Option(help="The practice's ODS code; none for who belongs to the programme")
    ] = "",
    email: Annotated[str, typer.Option(help="Where a message goes when a report is there")] = "",
) -> None:
    """Make an account for someone of a practice or of the programme; they add a second step themselves."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(f"The password needs {SHORTEST_PASSWORD} characters or more.")
    set_up_site(home())
    migrate()
    from imp2art.store.people import StaffAccount, create_account
    from imp2art.store.scope import AuditEntry

    wanted = StaffAccount(username, name, role, PracticeCode(practice) if practice else None, email)
    create_account(wanted, password, AuditEntry(now(), OPERATOR, "account-made"))
    print(f"{username} can sign in as {role.value} of {practice or 'the programme'}.")


def support(
    username: Annotated[str, typer.Argument(help="The facilitator's user name")],
    practice: Annotated[str, typer.Argument(help="The practice's ODS code")],
    end: Annotated[bool, typer.Option("--end", help="Let them support it no more")] = False,
) -> None:
    """Let a facilitator support a practice: they see its protected figures and its clock."""
    set_up_site(home())
    migrate()
    from imp2art.store.facilitated import end_support, keep_support
    from imp2art.store.scope import AuditEntry

    if end:
        end_support(username, PracticeCode(practice), AuditEntry(now(), OPERATOR, "support-ended"))
        print(f"{username} supports {practice} no more.")
        return
    keep_support(username, PracticeCode(practice), AuditEntry(now(), OPERATOR, "support-given"))
    print(f"{username} supports {practice}.")


def close(username: Annotated[str, typer.Argument(help="The name that they sign in with")]) -> None:
    """Close the account of someone who has left; open sessions end at once.

    What they did keeps their name.
    """
    set_up_site(home())
    migrate()
    from imp2art.store.people import close_account
    from imp2art.store.scope import AuditEntry

    close_account(username, AuditEntry(now(), OPERATOR, "account-closed"))
    print(f"{username} can sign in no more.")
