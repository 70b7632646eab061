"""What practices are compared with: released figures as they left, others' only if protected, once each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from imp2art.access.rights import MayNot
from imp2art.audit.disclosure import ProtectedFigure, ProtectedFigures, ProtectedMonth
from imp2art.audit.peer_rows import PeerRows, put_together
from imp2art.audit.peers import PeerFigures, PeerPractice
from imp2art.cli.main import app
from imp2art.core.actor import Role
from imp2art.core.refusal import Refusal
from imp2art.flows.compare_practices import compare_released, import_peers
from imp2art.store.json_form import from_json, to_json
from imp2art.store.models import PeerFiguresRow, ReleasedFiguresRow
from imp2art.store.peer_figures import read_peers
from tests.builders import AT, OPERATOR
from tests.conftest import OURS, THEIRS, World

OCTOBER = date(2026, 10, 31)


def others(numerator: int | None = 50, denominator: int | None = 200) -> PeerFigures:
    """Two practices of a national audit, one of them ours as that audit knew it."""
    rows = [
        PeerRows(PeerPractice(code, "England", 1, 3), {("saba-6", OCTOBER): (numerator, denominator)})
        for code in ("M11111", str(OURS))
    ]
    return put_together(rows)


def release(practice: str, numerator: int | None) -> None:
    figures = (ProtectedFigure("asthma-register", 6000, 320), ProtectedFigure("saba-6", 320, numerator))
    body = to_json(ProtectedFigures(practice, (ProtectedMonth(OCTOBER, figures),)))
    ReleasedFiguresRow.objects.create(
        practice_id=practice, month_end=OCTOBER, body=body, digest="x", released_by="A", released_at=AT
    )


def kept() -> PeerFigures:
    peers = read_peers(OCTOBER)
    assert peers is not None
    return from_json(peers.body, PeerFigures)


def cell(practice: str, slug: str = "saba-6") -> tuple[int | None, int | None]:
    figures = kept()
    place = [each.code for each in figures.practices].index(practice)
    table = figures.tables[slug]
    return table.numerators[-1][place], table.denominators[-1][place]


def test_a_practice_of_the_site_stands_with_what_it_released(world: World):
    assert import_peers(OPERATOR, others(), AT)
    release(OURS, 70)
    assert compare_released(OPERATOR, [OURS, THEIRS], AT)  # theirs has released nothing
    assert cell(OURS) == (70, 320)
    assert cell("M11111") == (50, 200)
    own = next(each for each in kept().practices if each.code == OURS)
    assert (own.nation, own.band) == ("England", 1)


def test_a_hidden_count_stays_hidden(world: World):
    release(OURS, None)
    compare_released(OPERATOR, [OURS], AT)
    assert cell(OURS) == (None, 320)


def test_the_same_again_keeps_nothing(world: World):
    release(OURS, 70)
    compare_released(OPERATOR, [OURS], AT)
    assert compare_released(OPERATOR, [OURS], AT) is False
    assert import_peers(OPERATOR, kept(), AT) is False
    assert PeerFiguresRow.objects.count() == 1


@pytest.mark.parametrize("figures", [others(7), others(52), others(50, 203), others(5, 200)])
def test_figures_that_are_not_protected_are_refused(world: World, figures: PeerFigures):
    with pytest.raises(Refusal, match="not protected"):
        import_peers(OPERATOR, figures, AT)
    assert PeerFiguresRow.objects.count() == 0


@pytest.mark.parametrize(
    "figures",
    [
        others(500, 100),
        others(10**19, 5 * 10**19),
        replace(others(), tables={}),
        replace(others(), practices=others().practices[:1]),
        replace(others(), practices=others().practices[:1] * 2),
        replace(others(), month_ends=(OCTOBER, OCTOBER)),
    ],
)
def test_figures_that_no_practices_can_have_are_refused(world: World, figures: PeerFigures):
    with pytest.raises(Refusal, match="again"):
        import_peers(OPERATOR, figures, AT)
    assert PeerFiguresRow.objects.count() == 0


def test_figures_of_no_month_are_refused(world: World):
    with pytest.raises(Refusal, match="no month"):
        import_peers(OPERATOR, put_together([]), AT)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESEARCHER])
def test_who_sees_figures_does_not_keep_them(world: World, role: Role):
    with pytest.raises(MayNot):
        import_peers(world.actors[role, None], others(), AT)


@pytest.fixture
def imp2art(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IMP2ART_HOME", str(tmp_path / "home"))
    return lambda text: CliRunner().invoke(app, ["peers", str(write(tmp_path / "peers.json", text))])


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_the_command_takes_a_file_in(imp2art):
    done = imp2art(json.dumps(to_json(others())))
    assert done.stdout == "2 practices at 1 month ends to compare with.\n"
    assert "nothing new" in imp2art(json.dumps(to_json(others()))).stdout


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a"', "line 1: this is not JSON"),
        ("[]", "does not fit"),
        ('{"month_ends": ["x"], "practices": [], "tables": {}}', "does not fit"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(imp2art, text: str, sentence: str):
    done = imp2art(text)
    assert isinstance(done.exception, Refusal)
    assert sentence in str(done.exception)
    assert PeerFiguresRow.objects.count() == 0
