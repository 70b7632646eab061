"""The plan as data: from the command, from the finished page, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from django.test import Client
from typer.testing import CliRunner

from imp2art.cli import plan
from imp2art.cli.plan_data import plan_file
from imp2art.core.actor import Role
from imp2art.core.refusal import Refusal
from imp2art.documents.plan.file import read_plan
from imp2art.fhir.bundle import Standing
from imp2art.fhir.ctv3 import covered_of, read_table
from imp2art.fhir.strict import read_package
from imp2art.store.scope import PracticeScope
from tests.conftest import OURS, World
from tests.integration.reviews import PAGE
from tests.integration.shared_plans import issue
from tests.spec.plans import PEAK_FLOW, WHOLE_PLANS

SignIn = Callable[..., Client]
runner = CliRunner()


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    plan.register(made)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a whole plan."""
    made = tmp_path / "plan.json"
    made.write_text(plan_file(PEAK_FLOW))
    return made


def refusal_of(app: typer.Typer, *words: str) -> str:
    outcome = runner.invoke(app, list(words))
    assert isinstance(outcome.exception, Refusal)
    return str(outcome.exception)


@pytest.mark.parametrize("whole", WHOLE_PLANS.values(), ids=WHOLE_PLANS)
def test_the_command_writes_a_bundle_and_takes_it_back(app: typer.Typer, tmp_path: Path, whole) -> None:
    (tmp_path / "plan.json").write_text(plan_file(whole))
    bundle = tmp_path / "bundle.json"
    assert runner.invoke(app, [str(tmp_path / "plan.json"), "--fhir", str(bundle)]).exit_code == 0
    back = runner.invoke(app, ["--from-fhir", str(bundle)])
    assert read_plan(back.stdout.encode()) == whole


def test_the_bundle_of_a_file_is_a_draft_with_its_page(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    bundle, page = tmp_path / "bundle.json", tmp_path / "plan.pdf"
    runner.invoke(app, [str(file), "--fhir", str(bundle), "--out", str(page)])
    package = read_package(bundle.read_bytes())
    assert package.standing is Standing.DRAFT
    assert package.page is not None
    assert package.page.pdf == page.read_bytes()


def test_a_bundle_becomes_a_page(app: typer.Typer, file: Path, tmp_path: Path) -> None:
    bundle, page = tmp_path / "bundle.json", tmp_path / "plan.pdf"
    runner.invoke(app, [str(file), "--fhir", str(bundle)])
    assert runner.invoke(app, ["--from-fhir", str(bundle), "--out", str(page)]).exit_code == 0
    assert page.read_bytes().startswith(b"%PDF")


def test_the_fields_are_a_table_and_what_they_leave_out_is_said(
    app: typer.Typer, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "fields.csv"
    outcome = runner.invoke(app, [str(file), "--structured", str(table)])
    with table.open(newline="") as opened:
        assert read_table(opened.read()) == covered_of(PEAK_FLOW)
    assert "best_peak_flow" in outcome.stderr


def test_a_broken_bundle_is_refused_and_nothing_is_written(
    app: typer.Typer, file: Path, tmp_path: Path
) -> None:
    bundle, page = tmp_path / "bundle.json", tmp_path / "plan.pdf"
    runner.invoke(app, [str(file), "--fhir", str(bundle)])
    broken = json.loads(bundle.read_text())
    broken["entry"][0]["resource"]["activity"].pop()
    bundle.write_text(json.dumps(broken))
    assert "At Bundle.entry[0].resource" in refusal_of(app, "--from-fhir", str(bundle), "--out", str(page))
    assert not page.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from-fhir", "no.json"], "cannot be read"),
        (["plan.json", "--from-fhir", "bundle.json"], "from one place"),
        (["--from-fhir", "bundle.json", "--example", "mart"], "from one place"),
    ],
)
def test_a_plan_comes_from_one_place_that_is_there(app: typer.Typer, words: list[str], said: str) -> None:
    assert said in refusal_of(app, *words)


def test_the_finished_page_hands_out_the_plan_as_it_was_issued(world: World, sign_in: SignIn) -> None:
    made = issue(world.our_person)
    answer = sign_in().get(f"/people/{world.our_person}/plans/1/plan.fhir.json")
    package = read_package(answer.content)
    assert (package.plan, package.standing) == (made, Standing.CURRENT)
    assert package.page is not None
    assert package.page.pdf == PAGE
    assert [entry.term for entry in package.entries] == ["Asthma annual review"]


def test_the_file_names_nobody_and_stays_nowhere(world: World, sign_in: SignIn) -> None:
    issue(world.our_person)
    answer = sign_in().get(f"/people/{world.our_person}/plans/1/plan.fhir.json")
    assert answer["Content-Disposition"] == 'attachment; filename="asthma-action-plan-version-1.fhir.json"'
    assert answer["Content-Type"] == "application/fhir+json"
    assert answer["Cache-Control"] == "no-store"


def test_H02_a_replaced_plan_says_that_it_is_replaced(world: World, sign_in: SignIn) -> None:
    issue(world.our_person)
    issue(world.our_person, version=2)
    answer = sign_in().get(f"/people/{world.our_person}/plans/1/plan.fhir.json")
    assert read_package(answer.content).standing is Standing.REPLACED


def test_handing_it_out_leaves_a_line_in_the_trail(world: World, sign_in: SignIn) -> None:
    issue(world.our_person)
    sign_in().get(f"/people/{world.our_person}/plans/1/plan.fhir.json")
    assert "plan-exported" in [event.verb for event in PracticeScope(OURS).audit_events(world.our_person)]


@pytest.mark.parametrize(("role", "version", "status"), [(Role.MANAGER, 1, 403), (Role.NURSE, 9, 404)])
def test_only_a_clinician_gets_it_and_only_what_there_is(
    world: World, sign_in: SignIn, role: Role, version: int, status: int
) -> None:
    issue(world.our_person)
    assert (
        sign_in(role).get(f"/people/{world.our_person}/plans/{version}/plan.fhir.json").status_code == status
    )
