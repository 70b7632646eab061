"""The message that brings a report: written once, without a small count, and never for the wrong version."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from imp2art.audit.disclosure import protect
from imp2art.audit.reports.release import Version
from imp2art.audit.reports.report import AuditReport, Checks, ReportManifest
from imp2art.audit.reports.report_clock import Deadlines, Step
from imp2art.core.actor import Role
from imp2art.flows.deliver_outbox import deliver_outbox
from imp2art.store import report_clock as clocks
from imp2art.store.json_form import to_json
from imp2art.store.models import OutboxEntry
from imp2art.store.people import StaffAccount, create_account
from imp2art.store.released import Release, keep_release, keep_version
from imp2art.store.report_mail import report_mail_intent
from imp2art.store.scope import AuditEntry, PracticeScope
from tests.builders import AT
from tests.conftest import OURS, PASSWORD, World

OCTOBER = date(2026, 10, 31)
ADDRESS = "https://asthma.example"
FOLDER = f"{OURS}/report-email-{OURS}-2026-10"


@pytest.fixture
def released(world: World) -> World:
    """Our October was released as the IMP²ART version; one of the staff gave an address."""
    entry = AuditEntry(AT, world.actors[Role.PROGRAMME, None], "test")
    checks = Checks(1, 1, 1, 1, 0)
    manifest = ReportManifest("sha256:1", date(2026, 11, 21), {}, {}, "0", 0, AT)
    report = AuditReport(OURS, "Harbour Lane Surgery", (OCTOBER,), (), (), checks, manifest)
    clocks.open_month(OURS, OCTOBER, OCTOBER, Deadlines(), entry)
    PracticeScope(OURS).keep_report(OCTOBER, to_json(report), {}, entry)
    row = clocks.newest_report_id(OURS, OCTOBER)
    assert row is not None
    clocks.write_step(OURS, OCTOBER, Step.RUN, entry, report=row)
    keep_version(OURS, Version.IMP2ART, entry)
    account = StaffAccount("mo", "Mo Manager", Role.MANAGER, OURS, "mo@practice.example")
    create_account(account, PASSWORD, entry)
    mail = report_mail_intent(OURS, OCTOBER, Version.IMP2ART)
    figures = to_json(protect(report))
    keep_release(Release(OURS, OCTOBER, row, Version.IMP2ART, figures, "sha256:2", mail), entry)
    return world


def test_the_message_is_a_file_that_a_relay_can_send(released: World, tmp_path: Path) -> None:
    assert deliver_outbox(tmp_path, ADDRESS, lambda: AT) == 1
    message = message_from_bytes((tmp_path / FOLDER / "message.eml").read_bytes(), policy=default)
    assert message["To"] == "mo@practice.example"
    assert message["Subject"] == "Asthma audit, October 2026: Harbour Lane Surgery"
    for form in message.iter_parts():
        words = form.get_content()
        assert f"{ADDRESS}/month/2026-10/" in words
        assert not any(part.isdigit() for part in words.replace("2026", "").split())


def test_it_goes_once(released: World, tmp_path: Path) -> None:
    deliver_outbox(tmp_path, ADDRESS, lambda: AT)
    assert deliver_outbox(tmp_path, ADDRESS, lambda: AT) == 0
    assert OutboxEntry.objects.get().state == "sent"


def test_a_message_for_another_version_than_the_practice_gets_is_not_sent(
    released: World, tmp_path: Path
) -> None:
    entry = AuditEntry(AT, released.actors[Role.PROGRAMME, None], "version-given")
    keep_version(OURS, Version.STANDARD, entry)
    assert deliver_outbox(tmp_path, ADDRESS, lambda: AT) == 0
    assert not (tmp_path / FOLDER).exists()
    kept = OutboxEntry.objects.get()
    assert (kept.state, "not of the version" in kept.last_error) == ("waiting", True)


def test_a_full_disk_is_tried_again(released: World, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder would be")
    assert deliver_outbox(blocked, ADDRESS, lambda: AT) == 0
    assert OutboxEntry.objects.get().state == "waiting"
