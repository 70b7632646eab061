"""The figures of a national audit on their way to a practice's page: written, taken in, compared with."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from imp2art.audit.disclosure import protect_counts
from imp2art.audit.packing.pack import pack_practice
from imp2art.audit.peer_rows import put_together, rows_of
from imp2art.audit.peers import PeerFigures, PeerPractice, fifth_of, size_band
from imp2art.audit.reports.release import Version
from imp2art.cli.main import app
from imp2art.codes.library import read_library
from imp2art.core.actor import Role
from imp2art.core.refusal import Refusal
from imp2art.flows.audit_nation import audit_nation
from imp2art.flows.build_store import add_to_store, build_store
from imp2art.flows.simulate_delivery import Wish, simulate_delivery
from imp2art.flows.write_peers import write_peers
from imp2art.store.json_form import from_json, to_json
from imp2art.store.released import keep_version
from imp2art.store.scope import AuditEntry
from imp2art.web.practice.on_site import now, today
from tests.builders import OPERATOR
from tests.conftest import OURS, World
from tests.integration.pages import keep_and_rank, text_of, woman_on_two_inhalers
from tests.national import clean_tables, simulated
from tests.national import put_together as one_delivery

LIBRARY = read_library()


class Room:
    """Two practices or so, the month that adds to them, and both as they would be delivered at once."""

    def __init__(self, folder: Path) -> None:
        self.whole, adds = simulated(folder)
        self.both = one_delivery(self.whole, adds, folder / "both")
        self.store, self.anew = folder / "store", folder / "anew"
        build_store(self.whole, self.store, LIBRARY)
        add_to_store(self.store, adds, LIBRARY)
        build_store(self.both, self.anew, LIBRARY)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    return Room(tmp_path_factory.mktemp("national"))


def written(store: Path, file: Path, months: int = 2) -> PeerFigures:
    audited = audit_nation(store, LIBRARY, 3)
    write_peers(store, audited.store, audited.counts, audited.counted, file, months, 2)
    return from_json(json.loads(file.read_text()), PeerFigures)


def test_what_is_written_is_what_a_site_keeps(room, tmp_path):
    figures = written(room.store, tmp_path / "peers.json")

    assert put_together(rows_of(figures)) == figures
    assert json.loads((tmp_path / "peers.json").read_text()) == json.loads(json.dumps(to_json(figures)))
    assert [path.name for path in tmp_path.iterdir()] == ["peers.json"]


def test_every_count_is_the_audits_protected(room, tmp_path):
    figures, audited = written(room.store, tmp_path / "peers.json"), audit_nation(room.store, LIBRARY, 3)
    counts = audited.counts

    assert figures.month_ends == counts.month_ends[-2:]
    for at, slug in enumerate(counts.slugs):
        both = protect_counts(counts.denominator[at, -2:], counts.numerator[at, -2:])
        table = figures.tables.get(slug)
        for mine, theirs in zip((table.denominators, table.numerators) if table else (), both, strict=False):
            shown = np.where(audited.counted[at], theirs, -1).tolist()
            assert [[-1 if cell is None else cell for cell in row] for row in mine] == shown
        assert (table is None) == (not audited.counted[at].any())


def test_a_practice_is_similar_by_what_its_own_report_says_of_it(room, tmp_path):
    """Everyone of the practice, not only those who are counted, and as they are after the month."""
    figures, audited = written(room.store, tmp_path / "peers.json"), audit_nation(room.store, LIBRARY, 1)

    for each in figures.practices:
        alone = pack_practice(clean_tables(room.both, each.code), audited.indicators, LIBRARY)
        place = audited.counts.practices.index(each.code)
        listed = audited.counts.denominator[audited.counts.slugs.index("asthma-register"), -1, place]
        fifth = fifth_of(alone.people.decile)
        assert each == PeerPractice(each.code, each.nation, size_band(int(listed)), fifth)
        assert fifth is not None


def test_a_store_and_a_month_give_the_file_of_one_built_from_both(room, tmp_path):
    for name in ("store", "anew"):
        written(getattr(room, name), tmp_path / name)

    assert (tmp_path / "store").read_bytes() == (tmp_path / "anew").read_bytes()


def test_bytes_that_counting_does_not_read_are_looked_at_too(room, tmp_path):
    spoilt = room.store / "part-000" / "base" / "quiet.bin"
    content = spoilt.read_bytes()
    spoilt.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    try:
        with pytest.raises(Refusal, match=r"quiet\.bin is not what was written"):
            written(room.store, tmp_path / "peers.json")
    finally:
        spoilt.write_bytes(content)
    assert list(tmp_path.iterdir()) == []


def typed(*words: object):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("none/peers.json", "There is no folder"),
        (".", "is a folder"),
        ("out/peers.json", "must not leave"),
        ("out", "must not leave"),
    ],
)
def test_a_place_for_no_file_is_refused_before_anything_is_counted(room, tmp_path, place, sentence):
    out = tmp_path / "out"
    if place.startswith("out/"):
        out.mkdir()

    ended = typed("store", "audit", room.store, "--out", out, "--months", 1, "--peers", tmp_path / place)

    assert isinstance(ended.exception, Refusal)
    assert sentence in str(ended.exception)
    assert not list(tmp_path.rglob("*.*"))


def test_without_the_option_there_is_no_file(room, tmp_path):
    ended = typed("store", "audit", room.store, "--out", tmp_path / "out", "--months", 1)

    assert "to compare with" not in ended.output
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of fifteen practices, thirteen of them in England, up to the month that ended."""
    folder = tmp_path_factory.mktemp("fifteen")
    wish = Wish(150_000, 1, today().replace(day=1) - timedelta(days=1), 14, 0.0)
    simulate_delivery(folder / "in", wish, processes=1)
    build_store(folder / "in", folder / "store", LIBRARY)
    return folder / "store"


def test_a_practice_stands_beside_the_nation_on_its_page(
    national, world: World, sign_in, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IMP2ART_HOME", str(tmp_path / "home"))
    file = tmp_path / "peers.json"
    told = typed(
        *("store", "audit", national, "--out", tmp_path / "out", "--months", 3),
        *("--peers", file, "--peer-months", 2),
    )
    assert told.exit_code == 0, told.output
    assert "15 practices at 2 month ends to compare with, protected" in told.output
    taken_in = typed("peers", file)
    assert taken_in.stdout == "15 practices at 2 month ends to compare with.\n"

    keep_and_rank(woman_on_two_inhalers().record)
    keep_version(OURS, Version.IMP2ART, AuditEntry(now(), OPERATOR, "version"))
    assert sign_in(Role.MANAGER).post("/month/again/")["Location"] == "/month/"
    page = text_of(sign_in().get(f"/month/{today():%Y-%m}/review-12-months/"))

    assert "Beside similar practices" in page
    assert "Similar practices: 13 in England" in page
